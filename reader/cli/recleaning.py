"""All kept pages cleaned anew, and rules for sites taken over from another program: what ``clean`` does to many."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ..errors import BroadsheetError
from .context import Context
from .exits import Exit
from .progress import Progress, count

OTHERS_ENDING = ".txt"
"""Of the files that FiveFilters' rules are kept in."""


async def reclean_all(context: Context, host: str = "") -> int:
    """Clean every kept page that an older cleaner cleaned; what is done stays done when this is stopped.

    The pages of ``host`` and below it are cleaned whichever cleaner cleaned them.
    """
    from ..store.articles import make_stale
    from .engine import engine

    progress = Progress(context.err)
    came: Counter[str] = Counter()
    with context.database() as database:
        if host:
            context.site_rules.path_of(host)  # refuses what is no host
            database.write_now(make_stale, host.lower())
        async with engine(context, database) as parts:
            try:
                async for event in parts.refresher.reclean():
                    progress(event)
                    came["kept" if event.error else "cleaned"] += 1
            finally:
                progress.clear()
                context.say(told(came["cleaned"], came["kept"]))
    return Exit.OK


def told(cleaned: int, kept: int) -> str:
    """Return what came of it, as a sentence."""
    if not cleaned and not kept:
        return "Every kept page was cleaned by this cleaner already."
    left = f"; {kept:,} left as they were" if kept else ""
    return f"Cleaned {count(cleaned, 'page')} anew{left}."


def import_rules(context: Context, folder: Path) -> int:
    """Take over the rules in a folder; a rule that is there already is left as it is, and what is lost is named."""
    from ..cleaning.fivefilters import convert

    try:
        files = sorted(path for path in folder.iterdir() if path.name.endswith(OTHERS_ENDING))
    except OSError as error:
        raise BroadsheetError(f"{folder} cannot be read: {error.strerror}.") from error
    rules, taken = context.site_rules, 0
    for file in files:
        host = file.name.removesuffix(OTHERS_ENDING).strip(".").removeprefix("www.").lower()
        try:
            if rules.path_of(host).exists():
                context.say(f"{file.name}: there is a rule for {host} already; it was left as it is.")
                continue
            imported = convert(file.read_text(encoding="utf-8", errors="replace"))
        except (OSError, BroadsheetError) as error:
            context.say(f"{file.name}: {error}")
            continue
        if imported.lost:
            context.say(f"{file.name}: not taken over: {', '.join(imported.lost)}.")
        if imported.toml:
            rules.save(host, imported.toml)
            taken += 1
    context.say(f"Took over {count(taken, 'rule')} from {count(len(files), 'file')} into {rules.folder}.")
    return Exit.OK if files else Exit.FAILED
