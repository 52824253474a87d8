from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader.document import Highlight
from reader.model import EntryId, StoredArticle
from reader.typeset import Options, Passage, line_text
from reader.ui.panes.article import ArticlePane
from reader.ui.themes import THEMES, own_variables
from tests.articles import code, h, link, note, p, row, stored, table
from tests.hostile_text import TERMINAL
from tests.typeset.documents import DOCUMENTS
from tests.ui.library import NOW

BARE = row(feed_title="", published=None, link="")
"""An entry of which the title block has a title and nothing else."""
SENTENCES = [f"Sentence number {n} of a long article that goes on and on about lamps. " for n in range(400)]
LONG = stored(*("".join(SENTENCES[n : n + 8]) for n in range(0, 400, 8)))


class Shelf(App[None]):
    """An application with an article pane and nothing else; keeps what the pane says."""

    def __init__(self) -> None:
        super().__init__()
        self.pane = ArticlePane(options=Options(measure=80))
        self.links: list[tuple[str, str]] = []
        self.positions: list[float] = []
        self.ends = 0

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return {**variables, **own_variables(variables)}

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "broadsheet-dark"

    @on(ArticlePane.LinkChosen)
    def keep_link(self, event: ArticlePane.LinkChosen) -> None:
        self.links.append((event.href, event.action))

    @on(ArticlePane.PositionChanged)
    def keep_position(self, event: ArticlePane.PositionChanged) -> None:
        self.positions.append(event.position)

    @on(ArticlePane.EndReached)
    def keep_end(self) -> None:
        self.ends += 1


@asynccontextmanager
async def shelf(width: int = 80, height: int = 24) -> AsyncIterator[tuple[Shelf, ArticlePane, Pilot[None]]]:
    app = Shelf()
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        yield app, app.pane, pilot


def screen_lines(pane: ArticlePane) -> list[str]:
    """What is on the screen, line by line."""
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def on_screen(pane: ArticlePane) -> str:
    return "\n".join(screen_lines(pane))


async def complete(pane: ArticlePane, pilot: Pilot[None]) -> None:
    """Wait until the whole article is laid out."""
    while pane.typeset is not None and not pane.typeset.is_complete:
        await pilot.pause(0.01)
    await pilot.pause()


# ------------------------------------------------------------------------------------------- showing


async def test_an_article_is_shown_with_its_title_centred_in_the_pane() -> None:
    async with shelf(100) as (_, pane, pilot):
        pane.show(stored("A lamp.", row=row("Nobody lights the lamps")))
        await pilot.pause()

        assert screen_lines(pane)[1] == " " * 9 + "Nobody lights the lamps"
        assert "A lamp." in on_screen(pane)


async def test_without_an_article_a_quiet_word_stands_in_the_middle() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(None, empty="Choose an article")
        await pilot.pause()

        assert [line.strip() for line in screen_lines(pane) if line] == ["Choose an article"]
        assert pane.position == 0


async def test_an_article_shown_before_the_pane_has_a_size_appears_when_it_has() -> None:
    app = Shelf()
    app.pane.show(stored("Early words."))
    async with app.run_test() as pilot:
        await pilot.pause()

        assert "Early words." in on_screen(app.pane)


async def test_the_feeds_text_and_the_source_are_shown_when_asked_for() -> None:
    article = stored("The page.", feed=("The feed.",))
    async with shelf() as (_, pane, pilot):
        pane.show(article, text="feed")
        await pilot.pause()
        assert "The feed." in on_screen(pane)

        pane.show(article, text="raw", raw="<p>The source.</p>")
        await pilot.pause()
        assert "<p>The source.</p>" in on_screen(pane)

        pane.show(article)
        await pilot.pause()
        assert "The page." in on_screen(pane)


async def test_words_an_article_was_found_by_are_marked() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(stored("A lamp is a lamp; the lamplighter and the clamp.", row=BARE), terms=("lamp",))
        await pilot.pause()

        assert pane.typeset is not None
        marked = [pane.typeset.copy(start, end) for start, end, _ in pane.typeset.overlays]
        assert marked == ["lamp", "lamp"]
        pane.show(stored("A lamp is a lamp; the lamplighter and the clamp.", row=BARE), terms=("lamp*",))
        assert len(pane.typeset.overlays) == 3


