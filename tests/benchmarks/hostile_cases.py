"""What hostile and faulty servers answer: some 180 feeds and the pages behind them, each a script by name.

What a script may lead to is told by its name's beginning: ``good`` feeds must bring entries; any other may end in an error
or in entries, and must not disturb them. Every address inside that nobody may ask for leads to the canary, and the
secret stands in a file that nobody may read.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from tests.hostile_text import ALL
from tests.servers import Script, answer, endless, gzipped, hang, head, raw, redirect, reset, rss

MB: Final = 1_000_000
STATUSES: Final = (
    100,
    199,
    204,
    205,
    206,
    300,
    304,
    400,
    401,
    402,
    403,
    404,
    407,
    410,
    418,
    421,
    429,
    451,
    500,
    502,
    503,
    504,
    999,
)
PAGE: Final = (
    "<!doctype html><html><head><title>T</title>{}</head><body><article><h1>T</h1>{}</article></body></html>"
)


def feeds(canary: str, secret: Path) -> dict[str, Script]:
    """Return all feeds; each stands at ``/`` of a host of its own."""
    found: dict[str, Script] = {}
    found |= {
        f"good {number}": answer(
            rss(*(f"Good {number}.{n}" for n in range(30)), text="A text long enough to need no page. " * 60)
        )
        for number in range(20)
    }
    found |= dict(_slow())
    found |= dict(_big())
    found |= dict(_crooked())
    found |= dict(_redirects(canary, secret))
    found |= dict(_documents(canary, secret))
    found |= {f"page {name}": answer(_teaser(name)) for name in pages(canary, secret)}
    return {name.strip(): script for name, script in found.items()}


def _teaser(name: str) -> str:
    return (
        f"<rss version='2.0'><channel><title>Pages {name}</title><item><title>{name}</title><guid>{name}</guid>"
        f"<link>/page</link><description>Teaser.</description></item></channel></rss>"
    )


def _slow() -> Iterator[tuple[str, Script]]:
    body = rss("One", "Two").encode()
    yield "hang before headers", hang()
    yield "hang after headers", hang(head(None))
    yield "hang mid body", hang(head(len(body)) + body[:99])
    yield "trickled status", endless(b"", b"H", 1)
    yield "trickled headers", endless(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n", 0.5)
    yield "trickled body", endless(head(len(body)), b"<", 1)
    yield "trickled for ever", endless(head(None), b"<item>" * 170, 0.2)
    yield "continue for ever", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n")
    yield "headers for ever", endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 100)
    yield "one header for ever", endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 1000)
    yield "crumbs for ever", endless(head(None, transfer_encoding="chunked"), b"1;x=y\r\na\r\n" * 50)
    for number in range(20):
        yield f"hang {number}", hang()


def _big() -> Iterator[tuple[str, Script]]:
    yield "items for ever", endless(head(None) + b"<rss><channel>", b"<item><title>a</title></item>" * 2000)
    yield "a text for ever", endless(head(None) + b"<rss><channel><title>", b"a" * 60_000)
    yield "100 MB announced", endless(head(100 * MB), b"a" * 60_000)
    yield "movie", endless(head(None, content_type="video/mp4"), os.urandom(60_000))
    yield "zeros", endless(head(None), bytes(60_000))
    bomb = _bomb(500)
    yield "gzip bomb", answer(bomb, content_encoding="gzip")
    yield "gzip bomb twice", answer(gzip.compress(bomb), content_encoding="gzip, gzip")
    yield "gzip bomb in a gzip file", answer(gzip.compress(bomb))
    yield "gzip bomb unlabelled", answer(bomb)
    yield "deflate bomb", answer(zlib.compress(bytes(50 * MB), 9), content_encoding="deflate")
    yield "fifty codings", answer(bomb, content_encoding=", ".join(["gzip"] * 50))
    yield "brotli", answer(b"\x1b\x00\x00", content_encoding="br")
    yield "zstd", answer(b"\x28\xb5\x2f\xfd", content_encoding="zstd")
    yield "gzip cut", answer(gzip.compress(rss("One").encode())[:60], content_encoding="gzip")
    yield "gzip damaged", answer(b"\x1f\x8b\x08" + os.urandom(400), content_encoding="gzip")
    yield "good plain called gzip 0", gzipped(rss("One").encode(), "x-gzip")
    yield "20,000 headers", raw(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 20_000 + b"\r\n")
    yield (
        "80 cookies",
        raw(
            b"HTTP/1.1 200 OK\r\n" + b"Set-Cookie: a=b; Domain=.com\r\n" * 80 + b"\r\n" + rss("One").encode()
        ),
    )


def _bomb(megabytes: int) -> bytes:
    machine = zlib.compressobj(9, wbits=31)
    return b"".join(machine.compress(bytes(MB)) for _ in range(megabytes)) + machine.flush()


def _crooked() -> Iterator[tuple[str, Script]]:
    body = rss("One").encode()
    for status in STATUSES:
        yield f"status {status}", answer(body if status >= 200 else b"", status)
    for wait in ("5", "-1", "9" * 30, "1e400", "soon", "Thu, 01 Jan 1970 00:00:00 GMT"):
        yield f"come later {wait[:8]}", answer(b"", 429, retry_after=wait)
    for code in (b"000", b"-1", b"abc", b"20", b"2000", b"\x1b[31m"):
        yield f"status {code!r}", raw(b"HTTP/1.1 " + code + b" \x1b]0;PWN\x07[/red]\r\n\r\n" + body)
    yield "reason with OSC", raw(b"HTTP/1.1 500 \x1b]52;c;UFdO\x07PWN\r\nContent-Length: 0\r\n\r\n")
    for length in (b"-1", b"9" * 30, b"ten", b"0x10", b"+100", b"5, 6", b"5\r\nContent-Length: 6"):
        yield f"length {length!r}", raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + length + b"\r\n\r\n" + body)
    yield "length too long", raw(head(10 * len(body)) + body)
    yield "length too short", raw(head(50) + body)
    for length in (b"zz", b"-5", b"f" * 16, b"1000000000000000"):
        yield (
            f"chunk {length!r}",
            raw(head(None, transfer_encoding="chunked") + length + b"\r\n" + body + b"\r\n"),
        )
    yield "reset at once", reset()
    yield "reset mid body", reset(head(len(body)) + body[:50])
    yield "closed at once", raw(b"")
    yield "random bytes", raw(os.urandom(3000))
    yield "SSH", raw(b"SSH-2.0-OpenSSH_9.2\r\n")
    yield "HTTP/0.9", raw(body)
    yield "HTTP/9.9", raw(b"HTTP/9.9 200 OK\r\n\r\n" + body)
    yield "odd header bytes", raw(b"HTTP/1.1 200 OK\r\nA\0: b\x1b[2J\r\n : x\r\n folded\r\n\r\n" + body)
    yield "TLS spoken to plain", raw(b"\x16\x03\x01\x02\x00\x01\x00")
    yield "empty", answer(b"")
    yield "spaces", answer(b" \r\n" * 1000)
    yield (
        "good with odd validators 0",
        answer(body, etag='"\\ ' + "x" * 50_000 + '"', last_modified="yesterday"),
    )
    for kind in (
        "image/png",
        "text/html; charset=utf-7",
        "a/b; charset=unicode_escape",
        "\x1b[31m",
        "x" * 5000,
    ):
        yield f"type {kind[:20]!r}", answer(body, content_type=kind)
    yield "captive portal", answer("<!doctype html><title>Log in</title>", content_type="text/html")


def _redirects(canary: str, secret: Path) -> Iterator[tuple[str, Script]]:
    port = canary.rpartition(":")[2]
    numbers = count()
    yield "redirect to itself", redirect("/")
    yield "redirect to ever new", lambda talk: redirect(f"{talk.asked.path}a")(talk)
    places = (
        f"file://{secret}", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "javascript:alert(1)", "data:text/xml,<rss/>", "unix:/tmp/x",
        *(f"http://{host}:{port}/canary" for host in (
            "localhost", "localhost.", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]",
            "127.13.13.13", "user:PWNsecret@127.0.0.1", "LOCALHOST", "127.0.0.1.", "[::]", "[64:ff9b::7f00:1]",
        )),
        "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.0.1/", "http://[fe80::1%25lo]/", "http://x:99999/",
        "http://" + "a" * 64 + ".example/", "http://[::1", "http://xn--/", "", "//", "http://", "http:///", "\x1b[31mPWN", "/" + "a" * 100_000,
        "http://\u202eexample\u202c/", "http://a b/", "?" + "[/red]" * 50,
    )  # fmt: skip
    for place in places:
        text = place.encode("utf-8").decode("latin-1")
        yield f"redirect {next(numbers)}", redirect(text, 302)


def _documents(canary: str, secret: Path) -> Iterator[tuple[str, Script]]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    item = "<item><title>{}</title><guid>g</guid><description>{}</description></item>"
    channel = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
    many = {
        "laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>' + channel.format(item.format("&l11;", "&l11;")),
        "quadratic": f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]>' + channel.format(item.format("&a;" * 50_000, "")),
        "XXE file": f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>' + channel.format(item.format("&x;", "&x;")),
        "XXE http": f'<!DOCTYPE r [<!ENTITY x SYSTEM "{canary}/canary">]>' + channel.format(item.format("&x;", "")),
        "parameter entity": f'<!DOCTYPE r [<!ENTITY % x SYSTEM "{canary}/canary"> %x;]>' + channel.format(""),
        "external DTD": f'<!DOCTYPE r SYSTEM "{canary}/canary">' + channel.format(item.format("a", "")),
        "XInclude": f'<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><xi:include href="file://{secret}" parse="text"/></channel></rss>',
        "stylesheet": f'<?xml-stylesheet href="{canary}/canary"?>' + channel.format(item.format("a", "")),
        "pictures": channel.format(item.format("a", f"&lt;img src='{canary}/canary'&gt;&lt;link rel=stylesheet href='{canary}/canary'&gt;")),
        "deep": channel.format(item.format("a", "<div>" * 200_000)),
        "unclosed": "<rss><channel>" + "<item><title>" * 300_000,
        "200,000 entries": channel.format("<item><title>a</title></item>" * 200_000),
        "20,000 entries": channel.format("".join(f"<item><guid>{n}</guid><title>a {n}</title></item>" for n in range(20_000))),
        "one guid": channel.format(item.format("a", "b") * 1000),
        "long title": channel.format(item.format("long " * 1_500_000, "")),
        "marks": channel.format(item.format("e" + "\u0301" * 2_000_000, "")),
        "categories": channel.format(f"<item><title>a</title>{'<category>c</category>' * 100_000}</item>"),
        "attributes": f"<rss {' '.join(f'a{n}=1' for n in range(100_000))}><channel/></rss>",
        "comments": "<rss>" + "<!--" * 500_000,
        "comments before": "<!-- --> " * 2000 + channel.format(item.format("a", "")),
        "sections": "<rss>" + "<![CDATA[" * 300_000,
        "ampersands": channel.format(item.format("&" * 1_000_000, "&#65;" * 300_000)),
        "author": channel.format(f"<item><title>a</title><author>{'(' * 500_000}@a</author></item>"),
        "controls": channel.format(item.format("&#27;]0;PWN&#7; &#155;31m \x9b31m \x1b[31m", "\x07&amp;#27;[2J")),
        "links": channel.format("".join(
            f"<item><title>l{n}</title><guid>l{n}</guid><link>{link}</link><enclosure url='{link}' type='a/b'/></item>"
            for n, link in enumerate(("javascript:alert(1)", "file:///etc/passwd", "--help", "-oProxyCommand=x", "$(touch PWN)", "`touch PWN`",
                                      "exec:touch PWN", "|touch PWN", "http://a/;touch PWN", "http://a/\x1b]0;PWN\x07", "data:text/html,x", "../../x"))
        )),
        "no feed": "<root/>", "no channel": "<rss/>", "truncated": channel.format(item.format("a", "b") * 50)[:3000],
        "PHP": "<b>Warning</b>: mysql in /x.php\n" + channel.format(item.format("a", "b")),
        "json depth": "[" * 300_000, "json digits": '{"version": ' + "9" * 200_000 + "}",
        "json surrogates": '{"version":"https://jsonfeed.org/version/1","title":"\\ud800","items":[{"id":"\\udc00","title":"\\ud800"},{"id":NaN}]}',
        "html": PAGE.format(f'<meta http-equiv="refresh" content="0; url=/"><link rel=alternate type=application/rss+xml href="{canary}/canary">', "text"),
        "texts": json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": ALL[9], "items": [
            {"id": str(n), "title": text, "content_text": text * (1 if len(text) > 999 else 3), "authors": [{"name": text}], "tags": [text[:99]]}
            for n, text in enumerate(ALL)]}),
    }  # fmt: skip
    for name, text in many.items():
        yield f"document {name}", answer(text.encode("utf-8", "surrogatepass"))
    body = channel.format(item.format("ä", "ö"))
    for codec in (
        "zlib_codec",
        "unicode_escape",
        "klingon-8",
        "utf-7",
        "utf-16",
        "ebcdic-cp-us",
        "idna",
        "rot13",
    ):
        yield f"codec {codec}", answer(f'<?xml version="1.0" encoding="{codec}"?>{body}'.encode())
    for codec in ("utf-16", "utf-16-be", "utf-32", "latin-1"):
        yield f"bytes {codec}", answer(body.encode(codec))


def pages(canary: str, secret: Path) -> dict[str, Script]:
    """Return the pages behind teasers, by name; each stands at ``/page`` beside its feed."""
    prose = "<p>" + "A sentence of an article that has enough words to be one, and goes on. " * 5 + "</p>"
    texts = {
        "whole": PAGE.format("", prose * 8),
        "deep div": "<div>" * 300_000 + prose, "deep b": "<b>" * 1_000_000, "deep 2,000": "<div>" * 2000 + prose * 9 + "</div>" * 2000,
        "paragraphs": PAGE.format("", "<p>a paragraph</p>" * 250_000), "breaks": PAGE.format("", "<br>" * 1_000_000),
        "links": PAGE.format("", "<a href='/a'>link</a> " * 150_000), "cells": PAGE.format("", "<table>" + "<tr><td>a<td>b" * 150_000),
        "word": PAGE.format("", f"<p>{'x' * 4_000_000}</p>"), "lines": PAGE.format("", "<pre>" + "a\n" * 500_000),
        "prose": PAGE.format("", prose * 12_000), "charset floods": "<meta x" * 500_000, "attributes": PAGE.format("", "<p " + "a='b' " * 300_000 + ">x"),
        "spaces": PAGE.format("", " " * 4_000_000), "less": "<" * 1_000_000, "comments": "<!--" * 1_000_000, "entities": PAGE.format("", "&amp;" * 900_000),
        "scripts": PAGE.format("", prose * 5 + f"<script>x</script><img src=x onerror=y><a href='javascript:PWN'>a</a><iframe src='{canary}/canary'>"),
        "pixels": PAGE.format(f"<link rel=prefetch href='{canary}/canary'>", prose * 5 + f"<img width=1 src='{canary}/canary'>" * 50),
        "next page": PAGE.format(f"<link rel=next href='{canary}/canary'>", prose * 5 + f"<a rel=next href='{canary}/canary'>Next</a>"),
        "data uri": PAGE.format("", prose + f"<img src='data:image/png;base64,{'A' * 4_000_000}'>"),
        "unclosed": "<title><plaintext><!--<script>" + prose, "empty": "", "frames": f"<frameset><frame src='{canary}/canary'></frameset>",
        "escapes": PAGE.format("", "".join(f"<p>{prose} {text[:400]} &#27;[31m &#155;</p>" for text in ALL)),
        "charset": "<meta charset=unicode_escape>" + PAGE.format("", prose * 5 + "\\x1b]0;PWN\\x07"),
        "svg": PAGE.format("", prose * 4 + "<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext><table><mglyph>"),
    }  # fmt: skip
    found = {
        name: answer(text.encode("utf-8", "surrogatepass"), content_type="text/html")
        for name, text in texts.items()
    }
    return found | {
        "pdf": answer(b"%PDF-1.7\n" + os.urandom(9000)), "image": answer(os.urandom(9000), content_type="image/png"),
        "slow": endless(head(None), b"<p>", 1), "endless": endless(head(None), b"<p>a</p>" * 5000), "bomb": answer(_bomb(100), content_encoding="gzip"),
        "redirect inside": redirect(f"{canary}/canary"), "redirect to a file": redirect(f"file://{secret}"), "hang": hang(),
    }  # fmt: skip
