"""Invented text with the word frequencies of real text.

Words follow Zipf's law with the offset that Mandelbrot added, over 300,000 words of which the first are real. A pool of
words is drawn once and articles are cut out of it at random places, which keeps the frequencies and costs nothing.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import Final


def _split(words: str) -> list[str]:
    return words.split()


COMMON: Final = _split("""
the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you
were all her she there would their we him been has when who will no more if out so up said what its about than into them
can only other time new some could these two may first then do any like my now over such our man me even most made after
also did many off before must well back through years where much your way down should because long each just state people
too those mr how good make year world still see own work life day get without here between government market company
software data system report security science energy health climate research design network language code model open
source linux python rust kernel release update bug test memory disk server client browser web page reader feed story
""")
RARE: Final = ("quasar", "obelisk", "sextant", "zeppelin", "marzipan")
"""Words put into one article in 20,000."""
_ONSETS: Final = _split(
    "b c d f g h j k l m n p r s t v w bl br ch cl cr dr fl fr gr pl pr sc sh sl sp st str sw th tr s s t c p"
)
_NUCLEI: Final = _split("a e i o u ai ea ee ie io ou a e i o")
_CODAS: Final = ["", "", "", *_split("n r s t l d m ck nd ng nt rd rt ss st")]
_HAN: Final = (
    "新聞東京大阪時間人民国家経済技術研究開発市場会社情報安全科学健康気候言語電車朝日読書記事世界中日本語"
)
SIZE: Final = 300_000
_POOL: Final = 4_000_000


class Vocabulary:
    """Words by rank, and text drawn from them."""

    def __init__(self, seed: int = 1) -> None:
        self.random = Random(seed)
        self.words = self._make_words()
        weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self._pool = self.random.choices(self.words, cum_weights=weights, k=_POOL)

    def _make_words(self) -> list[str]:
        words = dict.fromkeys(COMMON)
        pick = self.random.choice
        while len(words) < SIZE:
            syllables = self.random.choices((1, 2, 3, 4), (1, 6, 8, 3))[0]
            words["".join(pick(_ONSETS) + pick(_NUCLEI) + pick(_CODAS) for _ in range(syllables))] = None
        return list(words)

    def text(self, length: int) -> str:
        """Return a text of ``length`` words."""
        start = self.random.randrange(_POOL - length)
        return " ".join(self._pool[start : start + length])

    def han(self, length: int) -> str:
        """Return ``length`` characters of a script without spaces."""
        return "".join(self.random.choices(_HAN, k=length))
