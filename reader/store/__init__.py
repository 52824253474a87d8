"""The library on disk: the only place with SQL.

Every function here is plain and synchronous, ``fn(db: sqlite3.Connection, ...)``, and says in its first line what it
returns or changes; ``database.Database`` alone chooses the thread and the transaction it runs in:

    await database.write(changes.apply, wishes, label="Starred", ...)
    rows = await database.read(entries.rows, ids)

``database`` opens, locks and closes; ``schema`` and ``migrations`` say what the file holds, ``backup`` and ``repair`` keep
it alive; ``feeds``, ``entries``, ``articles``, ``tags``, ``views``, ``changes``, ``counts`` and ``retention`` are what one can
ask and do; ``compile`` and ``search`` turn a query into rows.

Other rooms name the type of what these functions take as ``store.Connection``, and know nothing else of SQLite.
"""

from sqlite3 import Connection

__all__ = ["Connection"]
