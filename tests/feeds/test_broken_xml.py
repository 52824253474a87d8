"""What is not well-formed, wrongly declared or hostile: read as far as it can be, and never at any price."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ParseError
from reader.feeds.encodings import MAX_BYTES, decode
from reader.feeds.parse import parse_feed
from reader.feeds.xml_tree import repaired
from reader.model import ParsedFeed

from .documents import NOW, URL, atom, item, parse, rss

ENTRY = "<item><title>Größe “A” – 100 €</title></item>"


def outcome(data: bytes) -> ParsedFeed | None:
    """The feed, or nothing when it was refused with a sentence; any other exception is a failure of the test."""
    try:
        return parse_feed(data, URL, None, NOW)
    except ParseError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    return None


def title(data: bytes, content_type: str | None = None) -> str:
    return parse(data, content_type=content_type).entries[0].title


# ---------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "windows-1252",
        "gb18030",
        "cp037",
        "macroman",
    ],
)
def test_a_declared_encoding_is_believed(encoding: str) -> None:
    words = "Grösse (A) - 100" if encoding == "cp037" else "Größe “A” – 100 €"
    declared = "utf-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig")
    document = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><item><title>{words}</title></item></channel></rss>'
    assert title(document.encode(encoding)) == words


def test_latin_1_means_windows_1252_as_in_every_browser() -> None:
    document = f'<?xml version="1.0" encoding="iso-8859-1"?><rss><channel>{ENTRY}</channel></rss>'
    assert title(document.encode("cp1252")) == "Größe “A” – 100 €"


def test_the_charset_of_the_server_comes_before_the_declaration() -> None:
    document = f'<?xml version="1.0" encoding="utf-8"?><rss><channel>{ENTRY}</channel></rss>'
    assert title(document.encode("cp1252"), "text/xml; charset=windows-1252") == "Größe “A” – 100 €"


def test_utf_8_sent_as_something_else_is_read_as_what_it_is() -> None:
    for declared in ("utf-16", "us-ascii", "bogus", "utf8"):
        document = f'<?xml version="1.0" encoding="{declared}"?><rss><channel>{ENTRY}</channel></rss>'
        if declared in ("utf-16", "bogus", "utf8"):
            assert title(document.encode()) == "Größe “A” – 100 €"


def test_windows_1252_sent_as_utf_8_is_read_as_what_it_is() -> None:
    document = f'<?xml version="1.0" encoding="utf-8"?><rss><channel>{ENTRY}</channel></rss>'
    assert title(document.encode("cp1252")) == "Größe “A” – 100 €"


def test_one_wrong_byte_in_much_utf_8_stays_one_wrong_character() -> None:
    assert decode("ä".encode() * 100 + b"\xff" + "ö".encode() * 100).count("\ufffd") == 1


def test_typographic_signs_in_the_wrong_place_are_repaired() -> None:
    assert item("<title>don&#146;t &#x93;go&#x94;</title>").title == "don’t “go”"
    assert title("<rss><channel><item><title>don\x92t</title></item></channel></rss>".encode()) == "don’t"


def test_a_gzip_file_under_another_name_is_inflated() -> None:
    assert title(gzip.compress(rss(ENTRY).encode())) == "Größe “A” – 100 €"


# ---------------------------------------------------------------------------------------- not well-formed


@pytest.mark.parametrize(
    "before",
    ["\n\n  ", "<!-- made by x -->\n", "\ufeff", "\ufeff\n ", "Warning: foo() in bar.php\n", "<?php ?>"],
)
def test_something_before_the_declaration_does_no_harm(before: str) -> None:
    assert title((before + rss(ENTRY)).encode()) == "Größe “A” – 100 €"


def test_html_names_need_no_dtd() -> None:
    assert (
        item("<title>Re&colon; caf&eacute;&nbsp;&mdash; &unknown; AT&T</title>").title
        == "Re: café — &unknown; AT&T"
    )


def test_addresses_in_cdata_keep_their_ampersands() -> None:
    entry = item(
        "<title>&eacute;</title><description><![CDATA[<a href='https://a.example/?a=1&copy=2'>x</a> &foo;]]></description>"
    )
    assert entry.summary == "<a href='https://a.example/?a=1&copy=2'>x</a> &foo;"


def test_short_entities_of_the_document_are_understood() -> None:
    document = (
        '<!DOCTYPE rss [<!ENTITY site "Our Site">\n<!ENTITY x "&site;&site;">]>'
        + rss("<item><title>&site; &amp; &x;</title></item>").partition("?>")[2]
    )
    assert title(document.encode()) == "Our Site & &x;"


def test_impossible_characters_are_left_out() -> None:
    assert item("<title>a\x01b&#7;c&#xFFFF;d&#x110000;e&#xD800;f</title>").title == "abcdef"


def test_an_unclosed_document_gives_what_is_there() -> None:
    document = rss("<title>T</title><item><title>One</title></item><item><title>Two</title><descr")
    feed = parse(document[: document.index("<descr") + 6])
    assert feed.title == "T"
    assert [entry.title for entry in feed.entries] == ["One", "Two"]


def test_crossed_tags_do_not_lose_the_entries_after_them() -> None:
    feed = parse(rss("<item><title>One</description></title></item><item><title>Two</title></item>"))
    assert [entry.title for entry in feed.entries][-1] == "Two"


def test_cdf_is_read() -> None:
    feed = parse(
        '<CHANNEL HREF="https://site.example/"><TITLE>Old</TITLE>'
        '<ITEM HREF="https://site.example/1"><TITLE>One</TITLE><ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>'
    )
    assert (feed.format, feed.entries[0].title, feed.entries[0].link) == (
        "cdf",
        "One",
        "https://site.example/1",
    )


# ---------------------------------------------------------------------------------------- hostile


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
MIB = 1024 * 1024
HOSTILE = {
    "a billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><title>&l9;</title></channel></rss>',
    "quadratic blow-up": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 199}">]><rss><channel><title>{"&a;" * MIB}</title></channel></rss>',
    "a file entity": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    "a parameter entity": '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><rss><channel><title>T</title></channel></rss>',
    "an external DTD": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><title>T&x;</title></channel></rss>',
    "XInclude": '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><title><xi:include href="file:///etc/passwd" parse="text"/>T</title></channel></rss>',
    "a doctype without end": "<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * 100_000,
    "deep nesting": rss("<item><description>" + "<div>" * 100_000 + "</description></item>"),
    "deep nesting, closed": rss("<item><description>" + "<b>" * 50_000 + "x" + "</b>" * 50_000 + "</description></item>"),
    "opened and never closed": "<rss><channel>" + "<item><title>" * 200_000,
    "comments before no doctype": "<!-- --> " * 3_000 + rss("<item><title>T</title></item>") + "<!-- -->" * 3_000,
    "instructions before no doctype": "<? > " * 3_000 + rss("<item><title>T</title></item>") + "?>" * 3_000,
    "unclosed sections": "<rss><channel><title>" + "<![CDATA[" * 400_000,
    "unclosed comments": "<rss><channel>" + "<!--" * 500_000,
    "ampersands": "<rss><channel><title>" + "&" * MIB + "</title></channel></rss>",
    "many attributes": "<rss><channel " + " ".join(f'a{n}="1"' for n in range(100_000)) + "><title>T</title></channel></rss>",
    "many attributes inside": rss("<item><description><p " + " ".join(f'a{n}="1"' for n in range(100_000)) + ">x</p></description></item>"),
    "many namespaces": "<rss " + " ".join(f'xmlns:n{n}="u{n}"' for n in range(20_000)) + "><channel><title>T</title></channel></rss>",
    "many names": "<rss><channel>" + "".join(f"<t{n}/>" for n in range(300_000)) + "<title>T</title></channel></rss>",
    "a million items": "<rss><channel><title>T</title>" + "<item/>" * 1_000_000 + "</channel></rss>",
    "one long attribute": f'<rss><channel><title a="{"x" * 8 * MIB}">T</title></channel></rss>',
    "white space in attributes": rss(f"<item><description>&lt;a href{' ' * MIB}&lt;img src=&quot;{' ' * MIB}</description></item>"),
    "unclosed tags in a title": rss("<item><title>" + "&lt;a " * 300_000 + "</title></item>"),
    "quotes without tags": rss("<item><description>" + " href='x'" * 200_000 + "&lt;</description></item>"),
    "a date of a megabyte": rss(f"<item><pubDate>{'1' * MIB}</pubDate></item>"),
    "authors of brackets": rss(f"<item><author>{'(' * MIB}@</author></item>"),
    "authors of addresses": rss(f"<item><author>{'a@' * 300_000}</author></item>"),
    "a number of a megabyte": rss(f"<item><title>&#{'9' * MIB};</title></item>"),
    "fifty thousand authors": rss("<item>" + "".join(f"<author>a{n}</author>" for n in range(50_000)) + "</item>"),
    "what the last resort stumbles over": "<rss><item><width>&</width><title>T</title></item",
    "bases within bases": atom("<entry>" + "".join(f"<link xml:base='b{n}/' href='x'/>" for n in range(20_000)) + "</entry>"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_ends_soon_in_a_feed_or_an_error(name: str) -> None:
    data = HOSTILE[name].encode()[:MAX_BYTES]
    start = time.process_time()
    feed = outcome(data)
    if feed is not None:
        assert "root:" not in repr(feed)[:100_000]
        assert all(len(entry.title) <= 1000 for entry in feed.entries)
    assert time.process_time() - start < 5, "the parser is not linear in the document"


def test_larger_documents_are_refused_before_they_are_read() -> None:
    with pytest.raises(ParseError, match="10 MB"):
        parse(b"<rss>" + b" " * MAX_BYTES)
    with pytest.raises(ParseError, match="10 MB"):
        parse(gzip.compress(b" " * (MAX_BYTES + 1)))


def test_a_damaged_gzip_file_is_said_to_be_so() -> None:
    with pytest.raises(ParseError, match="gzip"):
        parse(b"\x1f\x8b\x08\x00damaged")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_give_a_feed_or_an_error(data: bytes) -> None:
    for document in (
        data,
        b"<rss><channel><item>" + data,
        b"{" + data,
        b"\xff\xfe" + data,
        b"<feed>" + data + b"</feed>",
    ):
        outcome(document)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_feed_damaged_anywhere_gives_a_feed_or_an_error(data: st.DataObject) -> None:
    whole = rss(
        "<title>T</title><item><title>A &amp; b</title><link>https://a.example/</link><pubDate>2026-01-01</pubDate>"
        "<description><![CDATA[<p>x</p>]]></description></item>"
    ).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    damaged = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    outcome(damaged)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>&;![]CDATA-x#1\n?", max_size=60))
def test_repairing_ends_and_leaves_no_lone_ampersand_outside_sections(text: str) -> None:
    fixed = repaired(text)
    if "<![CDATA[" not in fixed:
        assert fixed.count("&") == fixed.replace("&;", "").count("&")
