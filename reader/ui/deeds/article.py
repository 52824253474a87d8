"""In the article: its texts, its links, moving sideways, selecting, finding, highlights and notes."""

from __future__ import annotations

from typing import Final

from ...actions import Context
from ...document import Heading, Span
from ...model import Appended, StoredArticle
from ...store import entries
from ...triage import passage_key
from ...typeset import Choice
from .. import verbs, words
from ..keys import Command
from ..panes.status import Tone
from ..verbs import Plan
from .family import Family

SIDEWAYS: Final = 8
"""Cells that wide code moves at a key."""


class InArticle(Family):
    """Deeds inside the article that is shown."""

    def do_cycle_text(self, command: Command) -> None:
        """Show the cleaned text, the feed's, or the raw source."""
        del command
        self.screen.run(self.screen.reading.cycle_text())

    async def do_links(self, command: Command) -> None:
        """Put letters on the links in view; list all links when none is."""
        del command
        pane = self.screen.article
        self.screen.focus_pane(Context.ARTICLE)
        if pane.start_hints():
            self.screen.say("Type a link's letters to open it; y first copies it.")
        elif pane.typeset is not None and pane.typeset.links:
            from ..dialogs.links import LinksDialog

            answer = await self.screen.ask(LinksDialog(pane.typeset.links))
            self.screen.then(answer, lambda chosen: pane.choose(*chosen))
        else:
            self.screen.say("This article has no links.")

    def do_pictures(self, command: Command) -> None:
        """Fetch and draw the pictures, or take them away."""
        del command
        self.screen.reading.pictures.toggle()

    def do_scroll_left(self, command: Command) -> None:
        """Scroll wide code and tables to the left."""
        del command
        self.screen.article.scroll_sideways(-SIDEWAYS)

    def do_scroll_right(self, command: Command) -> None:
        """Scroll wide code and tables to the right."""
        del command
        self.screen.article.scroll_sideways(SIDEWAYS)

    def do_select_text(self, command: Command) -> None:
        """Select lines, then paragraphs, then nothing."""
        del command
        unit = self.screen.article.select_text()
        if unit is None:
            self.screen.say("")
        else:
            self.screen.say(f"Selecting by {unit}: j k extend, v changes, Y copies, Esc leaves.")

    def do_find_next(self, command: Command) -> None:
        """Go to the next place found; words of the search first."""
        del command
        pane = self.screen.article
        if not pane.match[1] and self.work.desk.terms:
            pane.find(self.work.desk.terms[0])
        else:
            pane.find_next()
        at, of = pane.match
        self.screen.say(f"{at} of {of}" if of else "Nothing to find: search with / first.")

    def do_changes(self, command: Command) -> None:
        """Show what changed in the article, or the article again."""
        del command
        self.screen.run(self.screen.reading.show_changes())

    async def do_others(self, command: Command) -> None:
        """List the further articles of the same page, to read or to keep."""
        del command
        article = self.work.article
        others = article.article.appended if article is not None and article.article is not None else ()
        if not others:
            self.screen.say("No other article stood on this page.")
            return
        from ..dialogs.others import OthersDialog

        answer = await self.screen.ask(OthersDialog(others))

        async def take(chosen: tuple[Appended, bool]) -> None:
            other, keep = chosen
            if keep:
                await self._keep_other(article, other)
            else:
                title = (Heading(2, (Span(other.title),)),) if other.title else ()
                self.screen.reading.show_instead(
                    Choice(title + other.blocks, "A further article of the same page.")
                )

        self.screen.then(answer, take)

    async def _keep_other(self, article: StoredArticle | None, other: Appended) -> None:
        """Keep a further article of the page among the saved pages."""
        if article is None or article.article is None:
            return
        from ...export.part import part_of

        kept = part_of(article.article, other)
        await self.work.db.write(entries.save_page, kept.url, kept, self.work.clock())
        self.work.recount_soon()
        self.screen.say(f"Kept {words.quoted(kept.title)} in Saved pages.", Tone.DONE)

    # ------------------------------------------------------------------------------------------- notes and highlights

    async def do_note(self, command: Command) -> None:
        """Ask for a note: on the selection, else on the article; on one of its highlights when there are any."""
        del command
        article = self.work.article
        if article is None:
            return
        passages = self._selected_passages()
        if passages:
            self._mark(article, passages, keep=True)
            await self._note_on(self.work.article or article, passage_key(*passages[-1]))
        elif article.highlights:
            from ..dialogs.noting import what_to_note

            answer = await self.screen.ask(what_to_note(article))
            self.screen.then(answer, lambda key: self._note_on(article, key))
        else:
            await self._note_on(article, "")

    async def _note_on(self, article: StoredArticle, key: str) -> None:
        """Ask for a note on the highlight with a passage key, on the article when it is empty."""
        from ..dialogs.prompt import NotePrompt

        row = article.row
        mark = next(
            (one for one in article.highlights if passage_key(one.quote, one.occurrence) == key), None
        )
        before = article.note if mark is None else mark.note
        about = row.title if mark is None else mark.quote

        def write(text: str) -> None:
            if text == before:
                return
            if mark is None:
                self.work.act(verbs.note(row.id, self.work.row, text))
            else:
                self._act_on_marks(verbs.annotate(row.id, self.work.row, mark, text))

        async def take(typed: str) -> None:
            if not prompt.wants_editor:
                write(typed.strip())
            elif (text := await self._composed(typed)) is not None:
                write(text)

        prompt = NotePrompt(f"Note on {words.quoted(about)}", before)
        if "\n" in before:  # a line cannot show it
            if (text := await self._composed(before)) is not None:
                write(text)
        else:
            answer = await self.screen.ask(prompt)
            self.screen.then(answer, take)

    async def _composed(self, text: str) -> str | None:
        """Return a note as it was left in the editor, or nothing, with a word of why."""
        left = await self.screen.aside(lambda: self.screen.opener.compose(text, "note.md"))
        if left is not None and left.failure:
            self.screen.say(left.failure, Tone.ERROR)
            return None
        return None if left is None else left.text.strip()

    def do_highlight(self, command: Command) -> None:
        """Highlight the selection, else the first paragraph in view; take it off when it is highlighted."""
        del command
        article = self.work.article
        passages = [(one.words, one.occurrence) for one in self.screen.article.picked_passages()]
        if article is None or not passages:
            self.screen.say("There is nothing to highlight here.")
        else:
            self._mark(article, passages)

    def _selected_passages(self) -> list[tuple[str, int]]:
        pane = self.screen.article
        chosen = pane.picked_passages() if pane.selected_text() else []
        return [(one.words, one.occurrence) for one in chosen]

    def _mark(self, article: StoredArticle, passages: list[tuple[str, int]], *, keep: bool = False) -> None:
        """Highlight passages; those that are all highlighted lose it, unless they are to keep it."""
        plan = verbs.highlight(article.row.id, self.work.row, passages, article.highlights)
        if self.screen.article.is_selecting or self.screen.article.selected_text():
            self.screen.article.clear_selected()
        if not keep or any(wish.value for wish in plan.wishes):
            self._act_on_marks(plan)

    def _act_on_marks(self, plan: Plan) -> None:
        """Carry out a plan for highlights, and show them at once as they will be."""
        self.work.act(plan)
        article = self.work.article
        if article is not None and article.row.id == plan.wishes[0].entry_id:
            self.work.article = verbs.with_marks(article, plan.wishes, self.work.clock())
            self.screen.paint_article(self.work.article)

    async def do_notes(self, command: Command) -> None:
        """Show all notes and highlights with their articles."""
        del command
        from ..screens.notes import NotesScreen

        await self.screen.app.push_screen(NotesScreen(self.screen))

    def do_reclean(self, command: Command) -> None:
        """Fetch and clean the page again."""
        del command
        if self.work.article is not None:
            self.screen.run(self.screen.reading.fetch_page(self.work.article.row.id))
