"""The flow: a page in, an article with the decisions that led to it out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..errors import ParseError
from ..model import Appended, Article, Verdict
from ..text import clean_line
from .above import drop_above
from .assemble import assemble
from .below import cut_at_other_articles, drop_below
from .boundary import first_article
from .check import Witness
from .decoding import decode
from .figures import attach_captions
from .headline import headlines, repeats_headline, words_of
from .inline import Addresses
from .inside import drop_inside
from .lines import Line
from .log import Log
from .measure import Weights, weigh
from .metadata import read_metadata
from .pick import pick
from .prune import prune, strip
from .repeats import drop_repeats
from .second import better, looks_wrong, where_the_text_is
from .siterules import SiteRule, parse_rule, select, strip_by_rule
from .stacked import cut_appended, own_address
from .standfirst import find_standfirst, repeats
from .structured import article_body, read_things
from .tree import HtmlElement, names, parse_page, text_of
from .unfold import unfold
from .verdict import count_words, judge
from .vocabulary import is_furniture
from .widen import widen


@dataclass(slots=True)
class Cleaning:
    """One cleaning: its result and its log."""

    article: Article
    log: Log = field(default_factory=Log)


def clean(
    html: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    feed_title: str = "",
    site_rule: str = "",
    log: Log | None = None,
) -> Cleaning:
    """Clean a page; what cannot be read is an article with the verdict ``failed`` and the reason."""
    log = log or Log()
    text = html if isinstance(html, str) else decode(html, content_type)
    try:
        root = parse_page(text)
    except ParseError as error:
        return Cleaning(Article("", (), url=url, verdict=Verdict.FAILED, reason=str(error)), log)
    return Cleaning(_clean_tree(root, url, feed_title, parse_rule(site_rule), log), log)


def _clean_tree(root: HtmlElement, url: str, feed_title: str, rule: SiteRule, log: Log) -> Article:
    things = read_things(root)
    titles = headlines(root, things, feed_title)
    witness = Witness(article_body(things, lambda headline: repeats_headline(words_of(headline), titles)))
    base = root.find(".//base")
    addresses = Addresses(url, (base.get("href") or "") if base is not None else "")
    about = read_metadata(root, things, url, addresses, feed_title)
    body = root.find("body")
    if body is None:
        return Article(about.title, (), url=url, verdict=Verdict.FAILED, reason="The page has no body.")
    strip(body)
    strip_by_rule(body, rule)
    others = cut_appended(body, titles, log)
    whole = prune(body, log)
    reading = _Reading(body, weigh(body), addresses, titles, log)
    chosen = select(body, rule.body)
    lines = (
        reading.read(chosen)
        if chosen
        else _with_standfirst(_choose(reading, witness), reading, about.descriptions)
    )
    blocks = assemble(lines)
    words = count_words(blocks)
    share = min(1.0, sum(line.length for line in lines) / max(1, whole.running))
    verdict, reason = judge(words, share, whole.link_share, paywalled=about.paywalled)
    return Article(
        title=about.title,
        blocks=blocks,
        url=url,
        canonical_url=about.canonical_url,
        authors=about.authors,
        published=about.published,
        modified=about.modified,
        site=about.site,
        language=about.language,
        lead_image=about.lead_image,
        comments_url=about.comments_url,
        next_page=about.next_page,
        topics=about.topics,
        paywalled=about.paywalled,
        appended=tuple(_offer(other, addresses, log) for other in others if not is_furniture(names(other))),
        verdict=verdict,
        reason=reason,
        kept_share=share,
        word_count=words,
        origins=tuple(about.origins.items()),
    )


def _offer(container: HtmlElement, addresses: Addresses, log: Log) -> Appended:
    """Return an appended article, cleaned by the same rules, with the address that it or its headline links to."""
    heading = next(container.iter("h1", "h2"), None)
    title = clean_line(text_of(heading), limit=500) if heading is not None else ""
    prune(container, log)
    lines = settle(
        unfold([container], weigh(container), addresses), [words_of(title)] if title else [], Log()
    )
    return Appended(title, own_address(container, heading, addresses), assemble(lines))


def settle(lines: list[Line], titles: list[str], log: Log) -> list[Line]:
    """Return the lines that are the article's, by where they stand; pictures stay among those that are kept."""
    lines = attach_captions(lines, log)
    texts = [line for line in lines if line.kind not in ("figure", "rule")]
    texts = first_article(texts, titles, log)
    texts = cut_at_other_articles(texts, log)
    texts = drop_above(texts, titles, log)
    texts = drop_inside(texts, titles, log)
    texts = drop_repeats(texts, log)
    texts = drop_below(texts, log)
    return _with_figures(lines, texts)


def _with_figures(lines: list[Line], texts: list[Line]) -> list[Line]:
    """Return the kept texts with the pictures and breaks that stand before or between them."""
    kept = set(map(id, texts))
    last = max((i for i, line in enumerate(lines) if id(line) in kept), default=-1)
    return [line for line in lines[: last + 1] if id(line) in kept or line.kind in ("figure", "rule")]


def _with_standfirst(lines: list[Line], page: _Reading, descriptions: list[str]) -> list[Line]:
    """Return the lines with the standfirst before them, when the page has one beside the headline."""
    first = next((line for line in lines if line.kind not in ("figure", "rule")), None)
    if first is None:
        return lines
    element = find_standfirst(page.body, first.element, page.weights, page.titles, descriptions)
    if element is None:
        return lines
    found = [line for line in unfold([element], page.weights, page.addresses) if line.text]
    found = [replace(line, kind="text", level=0) for line in found if not repeats(line, lines)]
    for line in found:
        page.log.kept("standfirst", line.text, "stands between headline and text")
    return found + lines


@dataclass(frozen=True, slots=True)
class _Reading:
    """A pruned page, and how elements of it are read into lines."""

    body: HtmlElement
    weights: Weights
    addresses: Addresses
    titles: list[str]
    log: Log

    def read(self, roots: list[HtmlElement]) -> list[Line]:
        """Return the article's lines in the elements."""
        for chosen in roots:
            self.log.kept("pick", chosen, "holds the text")
        return settle(unfold(roots, self.weights, self.addresses), self.titles, self.log)


def _choose(page: _Reading, witness: Witness) -> list[Line]:
    """Return the lines of the article: the first choice, checked by the page's data and by a second opinion."""
    lines = page.read(widen(pick(page.body), page.body, page.weights, page.titles))
    if witness:
        coverage = witness.coverage(lines)
        if coverage > 0.85:
            return witness.trim(lines)
        if coverage >= 0.5:
            return lines
        holder = witness.find(page.body)
        return page.read([holder]) if holder is not None else witness.lines(page.body)
    if looks_wrong(lines, page.weights[page.body]):
        container = where_the_text_is(page.body, page.weights)
        if container is not None:
            second = page.read([container])
            if better(lines, second):
                return second
    return lines
