"""The exceptions of Broadsheet.

    BroadsheetError            anything a person should see as one sentence
      ConfigError              a setting cannot be used; names file, key and value
      StoreError               the library cannot be opened, read or written
        SchemaTooNew           the library was written by a newer Broadsheet
        StoreHindered          what the machine refuses for the moment; the same may succeed later
          StoreBusy            another process kept the library locked
        Superseded             a newer search took the place of this one; nothing to show
      QueryError               a query cannot be understood; carries the column
      ParseError               bytes that are not a feed, an OPML file, a page
        NotAFeed               readable, but no feed
      FetchError               an address could not be fetched
      AlreadyRefreshing        another process is refreshing this library
      WorkerError              a worker process failed, hung or grew too large
      UsageError               a command line that makes no sense

The message of each is a complete sentence in a person's words that names what failed and what to do. One
feed's failure is data (see ``schedule.FetchOutcome``) and never travels as an exception further than the room it
happened in; everything that is not a ``BroadsheetError`` is a bug.
"""


class BroadsheetError(Exception):
    """A failure that a person is told about in one sentence."""


class ConfigError(BroadsheetError):
    """A setting that cannot be used."""


class StoreError(BroadsheetError):
    """The library cannot be opened, read or written."""


class SchemaTooNew(StoreError):
    """The library was written by a newer version and is left alone."""


class StoreHindered(StoreError):
    """A condition of the machine that may pass: a full disk, one that fails, another program's lock."""


class StoreBusy(StoreHindered):
    """Another process kept the library locked for too long."""


class Superseded(StoreError):
    """A newer search took the place of this one."""


class QueryError(BroadsheetError):
    """A query that cannot be understood.

    ``column`` is the offset of the offending character, counted from 0.
    """

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


class ParseError(BroadsheetError):
    """Bytes that are not what they were taken for."""


class NotAFeed(ParseError):
    """A document that can be read but is no feed."""


class FetchError(BroadsheetError):
    """An address that could not be fetched."""


class AlreadyRefreshing(BroadsheetError):
    """Another process is refreshing this library."""


class WorkerError(BroadsheetError):
    """A worker process failed, hung or grew too large; its job has no result."""


class UsageError(BroadsheetError):
    """A command line that makes no sense."""
