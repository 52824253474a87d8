"""RSS 0.9x to 2.0 and RSS 1.0 as publishers write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reader.errors import NotAFeed, ParseError
from reader.feeds.draft import MAX_CATEGORIES, MAX_ENCLOSURES, MAX_ENTRIES, MAX_TITLE
from reader.model import Enclosure

from ..hostile_text import ALL, FORBIDDEN
from .documents import URL, item, parse, rss


def test_a_feed_says_its_title_home_page_language_and_own_address() -> None:
    feed = parse(
        rss(
            "<title>News &amp; views</title><link>https://site.example/</link><language>en-GB</language>"
            '<atom:link rel="self" href="/feeds/main.xml"/><description>All of it</description>'
            "<image><url>icon.png</url><title>not this</title></image>"
        )
    )
    assert feed.format == "rss"
    assert feed.title == "News & views"
    assert feed.link == "https://site.example/"
    assert feed.language == "en-GB"
    assert feed.self_url == URL
    assert feed.description == "All of it"
    assert feed.icon_url == "https://site.example/feeds/icon.png"


def test_an_entry_says_everything_a_reader_needs() -> None:
    entry = item(
        "<title>Title</title><link>/a</link><guid isPermaLink='false'>urn:1</guid><author>me@site.example (Me)</author>"
        "<pubDate>Mon, 06 Apr 2026 08:00:00 +0200</pubDate><category>News</category><category>Local</category>"
        "<comments>https://site.example/a#c</comments><description>Short</description>"
        "<content:encoded><![CDATA[<p>Long text</p>]]></content:encoded>"
        "<enclosure url='https://site.example/a.mp3' type='audio/mpeg' length='1200'/>"
    )
    assert entry.title == "Title"
    assert entry.link == "https://site.example/a"
    assert entry.guid == "urn:1"
    assert entry.authors == ("Me",)
    assert entry.published == datetime(2026, 4, 6, 6, tzinfo=UTC)
    assert entry.categories == ("News", "Local")
    assert entry.comments_url == "https://site.example/a#c"
    assert (entry.summary, entry.content_html) == ("Short", "<p>Long text</p>")
    assert entry.enclosures == (Enclosure("https://site.example/a.mp3", "audio/mpeg", 1200),)


def test_a_guid_that_is_a_permalink_is_the_link_of_an_entry_without_one() -> None:
    assert item("<guid>https://site.example/1</guid>").link == "https://site.example/1"
    assert item("<guid isPermaLink='false'>https://site.example/1</guid>").link == ""
    assert item("<guid>17</guid>").link == ""


def test_a_guid_is_never_made_an_address() -> None:
    assert item("<guid> t3_glvkc5 </guid>").guid == "t3_glvkc5"
    assert item("<guid>/relative/1</guid>").guid == "/relative/1"


def test_an_empty_link_before_an_atom_link_does_not_count() -> None:
    entry = item("<link/><atom:link href='https://site.example/1'/>")
    assert entry.link == "https://site.example/1"


def test_titles_of_extensions_do_not_take_the_place_of_the_title() -> None:
    entry = item(
        "<media:group><media:title>Clip</media:title></media:group><itunes:title>Episode</itunes:title><title>Real</title>"
    )
    assert entry.title == "Real"
    assert item("<itunes:title>Episode</itunes:title>").title == "Episode"


def test_a_video_is_described_by_its_media_group() -> None:
    entry = item(
        "<title>Clip</title><media:group><media:description>First line\n\nSecond &lt;3</media:description>"
        "<media:thumbnail url='https://site.example/t.jpg'/>"
        "<media:content url='https://site.example/v' type='application/x-shockwave-flash'/></media:group>"
    )
    assert entry.summary == "<p>First line</p><p>Second &lt;3</p>"
    assert entry.image_url == "https://site.example/t.jpg"
    assert entry.enclosures == ()


def test_media_content_is_an_enclosure_where_there_is_no_other() -> None:
    sound = "<media:content url='https://site.example/a.ogg' medium='audio' fileSize='9'/>"
    assert item(sound).enclosures == (Enclosure("https://site.example/a.ogg", "", 9),)
    both = item(sound + "<enclosure url='https://site.example/a.mp3'/>")
    assert [file.url for file in both.enclosures] == ["https://site.example/a.mp3"]


def test_the_fuller_of_two_texts_is_the_content() -> None:
    entry = item("<description>Short</description><itunes:summary>A good deal longer</itunes:summary>")
    assert (entry.summary, entry.content_html) == ("Short", "A good deal longer")


def test_several_enclosures_are_kept_and_empty_ones_are_not() -> None:
    entry = item(
        "<enclosure url='https://a.example/1'/><enclosure url=''/><enclosure url='https://a.example/2' length='x'/>"
        "<enclosure url='https://a.example/1'/>"
    )
    assert entry.enclosures == (Enclosure("https://a.example/1"), Enclosure("https://a.example/2"))


def test_a_title_loses_its_tags_and_keeps_what_only_looks_like_one() -> None:
    assert item("<title>&lt;b&gt;Bold&lt;/b&gt; &amp;amp; plain</title>").title == "Bold & plain"
    assert item("<title>How to use &lt;dialog&gt; today</title>").title == "How to use <dialog> today"
    assert item("<title>1 &lt; 2 &gt; 0</title>").title == "1 < 2 > 0"
    assert item("<title><![CDATA[Fish &amp; <i>chips</i>]]></title>").title == "Fish & chips"


def test_inline_markup_is_kept_as_html_without_its_namespace() -> None:
    entry = item(
        '<description><div xmlns="http://www.w3.org/1999/xhtml"><p>A <b>b</b><br/> c</p></div></description>'
    )
    assert entry.summary == "<p>A <b>b</b><br> c</p>"


def test_relative_addresses_in_a_body_become_absolute_and_shown_code_stays() -> None:
    entry = item(
        "<description><![CDATA[<a href='/x'>x</a> <img src=\"y.png\"> <a href='https://o.example/'>o</a>"
        " <a href='#top'>top</a> <code>&lt;a href=\"/x\"&gt;</code>]]></description>"
    )
    assert entry.summary == (
        "<a href='https://site.example/x'>x</a> <img src=\"https://site.example/feeds/y.png\">"
        " <a href='https://o.example/'>o</a> <a href='#top'>top</a> <code>&lt;a href=\"/x\"&gt;</code>"
    )


def test_a_feed_may_say_how_often_and_when_to_ask() -> None:
    feed = parse(
        rss(
            "<title>T</title><ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
            "<skipHours><hour>0</hour><hour>24</hour><hour>13</hour><hour>x</hour></skipHours>"
            "<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>"
        )
    )
    assert feed.ttl == timedelta(hours=6)
    assert feed.skip_hours == {0, 13}
    assert feed.skip_days == {5, 6}


@pytest.mark.parametrize("ttl", ["", "0", "-5", "soon", "1e9", "9" * 5000])
def test_a_ttl_that_makes_no_sense_is_none(ttl: str) -> None:
    assert parse(rss(f"<title>T</title><ttl>{ttl}</ttl>")).ttl is None


def test_rss_1_0_has_its_items_beside_the_channel() -> None:
    feed = parse(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://site.example/"><title>Feed</title>'
        "<link>https://site.example/</link></channel>"
        '<item rdf:about="https://site.example/1"><title>One</title><dc:date>2026-04-06</dc:date>'
        "<dc:creator>Ann</dc:creator><dc:subject>News</dc:subject></item></rdf:RDF>"
    )
    (entry,) = feed.entries
    assert (feed.format, feed.title) == ("rdf", "Feed")
    assert (entry.guid, entry.link) == ("https://site.example/1", "https://site.example/1")
    assert (entry.authors, entry.categories) == (("Ann",), ("News",))
    assert entry.published == datetime(2026, 4, 6, tzinfo=UTC)


def test_a_feed_in_an_unknown_default_namespace_is_read() -> None:
    feed = parse(
        '<rss xmlns="http://backend.example/x"><channel><title>T</title><item><title>A</title></item></channel></rss>'
    )
    assert (feed.title, feed.entries[0].title) == ("T", "A")


def test_prefixes_that_nobody_declared_are_understood() -> None:
    feed = parse(
        "<rss><channel><item><dc:creator>Ann</dc:creator><content:encoded>Text</content:encoded></item></channel></rss>"
    )
    assert feed.entries[0].authors == ("Ann",)
    assert feed.entries[0].content_html == "Text"


def test_dates_last_announced_win_and_dublin_core_fills_in() -> None:
    entry = item("<pubDate>nonsense</pubDate><dc:date>2026-04-06T10:00:00Z</dc:date>")
    assert entry.published == datetime(2026, 4, 6, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"]
)
def test_addresses_that_would_run_or_read_something_are_dropped(scheme: str) -> None:
    entry = item(f"<link>{scheme}</link><enclosure url='{scheme}'/><comments>{scheme}</comments>")
    assert (entry.link, entry.enclosures, entry.comments_url) == ("", (), "")


def test_an_address_keeps_its_characters_as_they_are_composed() -> None:
    decomposed = "https://site.example/cafe\u0301"
    assert item(f"<link>{decomposed}</link>").link == "https://site.example/cafe%CC%81"
    assert (
        item("<link>https://b\u00fccher.example/caf\u00e9 au lait</link>").link
        == "https://b\u00fccher.example/caf\u00e9%20au%20lait"
    )


def test_everything_is_bounded() -> None:
    entry = item(
        f"<title>{'x' * 5000}</title><guid>{'g' * 5000}</guid><link>https://a.example/{'y' * 9000}</link>"
        + "".join(f"<category>c{n}</category>" for n in range(500))
        + "".join(f"<enclosure url='https://a.example/{n}'/>" for n in range(500))
    )
    assert len(entry.title) == MAX_TITLE
    assert len(entry.guid) <= MAX_TITLE
    assert entry.link == ""
    assert len(entry.categories) == MAX_CATEGORIES
    assert len(entry.enclosures) == MAX_ENCLOSURES


def test_two_overlong_guids_stay_two() -> None:
    one, other = (item(f"<guid>{'g' * 5000}{end}</guid>").guid for end in "ab")
    assert one != other


def test_of_very_many_entries_the_newest_are_kept_in_their_order() -> None:
    items = "".join(
        f"<item><guid>{n}</guid><pubDate>{datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=n):%Y-%m-%d %H:%M}</pubDate></item>"
        for n in range(MAX_ENTRIES + 7)
    )
    entries = parse(rss(items)).entries
    assert [entry.guid for entry in entries] == [str(n) for n in range(7, MAX_ENTRIES + 7)]


@pytest.mark.parametrize("text", ALL)
def test_no_control_character_of_any_kind_gets_in(text: str) -> None:
    sent = "".join(char if char.isalnum() else f"&#{ord(char)};" for char in text)
    feed = parse(
        rss(
            f"<title>{sent}</title><item><title>{sent}</title><author>{sent}</author><guid>{sent}</guid>"
            f"<category>{sent}</category><link>https://a.example/{sent}</link></item>"
        )
    )
    (entry,) = feed.entries
    for shown in (feed.title, entry.title, *entry.authors, entry.guid, *entry.categories, entry.link):
        assert not FORBIDDEN & set(shown)
        assert "\n" not in shown


@pytest.mark.parametrize(
    "document", ["", "   \n ", "<html><body>A page</body></html>", "plain text", "<svg/>", "<rss"]
)
def test_what_is_no_feed_is_refused_with_a_sentence(document: str) -> None:
    with pytest.raises(ParseError, match=r"\.$"):
        parse(document)


def test_a_page_is_no_feed_rather_than_damaged() -> None:
    with pytest.raises(NotAFeed):
        parse("<!DOCTYPE html><html><head><title>x</title></head><body><p>A page<br></body></html>")


def test_an_empty_channel_is_a_feed_without_entries() -> None:
    assert parse(rss("<title>Quiet</title>")).entries == ()
