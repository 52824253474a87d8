"""The language of a text whose page does not name it: by its script, then by its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

ENOUGH: Final = 3_000
"""Characters that are looked at."""
FEWEST_WORDS: Final = 20
SMALLEST_SHARE: Final = 0.08
"""Of the words that must be among a language's commonest; running text has two to four tenths."""

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
"""A language and the characters that tell it, those shared with fewer languages first."""
_RARE: Final = frozenset(("ja", "fa", "uk"))
"""Told by letters that are few in the text: their share may be small."""
_WORDS: Final = {
    "en": "the of and to in is that for it was on are with as at be this have from by not but his they",
    "de": "der die und das ist nicht ein eine den von mit sich auf für dem auch wird als sind im zu hat des",
    "fr": "le la les des et est une un du que dans pour qui pas sur au avec ce il par plus sont ne se",
    "es": "el la los que en y del las por un con una su para es al se como más pero sus lo este",
    "it": "il di che la e è per un una del non in sono con si da dei le della più anche nel alla come",
    "pt": "o que e do da em um para com não uma os no se na por mais as dos como mas ao das foi são",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er ook als bij door maar om naar",
    "sv": "och att det i som en på är av för med den till inte har de om ett han men var jag",
    "da": "og at det i er en til af på for med den ikke der som de har et han men var jeg",
    "no": "og i det er på en som til av for med at ikke den har de om et han men var jeg",
    "fi": "ja on ei että se oli ovat mutta myös kun hän joka niin kuin olla tai vain sen",
    "pl": "i w na z nie się do że jest to o jak przez od po za ale są dla tym tego",
    "cs": "a se v na je že to s z do o i pro jako by ale jsem bylo po za jeho",
    "tr": "ve bir bu da de için ile çok olarak daha olan gibi sonra kadar ama ne o",
}
_COMMON: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str:
    """Return the language of a text as BCP 47 names it; empty when nothing tells it."""
    sample = text[:ENOUGH]
    letters = sum(map(str.isalpha, sample))
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) > letters * (0.02 if language in _RARE else 0.3):
            return language
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < FEWEST_WORDS:
        return ""
    counts = Counter(words)
    hits = {language: sum(counts[word] for word in common) for language, common in _COMMON.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] >= SMALLEST_SHARE * len(words) else ""
