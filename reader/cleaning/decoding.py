"""Bytes to text, as browsers do (WHATWG Encoding and HTML, "determining the character encoding").

A byte order mark wins, then the transport's charset, then the page's own ``meta``, then UTF-8, then Windows-1252.
One departure: bytes that are valid UTF-8 with characters beyond ASCII are UTF-8 whatever is declared, because text in
another encoding is hardly ever valid UTF-8 by accident and servers with a stale default are common. Only encodings
of the web are accepted as names: Python's codec registry knows more (``unicode_escape``, ``rot13``, ``zip``), and a
page must not choose among those.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

PRESCAN_BYTES: Final = 4096
"""How far into the page its own declaration is looked for; browsers read 1,024, pages in the wild are later."""

_CODECS: Final = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf-16": "utf-16-le", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "x-cp1252": "cp1252", "iso-8859-2": "iso8859-2", "latin2": "iso8859-2", "iso-8859-3": "iso8859-3",
    "iso-8859-4": "iso8859-4", "iso-8859-5": "iso8859-5", "iso-8859-6": "iso8859-6", "iso-8859-7": "iso8859-7",
    "iso-8859-8": "iso8859-8", "iso-8859-8-i": "iso8859-8", "iso-8859-9": "cp1254", "latin5": "cp1254",
    "iso-8859-10": "iso8859-10", "iso-8859-13": "iso8859-13", "iso-8859-14": "iso8859-14", "iso-8859-15": "iso8859-15",
    "latin9": "iso8859-15", "iso-8859-16": "iso8859-16", "windows-874": "cp874", "tis-620": "cp874",
    "iso-8859-11": "cp874", "windows-1250": "cp1250", "cp1250": "cp1250", "windows-1251": "cp1251", "cp1251": "cp1251",
    "windows-1253": "cp1253", "windows-1254": "cp1254", "windows-1255": "cp1255", "windows-1256": "cp1256",
    "windows-1257": "cp1257", "windows-1258": "cp1258", "koi8-r": "koi8-r", "koi8": "koi8-r", "koi8-u": "koi8-u",
    "ibm866": "cp866", "cp866": "cp866", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "euc-jp": "euc_jp", "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "korean": "cp949", "windows-949": "cp949",
}  # fmt: skip
"""Labels of the web and the codec Python has for each (WHATWG Encoding, section 4.2)."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_CHARSET_BYTES = re.compile(_CHARSET.pattern.encode("ascii"), re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s{0,9}<\?xml[^>]{0,99}encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_.:-]{1,40})""")


def decode(data: bytes, content_type: str | None = None) -> str:
    """Return the page's text; undecodable bytes become U+FFFD, never an error."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    declared = _transport(content_type) or _declared(data[:PRESCAN_BYTES])
    if declared.startswith("utf-16"):
        if b"\0" in data[:PRESCAN_BYTES]:
            return data.decode(declared, "replace")
        declared = "utf-8"  # a declaration that could be read as ASCII is not in UTF-16
    if declared != "iso2022_jp":
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            # A page cut in the middle of a character is still UTF-8.
            if error.reason == "unexpected end of data" or (declared == "utf-8" and _mostly_utf8(data)):
                return data.decode("utf-8", "replace")
            if declared == "utf-8":
                declared = ""
        else:
            if not text.isascii() or not declared:
                return text
    return data.decode(declared or "cp1252", "replace")


def tells_its_encoding(data: bytes) -> bool:
    """Tell whether bytes are read rightly without what the transport said of them."""
    return (
        data.startswith(tuple(mark for mark, _ in _BOMS))
        or bool(_declared(data[:PRESCAN_BYTES]))
        or _is_utf8(data)
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def telling_its_encoding(data: bytes, content_type: str | None) -> bytes:
    """Return bytes that are read the same without what the transport said of them: as they are, or as UTF-8 with a mark."""
    text = decode(data, content_type)
    if tells_its_encoding(data) and decode(data) == text:
        return data
    return codecs.BOM_UTF8 + text.encode("utf-8")


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether undecodable bytes are few among the characters beyond ASCII: one bad byte in a UTF-8 page."""
    sample = data[:200_000].decode("utf-8", "replace")
    bad = sample.count("\ufffd")
    return bad * 4 < sum(not char.isascii() for char in sample)


def _transport(content_type: str | None) -> str:
    match = _CHARSET.search((content_type or "")[:500])
    return _CODECS.get(match.group(1).lower(), "") if match else ""


def _declared(head: bytes) -> str:
    """Return the codec that a ``meta`` or an XML declaration in ``head`` names, else an empty string."""
    for match in _CHARSET_BYTES.finditer(head):
        opened = head.rfind(b"<", 0, match.start())
        if opened >= 0 and head[opened : opened + 5].lower() == b"<meta":
            return _CODECS.get(match.group(1).decode("ascii").lower(), "")
    match_xml = _XML_ENCODING.match(head)
    return _CODECS.get(match_xml.group(1).decode("ascii").lower(), "") if match_xml else ""
