"""The invented texts: publications and their pieces, read from ``articles/*.txt``.

A file is one publication: lines ``key: value``, then its pieces. A piece begins with a line
``=== slug | age | Title``, then has lines ``key: value``, an empty line and its body in the markup of ``markup.py``. The
age (``2d 3h``) counts back from a clock, so that the news is always fresh.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from ..records import dataclass, field

ORDER: Final = (
    "courier", "lantern", "ferrule", "touchline", "slowreader", "nightferry",
    "salzstreuer", "tramway", "yamate", "teahouse", "mina", "namal",
)  # fmt: skip
"""The publications, as the site's front page lists them."""

_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a piece, with what is written under it."""

    name: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One invented article."""

    slug: str
    title: str
    age: timedelta
    """How long before the clock it was published."""
    body: str
    """In the markup of ``markup.py``."""
    author: str = ""
    topics: tuple[str, ...] = ()
    picture: Picture | None = None
    appended: str = ""
    """The slug of the piece that the page shows below this one, as endless scrolling does."""
    minutes: int = 0
    """Length of the recording that goes with it; 0 without one."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One invented paper, magazine, blog or podcast."""

    name: str
    path: str
    """Its directory on the site."""
    format: str
    """``rss``, ``rdf``, ``atom``, ``json``, ``podcast``, or ``page`` for one without a feed."""
    skin: str
    """What stands around its articles: ``portal``, ``magazine`` or ``blog``."""
    folder: str
    language: str
    full: bool
    """Its feed carries the whole text; otherwise a teaser."""
    about: str
    pieces: tuple[Piece, ...] = field(default=())

    def piece(self, slug: str) -> Piece | None:
        """Return the piece of that name, or None."""
        return next((piece for piece in self.pieces if piece.slug == slug), None)


@cache
def publications() -> tuple[Publication, ...]:
    """Return all publications in the order of ``ORDER``; read once."""
    folder = files(__package__) / "articles"
    return tuple(_publication((folder / f"{name}.txt").read_text(encoding="utf-8")) for name in ORDER)


def _publication(text: str) -> Publication:
    head, *pieces = re.split(r"^=== ", text, flags=re.MULTILINE)
    about = _fields(head)
    return Publication(
        name=about["name"],
        path=about["path"],
        format=about["format"],
        skin=about["skin"],
        folder=about["folder"],
        language=about["language"],
        full=about["full"] == "yes",
        about=about["about"],
        pieces=tuple(_piece(piece) for piece in pieces),
    )


def _piece(text: str) -> Piece:
    head, _, body = text.partition("\n\n")
    first, _, rest = head.partition("\n")
    slug, age, title = (part.strip() for part in first.split("|", 2))
    about = _fields(rest)
    return Piece(
        slug=slug,
        title=title,
        age=_age(age),
        body=body.strip(),
        author=about.get("by", ""),
        topics=tuple(topic.strip() for topic in about.get("topics", "").split(",") if topic.strip()),
        picture=_picture(about["picture"]) if "picture" in about else None,
        appended=about.get("appended", ""),
        minutes=int(about.get("minutes", "0")),
    )


def _fields(lines: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines.splitlines() if line)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _picture(text: str) -> Picture:
    name, caption, credit = (part.strip() for part in text.split("|"))
    return Picture(name, caption, credit)


def _age(text: str) -> timedelta:
    return sum((timedelta(**{_UNITS[part[-1]]: int(part[:-1])}) for part in text.split()), timedelta())
