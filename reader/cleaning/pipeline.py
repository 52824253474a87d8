"""The flow: a page in, an article with the decisions that led to it out."""

from __future__ import annotations

from ..document import Blocks, Figure, plain, plain_text
from ..errors import ParseError
from ..model import Appended, Article, Verdict
from ..records import dataclass, field, replace
from ..text import clean_line
from .assemble import assemble
from .check import Witness
from .decoding import decode
from .headline import headlines, repeats_headline, words_of
from .inline import Addresses
from .language import detect
from .lines import Line
from .log import Log
from .measure import Weight, weigh
from .metadata import Metadata, read_metadata
from .notes import find_notes
from .prune import prune, strip
from .reading import Reading, Settled, choose, settle, with_standfirst
from .siterules import SiteRule, apply_rule, read_rule, select, strip_by_rule
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
    rule, problems = read_rule(site_rule)
    if problems:
        rule = SiteRule()
        log.dropped(
            "site rule", f"line {problems[0].line}: {problems[0].sentence}", "the page is cleaned without it"
        )
    article = _clean_tree(root, url, feed_title, rule, log)
    if problems:
        unused = f"The rule for this site is not used, line {problems[0].line}: {problems[0].sentence}"
        article = replace(article, reason=f"{article.reason} {unused}".strip())
    return Cleaning(article, log)


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
    reading = Reading(body, weigh(body), addresses, titles, log, find_notes(body))
    chosen = select(body, rule.body)
    if chosen:
        settled = reading.read(chosen)
    else:
        settled = with_standfirst(choose(reading, witness), reading, about.descriptions)
    appended = [_offer(other, addresses, log) for other in others if not is_furniture(names(other))]
    if settled.others:
        appended.append(_offer_lines(settled.others))
    del alive
    return _article(url, about, settled, whole, tuple(appended))


def _article(
    url: str, about: Metadata, settled: Settled, whole: Weight, appended: tuple[Appended, ...]
) -> Article:
    """Return the article of a page, judged; ``whole`` is what the page weighed before it was pruned."""
    blocks = assemble(settled.lines)
    _complete(about, blocks)
    kept = sum(line.length for line in settled.lines)
    share = min(1.0, kept / max(1, whole.running - sum(line.length for line in settled.others)))
    linked = sum(line.linked for line in settled.lines) / max(1, kept)
    words = count_words(blocks)
    verdict, reason = judge(words, share, whole.link_share, linked=linked, paywalled=about.paywalled)
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
        caption=settled.caption or _lead_caption(blocks, about.lead_image),
        comments_url=about.comments_url,
        next_page=about.next_page,
        topics=about.topics,
        paywalled=about.paywalled,
        appended=appended,
        verdict=verdict,
        reason=reason,
        kept_share=share,
        word_count=words,
        origins=tuple(about.origins.items()),
    )


def _complete(about: Metadata, blocks: Blocks) -> None:
    """Take from the text what the page does not say: the language, the picture."""
    if not about.language and (language := detect(plain_text(blocks))):
        about.language = language
        about.origins["language"] = "text"
    if not about.lead_image and (picture := _first_picture(blocks)):
        about.lead_image = picture
        about.origins["lead_image"] = "article"


def _first_picture(blocks: Blocks) -> str:
    """Return the address of the article's first picture; empty when it has none."""
    return next((block.src for block in blocks if isinstance(block, Figure) and block.kind == "image"), "")


def _offer(container: HtmlElement, addresses: Addresses, log: Log) -> Appended:
    """Return an appended article, cleaned by the same rules, with the address that it or its headline links to."""
    heading = next(container.iter("h1", "h2"), None)
    title = clean_line(text_of(heading), limit=500) if heading is not None else ""
    prune(container, weigh(container), log)
    titles = [words_of(title)] if title else []
    settled = settle(unfold([container], weigh(container), addresses), titles, Log())
    return Appended(title, own_address(container, heading, addresses), assemble(settled.lines))


def _offer_lines(lines: list[Line]) -> Appended:
    """Return an article that followed among the lines of ours; its first line is its headline."""
    title = lines[0].text[:500]
    return Appended(title, "", assemble(settle(lines, [lines[0].words], Log()).lines))


def _lead_caption(blocks: Blocks, lead_image: str) -> str:
    """Return the caption of the article's lead picture where it stands in the text; empty when it does not."""
    name = lead_image.partition("?")[0].rpartition("/")[2]
    figures = (block for block in blocks if isinstance(block, Figure))
    return next((plain(figure.caption) for figure in figures if name and name in figure.src), "")
