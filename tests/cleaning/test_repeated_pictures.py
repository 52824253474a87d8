"""A picture is shown once, unless something else is written under it."""

from __future__ import annotations

from reader.cleaning import clean_page
from reader.document import Figure

_TEXT = "The ferry left the harbour at seven, later than anyone on the quay had thought it would, and the wind rose. "
_PICTURE = '<img src="/ferry.jpg" alt="The ferry" width="800" height="600">'


def _pictures(*parts: str) -> list[Figure]:
    texts = [f"<p>Part {i}: {_TEXT * 3}</p>" for i in range(len(parts) + 1)]
    body = texts[0] + "".join(part + text for part, text in zip(parts, texts[1:], strict=True))
    html = f"<html><body><article><h1>The late ferry</h1>{body}</article></body></html>"
    article = clean_page(html, "https://harbour.example/ferry")
    return [block for block in article.blocks if isinstance(block, Figure)]


def test_a_picture_repeated_without_a_caption_is_shown_once() -> None:
    assert [figure.src for figure in _pictures(_PICTURE, _PICTURE)] == ["https://harbour.example/ferry.jpg"]


def test_a_picture_repeated_with_a_caption_stays() -> None:
    captioned = f"<figure>{_PICTURE}<figcaption>The same ferry, an hour on.</figcaption></figure>"

    assert len(_pictures(_PICTURE, captioned)) == 2


def test_different_pictures_all_stay() -> None:
    assert len(_pictures(_PICTURE, _PICTURE.replace("ferry.jpg", "quay.jpg"))) == 2
