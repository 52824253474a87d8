"""Getting things out: the browser, the clipboard, files, and commands that take the article."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...actions import Context
from ...export import markdown as export_markdown
from ...export import text as export_text
from ...model import EntryRow, StoredArticle
from .. import verbs, words
from ..dialog import Choice, Picker
from ..dialogs.prompt import Prompt
from ..filing import unusable_file, written
from ..keys import Command
from .family import Family

MOST_TABS: Final = 12
"""Articles opened in the browser at once without being asked."""


class Outward(Family):
    """Deeds that hand the article to something else."""

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
            self.screen.say(*written(typed, exported(article, Path(typed.strip()).suffix)))

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
