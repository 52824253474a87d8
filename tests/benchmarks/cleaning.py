"""How well pages are cleaned, on the public corpora where they are at hand.

    python -m tests.benchmarks.cleaning [corpus …]

The measure of most corpora is that of scrapinghub's article-extraction-benchmark: runs of four words, precision and
recall per page, F1 of their means. One corpus lists strings that must and must not be in the text.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reader.cleaning import bench_text

from .. import corpora

FLOORS: Final = {
    "scrapinghub": 0.981,
    "news424": 0.956,
    "mozilla": 0.950,
    "trafilatura": 0.936,
    "append2": 0.953,
}
"""What the whole of each corpus must reach; raised when cleaning gets better, never lowered."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Page:
    """A page of a corpus and what is known of its text."""

    html: str
    url: str
    text: str = ""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def pages(corpus: str, step: int = 1) -> Iterator[Page] | None:
    """Return every ``step``-th page of a corpus whose text is known for sure; ``None`` where it is not at hand."""
    directory = corpora.path(f"bench/extraction/data/{corpus}")
    return _pages(directory, step) if directory is not None else None


def _pages(directory: Path, step: int) -> Iterator[Page]:
    items = json.loads((directory / "gold.json").read_text("utf-8"))["items"]
    known = [key for key in sorted(items) if not items[key].get("suspect")]
    for key in known[::step]:
        item = items[key]
        html = gzip.decompress((directory / "pages" / f"{key}.html.gz").read_bytes()).decode(
            "utf-8", "replace"
        )
        yield Page(
            html,
            item["url"],
            item.get("text", ""),
            tuple(item.get("with", ())),
            tuple(item.get("without", ())),
        )


def runs(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)) if words)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(corpus: list[Page]) -> float:
    """Return the F1 of the cleaned pages."""
    if corpus and corpus[0].wanted:
        return _score_strings(corpus)
    precisions, recalls = [], []
    for page in corpus:
        gold, ours = runs(page.text), runs(bench_text(page.html, page.url))
        shared = (gold & ours).total()
        if ours:
            precisions.append(shared / ours.total())
        recalls.append(shared / max(1, gold.total()))
    return f1(statistics.fmean(precisions), statistics.fmean(recalls)) if precisions else 0.0


def _score_strings(corpus: list[Page]) -> float:
    right = wrong = missed = 0
    for page in corpus:
        text = " ".join(bench_text(page.html, page.url).split())
        found = sum(" ".join(part.split()) in text for part in page.wanted)
        right += found
        missed += len(page.wanted) - found
        wrong += sum(" ".join(part.split()) in text for part in page.unwanted)
    return f1(right / max(1, right + wrong), right / max(1, right + missed))


def main() -> int:
    """Print the score of each corpus beside its floor; 1 when one is below it."""
    below = 0
    for name in sys.argv[1:] or FLOORS:
        found = pages(name)
        if found is None:
            print(f"{name:<12} not at hand")
            continue
        value = score(list(found))
        below += value < FLOORS[name]
        print(f"{name:<12} {value:.4f}  floor {FLOORS[name]:.3f}{'  BELOW' if value < FLOORS[name] else ''}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
