r"""newsboat's ``urls`` file: an address a line, then tags, and a title of one's own after ``~``.

    https://example.org/feed.xml news "~My title" !
    "query:Long reads:unread = \"yes\" and tags # \"news\""
    # a comment

Commands (``exec:``, ``filter:`` and a bar) are refused with a sentence: a subscription list never runs anything here.
"""

from __future__ import annotations

import re
from typing import Final

from ..text import clean_line
from .draft import url_of
from .newsboat_filter import translate
from .outline import MAX_FEEDS, Outline, OutlineFeed, OutlineView, tag_name

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_COMMANDS: Final = ("exec:", "filter:", "|", "file://")


def parse_urls(text: str) -> Outline:
    """Return the subscriptions in a ``urls`` file, with what was not taken and why."""
    feeds: list[OutlineFeed] = []
    views: list[OutlineView] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = _words(line)
        if not words:
            continue
        address, *rest = words
        problem = ""
        if address.startswith("query:"):
            view, problem = _query_feed(address)
            if view is not None:
                views.append(view)
        elif address.startswith(_COMMANDS):
            problem = f"“{clean_line(address, limit=60)}” runs a command or reads a file; only addresses are imported."
        elif not url_of(address)[:8].lower().startswith(("http://", "https://")):
            problem = f"“{clean_line(address, limit=60)}” is no http or https address."
        elif len(feeds) == MAX_FEEDS:
            problems.append(
                f"Line {number}: there are more than {MAX_FEEDS:,} feeds in the file; the rest was not taken."
            )
            break
        else:
            feeds.append(_feed(address, rest, number))
        if problem:
            problems.append(f"Line {number}: {problem}")
    return Outline(tuple(feeds), tuple(views), tuple(problems))


def _feed(address: str, words: list[str], line: int) -> OutlineFeed:
    titles = [word[1:] for word in words if word.startswith("~")]
    hidden = any(word.startswith("!") for word in words)
    tags = dict.fromkeys(tag_name(word) for word in words if not word.startswith(("~", "!")))
    return OutlineFeed(
        url=url_of(address),
        title=clean_line(titles[0], limit=500) if titles else "",
        tags=tuple(filter(None, tags)),
        attributes=(("hidden", "yes"),) if hidden else (),
        line=line,
    )


def _query_feed(address: str) -> tuple[OutlineView | None, str]:
    """Return the view that a query feed is, or the reason why it cannot be one."""
    _, name, expression = (*address.split(":", 2), "", "")[:3]
    name = clean_line(name, limit=100)
    if not name or not expression:
        return None, "a query feed needs a name and an expression."
    query = translate(expression)
    if query is None:
        return (
            None,
            f"the query feed “{name}” uses an expression that cannot be translated: {clean_line(expression, limit=120)}",
        )
    return OutlineView(name, query), ""


def _words(line: str) -> list[str]:
    """Return the words of a line, quoted ones whole; nothing of a comment."""
    if line.lstrip().startswith("#"):
        return []
    words: list[str] = []
    for match in _TOKEN.finditer(line):
        quoted, bare = match[1], match[2]
        if bare is not None and bare.startswith("#"):
            break
        words.append(re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else bare)
    return words
