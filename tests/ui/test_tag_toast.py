"""What is said after tagging."""

from __future__ import annotations

import pytest

from reader.model import EntryId
from reader.ui import verbs


@pytest.mark.parametrize(
    ("add", "remove", "said"),
    [
        (("ban",), (), "Tagged #ban"),
        ((), ("ban",), "Untagged #ban"),
        (("law",), ("ban",), "Tagged +#law −#ban"),
    ],
)
def test_signs_are_said_only_beside_one_another(
    add: tuple[str, ...], remove: tuple[str, ...], said: str
) -> None:
    plan = verbs.tag((EntryId(1),), lambda _: None, add, remove)

    assert plan.label == said
