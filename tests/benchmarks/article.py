"""The article pane beside Textual's own Markdown widget, on the same text in the same run.

    python -m tests.benchmarks.article

For articles of 300, 3,000 and 30,000 words and a table of 500 rows: the time from handing an article over to its first
painted frame, the CPU time until all is quiet, and the CPU time of a page down (median of the first 20).
"""

from __future__ import annotations

import asyncio
import gc
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Markdown

from reader.document import Block
from reader.export.markdown import blocks_to_markdown
from reader.typeset import Options
from reader.ui.panes.article import ArticlePane
from reader.ui.themes import DARK, own_variables
from tests.articles import bullets, h, p, quote, stored, table

SIZE = (120, 40)
PAGES = 20
VOCABULARY = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "is",
    "was",
    "it",
    "for",
    "on",
    "with",
    "as",
    "his",
    "be",
    "at",
    "by",
    "this",
    "had",
    "not",
    "are",
    "but",
    "from",
    "or",
    "have",
    "an",
    "they",
    "which",
    "one",
    "you",
    "were",
    "street",
    "lamp",
    "evening",
    "council",
    "pole",
    "harbour",
    "winter",
    "nobody",
    "remembers",
    "lighted",
    "walking",
    "somebody",
    "corner",
    "quietly",
    "another",
    "letter",
]


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds."""

    first_frame: float
    cpu: float
    page_down: float


def prose(words: int) -> tuple[Block, ...]:
    """Return an article of about so many words: paragraphs, a heading, a list, a quotation now and then."""
    chance = random.Random(words)
    blocks: list[Block] = []
    for number in range(max(1, words // 75)):
        text = " ".join(chance.choice(VOCABULARY) for _ in range(75)).capitalize() + "."
        match number % 12:
            case 3:
                blocks += [h(2, "A part of it"), p(text)]
            case 7:
                blocks.append(bullets(text[:150], text[150:300], text[300:]))
            case 9:
                blocks.append(quote(text))
            case _:
                blocks.append(p(text))
    return tuple(blocks)


def rows(count: int) -> tuple[Block, ...]:
    """Return a table of so many rows."""
    return (
        table(
            ("n", "street", "lamps", "lit"),
            *((str(n), f"Street {n}", str(n * 7), "yes") for n in range(count)),
        ),
    )


class Stage(App[None]):
    """One widget that fills the screen."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.painted = 0.0
        """When something was last painted."""

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return {**variables, **own_variables(variables)}

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name

    def _display(self, *args: object) -> None:
        super()._display(*args)  # type: ignore[arg-type]  # passed on as they come
        self.painted = perf_counter()


async def quiet() -> None:
    """Wait until nothing is left to do: three rounds in which no CPU time to speak of was spent."""
    calm = 0
    while calm < 3:
        before = process_time()
        await asyncio.sleep(0.05)
        calm = calm + 1 if process_time() - before < 0.01 else 0


async def frame(app: Stage) -> None:
    """Wait until a frame is painted."""
    while not app.painted:  # noqa: ASYNC110 - waiting must not cost what is measured
        await asyncio.sleep(0.001)


async def cost(scroll: Widget, show: Callable[[], object]) -> Cost:
    """Measure a widget: from ``show`` to the first frame after it, until quiet, and a page down."""
    app = Stage(scroll)
    async with app.run_test(size=SIZE):
        await quiet()
        gc.collect()
        gc.freeze()
        app.painted = 0.0
        started, cpu = perf_counter(), process_time()
        shown = show()
        if isinstance(shown, Awaitable):
            await shown
        await frame(app)
        first = app.painted - started
        await quiet()
        spent = process_time() - cpu
        downs: list[float] = []
        while len(downs) < PAGES and scroll.scroll_y < scroll.max_scroll_y:
            app.painted = 0.0
            before = process_time()
            scroll.scroll_to(y=scroll.scroll_y + SIZE[1] - 1, animate=False, force=True, immediate=True)
            await frame(app)
            downs.append(process_time() - before)
        gc.unfreeze()
    return Cost(first * 1e3, spent * 1e3, median(downs or [0.0]) * 1e3)


async def ours(blocks: tuple[Block, ...]) -> Cost:
    """Measure the article pane."""
    pane = ArticlePane(options=Options())
    return await cost(pane, lambda: pane.show(stored(*blocks)))


async def theirs(blocks: tuple[Block, ...]) -> Cost:
    """Measure Textual's Markdown widget."""
    markdown = Markdown()
    text = blocks_to_markdown(blocks)
    return await cost(VerticalScroll(markdown), lambda: markdown.update(text))


async def main() -> None:
    """Print the table."""
    print(f"{'':14}{'first frame':>24}{'CPU':>26}{'page down':>22}")
    print(f"{'':14}{'ours  Markdown':>24}{'ours  Markdown  ratio':>26}{'ours  Markdown':>22}")
    cases = {f"{words:,} words": prose(words) for words in (300, 3_000, 30_000)} | {"500 rows": rows(500)}
    await ours(prose(300))  # imports
    await theirs(prose(300))
    for name, blocks in cases.items():
        a, b = await ours(blocks), await theirs(blocks)
        print(
            f"{name:14}{a.first_frame:12.1f}{b.first_frame:10.1f}ms{a.cpu:9.1f}{b.cpu:10.1f}{b.cpu / a.cpu:6.0f}x"
            f"{a.page_down:12.1f}{b.page_down:8.1f}ms"
        )


if __name__ == "__main__":
    asyncio.run(main())
