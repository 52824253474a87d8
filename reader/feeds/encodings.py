"""The text of an XML document, decoded as publishers really encode it.

What a server declares, what the document declares and what the bytes are often disagree. The order of belief is: byte
order mark, charset of the HTTP header, XML declaration, UTF-8 where the bytes are valid UTF-8, else windows-1252
(RFC 7303 section 3; the WHATWG Encoding Standard for the labels that browsers read as a superset).
"""

from __future__ import annotations

import codecs
import re
import zlib
from typing import Final

from ..errors import ParseError

MAX_BYTES: Final = 10 * 1024 * 1024
"""No document is larger, before or after inflating; the fetch refuses larger ones too."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<" and "<?" begin a document without a mark (XML 1.0 appendix F).
_UNMARKED: Final = (
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0<\0?", "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
)
_EBCDIC_DECLARATION: Final = b"\x4c\x6f\xa7\x94"
_SUPERSETS: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-9": "windows-1254",
    "tis-620": "cp874",
}
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_UTF8: Final = frozenset({"utf-8", "utf8"})
_C1 = re.compile("[\x80-\x9f]")


def inflate(data: bytes) -> bytes:
    """Return ``data``, inflated when it is a gzip file saved under another name."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        inflater = zlib.decompressobj(31)
        inflated = inflater.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise ParseError("The document is a damaged gzip file.") from error
    if len(inflated) > MAX_BYTES:
        raise ParseError("The document is larger than 10 MB when inflated.")
    if not inflater.eof:
        raise ParseError("The document is a gzip file that was cut short.")
    return inflated


def beginning(data: bytes, length: int) -> bytes:
    """Return the first bytes of a document, of a gzip file what they inflate to; nothing of a damaged one.

    Costs no more than ``length`` says, so that it may be asked on the event loop.
    """
    if data[:2] != b"\x1f\x8b":
        return data[:length]
    try:
        return zlib.decompressobj(31).decompress(data[: 16 * length], length)
    except zlib.error:
        return b""


def http_charset(content_type: str | None) -> str:
    """Return the charset of a Content-Type header in lower case, or nothing."""
    match = _CHARSET.search(content_type) if content_type else None
    return match[1].lower() if match else ""


def is_plain_utf8(data: bytes, content_type: str | None) -> bool:
    """Tell whether nothing declares another encoding than UTF-8 (``data`` without a byte order mark)."""
    declared = _DECLARED.match(data[:300])
    return (declared is None or declared[1].decode().lower() in _UTF8) and (
        http_charset(content_type) or "utf-8"
    ) in _UTF8


def decode(data: bytes, content_type: str | None = None) -> str:
    """Return the text of ``data``; never fails, and wrong bytes become U+FFFD."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    encoding = _declared_encoding(data, content_type)
    if encoding in _UTF8:
        return _decode_utf8(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError):
        return _decode_mislabelled(data, encoding)


def _declared_encoding(data: bytes, content_type: str | None) -> str:
    for start, encoding in _UNMARKED:
        if data.startswith(start):
            return encoding
    if data.startswith(_EBCDIC_DECLARATION):
        match = re.search(r"encoding\s*=\s*[\"']([\w-]+)", data[:200].decode("cp037"))
        return match[1].lower() if match else "cp037"
    declared = _DECLARED.match(data[:300])
    encoding = http_charset(content_type) or (declared[1].decode().lower() if declared else "utf-8")
    if encoding.startswith(("utf-16", "utf-32", "ucs", "iso-10646")):
        return "utf-8"  # a document of wide characters would have begun with one of the signs above
    return _SUPERSETS.get(encoding, encoding)


def _decode_utf8(data: bytes) -> str:
    """Return UTF-8 text; where that fails, windows-1252, unless the faults are few amid much valid UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    wide = len(data) - len(text)
    return text if wide > 20 * text.count("\ufffd") else data.decode("cp1252", "replace")


def _decode_mislabelled(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")


def repair_c1(text: str) -> str:
    """Return ``text`` with C1 controls read as the windows-1252 characters that were meant (WHATWG HTML 13.2.5.80)."""
    return _C1.sub(lambda control: control[0].encode("latin-1").decode("cp1252", "replace"), text)
