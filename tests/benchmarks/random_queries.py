"""Types random text into the search bar, a hundred thousand times, and prints every answer that is no list and no sentence.

    python -m tests.benchmarks.random_queries
    python -m tests.benchmarks.random_queries --texts 5000 --seed 7

Half of a text is what the language is made of and half any characters, so that most are nearly queries. Nothing but
``QueryError`` may come of one.
"""

from __future__ import annotations

import argparse
import time
from contextlib import closing
from random import Random
from typing import Final

from reader.errors import QueryError
from reader.query import parse, unparse
from reader.query.fields import FIELDS
from reader.store import drain, search
from reader.store.compile import compile_query

from ..store.builders import NOW, add_entries, add_feed, memory

PIECES: Final = (
    *(f"{field.name}:" for field in FIELDS),
    *(
        '"',
        "'",
        "(",
        ")",
        "-",
        "!",
        "*",
        "/",
        "#",
        "@",
        "|",
        ",",
        "..",
        " ",
        " ",
        " ",
        ":=",
        ":>",
        ":<=",
        "\\",
    ),
    *(
        "OR",
        "AND",
        "NOT",
        "NEAR",
        "is:",
        "unread",
        "today",
        "7d",
        "99999999999999999999",
        "https://a.b/?c=d",
        "東京",
        "é",
    ),
)


def text(random: Random) -> str:
    """Return a text of up to a dozen pieces."""
    return "".join(
        random.choice(PIECES)
        if random.random() < 0.5
        else chr(
            random.choice(
                (random.randrange(1, 128), random.randrange(128, 0xD800), random.randrange(0xE000, 0x110000))
            )
        )
        for _ in range(random.randrange(1, 13))
    )


def main() -> int:
    """Type, and return 1 when anything else than a list or a sentence came back."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--texts", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    random = Random(chosen.seed)
    refused = wrong = 0
    slowest, slowest_text = 0.0, ""
    with closing(memory()) as db:
        add_entries(db, add_feed(db), 200)
        while drain.drain_index(db):
            pass
        for _ in range(chosen.texts):
            typed = text(random)
            start = time.perf_counter()
            try:
                query = parse(typed)
                search.find(db, compile_query(query, now=NOW, strict=False), 50)
                assert parse(unparse(query)) == query
            except QueryError:
                refused += 1
            except Exception as error:  # noqa: BLE001 - it is what we look for
                wrong += 1
                print(f"{type(error).__name__}: {error}: {typed!r}")
            slowest, slowest_text = max((slowest, slowest_text), (time.perf_counter() - start, typed))
    print(f"{chosen.texts:,} texts: {refused:,} refused in a sentence, {wrong} raw errors")
    print(f"the slowest took {slowest * 1000:.0f} ms: {slowest_text!r}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