@pytest.mark.parametrize("name", list(DOCUMENTS)[::4])
async def test_documents_of_every_kind_are_drawn_at_any_width(name: str) -> None:
    document = DOCUMENTS[name]
    article = document if isinstance(document, StoredArticle) else stored(page=document)
    async with shelf(60, 20) as (_, pane, pilot):
        pane.show(article)
        for width in (120, 41, 20):
            await pilot.resize_terminal(width, 20)
            await complete(pane, pilot)
            assert all(
                pane.render_line(y).cell_length == pane.scrollable_content_region.width for y in range(20)
            )
            assert pane.typeset is not None
            pane.scroll_to_bottom()
        await pilot.pause()


@pytest.mark.parametrize("text", TERMINAL[::6])
async def test_no_control_character_is_on_the_screen_even_if_one_got_into_the_library(text: str) -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(stored(p(text, link(text, f"https://lamp.example/{text}")), code(text), row=row(text)))
        await pilot.pause()

        links = [segment.style.link for y in range(20) for segment in pane.render_line(y) if segment.style]
        assert all(address is None or address.isprintable() for address in links)
        assert app.is_running


async def test_markup_in_a_text_is_text() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(stored("[b]bold[/b] [/] [@click=app.quit]x[/]", row=row("[Video] The news [/]")))
        await pilot.pause()

        assert "[Video] The news [/]" in on_screen(pane)
        assert "[b]bold[/b] [/] [@click=app.quit]x[/]" in on_screen(pane)


async def test_colours_follow_the_theme() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(stored(h(2, "A heading")))
        await pilot.pause()
        before = [list(pane.render_line(y)) for y in range(8)]
        app.theme = "broadsheet-light"
        await pilot.pause()

        assert [list(pane.render_line(y)) for y in range(8)] != before


# ------------------------------------------------------------------------------------------- moving


async def test_a_page_down_keeps_a_line_in_sight() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LONG)
        await pilot.pause()
        last = screen_lines(pane)[-1]

        assert pane.page_down()
        await pilot.pause()
        assert screen_lines(pane)[0] == last
        assert pane.page_up()
        await pilot.pause()
        assert screen_lines(pane)[-1] == last


async def test_reading_on_comes_to_the_end_and_says_so_once() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(LONG)
        await pilot.pause()
        assert app.ends == 0
        pages = 1
        while pane.page_down():
            pages += 1
            await pilot.pause()
        pane.scroll_lines(-30)
        await pilot.pause()
        pane.scroll_to_bottom()
        await pilot.pause()

        assert app.ends == 1
        assert pages > 10
        assert "Source: https://lamp.example/a[1]" in on_screen(pane)


async def test_the_end_of_an_article_that_fits_is_in_view_at_once() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(stored("Short."))
        await pilot.pause()

        assert app.ends == 1
        assert pane.position == 1.0
        assert not pane.page_down()
        assert not pane.page_up()


async def test_a_page_down_never_stops_at_an_estimate() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(stored(*["word\n" * 50] * 60))
        for _ in range(40):
            assert pane.page_down()
        await complete(pane, pilot)

        assert round(pane.scroll_y) == 40 * 23


async def test_the_top_and_the_bottom_are_a_key_away() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LONG)
        pane.scroll_to_bottom()
        await pilot.pause()
        assert pane.position == 1.0

        pane.scroll_to_top()
        await pilot.pause()
        assert pane.position == 0.0
        assert screen_lines(pane)[1].strip() == "A title"


async def test_only_wide_code_and_tables_scroll_sideways() -> None:
    async with shelf(40) as (_, pane, pilot):
        pane.show(stored("Some words.", code("x" * 50 + "end")))
        await pilot.pause()
        pane.scroll_sideways(8)
        await pilot.pause()
        assert "Some words." in on_screen(pane)
        assert "‹xxx" in on_screen(pane)

        pane.scroll_sideways(1000)
        await pilot.pause()
        assert "end" in on_screen(pane)

        pane.scroll_sideways(-2000)
        await pilot.pause()
        assert "‹" not in on_screen(pane)


# ------------------------------------------------------------------------------------------- the place


async def test_the_position_grows_from_nothing_to_all() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(LONG)
        await pilot.pause()
        while pane.page_down():
            await pilot.pause()

        assert app.positions == sorted(app.positions)
        assert (app.positions[0], app.positions[-1]) == (0.0, 1.0)


async def test_an_article_opens_where_it_was_left() -> None:
    article = stored(*SENTENCES, position=0.5)
    async with shelf() as (_, pane, pilot):
        pane.show(article)
        await pilot.pause()

        assert pane.position == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("position", [0.0, 1.0])
async def test_an_article_read_to_the_end_or_not_at_all_opens_at_the_top(position: float) -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(stored(*SENTENCES, position=position))
        await pilot.pause()

        assert round(pane.scroll_y) == 0


