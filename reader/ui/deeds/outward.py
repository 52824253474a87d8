"""Getting things out: the browser, the clipboard, files, and commands that take the article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...actions import Context
from ...links import strip_tracking
from ...model import Enclosure, EntryRow, StoredArticle
from ...opening import Output, placed, web_address
from .. import verbs, words
from ..dialog import Choice, Picker
from ..filing import unusable_file, written
from ..homes import feed_of, is_at_home
from ..keys import Command
from ..panes.status import Tone
from .family import Family

if TYPE_CHECKING:
    from ..dialogs.files import FileWish

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

    # ------------------------------------------------------------------------------------------- files

    async def do_save_article(self, command: Command) -> None:
        """Ask for a file and save the article as Markdown, HTML or text, by the file's ending."""
        del command
        article = self.work.article
        if article is None:
            return
        from ..dialogs.prompt import Prompt

        answer = await self.screen.ask(
            Prompt(
                "Save the article as (.md, .html, .txt, .json)",
                f"~/{file_name(article)}",
                check=unusable_file,
            )
        )

        def save(typed: str) -> None:
            self.screen.say(*written(typed, exported(article, Path(typed.strip()).suffix)))

        self.screen.then(answer, save)

    async def do_files(self, command: Command) -> None:
        """List the files that go with the article, to play, save or copy."""
        del command
        article = self.work.article
        if article is None or not article.enclosures:
            self.screen.say("No file goes with this article.")
            return
        from ..dialogs.files import FilesDialog

        answer = await self.screen.ask(FilesDialog(article.enclosures))
        self.screen.then(answer, self._take_file)

    async def _take_file(self, chosen: FileWish) -> None:
        from ..dialogs.files import name_of

        file = chosen.file
        match chosen.wish:
            case "copy":
                await self.screen.copy(strip_tracking(file.url), "the address of the file")
            case "save":
                await self._download(file)
            case "play":
                problem = await self.screen.opener.play(file.url)
                self.screen.say(problem or f"Playing {name_of(file)}.", Tone.ERROR if problem else Tone.PLAIN)

    async def _download(self, file: Enclosure) -> None:
        from ..dialogs.files import name_of, progress

        files, tasks, name = self.screen.files, self.screen.tasks, name_of(file)
        if files is None:
            self.screen.say("This library is shown without fetching.")
            return
        article = self.work.article
        feed = feed_of(article, self.work.desk.sources.feeds) if article is not None else None
        with tasks.during(f"Downloading {name}") as task:
            path = await files.download(
                file.url,
                name,
                lambda done, total: tasks.tell(task, progress(name, done, total), done, total),
                at_home=is_at_home(file.url, feed),
            )
            task.outcome = f"saved as {path}"
        self.screen.say(f"Saved {path}.", Tone.DONE)

    # ------------------------------------------------------------------------------------------- other commands

    async def do_pipe(self, command: Command) -> None:
        """Ask for a command, hand the article to it, and show what it prints."""
        del command
        article = self.work.article
        if article is None:
            return
        from ..dialogs.prompt import Prompt

        prompt = Prompt(
            "Pipe the article to",
            placeholder="a command, such as: wc -w · it gets Markdown, after :text :html :json that",
            check=unusable_form,
        )

        async def pipe(typed: str) -> None:
            form, words_ = piped_form(typed)
            if words_:
                await self._show_output(words_, await self.screen.opener.run(words_, exported(article, form)))

        answer = await self.screen.ask(prompt)
        self.screen.then(answer, pipe)

    async def do_send(self, command: Command) -> None:
        """Ask which command of the settings to send the article to, and send it."""
        del command
        article, commands = self.work.article, self.work.config.send
        if article is None:
            return
        if not commands:
            self.screen.say("The settings name no commands to send to: see send in the configuration.")
            return
        choices = [Choice(name, name, " ".join(argv)) for name, argv in commands.items()]

        async def send(name: str) -> None:
            argv = placed(commands[name], **facts(article))
            output = await self.screen.opener.run(argv, exported(article, ".json"))
            if output.failure or output.text.count("\n") > 1:
                await self._show_output(name, output)
            else:
                self.screen.say(output.text.strip() or f"Sent to {name}.", Tone.DONE)

        answer = await self.screen.ask(Picker("Send the article to", choices))
        self.screen.then(answer, send)

    async def _show_output(self, command: str, output: Output) -> None:
        if output.failure:
            self.screen.say(output.failure, Tone.ERROR)
        elif not output.text.strip():
            self.screen.say(f"{command} printed nothing.")
        if output.text.strip():
            from ..dialogs.text import TextDialog

            await self.screen.ask(TextDialog(command, output.text.rstrip().split("\n")))

    async def do_pager(self, command: Command) -> None:
        """Show the article in ``$PAGER``."""
        del command
        article = self.work.article
        if article is not None:
            text = exported(article, ".txt")
            self._complain(await self.screen.aside(lambda: self.screen.opener.page(text)))

    async def do_editor(self, command: Command) -> None:
        """Open the article as Markdown in ``$EDITOR``."""
        del command
        article = self.work.article
        if article is not None:
            text = exported(article, ".md")
            name = file_name(article)
            self._complain(await self.screen.aside(lambda: self.screen.opener.edit(text, name)))

    def _complain(self, problem: str | None) -> None:
        if problem:
            self.screen.say(problem, Tone.ERROR)


def copies(article: StoredArticle, selected: str) -> dict[str, str]:
    """Return what can be copied of an article, by what it is called."""
    from ...export.markdown import to_markdown

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
    texts["Whole article as Markdown"] = to_markdown(article)
    return texts


def exported(article: StoredArticle, suffix: str) -> str:
    """Return an article in the form that a file's ending names; Markdown for any other."""
    from ... import export  # loads a sanitiser that nothing else on the screen needs

    match suffix.lower():
        case ".html" | ".htm":
            return export.to_html(article)
        case ".txt":
            return export.to_text(article)
        case ".json":
            return json.dumps(export.to_json(article), ensure_ascii=False, indent=2) + "\n"
        case _:
            return export.to_markdown(article)


_FORMS: Final = {":markdown": ".md", ":text": ".txt", ":html": ".html", ":json": ".json"}


def piped_form(typed: str) -> tuple[str, str]:
    """Return the ending of the form in which a command wants the article, and the command itself."""
    first, _, rest = typed.strip().partition(" ")
    return (_FORMS[first], rest.strip()) if first in _FORMS else (".md", typed.strip())


def unusable_form(typed: str) -> str:
    """Return why a line names no form the article can be piped in, or nothing."""
    first = typed.strip().partition(" ")[0]
    return f"{first} is none of {' '.join(_FORMS)}." if first.startswith(":") and first not in _FORMS else ""


def facts(article: StoredArticle) -> dict[str, str]:
    """Return what ``{name}`` stands for in a command that the article is sent to."""
    row = article.row
    return {
        "url": web_address(strip_tracking(row.link)),
        "title": row.title,
        "author": row.author,
        "feed": row.feed_title,
        "id": str(row.id),
    }


def file_name(article: StoredArticle) -> str:
    """Return a name for a file that holds the article as Markdown."""
    name = "".join(char if char.isalnum() else "-" for char in article.row.title.lower())[:60].strip("-")
    return f"{name or 'article'}.md"
