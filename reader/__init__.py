"""Broadsheet: a news reader for the terminal.

The rooms of this package, from the top of the house to its foundation; a room imports only rooms below it
(held by the import contracts in ``pyproject.toml``):

    cli                 the command line, and the place where everything is put together
    ui, demo            the screen (the only user of Textual); the bundled site of invented articles
    refresh, subscribe  the pipeline from a due feed to a cleaned article; from an address to a source
    export              articles as Markdown, HTML, text and JSON; subscriptions as OPML
    rules, prepare      a saved query with actions; what workers do: foreign bytes to values ready to be stored
    store               the library on disk, the only place with SQL
    feeds               bytes to a parsed feed; discovery; OPML
    cleaning            a page to an article
    fetch, pool         the HTTP client; worker processes with limits
    query               the query language: text to a syntax tree and back
    triage, schedule    what a verb changes and how it is undone; when a feed is due
    identity            which entry of a document is which entry of the library
    freshness, texts    what servers ask for; an entry's own text, ready to be kept
    typeset             an article and a width to lines
    actions, config     the registry of actions; what a person can set
    model, document     the values that travel between the rooms
    neighbours, starters  other readers' files on this machine; sources to begin with
    errors, paths, text, links  the exceptions; where things live; outside text made printable; addresses compared
    records             data classes that cost little to define
"""

__version__ = "0.1.0"
