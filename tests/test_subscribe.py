"""From an address to sources in the library, against a real server on the loopback address."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from reader.document import plain_text
from reader.errors import ParseError
from reader.export.opml import write_opml
from reader.fetch import Fetcher, Limits, Manners
from reader.model import SourceKind
from reader.pool import Pool
from reader.store import articles, attributes, counts, feeds, folders, views
from reader.store.database import Database
from reader.subscribe import (
    Choice,
    Preview,
    import_outline,
    preview,
    read_subscriptions,
    save_article_page,
    subscribe,
)
from tests.servers import Site, answer, redirect, rss
from tests.store.builders import NOW

FREE = Manners(spacing_seconds=0.0, retry_seconds=0.01)
HASTY = Limits(total_seconds=5.0, connect_seconds=1.0, read_seconds=2.0)
HTML = "text/html; charset=utf-8"
STORY = " ".join(
    f"This is sentence number {n} of a story that somebody took the trouble to write." for n in range(40)
)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest_asyncio.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(manners=FREE, limits=HASTY, proxies={}) as fetcher:
        yield fetcher


@pytest_asyncio.fixture
async def pool() -> AsyncIterator[Pool]:
    async with Pool(1) as pool:
        yield pool


@pytest_asyncio.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    db = Database.open(tmp_path / "library.db")
    yield db
    await db.aclose()


def page(body: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>The Site</title>{head}</head><body>{body}</body></html>"


def link(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def titled(title: str, *entries: str) -> str:
    return rss(*(entries or ("One", "Two"))).replace("<title>Feed</title>", f"<title>{title}</title>")


def paths(site: Site) -> list[str]:
    return [asked.path for asked in site.requests]


def only(found: Preview) -> Choice:
    (choice,) = found.choices
    return choice


# ---------------------------------------------------------------------------------------- looking


async def test_the_address_of_a_feed_takes_one_request_and_shows_its_newest_titles(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    address = site.put("/feed", answer(titled("News", *(f"Title {n}" for n in range(9)))))
    choice = only(await preview(address, fetcher, pool))
    assert (choice.url, choice.title, choice.kind) == (address, "News", SourceKind.FEED)
    assert choice.newest_titles == ("Title 0", "Title 1", "Title 2", "Title 3", "Title 4")
    assert (choice.entries, choice.private_host) == (9, True)
    assert paths(site) == ["/feed"]


async def test_a_site_offers_the_feeds_it_announces_best_first(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    head = (
        link("/comments", "Comments")
        + link("/posts", "Posts")
        + link("/gone", "Gone")
        + link("/lies", "Lies")
    )
    address = site.put("/", answer(page(head=head), content_type=HTML))
    site.put("/posts", answer(titled("Posts")))
    site.put("/comments", answer(titled("Comments")))
    site.put("/lies", answer(page("no feed"), content_type="application/rss+xml"))
    found = await preview(address, fetcher, pool)
    assert [choice.title for choice in found.choices] == ["Posts", "Comments"]
    assert found.sentence == ""


async def test_a_site_whose_two_feeds_have_one_title_offers_them_apart(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    address = site.put("/", answer(page(head=link("/a", "News") + link("/b", "Sport")), content_type=HTML))
    site.put("/a", answer(titled("The Site")))
    site.put("/b", answer(titled("The Site")))
    found = await preview(address, fetcher, pool)
    assert [choice.title for choice in found.choices] == ["The Site: News", "The Site: Sport"]


async def test_a_page_that_announces_nothing_is_tried_at_well_known_addresses(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    address = site.put("/", answer(page("<p>Hello</p>"), content_type=HTML))
    site.put("/feed/", redirect("/", 302))
    site.put("/feed.xml", answer(page("not found, with status 200"), content_type=HTML))
    site.put("/atom.xml", answer(titled("Hidden")))
    assert only(await preview(address, fetcher, pool)).url == site.url("/atom.xml")
    assert "/index.xml" not in paths(site)


async def test_a_site_without_feed_is_taken_by_its_news_sitemap(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    address = site.put("/", answer(page("<p>Hello</p>"), content_type=HTML))
    site.put("/robots.txt", answer(f"User-agent: *\nSitemap: {site.url('/index-of-maps.xml')}\n"))
    site.put(
        "/index-of-maps.xml",
        answer(f"<sitemapindex><sitemap><loc>{site.url('/news.xml')}</loc></sitemap></sitemapindex>"),
    )
    url = f"<url><loc>{site.url('/story-of-the-day')}</loc><lastmod>2026-05-01</lastmod></url>"
    site.put("/news.xml", answer(f"<urlset>{url}</urlset>"))
    choice = only(await preview(address, fetcher, pool))
    assert (choice.kind, choice.url, choice.newest_titles) == (
        SourceKind.SITEMAP,
        site.url("/index-of-maps.xml"),
        ("Story of the day",),
    )


async def test_a_page_without_feed_or_sitemap_is_offered_by_its_links_and_taken_with_the_rule(
    site: Site, fetcher: Fetcher, pool: Pool, db: Database
) -> None:
    items = "".join(
        f'<li><a href="/2026/05/{n:02}/a-story-of-this-day">Story number {n} of the month</a></li>'
        for n in range(1, 21)
    )
    address = site.put("/", answer(page(f"<main><ul>{items}</ul></main>"), content_type=HTML))
    choice = only(await preview(address, fetcher, pool))
    assert (choice.kind, choice.entries) == (SourceKind.PAGE, 20)
    feed_id = await subscribe(db, choice, now=NOW)
    (due,) = await db.read(feeds.due, NOW, ids=(feed_id,), force=True)
    assert due.rule == choice.rule != ""
    feed = await db.read(feeds.get_feed, feed_id)
    assert (feed.total, feed.unread) == (20, 10)


async def test_a_page_with_nothing_to_follow_says_so(site: Site, fetcher: Fetcher, pool: Pool) -> None:
    address = site.put("/", answer(page("<p>Hello</p>"), content_type=HTML))
    found = await preview(address, fetcher, pool)
    assert found.choices == ()
    assert found.sentence == "127.0.0.1 has no feed, no sitemap of news and no list of articles."


async def test_a_lone_article_is_offered_and_kept_as_such(
    site: Site, fetcher: Fetcher, pool: Pool, db: Database
) -> None:
    body = f"<article><h1>A long story</h1><p>{STORY}</p><p>{STORY}</p></article>"
    address = site.put("/2026/05/01/a-long-story", answer(page(body), content_type=HTML))
    found = await preview(address, fetcher, pool)
    assert found.choices == ()
    assert found.article is not None
    entry_id = await save_article_page(db, address, found.article, now=NOW)
    stored = await db.read(articles.load, entry_id)
    assert stored.article is not None
    assert "sentence number 3" in plain_text(stored.article.blocks)
    assert stored.row.feed_title == "Saved pages"


async def test_an_article_of_a_site_with_a_feed_offers_both(site: Site, fetcher: Fetcher, pool: Pool) -> None:
    body = f"<article><h1>A long story</h1><p>{STORY}</p><p>{STORY}</p></article>"
    address = site.put("/a-long-story", answer(page(body, link("/feed", "All")), content_type=HTML))
    site.put("/feed", answer(titled("All")))
    found = await preview(address, fetcher, pool)
    assert only(found).title == "All"
    assert found.article is not None


async def test_a_list_of_subscriptions_at_an_address_is_offered_for_import(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    address = site.put(
        "/list", answer('<opml><body><outline text="A" xmlUrl="https://a.example/"/></body></opml>')
    )
    found = await preview(address, fetcher, pool)
    assert found.outline is not None
    assert [feed.title for feed in found.outline.feeds] == ["A"]


async def test_what_is_no_address_and_a_site_without_feeds_are_answered_without_a_request(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    assert (await preview("exec:ls", fetcher, pool)).sentence.startswith("“exec:ls” is no address")
    assert (await preview("x.com/ann", fetcher, pool)).sentence == "X (Twitter) publishes no feeds."
    assert site.requests == []


async def test_a_failure_is_told_as_a_sentence(site: Site, fetcher: Fetcher, pool: Pool) -> None:
    found = await preview(site.url("/missing"), fetcher, pool)
    assert found.choices == ()
    assert re.search(r"127\.0\.0\.1.*\.$", found.sentence)
    damaged = site.put("/damaged", answer("<rss"))
    assert (
        await preview(damaged, fetcher, pool)
    ).sentence == "The document begins like a feed and has nothing in it."


async def test_a_document_of_another_kind_is_named(site: Site, fetcher: Fetcher, pool: Pool) -> None:
    address = site.put("/paper.pdf", answer("%PDF-1.7 and so on", content_type="application/pdf"))
    found = await preview(address, fetcher, pool)
    assert found.sentence == "127.0.0.1 sent application/pdf, which is neither a feed nor a page."
    assert paths(site) == ["/paper.pdf"]


async def test_a_page_cannot_lead_to_a_private_address_that_nobody_typed(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    with Site() as inside:
        inside.put("/secret", answer(titled("Inside")))
        head = link(inside.url("/secret"), "Inside") + link("/ours", "Ours")
        address = site.put("/", answer(page(head=head), content_type=HTML))
        site.put("/ours", answer(titled("Ours")))
        assert only(await preview(address, fetcher, pool)).title == "Ours"
        assert inside.requests == []


# ---------------------------------------------------------------------------------------- taking


async def test_subscribing_stores_what_the_preview_fetched_and_asks_nobody(
    site: Site, fetcher: Fetcher, pool: Pool, db: Database
) -> None:
    address = site.put("/feed", answer(rss("One", "Two", text="Some text"), etag='"v1"'))
    choice = only(await preview(address, fetcher, pool))
    feed_id = await subscribe(db, choice, "News/Local", now=NOW)
    feed = await db.read(feeds.get_feed, feed_id)
    assert (feed.title, feed.folder, feed.total, feed.unread) == ("Feed", "News/Local", 2, 2)
    assert feed.next_fetch is not None
    assert feed.next_fetch > NOW
    (due,) = await db.read(feeds.due, NOW, ids=(feed_id,), force=True)
    assert (due.etag, due.private_host) == ('"v1"', True)
    assert paths(site) == ["/feed"]
    sources = await db.read(counts.sources, NOW)
    assert sources.inbox == 2


async def test_subscribing_twice_is_subscribing_once(
    site: Site, fetcher: Fetcher, pool: Pool, db: Database
) -> None:
    address = site.put("/feed", answer(rss("One")))
    choice = only(await preview(address, fetcher, pool))
    assert await subscribe(db, choice, now=NOW) == await subscribe(db, choice, "Elsewhere", now=NOW)
    assert len(await db.read(feeds.all_feeds)) == 1


async def test_a_password_that_was_typed_stays_with_the_source(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    address = site.put("/feed", answer(rss("One"))).replace("://", "://ann:secret@")
    choice = only(await preview(address, fetcher, pool))
    assert choice.url == address
    assert "authorization" in site.requests[0].headers


async def test_a_password_that_was_typed_opens_the_feeds_of_the_page_and_nobody_elses(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    with Site("127.0.0.2") as other:
        head = link("/feed", "Ours") + link(other.put("/feed", answer(titled("Theirs"))), "Theirs")
        address = site.put("/", answer(page(head=head), content_type=HTML)).replace("://", "://ann:secret@")
        site.put("/feed", answer(titled("Ours")))
        choice = only(await preview(address, fetcher, pool))
        assert choice.url == site.url("/feed").replace("://", "://ann:secret@")
        assert all("authorization" in asked.headers for asked in site.requests)
        assert all("authorization" not in asked.headers for asked in other.requests)


async def test_only_a_permanent_redirect_changes_the_address(
    site: Site, fetcher: Fetcher, pool: Pool
) -> None:
    site.put("/feed", answer(rss("One")))
    moved = site.put("/moved", redirect("/feed", 301))
    signed = site.put("/signed", redirect("/feed?token=expires", 302))
    site.put("/feed?token=expires", answer(rss("One")))
    assert only(await preview(moved, fetcher, pool)).url == site.url("/feed")
    assert only(await preview(signed, fetcher, pool)).url == signed


# ---------------------------------------------------------------------------------------- lists


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Database]:
    db = Database.open(tmp_path / "library.db")
    yield db
    db.close()


OPML = b"""<opml version="2.0"><body>
<outline text="News"><outline text="Alpha" xmlUrl="https://a.example/feed" category="x"/></outline>
<outline text="Beta" xmlUrl="https://b.example/feed" htmlUrl="https://b.example/"/>
<outline text="Alpha again" xmlUrl="http://a.example/feed/"/>
<outline text="Bad" xmlUrl="exec:ls"/>
</body></opml>"""


def test_a_list_is_imported_with_folders_tags_and_names(library: Database) -> None:
    report = library.write_now(import_outline, read_subscriptions(OPML), NOW)
    assert (report.added, report.merged, report.duplicates, len(report.problems)) == (2, 0, 1, 1)
    assert (
        report.sentence
        == "2 added, 1 twice in the list, 1 not taken. Line 5: “exec:ls” is no http or https address."
    )
    alpha, beta = library.read_now(feeds.all_feeds)
    assert (alpha.title, alpha.folder, alpha.tags) == ("Alpha", "News", ("x",))
    assert (beta.title, beta.site_url) == ("Beta", "https://b.example/")


def test_importing_again_changes_nothing_and_adds_what_is_new(library: Database) -> None:
    library.write_now(import_outline, read_subscriptions(OPML), NOW)
    _, beta = library.read_now(feeds.all_feeds)
    library.write_now(feeds.edit_feed, beta.id, title="My own name")
    more = OPML.replace(b'text="Beta"', b'text="Beta" category="y"')
    report = library.write_now(import_outline, read_subscriptions(more), NOW)
    assert (report.added, report.merged) == (0, 2)
    names = {feed.title: feed.tags for feed in library.read_now(feeds.all_feeds)}
    assert names == {"Alpha": ("x",), "My own name": ("y",)}


def test_a_urls_file_is_imported_with_its_query_feeds(library: Database) -> None:
    text = (
        b'https://a.example/ news "~Mine" !\n"query:Unread news:unread = \\"yes\\" and tags # \\"news\\""\n'
    )
    report = library.write_now(import_outline, read_subscriptions(text), NOW)
    assert (report.added, report.views) == (1, 1)
    (feed,) = library.read_now(feeds.all_feeds)
    assert (feed.title, feed.quiet, feed.tags) == ("Mine", True, ("news",))
    assert [(view.name, view.query) for view in library.read_now(views.all_views)] == [
        ("Unread news", "is:unread #news")
    ]


def test_a_list_of_bare_addresses_is_a_list(library: Database) -> None:
    report = library.write_now(
        import_outline, read_subscriptions(b"https://a.example/1\nhttps://a.example/2\n"), NOW
    )
    assert report.added == 2


@pytest.mark.parametrize("data", [b"", b"<html><body>x</body></html>", b"a\nb\nc\nd\ne\n", b'{"version": 1}'])
def test_another_file_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(ParseError, match=r"\.$"):
        read_subscriptions(data)


def test_what_is_exported_is_imported_as_it_was(library: Database, tmp_path: Path) -> None:
    library.write_now(import_outline, read_subscriptions(OPML), NOW)
    sources = library.read_now(feeds.all_feeds)
    document = write_opml(sources, library.read_now(folders.all_paths))
    other = Database.open(tmp_path / "other.db")
    try:
        other.write_now(import_outline, read_subscriptions(document), NOW)
        again = other.read_now(feeds.all_feeds)
    finally:
        other.close()
    facts = [(feed.url, feed.title, feed.folder, feed.tags, feed.site_url) for feed in sources]
    assert [(feed.url, feed.title, feed.folder, feed.tags, feed.site_url) for feed in again] == facts


def test_what_another_reader_said_of_a_source_is_said_again_by_an_export(library: Database) -> None:
    document = OPML.replace(b'text="Beta"', b'text="Beta" nnw_isMuted="1"')
    library.write_now(import_outline, read_subscriptions(document), NOW)
    written = write_opml(library.read_now(feeds.all_feeds), attributes=library.read_now(attributes.kept))
    assert b'nnw_isMuted="1"' in written


def test_ten_thousand_subscriptions_are_imported_at_once(library: Database) -> None:
    body = "".join(f'<outline text="Feed {n}" xmlUrl="https://a.example/{n}"/>' for n in range(10_000))
    report = library.write_now(
        import_outline, read_subscriptions(f"<opml><body>{body}</body></opml>".encode()), NOW
    )
    assert report.added == 10_000
