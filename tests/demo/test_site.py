"""The invented site, asked directly and over HTTP."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from reader.demo.articles import Publication, publications
from reader.demo.feeds import feed_name
from reader.demo.server import serve
from reader.demo.site import BASE, Site
from reader.feeds.parse import parse_feed

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
SITE = Site(BASE, NOW)
WITH_FEED = [publication for publication in publications() if publication.format != "page"]


def body(path: str) -> bytes:
    """Return what the site has at ``path``."""
    answer = SITE.answer(path)
    assert answer is not None, path
    return answer.body


@pytest.mark.parametrize("publication", WITH_FEED, ids=[each.path for each in WITH_FEED])
def test_every_feed_parses_to_all_its_pieces(publication: Publication) -> None:
    name = feed_name(publication)
    answer = SITE.answer(f"/{publication.path}/{name}")
    assert answer is not None
    feed = parse_feed(answer.body, f"{BASE}/{publication.path}/{name}", answer.mime_type)
    assert feed.title == publication.name
    assert [entry.title for entry in feed.entries] == [piece.title for piece in publication.pieces]
    assert [entry.published for entry in feed.entries] == [NOW - piece.age for piece in publication.pieces]
    assert all(entry.guid and entry.link.startswith(f"{BASE}/{publication.path}/") for entry in feed.entries)
    assert all(bool(entry.content_html) == publication.full for entry in feed.entries)


def test_a_podcast_has_a_recording_to_every_entry() -> None:
    feed = parse_feed(body("/nightferry/feed.xml"), f"{BASE}/nightferry/feed.xml", None)
    assert all(entry.enclosures[0].mime_type == "audio/mpeg" for entry in feed.entries)


def test_every_link_of_every_feed_leads_to_a_page() -> None:
    for publication in publications():
        for piece in publication.pieces:
            page = html.document_fromstring(body(f"/{publication.path}/{piece.slug}").decode())
            assert page.xpath("string(//h1)") == piece.title


def test_a_page_of_the_newspaper_repeats_itself_and_goes_on_with_the_next_article() -> None:
    page = body("/courier/lighthouse").decode()
    assert page.count("unlit for the first time since 1886") == 6
    assert page.count('<div class="entry-print-title">') == 2
    assert "<div>TT</div><div>20</div>" in page
    assert "Moth Census Halted" in page


def test_a_page_in_a_right_to_left_script_says_so() -> None:
    assert b'<html lang="ar" dir="rtl">' in body("/mina/saati")


def test_the_front_page_of_a_publication_tells_its_feed() -> None:
    assert f'href="{BASE}/yamate/feed.xml"'.encode() in body("/yamate/")
    assert b'rel="alternate"' not in body("/touchline/")


def test_every_picture_of_a_page_is_there() -> None:
    page = html.document_fromstring(body("/courier/ferry").decode())
    for source in set(page.xpath("//img/@src")):
        assert body(urlsplit(source).path).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/courier/nothing", "/courier/x.png", "/../etc/passwd", "/touchline/feed.xml"]
)
def test_nothing_stands_where_nothing_was_put(path: str) -> None:
    assert SITE.answer(path) is None


def test_the_list_of_subscriptions_has_every_feed_in_its_folder() -> None:
    root = etree.fromstring(SITE.opml)
    found = {
        outline.get("xmlUrl"): folder.get("text")
        for folder in root.findall("body/outline")
        for outline in folder.findall("outline")
    }
    assert found == {source.url: source.folder for source in SITE.sources if source.has_feed}


def test_the_same_clock_gives_the_same_bytes() -> None:
    again = Site(BASE, NOW)
    for source in SITE.sources:
        path = urlsplit(source.url).path
        assert again.answer(path) == SITE.answer(path)


# ----------------------------------------------------------------------------------------------- over HTTP


@pytest.fixture(scope="module")
def connection() -> Iterator[http.client.HTTPConnection]:
    with serve(NOW) as site:
        address = urlsplit(site.base)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
        yield connection
        connection.close()


def ask(
    connection: http.client.HTTPConnection, path: str, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection.request(
        headers.pop("method", "GET"),
        path,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    response = connection.getresponse()
    return response, response.read()


def test_the_server_serves_the_site_under_its_own_address(connection: http.client.HTTPConnection) -> None:
    response, page = ask(connection, "/lantern/ice")
    assert response.status == 200
    assert response.getheader("Content-Type") == "text/html; charset=utf-8"
    assert f"http://127.0.0.1:{connection.port}/lantern/ice".encode() in page


def test_an_unchanged_feed_is_answered_by_304(connection: http.client.HTTPConnection) -> None:
    response, _ = ask(connection, "/lantern/feed.xml")
    again, nothing = ask(connection, "/lantern/feed.xml", If_None_Match=response.getheader("ETag", ""))
    assert (again.status, nothing) == (304, b"")


def test_what_is_missing_is_answered_by_404(connection: http.client.HTTPConnection) -> None:
    response, _ = ask(connection, "/lantern/dark")
    assert response.status == 404


def test_head_is_answered_without_a_body(connection: http.client.HTTPConnection) -> None:
    response, nothing = ask(connection, "/lantern/ice", method="HEAD")
    assert (response.status, nothing) == (200, b"")
    assert int(response.getheader("Content-Length", "0")) > 1000


def test_a_port_that_is_taken_is_an_error_and_leaves_nothing_open() -> None:
    with (
        serve(NOW) as site,
        pytest.raises(OSError, match="in use"),
        serve(NOW, urlsplit(site.base).port or 0),
    ):
        pass
