"""Addresses of articles: what leads to one page although it is written in two ways, and what only tracks the reader."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_|mtm_|hsa_|itm_|__hs|fb_|oly_|vero_|_branch_).*"
    r"|fbclid|gclid|dclid|gbraid|wbraid|gclsrc|srsltid|yclid|ysclid|twclid|msclkid|mc_cid|mc_eid|mc_tc|mkt_tok"
    r"|_hsenc|_hsmi|igshid|_openstat|wickedid|rb_clickid|sc_cid|_bhlid",
    re.IGNORECASE,
)
"""Query parameters that say who led the reader here, never what is shown (Miniflux' and ClearURLs' lists)."""
_BBC = re.compile(r"(?:at|ns)_.*", re.IGNORECASE)
_SIMPLE = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9/._~!$&'()*+,;=:@-]*)?)")
"""Addresses that need no taking apart: most of them, and in a tenth of the time."""
_LOGIN = re.compile(r"(?<=://)[^/?#]*@")
"""Name and password before the host; either of them may be a key that lets in whoever has it."""
_HEX = re.compile(r"%[0-9a-fA-F]{2}")


def strip_tracking(url: str, site: str = "") -> str:
    """Return ``url`` without tracking parameters; everything else stays byte for byte, in its order.

    ``ref`` goes only when it names ``site``, the host of the feed or of its home page (Ghost adds it).
    """
    head, mark, rest = url.partition("?")
    if not mark:
        return url
    query, hash_mark, fragment = rest.partition("#")
    kept = [part for part in query.split("&") if not _tracks(part, head, site)]
    return head + (mark + "&".join(kept) if kept else "") + hash_mark + fragment


def without_login(url: str) -> str:
    """Return ``url`` without the name and password in it: as it may be given to others."""
    return _LOGIN.sub("", url, count=1)


def masked(url: str) -> str:
    """Return ``url`` with ``…`` for the name and password in it: as it may be shown."""
    return _LOGIN.sub("…@", url, count=1)


def normal_link(url: str, site: str = "") -> str:
    """Return ``url`` in a form for comparison, never for opening.

    http and https are one; host in lower case without its default port; no tracking parameters; no fragment unless
    it routes (``#!`` and ``#/``); no slash at the end of a path.
    """
    url = strip_tracking(url.strip(), site)
    simple = _SIMPLE.fullmatch(url)
    if simple is not None:
        return "//" + simple[1] + (simple[2].rstrip("/") or "/")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https"):
        return url
    host = parts.hostname or ""
    if port not in (None, 80, 443):
        host += f":{port}"
    fragment = parts.fragment if parts.fragment[:1] in ("!", "/") else ""
    path = _escaped(parts.path).rstrip("/")
    return urlunsplit(("", host, path or "/", _escaped(parts.query), fragment))


def _escaped(text: str) -> str:
    """Return ``text`` with non-ASCII percent-encoded and hexadecimal digits in upper case (RFC 3986 section 6.2.2)."""
    if not text.isascii():
        text = quote(text, safe="".join(map(chr, range(33, 127))))
    return _HEX.sub(lambda escape: escape[0].upper(), text) if "%" in text else text


def _tracks(part: str, url: str, site: str) -> bool:
    """Tell whether a part of a query tracks; ``url`` is the address before it."""
    name, _, value = part.partition("=")
    if _TRACKING.fullmatch(name):
        return True
    if name == "ref":
        return bool(site) and value.lower().removeprefix("www.") == site.removeprefix("www.")
    if _BBC.fullmatch(name):
        return f".{host_of(url)}".endswith((".bbc.com", ".bbc.co.uk"))
    return False


def host_of(url: str) -> str:
    """Return the host in an address, in lower case; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
