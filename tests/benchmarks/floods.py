"""One thing over and over, through every door that takes foreign text: what keeps a reader busy beyond measure.

    python -m tests.benchmarks.floods [--kilobytes 200] [--seconds 5]

Regular expressions and forgiving parsers take quadratic time, or worse, over what nobody writes by hand: half a tag a
hundred thousand times. Each flood goes alone, in a tag, in an attribute and in a comment through each door, in a worker
under the limits of the real ones. A worker kills what overstays, so that a flood costs one source its refresh and no more;
what is printed here is what comes near that, or is no error of ours, and there should be nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reader.errors import BroadsheetError, WorkerError
from reader.pool import Pool

from .doors import DOORS

PIECES: Final = (
    "<", ">", "<a ", "<a href=", "<a href='", "</", "</a", "<!--", "<!-- -->", "-->", "<![CDATA[", "]]>", "<?", "<? >", "<!",
    "<!DOCTYPE ", "<!ENTITY a 'b'>", "&", "&#", "&#65;", "&amp;", "&a", "&nbsp;", "'", '"', "(", ")", "[", "]", "{", "}", "[[", "](", "![",
    "*", "**a", "_", "`", "```\n", "#", "# ", "> ", "- ", "\n", "\n\n", " ", "\t", "\u00a0", "a", "a ", "a.", "a@", "@a", "a/", "a:", "a,",
    "a-", "a'", "1", "1 ", "1:", "-1", "/", "//", "http://", "http://a/", "%", "%20", "\\", "\\a", "|", "||", "| - ", "=", "a=b ", "a='b' ",
    "é", "e\u0301", "\u0301", "\u200d", "東", "🏽", "\u202e", "By ", "By A and ", "Monday ", "January 1, ", "2026-01-01T", "and ",
    "<p>", "<p>a", "<p>a</p>", "<br>", "<br/>", "<div>", "<div>a", "<b>", "<b>a", "</b>", "<li>", "<ul><li>a", "<table>", "<td>", "<tr><td>a",
    "<meta x", "<meta charset=", "<link rel=", "<style>", "<script>", "<script type='application/ld+json'>{", "<title>", "<h1>a</h1>",
    "<img src=x>", "<img srcset='a 1x, ", "<svg>", "<figure>", "<blockquote>", "<pre>", "<iframe src=x>", "<p class='a b c'>", "<font>",
    "<item>", "<item><title>a", "<entry>", "<category>a</category>", "<author>(", "<guid>", "<outline>", "<outline text='a'>", "<url><loc>",
    "OR ", "NOT ", "-", "a:b ", "((", '"a" ', "/a", "a..b ", "tag:a,",
)  # fmt: skip
"""What is repeated."""
PLACES: Final = (
    "{}",
    "<html><body><p>{}</p></body></html>",
    "<html><body><p title='{}'>text</p></body></html>",
    "<rss><channel><title>T</title><item><title>{}</title></item></channel></rss>",
    "<rss><channel><title>T</title><item><description><![CDATA[{}]]></description><author>{}</author></item></channel></rss>",
    "<opml><body><outline text='{}' xmlUrl='http://a/'/></body></opml>",
    '{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "{}"}}]}}',
)


def floods(size: int) -> Iterator[tuple[str, str]]:
    """Yield every flood of about ``size`` characters with a name for it."""
    for piece in PIECES:
        for number, place in enumerate(PLACES):
            yield (
                f"{piece!r} in place {number}",
                place.replace("{}", piece * (size // len(piece))).replace("{{", "{"),
            )


async def flood(size: int, seconds: float) -> int:
    """Send every flood through every door; print and count those that take longer or come out wrong."""
    bad = tried = 0
    worst = (0.0, "")

    async def one(pool: Pool, door: Callable[[str], object], name: str, text: str) -> None:
        nonlocal bad, tried, worst
        begun = time.monotonic()
        wrong = ""
        try:
            await pool.run(door, text, timeout=4 * seconds)
        except WorkerError as error:
            wrong = str(error)
        except BroadsheetError:
            pass
        took = time.monotonic() - begun
        tried += 1
        worst = max(worst, (took, f"{door.__name__} {name}"))
        if wrong or took > seconds:
            bad += 1
            print(f"{door.__name__:<9} {name}: {wrong or 'slow'} ({took:.1f} s)", flush=True)

    async with Pool(workers=1) as pool:
        for name, text in floods(size):
            for door in DOORS:
                await one(pool, door, name, text)
    print(f"{tried} floods, {bad} too much, worst {worst[0]:.1f} s: {worst[1]}")
    return bad


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all floods; return 1 when one was too much."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kilobytes", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args(arguments)
    return 1 if asyncio.run(flood(options.kilobytes * 1000, options.seconds)) else 0


if __name__ == "__main__":
    sys.exit(main())
