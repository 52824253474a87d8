"""Which addresses may be asked for, and which may be connected to.

Two walls. Before a request, the address itself: http or https, a host, a port that exists. At the connection, the
IP address that the name led to: only what is reachable for everyone, unless a person typed that very host and port
(a feed, a page or a redirect must not make this program knock at doors inside the house). The second wall stands at
the socket, so that a name which answers differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import base64
import ipaddress
import socket
from typing import Final
from urllib.parse import unquote

import httpx

from ..records import dataclass
from ..text import clean_line

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


class AddressError(Exception):
    """An address that is not asked for; the message ends a sentence that begins with the host or "The address"."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart."""

    url: httpx.URL
    """Without credentials and fragment."""
    host: str
    """In ASCII, lower case, without brackets."""
    port: int
    authorization: str = ""
    """The value of an Authorization header, from ``user:password@``."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return scheme, host and port (RFC 6454)."""
        return self.url.scheme, self.host, self.port


def target(address: str) -> Target:
    """Take an address apart; raise ``AddressError`` when it cannot be asked for."""
    try:
        url = httpx.URL(address.strip())
        host = url.raw_host.decode("ascii").lower()
        port = url.port
    except Exception as error:  # InvalidURL, UnicodeError, ValueError: one meaning
        raise AddressError("is not a web address") from error
    if url.scheme not in _DEFAULT_PORTS:
        raise AddressError(
            f"is a “{clean_line(url.scheme, limit=20)}” address; only http and https are fetched"
        )
    if not host:
        raise AddressError("has no host")
    if len(host) > 253 or any(not 0 < len(label) < 64 for label in host.rstrip(".").split(".")):
        raise AddressError("has a host name that cannot exist")
    if port is not None and not 0 < port < 65536:
        raise AddressError(f"has port {port}, which cannot exist")
    authorization = _basic(url) if url.userinfo else ""
    # The request line never carries a fragment, and what is shown never carries a password.
    bare = url.copy_with(userinfo=b"", fragment=None) if url.userinfo or url.fragment else url
    return Target(bare, host, port or _DEFAULT_PORTS[url.scheme], authorization)


def _basic(url: httpx.URL) -> str:
    """Return the credentials of an address as a basic Authorization value (RFC 7617)."""
    pair = f"{unquote(url.username)}:{unquote(url.password)}"
    return "Basic " + base64.b64encode(pair.encode("utf-8", "surrogateescape")).decode("ascii")


def is_public(address: str) -> bool:
    """Tell whether an IP address may be connected to without anyone having typed it.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is judged by what is inside.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def plainly_private(host: str) -> str:
    """Return the private address that a host is, however it is spelled, or an empty string.

    This is the first wall, and the only one where a proxy resolves the names.
    """
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return "127.0.0.1"
    try:
        address = name if ":" in name else socket.inet_ntoa(socket.inet_aton(name))
        return "" if is_public(address) else address
    except (OSError, ValueError):
        return ""


def same_place(first: Target, second: Target) -> bool:
    """Tell whether two addresses lead to the same host and port; the default ports of http and https are one."""
    if first.host != second.host:
        return False
    both_default = all(one.port == _DEFAULT_PORTS[one.url.scheme] for one in (first, second))
    return first.port == second.port or both_default
