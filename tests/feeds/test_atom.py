"""Atom 1.0 (RFC 4287) and 0.3."""

from __future__ import annotations

from datetime import UTC, datetime

from .documents import atom, atom_entry, parse


def test_a_feed_and_its_entry_are_read() -> None:
    feed = parse(
        atom(
            "<title type='html'>A &amp;lt;b&amp;gt; &lt;i&gt;feed&lt;/i&gt;</title><subtitle>About</subtitle>"
            "<link href='/'/><link rel='self' href='main.xml'/><icon>/i.png</icon><author><name>Ann</name></author>"
            "<entry><id>urn:1</id><title>One</title><link href='../one'/><published>2026-04-06T08:00:00+02:00</published>"
            "<updated>2026-04-07T08:00:00Z</updated><category term='news' label='News'/><summary>Short</summary>"
            "<content type='html'>&lt;p&gt;Long&lt;/p&gt;</content></entry>",
            'xml:lang="de"',
        )
    )
    (entry,) = feed.entries
    assert (feed.format, feed.title, feed.link) == ("atom", "A <b> feed", "https://site.example/")
    assert (feed.language, feed.authors, feed.icon_url) == ("de", ("Ann",), "https://site.example/i.png")
    assert (entry.guid, entry.title, entry.link) == ("urn:1", "One", "https://site.example/one")
    assert entry.published == datetime(2026, 4, 6, 6, tzinfo=UTC)
    assert entry.updated == datetime(2026, 4, 7, 8, tzinfo=UTC)
    assert (entry.summary, entry.content_html) == ("Short", "<p>Long</p>")
    assert entry.categories == ("news",)


def test_an_entry_without_author_has_the_feeds() -> None:
    feed = parse(
        atom("<author><name>Ann</name></author><entry/><entry><author><name>Bo</name></author></entry>")
    )
    assert [entry.authors for entry in feed.entries] == [("Ann",), ("Bo",)]


def test_text_without_a_type_is_plain_unless_it_is_html_all_the_same() -> None:
    assert atom_entry("<summary>1 &lt; 2 &amp; so on</summary>").summary == "1 &lt; 2 &amp; so on"
    assert atom_entry("<summary>&lt;p&gt;Text&lt;/p&gt;</summary>").summary == "<p>Text</p>"


def test_a_plain_title_is_shown_letter_by_letter() -> None:
    assert (
        atom_entry("<title type='text'>The &lt;b&gt; element &amp;amp;</title>").title
        == "The <b> element &amp;"
    )


def test_inline_xhtml_loses_its_wrapper_and_its_prefixes() -> None:
    entry = atom_entry(
        "<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:p>A <x:a href='b'>b</x:a></x:p></x:div></content>"
    )
    assert entry.content_html == '<p>A <a href="https://site.example/feeds/b">b</a></p>'


def test_xml_base_is_honoured_at_every_level() -> None:
    entry = atom_entry(
        "<link href='one'/><content type='html' xml:base='deep/'>&lt;img src='p.png'&gt;</content>",
        'xml:base="https://cdn.example/root/"',
    )
    assert entry.link == "https://cdn.example/root/one"
    assert entry.base_url == "https://cdn.example/root/"
    assert entry.content_html == "<img src='https://cdn.example/root/deep/p.png'>"


def test_the_html_page_is_preferred_among_alternates() -> None:
    entry = atom_entry(
        "<link type='text/gemini' href='gemini://site.example/1'/><link type='text/html' href='https://site.example/1'/>"
        "<link rel='enclosure' href='/1.mp3' type='audio/mpeg' length='7'/><link rel='replies' href='/1#c' type='text/html'/>"
    )
    assert entry.link == "https://site.example/1"
    assert [(file.url, file.length) for file in entry.enclosures] == [("https://site.example/1.mp3", 7)]
    assert entry.comments_url == "https://site.example/1#c"


def test_an_address_as_id_is_the_link_of_an_entry_without_one() -> None:
    assert atom_entry("<id>https://site.example/1</id>").link == "https://site.example/1"
    assert atom_entry("<id>urn:uuid:1</id>").link == ""


def test_content_elsewhere_is_no_content() -> None:
    entry = atom_entry("<content src='https://site.example/v.mp4' type='video/mp4'/>")
    assert entry.content_html == ""
    assert entry.enclosures[0].url == "https://site.example/v.mp4"


def test_base64_is_decoded_and_nonsense_stays_as_it_is() -> None:
    assert (
        atom_entry("<content type='application/octet-stream'>PHA+SGk8L3A+</content>").content_html
        == "<p>Hi</p>"
    )
    assert (
        atom_entry("<content type='application/octet-stream'>not base64!</content>").content_html
        == "not base64!"
    )


def test_atom_0_3_is_read() -> None:
    feed = parse(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><tagline>About</tagline>'
        "<entry><id>1</id><issued>2004-01-01T00:00:00Z</issued><modified>2004-01-02T00:00:00Z</modified>"
        "<content type='application/xhtml+xml' mode='xml'><p>Inline</p></content></entry></feed>"
    )
    (entry,) = feed.entries
    assert (feed.title, feed.description, entry.content_html) == ("Old", "About", "<p>Inline</p>")
    assert entry.published == datetime(2004, 1, 1, tzinfo=UTC)
    assert entry.updated == datetime(2004, 1, 2, tzinfo=UTC)


def test_a_single_entry_is_a_document() -> None:
    feed = parse('<entry xmlns="http://www.w3.org/2005/Atom"><title>Alone</title></entry>')
    assert [entry.title for entry in feed.entries] == ["Alone"]


def test_atom_without_a_namespace_is_read() -> None:
    assert parse("<feed><title>T</title><entry><title>A</title></entry></feed>").entries[0].title == "A"
