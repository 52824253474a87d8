"""A failure as one sentence: what failed, at which host, and what a person can make of it.

Nothing that a server wrote goes into a sentence (a reason phrase can hold escape sequences), and nothing secret does:
the host is named, never the path, the query or the password.
"""

from __future__ import annotations

import errno
import socket
import ssl
from datetime import timedelta
from typing import Final

import httpcore

from ..text import clean_line
from .addresses import AddressError
from .inflate import EncodingError
from .politeness import Held
from .redirects import RedirectError
from .resolver import NoSuchHost
from .streams import HeadTooLong, PrivateAddress
from .values import MIB, Failure, FailureKind, Limits, RequestKind


class TooBig(Exception):
    """The body is over the cap; ``unpacked`` when only unpacking it showed that."""

    def __init__(self, cap: int, *, unpacked: bool) -> None:
        super().__init__(cap)
        self.cap = cap
        self.unpacked = unpacked


class OddAnswer(Exception):
    """An answer that does not fit the question; the message ends a sentence that begins with the host."""


_NO_NETWORK: Final = {errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_STATUS: Final = {
    400: "did not understand the request (400)",
    401: "asks for a name and a password (401)",
    402: "asks for payment (402)",
    403: "refuses to hand this out (403)",
    404: "has nothing at this address (404)",
    406: "has no form of this that we can read (406)",
    410: "says that this is gone for good (410)",
    429: "asks us to come less often (429)",
    451: "may not hand this out for legal reasons (451)",
    500: "has an internal error (500)",
    502: "cannot reach the server behind it (502)",
    503: "is busy or under maintenance (503)",
    504: "waited in vain for the server behind it (504)",
}


def of_status(status: int, host: str, *, challenge: bool, retry_after: timedelta | None) -> Failure:
    """Return the failure for a status that is no success."""
    said = _STATUS.get(status) or f"answered with an error ({status})"
    if challenge:
        said = "lets only people with a browser through: a robot check by Cloudflare stands before it"
    return Failure(f"{shown(host)} {said}.", FailureKind.STATUS, host, status, retry_after, challenge)


_SAID: Final[tuple[tuple[type[Exception], FailureKind, str], ...]] = (
    (AddressError, FailureKind.ADDRESS, "The address {error}."),
    (PrivateAddress, FailureKind.PRIVATE, "{at} leads to a private address ({error}), which was refused."),
    (
        NoSuchHost,
        FailureKind.NO_SUCH_HOST,
        "There is no host named {at}, or its name could not be looked up.",
    ),
    (socket.gaierror, FailureKind.NO_SUCH_HOST, "There is no host named {at}."),
    (EncodingError, FailureKind.ENCODING, "What {at} sent {error}."),
    (RedirectError, FailureKind.REDIRECT, "{at} {error}."),
    (OddAnswer, FailureKind.PROTOCOL, "{at} {error}."),
    (HeadTooLong, FailureKind.PROTOCOL, "{at} sent headers without end."),
    (
        httpcore.ConnectTimeout,
        FailureKind.TIMEOUT,
        "{at} could not be reached within {limits.connect_seconds:g} seconds.",
    ),
    (
        httpcore.TimeoutException,
        FailureKind.TIMEOUT,
        "{at} said nothing for {limits.read_seconds:g} seconds.",
    ),
    (
        TimeoutError,
        FailureKind.TIMEOUT,
        "{at} did not answer in full within {limits.total_seconds:g} seconds.",
    ),
    (ConnectionRefusedError, FailureKind.CONNECT, "{at} refused the connection."),
    (ConnectionError, FailureKind.CONNECT, "{at} broke off the connection."),
)
"""What is said of an exception; the first that fits. ``error`` is a text of ours, but for an IP address."""


def of_error(error: BaseException, host: str, kind: RequestKind, limits: Limits) -> Failure:
    """Return the failure for whatever was raised; an exception nobody foresaw is a failure of the protocol."""
    at = shown(host)
    if isinstance(error, BaseExceptionGroup):
        return of_error(error.exceptions[0], host, kind, limits)
    for exception, why, text in _SAID:
        if isinstance(error, exception):
            said = text.format(at=at, error=clean_line(str(error), limit=200), limits=limits)
            return Failure(said, why, host)
    match error:
        case Held():
            said = f"{at} asked to be left alone for a while and was not asked."
            return Failure(said, FailureKind.HELD, host, retry_after=error.wait)
        case TooBig():
            unpacked = " when unpacked" if error.unpacked else ""
            said = f"{at} sent more than {_megabytes(error.cap)}{unpacked}, too much for {_A[kind]}."
            return Failure(said, FailureKind.TOO_BIG, host)
        case ssl.SSLCertVerificationError():
            reason = clean_line(error.verify_message or "", limit=80)
            return Failure(f"The certificate of {at} is not valid: {reason}.", FailureKind.CERTIFICATE, host)
        case ssl.SSLError():
            said = f"{at} and we found no secure connection that both can speak."
            return Failure(said, FailureKind.CERTIFICATE, host)
        case OSError() if error.errno in _NO_NETWORK:
            return Failure(f"There is no way to {at}: is the network up?", FailureKind.CONNECT, host)
        case OSError():
            reason = clean_line(error.strerror or type(error).__name__, limit=80).lower()
            return Failure(f"{at} could not be reached: {reason}.", FailureKind.CONNECT, host)
        case httpcore.RemoteProtocolError() if "disconnected without" in str(error):
            return Failure(f"{at} closed the connection without a word.", FailureKind.CONNECT, host)
        case httpcore.RemoteProtocolError() | httpcore.LocalProtocolError():
            said = f"{at} answered with something that is not proper HTTP."
            return Failure(said, FailureKind.PROTOCOL, host)
    return Failure(f"{at} could not be read ({type(error).__name__}).", FailureKind.PROTOCOL, host)


_A: Final[dict[str, str]] = {"feed": "a feed", "page": "a page", "image": "a picture"}


def shown(host: str) -> str:
    """Return a host as it is named in a sentence."""
    return clean_line(host, limit=80) or "The address"


def _megabytes(size: int) -> str:
    return f"{size / MIB:.0f} MB" if size >= MIB else f"{max(1, size // 1024)} kB"
