"""What rules and settings ask for outside the library once a refresh is over: commands and notifications.

Written down with the articles and done afterwards, at most once; whoever refreshed does it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Thread

from .. import export
from ..config import Config
from ..errors import StoreError
from ..model import RefreshDone
from ..rules import Verb, perform
from ..store import articles, rulebook
from ..store.database import Database
from ..store.upkeep import limits_of, once_a_day
from .progress import count


async def after_refresh(database: Database, config: Config, done: RefreshDone) -> tuple[str, ...]:
    """Run what is waiting, say what came and see to the library's upkeep; returns what went wrong, as sentences."""
    wrong = []
    if done.new:
        wrong.append(notify(config.notify_command, count(done.new, "new article")))
    while tasks := await database.write(rulebook.take_tasks):
        loaded = {task.entry_id: await database.read(articles.load, task.entry_id) for task in tasks}
        for task in tasks:
            if task.verb is Verb.NOTIFY:
                title = loaded[task.entry_id].row.title
                wrong.append(notify(config.notify_command, f"{task.argument or task.rule}: {title}"))
        documents = {entry_id: export.to_json(article) for entry_id, article in loaded.items()}
        wrong += await perform(tasks, documents.__getitem__)
    try:
        await once_a_day(database, datetime.now(UTC), limits_of(config))
    except StoreError as error:
        wrong.append(str(error))
    return tuple(filter(None, wrong))


def notify(command: Sequence[str], sentence: str) -> str:
    """Start the person's command with a sentence as its last word; returns why it could not be started, or nothing.

    Beside us and never through a shell. Nobody waits for it, and what it prints goes nowhere: the terminal belongs to
    somebody else.
    """
    if not command:
        return ""
    try:
        started = subprocess.Popen(  # noqa: S603 - the person's own setting, as an argument vector
            [*command, sentence],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"notify_command: {command[0]} cannot be run: {error.strerror}."
    # Somebody has to collect its exit code, or it stays behind as a zombie for as long as the app is open.
    Thread(target=started.wait, name="notify", daemon=True).start()
    return ""
