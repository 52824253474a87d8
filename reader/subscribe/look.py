"""Looking behind an address for what can be read there.

    known site ─▶ its feeds              (no request for the page at all)
    one request ─▶ a feed                (reused for the subscription)
                ─▶ a list of feeds       (offered for import)
                ─▶ a sitemap
                ─▶ a page ─▶ the feeds it announces
                          ─▶ well-known addresses that parse
                          ─▶ the page itself, when it is an article
                          ─▶ its news sitemap
                          ─▶ its links, by a rule that the person accepts

What is offered has been fetched and read; nothing is offered on the strength of an announcement.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from ..cleaning import clean_page
from ..errors import BroadsheetError
from ..feeds import discovery, index_page, opml, sitemap
from ..feeds.discovery import Candidate
from ..fetch import Failure, FailureKind, Fetcher, Request, Response
from ..fetch.addresses import AddressError, same_place, target
from ..model import Article, ParsedFeed, SourceKind, Verdict
from ..pool import URGENT, Pool
from ..prepare import PreparedFeed, prepare_feed
from ..records import replace
from ..text import clean_line
from .choices import Choice, Evidence, Preview

MAX_TRIED: Final = 6
"""Announced feeds that are fetched for the preview."""
MAX_PROBES: Final = 8
"""Well-known addresses tried one after the other."""
MAX_MAPS: Final = 6
"""Sitemaps asked for."""
TITLES_SHOWN: Final = 5

_HTTPS_FAILED: Final = frozenset(
    {FailureKind.CONNECT, FailureKind.CERTIFICATE, FailureKind.PROTOCOL, FailureKind.TIMEOUT}
)
"""After these a host typed without a scheme is asked again by http."""
_PAGES: Final = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
"""Media types that a page may be sent with."""


async def preview(address: str, fetcher: Fetcher, pool: Pool) -> Preview:
    """Return what is behind an address as a person typed it. Never raises for what the network or a document does."""
    typed = discovery.typed_address(address)
    if not typed:
        shown = clean_line(address, limit=80)
        return Preview(address, sentence=f"“{shown}” is no address: type a host name or an http(s) address.")
    sentence = discovery.without_feed(typed)
    if sentence:
        return Preview(typed, sentence=sentence)
    look = _Look(fetcher, pool, typed, guessed_scheme="://" not in address)
    try:
        return await look.run()
    except BroadsheetError as error:
        return Preview(typed, sentence=str(error))


class _Look:
    """One look behind one address."""

    def __init__(self, fetcher: Fetcher, pool: Pool, typed: str, *, guessed_scheme: bool) -> None:
        self._fetcher = fetcher
        self._pool = pool
        self._typed = typed
        self._guessed_scheme = guessed_scheme

    async def run(self) -> Preview:
        """Return the first step of the room's drawing that finds something."""
        choices = await self._try_all(discovery.known_site(self._typed))
        if choices:
            return Preview(self._typed, choices)
        answer = await self._ask(self._typed)
        if isinstance(answer, Failure) and self._guessed_scheme and answer.kind in _HTTPS_FAILED:
            plain = "http://" + self._typed.removeprefix("https://")
            second = await self._ask(plain)
            if isinstance(second, Response):
                self._typed, answer = plain, second
        if isinstance(answer, Failure):
            return Preview(self._typed, sentence=answer.sentence)
        return await self._document(self._typed, answer)

    async def _document(self, asked: str, response: Response) -> Preview:
        match discovery.sniff(response.body):
            case "feed" | "json":
                choice = await self._choice(asked, response)
                return Preview(self._typed, (choice,))
            case "opml":
                outline = await self._pool.run(opml.parse_opml, response.body, urgency=URGENT)
                return Preview(self._typed, outline=outline)
            case "sitemap" | "sitemapindex":
                found = await self._sitemap(asked, response)
                sentence = "" if found else "The sitemap lists no articles with a date."
                return Preview(self._typed, found, sentence=sentence)
            case "" if _media_type(response) not in _PAGES:
                sentence = (
                    f"{_host(response.url)} sent {_media_type(response)}, which is neither a feed nor a page."
                )
                return Preview(self._typed, sentence=sentence)
        return await self._page(asked, response)

    async def _page(self, asked: str, response: Response) -> Preview:
        """Return what a web page offers."""
        announced = await self._pool.run(
            discovery.candidates,
            response.body,
            response.url,
            response.content_type or None,
            (response.headers.get("link", ""),),
            urgency=URGENT,
        )
        choices, article = await asyncio.gather(self._try_all(announced), self._article(response))
        choices = choices or await self._probe(response.url)
        if choices or article is not None:
            return Preview(self._typed, choices, article)
        choices = await self._sitemaps(response.url) or await self._index(asked, response)
        if choices:
            return Preview(self._typed, choices)
        sentence = f"{_host(response.url)} has no feed, no sitemap of news and no list of articles."
        return Preview(self._typed, sentence=sentence)

    # ------------------------------------------------------------------------------------ the steps

    async def _try_all(self, candidates: Sequence[Candidate]) -> tuple[Choice, ...]:
        """Return the candidates that are feeds, in their order, each title once."""
        tried = candidates[:MAX_TRIED]
        found = await asyncio.gather(*(self._try(candidate) for candidate in tried))
        pairs = [
            (choice, candidate) for choice, candidate in zip(found, tried, strict=True) if choice is not None
        ]
        shared = Counter(choice.title for choice, _ in pairs)
        by_title: dict[str, Choice] = {}
        for choice, candidate in pairs:
            title = choice.title
            if shared[title] > 1:
                title = _told_apart(title, candidate.title)
            by_title.setdefault(title.casefold(), replace(choice, title=title))
        return tuple(by_title.values())

    async def _try(self, candidate: Candidate) -> Choice | None:
        answer = await self._ask(candidate.url)
        if isinstance(answer, Failure):
            return None
        if candidate.kind == "lookup":
            named = discovery.looked_up(answer.body)
            return await self._try(Candidate(named, candidate.title)) if named else None
        return await self._feed_in(candidate.url, answer)

    async def _probe(self, url: str) -> tuple[Choice, ...]:
        """Return the feed at the first well-known address that has one; a redirect to the home page is none."""
        for address in discovery.probes(url)[:MAX_PROBES]:
            answer = await self._ask(address)
            if isinstance(answer, Response) and urlsplit(answer.url).path not in ("", "/"):
                choice = await self._feed_in(address, answer)
                if choice is not None:
                    return (choice,)
        return ()

    async def _feed_in(self, asked: str, response: Response) -> Choice | None:
        if discovery.sniff(response.body) not in ("feed", "json"):
            return None
        try:
            return await self._choice(asked, response)
        except BroadsheetError:
            return None

    async def _sitemaps(self, url: str) -> tuple[Choice, ...]:
        """Return the site's sitemap of news as a source, or its plain one when that is dated."""
        robots = await self._ask(urljoin(url, "/robots.txt"))
        text = robots.body[:100_000].decode("utf-8", "replace") if isinstance(robots, Response) else ""
        maps = dict.fromkeys(
            (*sitemap.in_robots(text, url), *(urljoin(url, path) for path in sitemap.WELL_KNOWN))
        )
        for address in list(maps)[:MAX_MAPS]:
            answer = await self._ask(address)
            if isinstance(answer, Response) and discovery.sniff(answer.body) in ("sitemap", "sitemapindex"):
                found = await self._sitemap(address, answer)
                if found:
                    return found
        return ()

    async def _sitemap(self, asked: str, response: Response) -> tuple[Choice, ...]:
        """Return a map, or the first useful one of an index, as a source."""
        try:
            prepared = await self._prepare(response, SourceKind.SITEMAP)
            if prepared.feed.entries:
                return (self._chosen(asked, response, prepared, SourceKind.SITEMAP),)
            for child in prepared.children:
                answer = await self._ask(child)
                if isinstance(answer, Response):
                    inner = await self._prepare(answer, SourceKind.SITEMAP)
                    if inner.feed.entries:
                        whole = PreparedFeed(inner.feed, inner.texts, prepared.children)
                        return (self._chosen(asked, response, whole, SourceKind.SITEMAP),)
        except BroadsheetError:
            pass
        return ()

    async def _index(self, asked: str, response: Response) -> tuple[Choice, ...]:
        """Return the page itself as a source, with the rule that finds its articles."""
        try:
            rule = await self._pool.run(
                index_page.derive, response.body, response.url, response.content_type or None, urgency=URGENT
            )
            if rule is None:
                return ()
            prepared = await self._prepare(response, SourceKind.PAGE, rule.to_json())
        except BroadsheetError:
            return ()
        return (self._chosen(asked, response, prepared, SourceKind.PAGE, rule.to_json()),)

    async def _article(self, response: Response) -> Article | None:
        """Return the page as an article when it is one; a home page never is."""
        parts = urlsplit(response.url)
        if parts.path in ("", "/") and not parts.query:
            return None
        try:
            article = await self._pool.run(
                clean_page, response.body, response.url, response.content_type or None, urgency=URGENT
            )
        except BroadsheetError:
            return None
        return article if article.verdict in (Verdict.GOOD, Verdict.DOUBTFUL) and article.blocks else None

    # ------------------------------------------------------------------------------------ fetching and reading

    async def _ask(self, url: str) -> Response | Failure:
        request = Request(
            self._with_credentials(url),
            private_ok=self._may_be_private(url),
            retry=url == self._typed,
            urgent=True,
        )
        return await self._fetcher.fetch(request)

    def _with_credentials(self, url: str) -> str:
        """Return an address with the name and password that were typed for this very host and port."""
        credentials = urlsplit(self._typed).netloc.rpartition("@")[0]
        parts = urlsplit(url)
        if not credentials or "@" in parts.netloc or not self._may_be_private(url):
            return url
        return urlunsplit(parts._replace(netloc=f"{credentials}@{parts.netloc}"))

    def _may_be_private(self, url: str) -> bool:
        """Tell whether an address is at the very host and port that the person typed."""
        try:
            return same_place(target(self._typed), target(url))
        except AddressError:
            return False

    async def _prepare(self, response: Response, kind: SourceKind, rule: str = "") -> PreparedFeed:
        return await self._pool.run(
            prepare_feed, response.body, response.url, response.content_type, kind, rule, urgency=URGENT
        )

    async def _choice(self, asked: str, response: Response) -> Choice:
        prepared = await self._prepare(response, SourceKind.FEED)
        is_map = prepared.feed.format == "sitemap"
        return self._chosen(asked, response, prepared, SourceKind.SITEMAP if is_map else SourceKind.FEED)

    def _chosen(
        self, asked: str, response: Response, prepared: PreparedFeed, kind: SourceKind, rule: str = ""
    ) -> Choice:
        """Return the choice of what was found; of a redirect only a permanent one changes the address (RFC 9110 15.4)."""
        url = response.url if response.permanent or not response.hops else asked
        feed = prepared.feed
        dates = [moment for entry in feed.entries if (moment := entry.published or entry.updated)]
        return Choice(
            url=self._with_credentials(url),
            title=feed.title or _host(response.url),
            kind=kind,
            newest_titles=_newest_titles(feed),
            entries=len(feed.entries),
            newest=max(dates, default=None),
            site_url=feed.link,
            rule=rule,
            private_host=self._may_be_private(url),
            evidence=Evidence(prepared, response.url, response.headers, response.digest, response.permanent),
        )


def _media_type(response: Response) -> str:
    """Return the media type without its parameters, fit to be shown."""
    return clean_line(response.content_type.partition(";")[0], limit=60).lower()


def _newest_titles(feed: ParsedFeed) -> tuple[str, ...]:
    """Return the titles of the newest entries; of undated ones those at the top of the document."""

    def age(place: int) -> tuple[float, int]:
        moment: datetime | None = feed.entries[place].published or feed.entries[place].updated
        return (-moment.timestamp() if moment else 0.0, place)

    order: Iterable[int] = sorted(range(len(feed.entries)), key=age)
    titles = (feed.entries[place].title for place in order)
    return tuple([title for title in titles if title][:TITLES_SHOWN])


def _told_apart(title: str, announced: str) -> str:
    """Return the feed's title with what its announcement adds ("Videos only"), so that two of a site differ."""
    if not announced or announced.casefold() in title.casefold():
        return title
    return announced if title.casefold() in announced.casefold() else f"{title}: {announced}"


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
