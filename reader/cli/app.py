"""The screen, put together: library, settings, engine, other programs; and what its end means for the process."""

from __future__ import annotations

import asyncio
import secrets
import sys
from pathlib import Path

from .. import config
from ..errors import UsageError
from ..store.database import Database
from . import log
from .context import Context
from .exits import Exit


def require_terminal(context: Context) -> None:
    """Raise UsageError where there is nothing to draw on: Textual would wait for ever."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The app needs a terminal, and this is none. For scripts there are commands: broadsheet list --json, "
            "broadsheet fetch; see broadsheet --help."
        )
    if context.environ.get("TERM", "dumb") in ("dumb", ""):
        raise UsageError("The app needs a terminal that can place text; TERM says this one cannot.")


def run(context: Context) -> int:
    """Open the app on the library of ``context`` and return the exit code of the process."""
    require_terminal(context)
    _ = context.config  # refused before the screen is taken
    with log.written(context.places):
        database = Database.open(context.places.library)
        try:
            return asyncio.run(_open(context, database))
        finally:
            database.close()


def _reload(context: Context) -> config.Config:
    """Read the settings again, and the rules for sites when they are next needed."""
    context.site_rules.forget()
    return config.load(context.places.config_file)


async def _open(context: Context, database: Database) -> int:
    """Run the app to its end; a bug in it is raised here, when the terminal is its old self again."""
    from ..opening import Opener
    from ..ui.app import BroadsheetApp
    from .downloads import Downloads
    from .live import Live, Subscriptions
    from .pages import Pages
    from .pictures import Pictures

    settings = context.config
    async with Live(context, database) as live:
        app = BroadsheetApp(
            database,
            settings,
            refresher=live,
            subscriber=Subscriptions(live),
            opener=Opener(settings.browser, player=settings.player, environ=context.environ),
            clock=context.now,
            session=f"window {secrets.token_hex(6)}",
            reload=lambda: _reload(context),
            memory=context.places.state / "window.json",
        )
        app.main.pages = Pages(live)
        app.main.files = Downloads(live, Path(settings.downloads))
        app.main.reading.pictures.port = Pictures(live, context.places.cache / "pictures")
        await app.run_async(mouse=settings.mouse)
    if app.crash is not None:
        raise app.crash
    if app.work.unsaved:
        context.say(app.work.unsaved)
        return app.return_code or Exit.FAILED
    return app.return_code or Exit.OK
