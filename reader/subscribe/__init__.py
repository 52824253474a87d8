"""From an address, a file or a list to sources in the library.

    preview ─▶ Preview: choices with their newest titles, an article, a list, or a sentence saying why nothing
    subscribe ─▶ one choice becomes a source, with what the preview fetched already stored
    save_article_page ─▶ a lone article goes to "Saved pages"
    read_subscriptions, import_outline ─▶ another reader's list becomes sources, with a report

Looking is apart from taking: ``preview`` writes nothing, the others ask no server.
"""

from ..feeds.lists import read_subscriptions
from .choices import Choice, Preview
from .importing import ImportReport, import_outline
from .look import preview
from .take import save_article_page, subscribe

__all__ = [
    "Choice",
    "ImportReport",
    "Preview",
    "import_outline",
    "preview",
    "read_subscriptions",
    "save_article_page",
    "subscribe",
]
