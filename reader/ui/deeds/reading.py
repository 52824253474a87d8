"""Reading: opening, reading on, the browser, copying, links, and what the article pane can do."""

from __future__ import annotations

from pathlib import Path

from ...actions import Context
from ...export import markdown as export_markdown
from ...export import text as export_text
from ...model import EntryRow, StoredArticle
from ...store import highlights
from .. import verbs, words
from ..dialog import Choice, Picker
from ..dialogs.links import LinksDialog
from ..dialogs.prompt import Prompt
from ..keys import Command
from ..panes.status import Tone
from .family import Family

SIDEWAYS = 8
"""Cells that wide code moves at a key."""
MOST_TABS = 12
"""Articles opened in the browser at once without being asked."""


class Reading(Family):
    """Deeds on the article that is highlighted or open."""

    def do_open(self, command: Command) -> None:
        """Open what is highlighted: a place, or an article."""
        del command
        if self.context is Context.SOURCES:
            self.screen.run(self.screen.reading.open_highlighted_place())
        else:
            self.screen.reading.open_article()

    def do_read_on(self, command: Command) -> None:
        """Go a page down; at the end go on to the next unread article."""
        del command
        self.screen.run(self.screen.reading.read_on())

    def do_read_back(self, command: Command) -> None:
        """Go a page up; at the top go back to the article before."""
        del command
        self.screen.run(self.screen.reading.read_back())

    def do_zen(self, command: Command) -> None:
        """Show the article alone, or the panes again."""
        del command
        self.screen.toggle_zen()

    def do_unfold(self, command: Command) -> None:
        """Show headline and lede of the highlighted row in full, or not."""
        del command
        self.screen.entries.unfolded = not self.screen.entries.unfolded
        self.screen.entries.relayout()

    # ------------------------------------------------------------------------------------------- other programs

    def _rows(self, command: Command) -> list[EntryRow]:
        targets = self.listing.targets(command.side, command.count)
        if self.context is not Context.ENTRIES and self.work.article is not None:
            targets = (self.work.article.row.id,)
        return [row for entry_id in targets if (row := self.work.row(entry_id)) is not None and row.link]

    def do_browse(self, command: Command) -> None:
        """Open the article in the browser."""
        rows = self._rows(command)
        if not rows:
            self.screen.say("This article has no link.")
        self.screen.run(self.screen.browse([row.link for row in rows[:MOST_TABS]]))

    def do_browse_done(self, command: Command) -> None:
        """Open the article in the browser and mark it read."""
        rows = self._rows(command)
        self.do_browse(command)
        plan = verbs.plan("done", [row.id for row in rows], self.work.row)
        if plan is not None:
            self.work.act(plan)

    def do_comments(self, command: Command) -> None:
        """Open the comments in the browser."""
        del command
        article = self.work.article
        address = article.comments_url if article is not None else ""
        if not address and article is not None and article.article is not None:
            address = article.article.comments_url
        if address:
            self.screen.run(self.screen.browse([address]))
        else:
            self.screen.say("This article names no comments.")

    def do_copy_link(self, command: Command) -> None:
        """Copy the link; several links when several are selected."""
        links = [row.link for row in self._rows(command)]
        if links:
            self.screen.run(self.screen.copy("\n".join(links), words.plural(len(links), "link")))
        else:
            self.screen.say("This article has no link.")

    async def do_copy_menu(self, command: Command) -> None:
        """Ask what to copy."""
        del command
        article = self.work.article
        if article is None:
            return
        texts = copies(article, self.screen.article.selected_text())
        choices = [Choice(label, label, note=text.replace("\n", " ")[:200]) for label, text in texts.items()]
        chosen = await self.screen.ask(Picker("Copy", choices))
        self.screen.then(chosen, lambda label: self.screen.copy(texts[label], label.lower()))

    async def do_save_article(self, command: Command) -> None:
        """Ask for a file and save the article as Markdown, HTML or text, by the file's ending."""
        del command
        article = self.work.article
        if article is None:
            return
        name = "".join(c if c.isalnum() else "-" for c in article.row.title.lower())[:60].strip("-")
        answer = await self.screen.ask(
            Prompt("Save the article as (.md, .html, .txt)", f"~/{name or 'article'}.md", check=unusable_file)
        )

        def save(typed: str) -> None:
            self.screen.say(*saved(article, Path(typed).expanduser()))

        self.screen.then(answer, save)

    async def do_pipe(self, command: Command) -> None:
        """Ask for a command and hand the article to it as Markdown."""
        del command
        article = self.work.article
        if article is None:
            return
        answer = await self.screen.ask(Prompt("Pipe the article to", placeholder="a command, such as: wc -w"))

        async def pipe(typed: str) -> None:
            if typed.strip():
                said = await self.screen.opener.pipe(typed, export_markdown.to_markdown(article))
                self.screen.say(said or "Done.")

        self.screen.then(answer, pipe)

    # ------------------------------------------------------------------------------------------- in the article

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
            answer = await self.screen.ask(LinksDialog(pane.typeset.links))
            self.screen.then(answer, lambda chosen: pane.choose(*chosen))
        else:
            self.screen.say("This article has no links.")

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

    async def do_note(self, command: Command) -> None:
        """Ask for a note on the article."""
        del command
        article = self.work.article
        if article is None:
            return
        answer = await self.screen.ask(Prompt(f"Note on {words.quoted(article.row.title)}", article.note))

        async def write(typed: str) -> None:
            if typed.strip() != article.note:
                self.work.act(verbs.note(article.row.id, self.work.row, typed.strip()))
                await self.work.writer.idle()
                await self.work.show(article.row.id)

        self.screen.then(answer, write)

    async def do_highlight(self, command: Command) -> None:
        """Highlight the selection, else the first paragraph in view; take it off when it is highlighted."""
        del command
        article, pane = self.work.article, self.screen.article
        passages = [(passage.words, passage.occurrence) for passage in pane.picked_passages()]
        if article is None or not passages:
            self.screen.say("There is nothing to highlight here.")
            return
        marked = await self.work.db.write(
            highlights.toggle_highlights, article.row.id, passages, self.work.clock()
        )
        if pane.is_selecting:
            pane.clear_selected()
        await self.screen.reading.show_highlights(article.row.id)
        self.screen.say("Highlighted; H again takes it off." if marked else "No longer highlighted.")

    def do_reclean(self, command: Command) -> None:
        """Fetch and clean the page again."""
        del command
        if self.work.article is not None:
            self.screen.run(self.screen.reading.fetch_page(self.work.article.row.id))

    def do_why(self, command: Command) -> None:
        """Say where the article came from and what touched it."""
        del command
        self.screen.run(self.screen.reading.explain())


