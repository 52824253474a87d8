"""Where an answer sends us next, and whether we follow.

Redirects are followed by hand so that each hop is checked like an address that somebody typed, and so that it is
known afterwards whether all of them were permanent.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from .addresses import AddressError, Target, target

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})


class RedirectError(Exception):
    """A redirect that is not followed; the message ends a sentence that begins with the host."""


@dataclass(slots=True)
class Journey:
    """The hops of one request so far."""

    start: Target
    most: int
    """Redirects followed at most."""
    here: Target = field(init=False)
    hops: int = 0
    all_permanent: bool = True
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.here = self.start
        self._seen.add(str(self.start.url))

    @property
    def permanent(self) -> bool:
        """Tell whether there was a redirect and each one was permanent."""
        return self.hops > 0 and self.all_permanent

    def follow(self, status: int, location: str) -> Target:
        """Go to where a redirect points; raise ``RedirectError`` when it is not followed.

        Credentials are sent on only to the origin they were given for; those in a Location are dropped.
        """
        if not location:
            raise RedirectError("sent a redirect without an address")
        try:
            there = target(str(self.here.url.join(location)))
        except AddressError as error:
            raise RedirectError(f"redirects to an address that {error}") from error
        except Exception as error:
            raise RedirectError("redirects to an address that is not a web address") from error
        self.hops += 1
        if self.hops > self.most:
            raise RedirectError(f"redirects more than {self.most} times")
        if str(there.url) in self._seen:
            raise RedirectError("redirects in a circle")
        if self.here.authorization and self.here.url.scheme == "https" and there.url.scheme == "http":
            raise RedirectError("redirects from https to http, which would give away the password")
        self._seen.add(str(there.url))
        self.all_permanent = self.all_permanent and status in PERMANENT
        stays = there.origin == self.start.origin
        self.here = replace(there, authorization=self.start.authorization if stays else "")
        return self.here
