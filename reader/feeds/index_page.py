"""A page without a feed as a source: a rule that finds its articles, shown to the person before it is kept.

The rule is *derived* once, from the page as it is that day: the way its headlines are set and the form of their
addresses. Later fetches only *apply* it, and a page on which it finds less than a third of what it used to is reported
as changed instead of being guessed at anew. Structured data (JSON-LD) and ``article`` elements win where there are some.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Final, Self

from lxml.html import HtmlElement

from ..errors import ParseError
from ..identity import normal_link
from ..model import ParsedFeed
from ..text import clean_line
from .dates import parse_date
from .draft import EntryDraft, FeedDraft, finished
from .index_links import Link, article_address, links_of, path_date, word_count
from .markup import from_plain
from .pages import base_of, read_page

MAX_ENTRIES: Final = 100
LEAST: Final = 4
"""Addresses that make a list."""
LEAST_MARKED: Final = 3
"""Addresses that make a list where the page itself says that they are articles."""
CHANGED_SHARE: Final = 1 / 3
"""Of the usual number of articles; fewer mean that the layout has changed."""


@dataclass(frozen=True, slots=True)
class IndexRule:
    """How the articles of a page are found; kept with the source as JSON."""

    mode: str
    """``links``, ``article`` (elements of that name) or ``json-ld``."""
    signatures: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    usual: int = 0
    """Articles found when the rule was made."""

    def to_json(self) -> str:
        """Return the rule as text."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the rule in ``text``; raises ``ParseError`` for what is none."""
        try:
            values = json.loads(text)
            return cls(
                str(values["mode"]),
                tuple(values["signatures"]),
                tuple(values["shapes"]),
                int(values["usual"]),
            )
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise ParseError("The rule of this page is damaged; add the page again.") from error


def derive(
    data: bytes, url: str, content_type: str | None = None, now: datetime | None = None
) -> IndexRule | None:
    """Return the rule that finds the articles of a page, or nothing when it has no list of articles."""
    root = read_page(data, content_type)
    base, now = base_of(root, url), now or datetime.now(UTC)
    if len(structured := _from_json_ld(root, base, now)) >= LEAST_MARKED:
        return IndexRule("json-ld", usual=len(structured))
    links = links_of(root, base, now)
    marked = [link for link in links if link.in_article]
    marked = [link for link in marked if link.heading] or marked
    if len(marked) >= LEAST_MARKED and _is_list(marked):
        return _rule("article", marked)
    best = _best_cluster(links)
    return _rule("links", best) if best else None


def apply(
    rule: IndexRule | str,
    data: bytes,
    url: str,
    content_type: str | None = None,
    now: datetime | None = None,
) -> ParsedFeed:
    """Return the articles that ``rule`` finds on the page; raises ``ParseError`` when its layout has changed."""
    if isinstance(rule, str):
        rule = IndexRule.from_json(rule)
    root = read_page(data, content_type)
    base, now = base_of(root, url), now or datetime.now(UTC)
    if rule.mode == "json-ld":
        entries = _from_json_ld(root, base, now)
    else:
        wanted = [
            link
            for link in links_of(root, base, now)
            if link.signature in rule.signatures
            and link.shape in rule.shapes
            and (link.in_article or rule.mode != "article")
        ]
        entries = [_entry(link) for link in wanted]
    if len(entries) < rule.usual * CHANGED_SHARE:
        raise ParseError(
            f"The layout of the page has changed: {len(entries)} articles found where there were {rule.usual}."
        )
    title = next((clean_line(str(title.text_content())) for title in root.iter("title")), "")
    return finished(
        FeedDraft(
            "page", title=title, link=url, language=root.get("lang") or "", entries=entries[:MAX_ENTRIES]
        )
    )


def _rule(mode: str, links: Sequence[Link]) -> IndexRule:
    signatures = dict.fromkeys(link.signature for link in links)
    shapes = dict.fromkeys(link.shape for link in links)
    return IndexRule(mode, tuple(signatures), tuple(shapes), min(len(links), MAX_ENTRIES))


def _entry(link: Link) -> EntryDraft:
    return EntryDraft(
        guid=normal_link(link.url),
        link=link.url,
        title=link.title,
        published=link.published,
        summary=from_plain(link.summary),
        base_url=link.url,
        image_url=link.image_url,
    )


# ---------------------------------------------------------------------------------------- clusters of links


def _best_cluster(links: Sequence[Link]) -> list[Link]:
    """Return the links of the best list, with those of other lists whose addresses have the same form."""
    clusters: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        clusters[link.signature, link.shape].append(link)
    lists = [cluster for cluster in clusters.values() if len(cluster) >= LEAST and _is_list(cluster)]
    if not lists:
        return []
    best = max(lists, key=_score)
    shape = best[0].shape
    telling = sum(link.dated for link in best) >= 0.8 * len(best)
    alike = {link.signature for link in links if telling and link.dated and link.shape == shape}
    alike.add(best[0].signature)
    return [link for link in links if link.shape == shape and link.signature in alike]


def _is_list(links: Sequence[Link]) -> bool:
    """Tell whether links that look alike are a list of articles and not a menu."""
    titles = Counter(link.title.casefold() for link in links)
    if len(titles) < 0.8 * len(links):
        return False
    if not 3 <= median(word_count(link.title) for link in links) <= 25:
        return False
    return any(
        sum(flag) >= 0.5 * len(links)
        for flag in zip(*((link.heading, link.dated) for link in links), strict=True)
    )


def _score(links: Sequence[Link]) -> float:
    dated = sum(link.dated for link in links) / len(links)
    heading = sum(link.heading for link in links) / len(links)
    return min(len(links), MAX_ENTRIES) * max(dated, 0.2) * (1 + heading)


# ---------------------------------------------------------------------------------------- structured data


def _from_json_ld(root: HtmlElement, base: str, now: datetime) -> list[EntryDraft]:
    """Return the articles listed in the page's JSON-LD (schema.org ``ItemList``, ``NewsArticle``, ``BlogPosting``)."""
    entries: dict[str, EntryDraft] = {}
    for thing in _things(root):
        kinds = thing.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if not any(
            isinstance(kind, str) and kind.endswith(("Article", "BlogPosting", "ListItem")) for kind in kinds
        ):
            continue
        url = article_address(_string(thing, "url") or _string(thing, "@id"), base)
        title = _string(thing, "headline") or _string(thing, "name")
        if url and title and url not in entries:
            published = parse_date(_string(thing, "datePublished"), now) or path_date(url, now)
            entries[url] = EntryDraft(
                guid=normal_link(url),
                link=url,
                title=title,
                published=published,
                summary=from_plain(_string(thing, "description")),
                base_url=url,
            )
    return list(entries.values())


def _things(root: HtmlElement) -> Iterator[dict[str, object]]:
    """Yield every object in the page's JSON-LD, outer before inner; 20,000 at most."""
    left = 20_000
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            pending = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while pending and left:
            left -= 1
            thing = pending.pop()
            if isinstance(thing, dict):
                yield thing
                pending.extend(reversed(list(thing.values())))
            elif isinstance(thing, list):
                pending.extend(reversed(thing))


def _string(thing: dict[str, object], key: str) -> str:
    value = thing.get(key)
    return value.strip() if isinstance(value, str) else ""
