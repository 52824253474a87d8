"""The command line, and the place where everything is put together.

    main        a command line in, an exit code out; every failure as one sentence
    catalogue   the commands, each a module of ``commands`` that is imported when it is asked for
    context     what a command works with: places, settings, streams, the library
    exits       the exit codes
    output      lines for a person, for a script, for ``jq``
    targets     ids or a query, as words on the command line
    engine      fetching, cleaning and refreshing, put together
    app         the screen, put together
    ports       what the screen is handed: subscribing, opening
    log         the rotating log and the crash reports

Nothing here imports the screen before it is started, nor httpx before something is fetched: a test runs ``list`` and
looks at what was loaded.
"""

from .main import main

__all__ = ["main"]
