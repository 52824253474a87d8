"""What goes into the fetcher and what comes out: failures are values, never exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from ..records import dataclass, field

RequestKind: TypeAlias = Literal["feed", "page", "image"]

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """One address to fetch by GET."""

    url: str
    """http or https; ``user:password@`` in it is sent to that origin as basic authentication and shown nowhere."""
    kind: RequestKind = "feed"
    etag: str = ""
    """Sent back byte for byte (RFC 9110 section 13.1.2)."""
    last_modified: str = ""
    private_ok: bool = False
    """A person typed this very host and port, so they may be private; redirects elsewhere are still checked."""
    retry: bool = True
    """Ask once more, after a pause, when the connection could not be made."""
    urgent: bool = False
    """A person waits for it: it takes no slot, so that it need not wait for one."""


class FailureKind(StrEnum):
    """Why there is no response; what the schedule makes of it differs."""

    ADDRESS = "address"
    """The address makes no sense, or is not http(s)."""
    PRIVATE = "private"
    """A private, loopback or link-local address that nobody typed."""
    NO_SUCH_HOST = "no such host"
    CONNECT = "connect"
    """Refused, unreachable, or closed before a word was said."""
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    TOO_BIG = "too big"
    ENCODING = "encoding"
    """Compressed in a way that was not asked for, or damaged."""
    PROTOCOL = "protocol"
    """Not HTTP, cut short, or an answer that does not fit the question."""
    REDIRECT = "redirect"
    STATUS = "status"
    """A status that is no success; ``Failure.status`` has it."""
    HELD = "held"
    """Not asked: the host wants to be left alone for ``retry_after``."""


UNREACHED: Final = frozenset({FailureKind.NO_SUCH_HOST, FailureKind.CONNECT, FailureKind.TIMEOUT})
"""The kinds that all hosts show at once when this machine is offline."""


@dataclass(frozen=True, slots=True)
class Response:
    """A success (2xx), or "not modified" to a conditional request."""

    url: str
    """Where the answer came from, after redirects, without credentials."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case; repeated fields joined by ", "."""
    body: bytes = b""
    """Decoded from its content coding."""
    digest: bytes = b""
    """SHA-256 of ``body``."""
    permanent: bool = False
    """There were redirects and all of them were permanent (301, 308)."""
    hops: int = 0
    """Redirects followed."""

    @property
    def not_modified(self) -> bool:
        """Tell whether the server said that nothing has changed."""
        return self.status == 304

    @property
    def content_type(self) -> str:
        """Return the media type with its parameters as sent, or an empty string."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True)
class Failure:
    """No response, and why."""

    sentence: str
    """For a person: complete, clean, naming the host; without credentials, path and query."""
    kind: FailureKind
    host: str = ""
    status: int = 0
    """The HTTP status when ``kind`` is ``STATUS``."""
    retry_after: timedelta | None = None
    """How long the host asked to be left alone, clamped to 1 minute and 24 hours."""
    challenge: bool = False
    """A robot check stands before the page (``cf-mitigated: challenge``)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one request."""

    total_seconds: float = 30.0
    """From the start of the request to the last byte of the body, redirects included."""
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    """The longest silence between two pieces."""
    body_bytes: Mapping[str, int] = field(
        default_factory=lambda: {"feed": 10 * MIB, "page": 5 * MIB, "image": 5 * MIB}
    )
    """By kind of request, for the body as sent and for the body unpacked."""
    redirects: Mapping[str, int] = field(default_factory=lambda: {"feed": 5, "page": 10, "image": 5})