async def test_a_position_leads_back_to_where_it_was_taken() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LONG)
        for _ in range(5):
            pane.page_down()
        await pilot.pause()
        top, position = screen_lines(pane)[0], pane.position
        pane.scroll_to_top()
        pane.position = position
        await pilot.pause()

        assert screen_lines(pane)[0] == top


async def test_another_width_leaves_the_reader_at_the_same_sentence() -> None:
    async with shelf(100) as (_, pane, pilot):
        pane.show(LONG)
        for _ in range(7):
            pane.page_down()
        await complete(pane, pilot)
        assert pane.typeset is not None
        place = pane.typeset.place(round(pane.scroll_y) - 1)
        for width in (40, 133, 60, 24, 100):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            line = round(pane.scroll_y) - 1
            start, end = pane.typeset.line_range(line)
            assert start <= place <= end

        assert pane.typeset.place(round(pane.scroll_y) - 1) == place


async def test_a_new_tag_leaves_the_reader_where_they_are() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LONG)
        for _ in range(5):
            pane.page_down()
        await pilot.pause()
        top = screen_lines(pane)[0]
        tagged = StoredArticle(row(tags=("a-tag", "another")), LONG.article, ())
        pane.show(tagged)
        await pilot.pause()

        assert screen_lines(pane)[0] == top


async def test_another_article_begins_at_its_top() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LONG)
        pane.scroll_to_bottom()
        await pilot.pause()
        pane.show(stored(*SENTENCES, row=row("Another", id=EntryId(2))))
        await pilot.pause()

        assert screen_lines(pane)[1].strip() == "Another"


async def test_the_first_page_of_a_book_costs_a_page() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(stored(*["日本語の文章。" * 200] * 400))
        assert pane.typeset is not None
        known = pane.typeset.known_height
        assert not pane.typeset.is_complete

        await complete(pane, pilot)
        assert pane.virtual_size.height > 5 * known


# ------------------------------------------------------------------------------------------- links


LINKED = stored(
    p("The ", link("first", "https://lamp.example/1"), " and the ", link("second", "https://lamp.example/2"), "."),
    p("A claim", link("1", "#n1"), "."),
    *SENTENCES[:40],
    note("n1", "The note."),
)  # fmt: skip


async def test_letters_open_a_link() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(LINKED)
        await pilot.pause()

        assert pane.start_hints()
        assert pane.is_hinting
        assert pane.press("s")
        await pilot.pause()
        assert app.links == [("https://lamp.example/2", "open")]
        assert not pane.is_hinting


async def test_y_before_the_letters_copies() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(LINKED)
        await pilot.pause()
        pane.start_hints()

        assert pane.press("y")
        assert pane.press("a")
        await pilot.pause()
        assert app.links == [("https://lamp.example/1", "copy")]


async def test_the_letters_stand_over_their_links() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LINKED)
        await pilot.pause()
        pane.start_hints()
        await pilot.pause()

        assert "The airst[1] and the second[2]." in on_screen(pane)
        assert "A claimd." in on_screen(pane)


async def test_a_key_that_means_nothing_ends_the_letters() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(LINKED)
        await pilot.pause()
        pane.start_hints()

        assert not pane.press("x")
        assert not pane.is_hinting
        pane.start_hints()
        assert pane.press("escape")
        assert not pane.is_hinting
        await pilot.pause()
        assert app.links == []


async def test_scrolling_ends_the_letters() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LINKED)
        await pilot.pause()
        pane.start_hints()
        pane.scroll_lines(1)
        await pilot.pause()

        assert not pane.is_hinting


async def test_without_links_in_view_there_are_no_letters() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LONG)
        await pilot.pause()

        assert not pane.start_hints()
        assert not pane.press("a")


async def test_two_letters_are_enough_for_two_hundred_links() -> None:
    links = [link(f"l{n} ", f"https://lamp.example/{n}") for n in range(200)]
    async with shelf(120, 60) as (app, pane, pilot):
        pane.show(stored(p(*links)))
        await pilot.pause()
        chosen: list[str] = []
        pane.start_hints()
        hints = pane.hints
        for hint in hints:
            pane.start_hints()
            assert len(hint.label) <= 2
            assert all(pane.press(letter) for letter in hint.label)
            chosen.append(hint.href)
        await pilot.pause()

        assert [href for href, _ in app.links] == chosen
        assert {f"https://lamp.example/{n}" for n in range(200)} <= set(chosen)


async def test_a_footnote_is_gone_to_and_not_opened() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(LINKED)
        await pilot.pause()
        pane.choose("#n1")
        await pilot.pause()
        assert "The note." in on_screen(pane)

        pane.choose("#nowhere")
        await pilot.pause()
        assert app.links == []


