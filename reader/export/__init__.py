"""Articles and subscriptions on their way out: Markdown, HTML, text, JSON, OPML; pure."""

from .html import to_html
from .json import to_json
from .markdown import to_markdown
from .text import to_text

__all__ = ["to_html", "to_json", "to_markdown", "to_text"]
