"""The library on disk: the only place with SQL.

Every function here is plain and synchronous, ``fn(db: sqlite3.Connection, ...)``, and says in its first line what it
returns or changes; ``library.Library`` and ``database.Database`` alone choose the thread and the transaction it runs in:

    await database.write(changes.apply, wishes, label="Starred", ...)
    rows = await database.read(entries.rows, ids)

    library, database                      the library for whoever may wait, and for a loop
    lane, lock, connection                 a thread that owns a connection; one lock for all processes
    opening, migrations, schema, triggers  what may be wrong with a file, and what is in a sound one
    backup, repair, checks, place          copies, restoring, whether counts are right, the disk beneath
    feeds, roster, folders, attributes     sources
    entries, intake, content, known        a parsed feed to rows, and by what an entry is known again
    listing, articles, highlights, former  what is read, and what was before an edit
    changes, journal, tagging, tags        what a person does, and its undoing
    views, counts, statistics              what is counted
    indexing, drain                        what search is to find, from the queue into the index
    compile, terms, standing, moments      a query to conditions on an article
    conditions, match, functions           conditions to SQL, words to the language of the text index
    plan, sizes, steps, search, snippets   where a search begins, what it finds and where it was found
    rulebook, outcomes                     rules; what fetches brought
    retention, upkeep                      what goes, and what is done once a day
    clock, values                          instants, row ids and words as columns hold them

Other rooms name the type of what these functions take as ``store.Connection``, and know nothing else of SQLite.
"""

from sqlite3 import Connection

__all__ = ["Connection"]
