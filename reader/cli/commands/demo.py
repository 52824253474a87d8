"""``broadsheet demo``: the real thing on a bundled site of invented articles, in a library that is thrown away."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ...demo.library import subscribe
from ...demo.server import serve
from ...demo.site import Site
from ...errors import BroadsheetError
from ...model import RefreshDone
from ...paths import places
from ..context import Context
from ..exits import Exit
from ..progress import Progress, summary

EXAMPLES = """
broadsheet demo
broadsheet demo --serve --port 8080      only serve the site, to try broadsheet add on it
broadsheet demo --keep /tmp/demo         leave the library there when it ends
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help="serve on this port (default: any free one)"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the library in this directory")
    parser.add_argument("--serve", action="store_true", help="only serve the site, until interrupted")
    parser.add_argument(
        "--no-app", action="store_true", help="fetch and clean everything, say how it went, and end"
    )


def run(context: Context, arguments: argparse.Namespace) -> int:
    """Serve the site, fill a library from it, and open the app on it."""
    opens = not (arguments.serve or arguments.no_app)
    if opens:
        from ..app import require_terminal

        require_terminal(context)
    with ExitStack() as stack:
        try:
            site = stack.enter_context(serve(context.now(), arguments.port))
        except OSError as error:
            raise BroadsheetError(f"Port {arguments.port} cannot be served: {error.strerror}.") from error
        if arguments.serve:
            return _serve_only(context, site)
        home = stack.enter_context(_home(arguments.keep))
        return _show(_moved(context, home), site, opens=opens)


def _serve_only(context: Context, site: Site) -> int:
    for source in site.sources:
        print(f"{source.url}\t{source.name}", file=context.out)
    print(f"{site.base}/subscriptions.opml\tall of them", file=context.out)
    context.out.flush()
    context.say("Serving until you press Ctrl+C.")
    while True:
        time.sleep(0.5)  # not long: a signal in the instant before the sleep is minded only after it


def _show(context: Context, site: Site, *, opens: bool) -> int:
    """Fill the library and open the app on it."""
    with context.library() as database:
        database.write_now(subscribe, site, context.now())
    done = asyncio.run(_fetch(context))
    if not opens or done.failed:
        for sentence in summary(done):
            context.say(sentence)
    if not opens:
        return Exit.FAILED if done.failed or done.pages_failed else Exit.OK
    from ..app import run as run_app

    return run_app(context)


async def _fetch(context: Context) -> RefreshDone:
    from ..engine import AT_HOME, engine

    progress = Progress(context.err)
    done = RefreshDone()
    with context.database() as database:
        async with engine(context, database, AT_HOME) as parts:
            async for event in parts.refresher.refresh():
                progress(event)
                if isinstance(event, RefreshDone):
                    done = event
    return done


def _moved(context: Context, home: Path) -> Context:
    """Return the context with everything under another directory: nothing of the person's own is touched."""
    return context.at(places(None, {"BROADSHEET_HOME": str(home)}))


@contextmanager
def _home(keep: Path | None) -> Iterator[Path]:
    """Yield a directory that is gone afterwards, unless the person wants to keep it."""
    if keep is not None:
        yield keep
        return
    home = Path(tempfile.mkdtemp(prefix="broadsheet-demo-"))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)
