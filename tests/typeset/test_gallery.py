"""Every document of the gallery looks as it did: compared with stored text at three widths.

``python -m tests.typeset.test_gallery`` writes the text anew; look at the difference before it is committed.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from reader.model import Article, StoredArticle
from reader.typeset import Options, line_text, set_article
from tests.typeset.documents import DOCUMENTS, JUSTIFIED

GALLERY = Path(__file__).parent / "gallery"
WIDTHS = (40, 80, 120)


def drawn(document: Article | StoredArticle, *, justify: bool = False) -> str:
    """Return a document at all widths; ``|`` shows where a page ends on the right."""
    parts: list[str] = []
    for width in WIDTHS:
        page = set_article(document, width, Options(measure=120, justify=justify, timezone=UTC))
        lines = [line_text(line).rstrip() for line in page.lines(0, page.height)]
        parts.append("\n".join([f"{'-' * width}| {width}", *lines]))
        links = "\n".join(f"[{link.number}] {link.text} -> {link.href}" for link in page.links)
    return "\n".join([*parts, "-" * 3, links]).rstrip() + "\n"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_set_as_it_was(name: str) -> None:
    assert drawn(DOCUMENTS[name]) == (GALLERY / f"{name}.txt").read_text("utf8")


@pytest.mark.parametrize("name", JUSTIFIED)
def test_a_document_is_set_to_both_edges_as_it_was(name: str) -> None:
    assert drawn(JUSTIFIED[name], justify=True) == (GALLERY / f"{name}.txt").read_text("utf8")


def test_every_stored_text_belongs_to_a_document() -> None:
    assert {path.stem for path in GALLERY.glob("*.txt")} == {*DOCUMENTS, *JUSTIFIED}


if __name__ == "__main__":
    GALLERY.mkdir(exist_ok=True)
    for name, document in DOCUMENTS.items():
        (GALLERY / f"{name}.txt").write_text(drawn(document), "utf8")
    for name, document in JUSTIFIED.items():
        (GALLERY / f"{name}.txt").write_text(drawn(document, justify=True), "utf8")
