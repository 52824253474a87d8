"""Which hosts count as one: those that an owner would see as one server in the log."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final

_SECOND_LEVEL: Final = frozenset(
    {
        "ac",
        "co",
        "com",
        "edu",
        "gob",
        "gov",
        "go",
        "gv",
        "ltd",
        "me",
        "ne",
        "net",
        "nom",
        "or",
        "org",
        "plc",
        "sch",
    }
)
"""Labels below a country's domain under which names are registered (``co.uk``, ``com.au``, ``or.jp``)."""


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """Return the part of a host name that someone registered; an address literal is returned as it is.

    A rule of thumb, not the public suffix list: it is used to group requests, where being wrong means a pause too
    many. Hosts on a shared platform (``a.example-blogs.com``, ``b.example-blogs.com``) are one on purpose: they
    are the same machines.
    """
    name = host.lower().rstrip(".")
    if is_literal(name):
        return name
    labels = name.split(".")
    under_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if under_country else labels[-2:])


def is_literal(host: str) -> bool:
    """Tell whether a host is an IP address rather than a name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
