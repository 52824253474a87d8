"""The gallery: every shape of page that the study of losses names, on invented pages, cleaned exactly."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from reader.cleaning import clean_page
from reader.document import plain_text

from ..benchmarks.structure import scores, things_after_markdown, things_in
from . import gallery_around, gallery_pages, gallery_structure
from .invented import ADDRESS, Case

CASES = gallery_around.CASES + gallery_pages.CASES + gallery_structure.CASES
LINES = frozenset(("p", "h2", "h3", "h4", "li", "pre", "tr", "ul", "ol", "blockquote", "figure", "div"))
FLOOR = 0.95


class _Lines(HTMLParser):
    """The lines of plain markup: a block, an item, a row each."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self._in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LINES:
            self.lines.append("")
        if tag in ("td", "th"):
            self.lines[-1] += " "
        self._in_code = self._in_code or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in LINES:
            self.lines.append("")
        self._in_code = self._in_code and tag != "pre"

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data

    def text(self) -> str:
        return "\n".join(
            line.strip("\n ") if "\n" in line else " ".join(line.split())
            for line in self.lines
            if line.strip()
        )


def lines_of(gold: str) -> str:
    reader = _Lines()
    reader.feed(gold)
    reader.close()
    return reader.text()


def test_the_gallery_has_at_least_sixty_pages_of_different_names() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_of_the_gallery_is_cleaned_to_exactly_its_article(case: Case) -> None:
    article = clean_page(case.page, ADDRESS)

    assert plain_text(article.blocks) == lines_of(case.gold)


def test_structure_survives_cleaning_and_markdown() -> None:
    found = scores(
        (things_in(case.gold), things_after_markdown(clean_page(case.page, ADDRESS).blocks)) for case in CASES
    )

    assert set(found) == {"cells", "code", "headings", "images", "items", "links", "quotes"}
    assert {kind: score for kind, score in found.items() if score < FLOOR} == {}