async def test_a_click_on_a_link_opens_it_and_one_beside_it_does_not() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(LINKED)
        await pilot.pause()
        y, text = next((y, line) for y, line in enumerate(screen_lines(pane)) if "first" in line)
        await pilot.click(ArticlePane, offset=(text.index("first") + 1, y))
        await pilot.click(ArticlePane, offset=(text.index("The") + 1, y))
        await pilot.pause()

        assert app.links == [("https://lamp.example/1", "open")]


async def test_only_web_addresses_become_hyperlinks_of_the_terminal() -> None:
    addresses = [
        "https://lamp.example/ü",
        "mailto:a@lamp.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ]
    async with shelf() as (_, pane, pilot):
        pane.show(
            stored(p(*(link(f"[{n}] ", address) for n, address in enumerate(addresses))), row=row(link=""))
        )
        await pilot.pause()

        links = {s.style.link for y in range(24) for s in pane.render_line(y) if s.style and s.style.link}
        assert links == {"https://lamp.example/%C3%BC"}


async def test_what_tracks_the_reader_is_neither_opened_nor_handed_to_the_terminal() -> None:
    async with shelf() as (app, pane, pilot):
        pane.show(
            stored(p(link("a", "https://lamp.example/?id=7&utm_source=feed&fbclid=x")), row=row(link=""))
        )
        await pilot.pause()
        links = {s.style.link for y in range(24) for s in pane.render_line(y) if s.style and s.style.link}
        pane.start_hints()
        pane.press("a")
        await pilot.pause()

        assert links == {"https://lamp.example/?id=7"}
        assert app.links == [("https://lamp.example/?id=7", "open")]


# ------------------------------------------------------------------------------------------- finding


async def test_finding_goes_to_the_first_match_from_here_and_counts() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LONG)
        await pilot.pause()

        assert pane.find("number 20") == 11
        assert pane.match == (1, 11)
        await pilot.pause()
        assert "number 20 of" in on_screen(pane)
        assert pane.find_next() == (2, 11)
        await pilot.pause()
        assert "number 200" in on_screen(pane)
        assert pane.find_previous() == (1, 11)
        assert pane.find_previous() == (11, 11)
        assert pane.find_next() == (1, 11)


async def test_finding_minds_neither_case_nor_accents_and_crosses_lines() -> None:
    async with shelf(40) as (_, pane, pilot):
        pane.show(stored("Der LATERNENANZÜNDER, ein schöner Beruf mit langen Abenden."))
        await pilot.pause()

        assert pane.find("laternenanzunder, ein schoner beruf") == 1


async def test_what_is_not_there_is_not_found() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(LONG)
        await pilot.pause()
        assert pane.find("number 77") == 1

        assert pane.find("zeppelin") == 0
        assert pane.match == (0, 0)
        assert pane.find_next() == (0, 0)


# ------------------------------------------------------------------------------------------- selecting


async def test_lines_are_selected_with_the_keyboard_and_copied_unbroken() -> None:
    async with shelf(40) as (_, pane, pilot):
        pane.show(stored("One two three four five six seven eight nine ten.", "Second.", row=BARE))
        await pilot.pause()

        assert pane.select_text() == "line"
        assert pane.selected_text() == "A title"
        pane.scroll_lines(2)
        assert pane.is_selecting
        assert "One two three" in pane.selected_text()
        pane.scroll_lines(2)
        assert pane.selected_text().endswith("eight nine ten.\n\nSecond.")


async def test_paragraphs_are_selected_when_asked_again_and_then_nothing() -> None:
    async with shelf(40) as (_, pane, pilot):
        pane.show(stored("One two three four five six seven eight nine ten.", "Second.", row=BARE))
        await pilot.pause()
        pane.select_text()

        assert pane.select_text() == "paragraph"
        pane.scroll_lines(2)
        assert "\nOne two three four five six seven eight nine ten." in pane.selected_text()
        pane.scroll_lines(-2)
        assert pane.selected_text() == "A title"
        assert pane.select_text() is None
        assert pane.selected_text() == ""


async def test_a_selection_by_keyboard_stops_at_the_ends() -> None:
    async with shelf() as (_, pane, pilot):
        pane.show(stored("Only this.", row=row(link="")))
        await pilot.pause()
        pane.select_text()
        pane.scroll_lines(-3)
        assert pane.selected_text() == "A title"

        pane.scroll_lines(100)
        assert pane.selected_text().endswith("Only this.")


