"""``broadsheet fetch``: ask the sources that are due, and clean the pages behind their new articles."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Collection

from ...model import FeedDone, FeedId, PageDone, RefreshDone, RefreshEvent, RefreshStarted
from .. import log
from ..context import Context
from ..exits import Exit
from ..output import print_json
from ..progress import Progress, summary
from ..sources import meant

EXAMPLES = """
broadsheet fetch                         what is due
broadsheet fetch --force courier 12      these two, due or not
broadsheet fetch --quiet                 from a timer: says only what failed
broadsheet fetch --json | jq 'select(.event == "feed" and .error != "")'
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "source", nargs="*", metavar="SOURCE", help="ids, addresses or parts of names (default: all)"
    )
    parser.add_argument("--force", action="store_true", help="ask even those that are not due yet")
    parser.add_argument("--no-pages", action="store_true", help="do not fetch the pages behind teasers")
    parser.add_argument("--quiet", action="store_true", help="say only what failed")
    parser.add_argument("--json", action="store_true", help="print what happens, one JSON object a line")


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Refresh the library."""
    from ...refresh import AlreadyRefreshing

    try:
        with log.written(context.places):
            done = asyncio.run(_refresh(context, arguments))
    except AlreadyRefreshing as error:  # what was asked for is being done, by the app or another timer
        if not arguments.quiet:
            context.say(str(error))
        return Exit.OK
    told = summary(done)
    for sentence in told[1:] if arguments.quiet and not done.offline else told:
        context.say(sentence)
    if done.offline:
        return Exit.OFFLINE
    return Exit.FAILED if done.failed else Exit.OK


async def _refresh(context: Context, arguments: argparse.Namespace) -> RefreshDone:
    """Run a refresh to its end and return what came of it."""
    from ..engine import engine
    from ..errands import after_refresh

    progress = Progress(context.err, arguments.quiet or arguments.json)
    done = RefreshDone()
    with context.database() as database:
        ids: Collection[FeedId] | None = None
        if arguments.source:
            ids = [feed.id for feed in database.read_now(meant, arguments.source)]
        pages = context.config.fetch_pages and not arguments.no_pages
        async with engine(context, database) as parts:
            # A person who names a source wants it asked, as in the app.
            force = arguments.force or ids is not None
            async for event in parts.refresher.refresh(ids, force=force, pages=pages):
                progress(event)
                log.tell(event)
                if arguments.json:
                    print_json(context.out, _event_object(event))
                    context.out.flush()  # whoever follows the events hears of each as it happens
                if isinstance(event, RefreshDone):
                    done = event
        progress.clear()
        for wrong in await after_refresh(database, context.config, done):
            context.say(wrong)
    return done


def _event_object(event: RefreshEvent) -> dict[str, object]:
    match event:
        case RefreshStarted(total):
            return {"event": "started", "total": total}
        case FeedDone():
            return {
                "event": "feed",
                "id": event.feed_id,
                "title": event.title,
                "new": list(event.new),
                "changed": list(event.changed),
                "unchanged": event.unchanged,
                "error": event.error,
            }
        case PageDone():
            verdict = event.verdict.value if event.verdict else None
            return {
                "event": "page",
                "id": event.entry_id,
                "title": event.title,
                "verdict": verdict,
                "error": event.error,
            }
        case RefreshDone():
            return {
                "event": "done",
                "feeds": event.feeds,
                "new": event.new,
                "changed": event.changed,
                "failed": event.failed,
                "pages": event.pages,
                "pages_failed": event.pages_failed,
                "cancelled": event.cancelled,
                "offline": event.offline,
            }
