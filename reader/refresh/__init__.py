"""The pipeline from a due source to a cleaned article, told as a stream of events.

    due feeds ─▶ fetch ─▶ read and clean in a worker ─▶ one writer ─▶ FeedDone
                                                            │
    wanted pages, newest first ◀────────────────────────────┘
         └─▶ fetch ─▶ clean in a worker ─▶ one writer ─▶ PageDone

The same loop runs in the app and on the command line:

    async for event in refresher.refresh():
        apply(event)

Closing the iterator cancels within a moment and loses nothing: what was written stays, what was not is due again.

    refresher   ``Refresher``: starts, joins and stops the two stages
    sources     the first stage: one task for each source that is due
    pages       the second stage: the pages behind entries, and articles of several pages
    recleaning  kept pages cleaned anew, without fetching
    writing     the one writer: outcomes of many tasks in few transactions
    weather     whether failures mean that this machine is offline
    claim       which process is refreshing this library
"""

from ..errors import AlreadyRefreshing
from .refresher import Refresher

__all__ = ["AlreadyRefreshing", "Refresher"]
