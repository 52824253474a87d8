"""Fetching: one HTTP client under a deadline and byte caps, which never raises and never goes where it should not.

client        ``Fetcher``: a request in, a ``Response`` or a ``Failure`` out
values        what goes in and comes out
politeness    whose turn it is: slots, two requests a host, pauses between them, hosts that asked to be left alone
redirects     where an answer sends us next, and whether we follow
addresses     which addresses may be connected to
resolver      names to addresses, on threads of our own
streams       the sockets under httpcore: each name resolved, checked and connected to here
transport     the connections under httpx
inflate       a compressed body in small steps under a cap
sentences     a failure as one sentence
hosts         which hosts count as one
"""

from .client import Fetcher
from .politeness import Manners
from .values import Failure, FailureKind, Limits, Request, RequestKind, Response

__all__ = [
    "Failure",
    "FailureKind",
    "Fetcher",
    "Limits",
    "Manners",
    "Request",
    "RequestKind",
    "Response",
]