async def test_the_mouse_selects_text_as_it_was_written() -> None:
    async with shelf(40) as (app, pane, pilot):
        pane.show(
            stored(
                p("One two ", link("three", "https://lamp.example/3"), " four five six seven eight nine ten.")
            )
        )
        await pilot.pause()
        lines = screen_lines(pane)
        first = next(y for y, line in enumerate(lines) if "One" in line)
        await pilot.mouse_down(ArticlePane, offset=(lines[first].index("two"), first))
        await pilot.hover(ArticlePane, offset=(lines[first + 1].index("nine") + 3, first + 1))
        await pilot.mouse_up(ArticlePane, offset=(lines[first + 1].index("nine") + 3, first + 1))
        await pilot.pause()

        assert pane.selected_text() == "two three four five six seven eight nine"
        assert app.links == []


async def test_a_listing_and_a_table_are_copied_as_text() -> None:
    async with shelf(60) as (_, pane, pilot):
        pane.show(stored(code("if lamp:\n    light()"), table(("a", "b"), ("c", "d"))))
        await pilot.pause()
        assert pane.typeset is not None

        assert "if lamp:\n    light()\n\na\tb\nc\td" in pane.typeset.copy(0, pane.typeset.length)


# ------------------------------------------------------------------------------------------- highlights


async def test_without_a_selection_the_first_paragraph_of_the_text_in_view_is_to_be_highlighted() -> None:
    async with shelf(40) as (_, pane, pilot):
        pane.show(stored("One lamp.", "Two lamps.", row=BARE))
        await pilot.pause()
        assert pane.picked_passages() == [Passage("One lamp.", 0)]


async def test_each_paragraph_of_a_selection_is_a_passage() -> None:
    async with shelf(40) as (_, pane, pilot):
        pane.show(
            stored(
                "The same.", p("Other ", link("words", "https://lamp.example/"), "."), "The same.", row=BARE
            )
        )
        await pilot.pause()
        pane.select_text()
        pane.scroll_lines(3)

        assert pane.picked_passages() == [
            Passage("A title"), Passage("The same."), Passage("Other words."), Passage("The same.", 1),
        ]  # fmt: skip


async def test_a_highlight_is_found_again_in_a_changed_article() -> None:
    marks = (("words of it", 0), ("not there any more", 0), ("words of it", 7))
    async with shelf(40) as (_, pane, pilot):
        article = stored("A new beginning.", "Some words of it, and words of it.", row=BARE)
        pane.show(replace(article, highlights=tuple(Highlight(*mark, "", NOW) for mark in marks)))
        await pilot.pause()

        assert pane.typeset is not None
        assert [pane.typeset.copy(start, end) for start, end, _ in pane.typeset.overlays] == [
            "words of it"
        ] * 2
        assert pane.typeset.overlays[0] < pane.typeset.overlays[1]


# ------------------------------------------------------------------------------------------- robustness


@pytest.mark.parametrize(
    "act",
    [
        ArticlePane.page_down, ArticlePane.page_up, ArticlePane.scroll_to_top, ArticlePane.scroll_to_bottom,
        ArticlePane.start_hints, ArticlePane.select_text, ArticlePane.find_next, ArticlePane.selected_text,
        ArticlePane.clear_selected,
    ],
    ids=lambda act: act.__name__,
)  # fmt: skip
async def test_nothing_happens_on_an_empty_pane(act: Callable[[ArticlePane], object]) -> None:
    async with shelf() as (_, pane, pilot):
        act(pane)
        pane.find("x")
        pane.scroll_lines(3)
        pane.scroll_sideways(3)
        pane.position = 0.5
        await pilot.pause()

        assert pane.position == 0


async def test_lines_are_those_of_the_typeset_article() -> None:
    async with shelf(50, 60) as (_, pane, pilot):
        pane.show(LINKED)
        await pilot.pause()
        assert pane.typeset is not None
        set_lines = [line_text(line).rstrip() for line in pane.typeset.lines(0, 40)]

        assert [line.strip() for line in screen_lines(pane)[1:41]] == [line.strip() for line in set_lines]


async def test_without_colours_matches_and_letters_stand_out_all_the_same() -> None:
    async with shelf() as (app, pane, pilot):
        app.theme = "broadsheet-plain"
        pane.show(LINKED)
        pane.find("claim")
        pane.start_hints()
        await pilot.pause()

        styles = {s.text: s.style for y in range(24) for s in pane.render_line(y) if s.style}
        assert styles["claim"].reverse
        assert styles["a"].reverse
        assert not any(style.color and style.color.triplet for style in styles.values())
