"""How sure we are of a result, and why: so that a person can trust what is shown, or is shown the feed's text."""

from __future__ import annotations

import re
from typing import Final

from ..document import Blocks, plain_text
from ..model import Verdict

FEW_WORDS: Final = 60
"""A text below this is a teaser unless it is most of what the page has."""
SMALL_SHARE: Final = 0.35
LARGE_SHARE: Final = 0.6
LINKS_OF_AN_INDEX: Final = 0.6
"""The share of a page's text that is links, from which on it is an index of other pages."""

_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f"
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_WORD = re.compile(rf"[^\W_{_CJK}]+(?:['’-][^\W_{_CJK}]+)*")


def count_words(blocks: Blocks) -> int:
    """Return how many words a text has; two characters of a script without spaces count as one."""
    text = plain_text(blocks)
    return len(_WORD.findall(text)) + len(_CJK_CHARACTER.findall(text)) // 2


def judge(
    words: int, share: float, link_share: float, *, linked: float = 0.0, paywalled: bool = False
) -> tuple[Verdict, str]:
    """Return the verdict on a text and the reason when it is not good.

    ``share`` is how much of the page's running text was kept; ``link_share`` how much of the page's text is links, and
    ``linked`` how much of the kept text.
    """
    if words == 0:
        if link_share > LINKS_OF_AN_INDEX:
            return Verdict.NOT_AN_ARTICLE, "The page is a list of links."
        return Verdict.FAILED, "No text was found on the page."
    if linked > LINKS_OF_AN_INDEX:
        return Verdict.NOT_AN_ARTICLE, "The page is a list of links."
    if words < FEW_WORDS and link_share > LINKS_OF_AN_INDEX and share < LARGE_SHARE:
        return Verdict.NOT_AN_ARTICLE, "The page is a list of links."
    if words < FEW_WORDS and share < LARGE_SHARE:
        return (
            Verdict.TOO_SHORT,
            f"{_words(words)} out of a page of about {_words(round(words / max(share, 0.001)))}.",
        )
    if paywalled:
        return Verdict.DOUBTFUL, "The page says that its full text is for subscribers."
    if words < FEW_WORDS // 3:
        return Verdict.TOO_SHORT, f"The page has {_words(words)}."
    if share < SMALL_SHARE:
        return Verdict.DOUBTFUL, f"{share:.0%} of the page's running text was kept."
    return Verdict.GOOD, ""


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count:,} words"
