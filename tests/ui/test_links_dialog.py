from __future__ import annotations

import pytest

from reader.typeset import Link
from reader.ui.dialogs.links import Chosen, LinksDialog
from tests.ui.test_article_pane import Shelf

LINKS = (
    Link(1, "https://lamp.example/report", "the council's report"),
    Link(2, "https://lamp.example/[/]", ""),
    Link(3, "mailto:editor@lamp.example", "write to [b]us"),
)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        (["enter"], ("https://lamp.example/report", "open")),
        (["down", "enter"], ("https://lamp.example/[/]", "open")),
        (["down", "down", "ctrl+y"], ("mailto:editor@lamp.example", "copy")),
        ([*"write", "enter"], ("mailto:editor@lamp.example", "open")),
        (["escape"], None),
    ],
)
async def test_a_link_is_chosen_by_its_words_or_its_place(keys: list[str], chosen: Chosen | None) -> None:
    app = Shelf()
    answers: list[Chosen | None] = []
    async with app.run_test() as pilot:
        await app.push_screen(LinksDialog(LINKS), answers.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    assert answers == [chosen]
