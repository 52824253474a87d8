"""Whether failures mean that this machine is offline, in which case they count against nobody.

Failures to reach a host are kept back until the end of the stage. If no host at all answered, and several were tried, it
is us. If some answered earlier, the last of them is knocked at again: when it is silent now, the network went away in
between.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

from ..fetch import Failure
from ..model import FeedDue
from ..records import dataclass, field

ENOUGH: Final = 3
"""Places that must have failed; one or two may just be down."""


@dataclass(slots=True)
class Weather:
    """What was heard of hosts during one refresh."""

    unreached: list[tuple[FeedDue, Failure]] = field(default_factory=list)
    """Failures not counted yet."""
    answered_by: str = ""
    """The address that answered last."""

    def heard(self, url: str) -> None:
        """Note that a server answered, whatever it said."""
        self.answered_by = url

    def missed(self, due: FeedDue, failure: Failure) -> None:
        """Keep back a failure to reach a host."""
        self.unreached.append((due, failure))

    async def offline(self, reachable: Callable[[str], Awaitable[bool]]) -> bool:
        """Tell whether the failures kept back are our own; ``reachable`` knocks at an address."""
        if len(_places(self.unreached)) < ENOUGH:
            return False
        return not (self.answered_by and await reachable(self.answered_by))


def _places(failures: Sequence[tuple[FeedDue, Failure]]) -> set[str]:
    return {urlsplit(due.url).netloc for due, _ in failures}
