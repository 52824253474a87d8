"""The command line, and the place where everything is put together.

    main        a command line in, an exit code out; every failure as one sentence
    catalogue   the commands, each a module of ``commands`` that is imported when it is asked for
    context     what a command works with: places, settings, streams, the library
    exits       the exit codes
    output      lines for a person, for a script, for ``jq``
    targets, sources
                articles by ids or a query, sources by a part of their name, as words on the command line
    changing    what mark, star, later and tag have in common
    documents   bytes that a person hands in: a page, a text, a list
    progress    how a refresh goes
    engine      fetching, cleaning and refreshing, put together
    app         the screen, put together
    live        what the screen is handed: the engine, subscribing
    errands     what rules and settings ask for outside the library
    log         the rotating log and the crash reports

Nothing here imports the screen before it is started, nor httpx before something is fetched: a test runs ``list`` and
looks at what was loaded.
"""

from .main import main

__all__ = ["main"]
