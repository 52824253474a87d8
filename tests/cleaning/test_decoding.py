"""Bytes to text: what wins, what is refused, what is repaired."""

from __future__ import annotations

import codecs

import pytest

from reader.cleaning.decoding import decode, telling_its_encoding, tells_its_encoding

TEXT = "Grüße aus Łódź, дорогой друг"


def test_a_byte_order_mark_wins_over_every_declaration() -> None:
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "text/html; charset=latin-1") == TEXT


def test_the_header_wins_over_the_page() -> None:
    page = '<meta charset="iso-8859-5">Grüße'.encode("cp1252")

    assert decode(page, "text/html; charset=windows-1252").endswith("Grüße")


def test_the_page_declares_its_encoding_in_either_form_of_meta() -> None:
    short = '<meta charset="koi8-r">друг'.encode("koi8-r")
    long = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">друг'.encode("koi8-r")

    assert decode(short).endswith("друг")
    assert decode(long).endswith("друг")


def test_a_charset_in_a_script_is_no_declaration() -> None:
    assert decode(b"<script src=a charset=koi8-r></script>" + "Grüße".encode("cp1252")).endswith("Grüße")


def test_valid_utf8_is_utf8_whatever_is_declared() -> None:
    assert decode(TEXT.encode(), "text/html; charset=iso-8859-1") == TEXT


def test_a_page_cut_in_the_middle_of_a_character_stays_utf8() -> None:
    assert decode(TEXT.encode()[:-1], "text/html; charset=iso-8859-1").startswith("Grüße aus Łódź")


def test_one_bad_byte_does_not_turn_a_utf8_page_into_another_encoding() -> None:
    assert (
        decode(TEXT.encode() + b"\xff" + TEXT.encode(), "text/html; charset=utf-8") == f"{TEXT}\ufffd{TEXT}"
    )


def test_without_any_sign_bytes_beyond_utf8_are_windows_1252() -> None:
    assert decode("Grüße – “schön”".encode("cp1252")) == "Grüße – “schön”"


@pytest.mark.parametrize(
    "name", ["unicode_escape", "raw_unicode_escape", "rot13", "zip", "base64", "idna", "utf-7", "nonsense"]
)
def test_a_name_that_is_no_encoding_of_the_web_is_ignored(name: str) -> None:
    page = f'<meta charset="{name}">\\x1b[31m \\u001b'.encode()

    assert "\x1b" not in decode(page, f"text/html; charset={name}")


def test_a_page_that_says_utf16_in_ascii_is_not_in_utf16() -> None:
    assert decode(b'<meta charset="utf-16">plain') == '<meta charset="utf-16">plain'


def test_japanese_in_its_three_old_encodings_is_read() -> None:
    for name in ("shift_jis", "euc-jp", "iso-2022-jp"):
        assert decode("港の灯台に明かり".encode(name), f"text/html; charset={name}") == "港の灯台に明かり"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (TEXT.encode(), "text/html; charset=utf-8"),
        ("друг".encode("koi8-r"), "text/html; charset=koi8-r"),
        ('<meta charset="iso-8859-5">Grüße'.encode("cp1252"), "text/html; charset=windows-1252"),
        ("Grüße".encode("cp1252"), None),
        (b"\xff\xfe\xfd plain", "text/html; charset=nonsense"),
    ],
)
def test_a_page_that_is_kept_is_read_later_as_it_was_with_its_header(
    data: bytes, content_type: str | None
) -> None:
    kept = telling_its_encoding(data, content_type)

    assert tells_its_encoding(kept)
    assert decode(kept) == decode(data, content_type)


def test_a_page_that_tells_its_encoding_is_kept_byte_for_byte() -> None:
    page = '<meta charset="koi8-r">друг'.encode("koi8-r")

    assert telling_its_encoding(page, "text/html; charset=koi8-r") is page
    assert not tells_its_encoding("Grüße".encode("cp1252"))