def copies(article: StoredArticle, selected: str) -> dict[str, str]:
    """Return what can be copied of an article, by what it is called."""
    row = article.row
    texts = {"Selection": selected} if selected else {}
    if row.link:
        texts |= {"Link": row.link, "Title and link": f"{row.title}\n{row.link}"}
        texts["Markdown link"] = f"[{row.title.replace('[', '(').replace(']', ')')}]({row.link})"
    texts["Title"] = row.title
    if selected:
        texts["Quotation"] = (
            "\n".join(f"> {line}" for line in selected.splitlines()) + f"\n\n{row.title}, {row.link}"
        )
    texts["Whole article as Markdown"] = export_markdown.to_markdown(article)
    return texts


def exported(article: StoredArticle, suffix: str) -> str:
    """Return an article in the form that a file's ending names; Markdown for any other."""
    match suffix.lower():
        case ".html" | ".htm":
            from ...export.html import to_html  # loads a sanitiser that nothing else on the screen needs

            return to_html(article)
        case ".txt":
            return export_text.to_text(article)
        case _:
            return export_markdown.to_markdown(article)


def saved(article: StoredArticle, path: Path) -> tuple[str, Tone]:
    """Write an article, some kilobytes, to a file; returns what to say of it."""
    try:
        path.write_text(exported(article, path.suffix), "utf-8")
    except OSError as error:
        return f"{path} could not be written: {error.strerror}.", Tone.ERROR
    return f"Saved {path}.", Tone.DONE


def unusable_file(typed: str) -> str:
    """Return why a file cannot be written, or nothing."""
    if not typed.strip():
        return "A file needs a name."
    path = Path(typed).expanduser()
    if path.is_dir():
        return f"{path} is a folder."
    return "" if path.parent.is_dir() else f"There is no folder {path.parent}."
