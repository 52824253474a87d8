"""The flow: a page in, an article with the decisions that led to it out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import ParseError
from ..model import Appended, Article, Verdict
from ..text import clean_line
from .assemble import assemble
from .check import Witness
from .decoding import decode
from .headline import headlines, repeats_headline, words_of
from .inline import Addresses
from .log import Log
from .measure import weigh
from .metadata import read_metadata
from .prune import prune, strip
from .reading import Reading, choose, settle, with_standfirst
from .siterules import SiteRule, apply_rule, parse_rule, select, strip_by_rule
from .stacked import cut_appended, own_address
from .structured import article_body, read_things
from .tree import HtmlElement, names, parse_page, text_of
from .unfold import unfold
from .verdict import count_words, judge
from .vocabulary import is_furniture


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
    alive = list(root.iter())  # holding on to lxml's proxies saves making them again at each step
    things = read_things(root)
    titles = headlines(root, things, feed_title)
    witness = Witness(article_body(things, lambda headline: repeats_headline(words_of(headline), titles)))
    base = root.find(".//base")
    addresses = Addresses(url, (base.get("href") or "") if base is not None else "")
    about = read_metadata(root, things, url, addresses, feed_title)
    apply_rule(rule, root, url, about)
    body = root.find("body")
    if body is None:
        return Article(about.title, (), url=url, verdict=Verdict.FAILED, reason="The page has no body.")
    strip(body)
    strip_by_rule(body, rule)
    weights = weigh(body)
    others = cut_appended(body, titles, weights, log)
    whole = prune(body, weigh(body) if others else weights, log)
    reading = Reading(body, weigh(body), addresses, titles, log)
    chosen = select(body, rule.body)
    if chosen:
        lines = reading.read(chosen)
    else:
        lines = with_standfirst(choose(reading, witness), reading, about.descriptions)
    blocks = assemble(lines)
    words = count_words(blocks)
    share = min(1.0, sum(line.length for line in lines) / max(1, whole.running))
    verdict, reason = judge(words, share, whole.link_share, paywalled=about.paywalled)
    del alive
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
    prune(container, weigh(container), log)
    lines = settle(
        unfold([container], weigh(container), addresses), [words_of(title)] if title else [], Log()
    )
    return Appended(title, own_address(container, heading, addresses), assemble(lines))
