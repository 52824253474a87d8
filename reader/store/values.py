"""Values of columns, read leniently: one wrong byte, or a value of a later version, must not stop the list from opening."""

from __future__ import annotations

import json
from typing import Final

from ..model import Enclosure, FullText, Health, SourceKind, Verdict

_KINDS: Final = {kind.value: kind for kind in SourceKind}
_FULL_TEXTS: Final = {policy.value: policy for policy in FullText}
_HEALTHS: Final = {health.value: health for health in Health}
_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}


def kind_of(value: str) -> SourceKind:
    """Return the kind of a source; one that is unknown is a feed."""
    return _KINDS.get(value, SourceKind.FEED)


def full_text_of(value: str) -> FullText:
    """Return which text is shown; an unknown choice leaves it to us."""
    return _FULL_TEXTS.get(value, FullText.AUTO)


def health_of(value: str) -> Health:
    """Return how a source is doing; an unknown word counts as well."""
    return _HEALTHS.get(value, Health.OK)


def verdict_of(value: str | None) -> Verdict | None:
    """Return what cleaning thought of a page; ``None`` when it was not cleaned, or in words we do not know."""
    return _VERDICTS.get(value) if value else None


def list_of(text: str | None) -> list[object]:
    """Return the items of a JSON list; none when it is none."""
    if not text or text == "[]":
        return []
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def names_of(text: str | None) -> tuple[str, ...]:
    """Return the strings of a JSON list."""
    return tuple(item for item in list_of(text) if isinstance(item, str))


def enclosures_of(text: str | None) -> tuple[Enclosure, ...]:
    """Return the enclosures of ``body.enclosures``."""
    return tuple(
        Enclosure(url, mime_type, length if isinstance(length, int) else None, title)
        for item in list_of(text)
        if isinstance(item, list) and len(item) == 4
        for url, mime_type, length, title in (item,)
        if isinstance(url, str) and isinstance(mime_type, str) and isinstance(title, str)
    )
