"""Sites whose feed's address follows from the page's address, by rules these sites document.

Each rule is a function from the parts of an address to candidates, best first. Nothing here is a guess: what a rule
returns is still fetched and parsed before it is offered. A page of such a site that no rule knows is an ordinary page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final, NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from .candidate import Candidate
from .markup import web_address


class _Address(NamedTuple):
    """An address taken apart for the rules."""

    host: str
    """Lower case, without ``www.`` and ``m.``."""
    path: tuple[str, ...]
    query: dict[str, str]
    root: str
    """Scheme and host as they were, for sites that live on many hosts."""


_Found = tuple[tuple[str, str], ...]
"""Pairs of title and address."""

_MASTODON = re.compile(r"@[\w.-]+")
_REDDIT_LISTS: Final = frozenset({"new", "top", "hot", "rising", "controversial", "best"})
_GITHUB_PAGES: Final = frozenset(
    {"about", "apps", "blog", "collections", "contact", "customer-stories", "enterprise", "explore",
     "features", "issues", "login", "marketplace", "new", "notifications", "orgs", "pricing", "pulls",
     "readme", "search", "security", "settings", "site", "sponsors", "stars", "topics", "trending"}
)  # fmt: skip
"""First parts of GitHub addresses that name no one."""
_WITHOUT_FEED: Final = {
    "twitter.com": "X (Twitter)",
    "x.com": "X (Twitter)",
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "threads.net": "Threads",
    "linkedin.com": "LinkedIn",
    "tiktok.com": "TikTok",
}


def known_site(url: str) -> tuple[Candidate, ...]:
    """Return the feeds that the address of a page of a known site stands for, best first; none for any other page."""
    address = _address(url)
    if address is None:
        return ()
    rule = _HOSTS.get(address.host) or next(
        (rule for suffix, rule in _SUFFIXES if address.host.endswith(suffix)), _any_host
    )
    found = rule(address)
    return tuple(
        Candidate(feed, title, "lookup" if "itunes.apple.com/lookup" in feed else "", 100 - 5 * place)
        for place, (title, feed) in enumerate(found)
    )


def without_feed(url: str) -> str:
    """Return a sentence when the site is known to publish no feeds at all, else nothing."""
    address = _address(url)
    name = _WITHOUT_FEED.get(address.host) if address else None
    return f"{name} publishes no feeds." if name else ""


def looked_up(data: bytes) -> str:
    """Return the feed's address from the answer to a ``lookup`` candidate (the iTunes search service), or nothing."""
    try:
        answer = json.loads(data)
        found = answer["results"][0]["feedUrl"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return ""
    return web_address(found, "") if isinstance(found, str) else ""


def _address(url: str) -> _Address | None:
    try:
        parts: SplitResult = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        query = {name: values[0] for name, values in parse_qs(parts.query, max_num_fields=50).items()}
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    path = tuple(part for part in parts.path.split("/") if part)
    return _Address(host, path, query, f"{parts.scheme}://{parts.netloc}")


# ---------------------------------------------------------------------------------------- the rules


def _youtube(address: _Address) -> _Found:
    feed = "https://www.youtube.com/feeds/videos.xml"
    if playlist := address.query.get("list"):
        return (("Playlist", f"{feed}?playlist_id={quote(playlist)}"),)
    match address.path:
        case ("channel", channel, *_) if channel.startswith("UC"):
            rest = quote(channel[2:])
            return (
                ("Everything", f"{feed}?channel_id=UC{rest}"),
                ("Videos only", f"{feed}?playlist_id=UULF{rest}"),
                ("Shorts only", f"{feed}?playlist_id=UUSH{rest}"),
                ("Live streams only", f"{feed}?playlist_id=UULV{rest}"),
            )
    return ()  # a handle's page announces the feed of its channel


def _reddit(address: _Address) -> _Found:
    root = "https://www.reddit.com"
    match address.path:
        case ():
            return (("Reddit", f"{root}/.rss"),)
        case ("r", name, "comments", thread, *_):
            return (("Comments", f"{root}/r/{name}/comments/{thread}/.rss"),)
        case ("r", name, order) if order in _REDDIT_LISTS:
            return ((f"r/{name}", f"{root}/r/{name}/{order}/.rss"),)
        case ("r", name):
            return ((f"r/{name}", f"{root}/r/{name}/.rss"),)
        case ("user" | "u", name, *_):
            return ((f"u/{name}", f"{root}/user/{name}/.rss"),)
        case ("search",) if "q" in address.query:
            return (("Search", f"{root}/search.rss?q={quote(address.query['q'])}"),)
    return ()


def _github(address: _Address) -> _Found:
    root = "https://github.com"
    match address.path:
        case (page, *_) if page in _GITHUB_PAGES or page.endswith(".atom"):
            return ()
        case (owner,):
            return ((owner, f"{root}/{owner}.atom"),)
        case (owner, name, "commits", branch):
            return (("Commits", f"{root}/{owner}/{name}/commits/{branch}.atom"),)
        case (owner, name, "tags"):
            return (("Tags", f"{root}/{owner}/{name}/tags.atom"),)
        case (owner, name) | (owner, name, "releases"):
            project = f"{root}/{owner}/{name}"
            return (
                (f"{name}: releases", f"{project}/releases.atom"),
                (f"{name}: tags", f"{project}/tags.atom"),
                (f"{name}: commits", f"{project}/commits.atom"),
            )
    return ()


def _gitlab(address: _Address) -> _Found:
    if len(address.path) < 2 or address.path[0] in ("explore", "help", "users"):
        return ()
    cut = address.path.index("-") if "-" in address.path else len(address.path)
    project = f"{address.root}/{'/'.join(address.path[:cut])}"
    name = address.path[cut - 1]
    if address.path[cut : cut + 2] == ("-", "commits") and len(address.path) > cut + 2:
        return ((f"{name}: commits", f"{project}/-/commits/{address.path[cut + 2]}?format=atom"),)
    return (
        (f"{name}: tags", f"{project}/-/tags?format=atom"),
        (f"{name}: activity", f"{project}.atom"),
    )


def _medium(address: _Address) -> _Found:
    match address.path:
        case ("tag", tag, *_):
            return ((tag, f"https://medium.com/feed/tag/{tag}"),)
        case (name, *_) if name not in ("feed", "m", "me", "search"):
            return ((name, f"https://medium.com/feed/{name}"),)
    return ()


def _stack_exchange(address: _Address) -> _Found:
    match address.path:
        case ("questions", "tagged", tag, *_):
            return ((tag, f"{address.root}/feeds/tag/{tag}"),)
        case ("questions", number, *_) if number.isdigit():
            return (("Question", f"{address.root}/feeds/question/{number}"),)
        case ("users", number, *_) if number.isdigit():
            return (("User", f"{address.root}/feeds/user/{number}"),)
        case () | ("questions",):
            return (("Questions", f"{address.root}/feeds"),)
    return ()


def _arxiv(address: _Address) -> _Found:
    match address.path:
        case ("list", category, *_):
            return ((category, f"https://rss.arxiv.org/rss/{category}"),)
    return ()


def _apple_podcasts(address: _Address) -> _Found:
    for part in address.path:
        if re.fullmatch(r"id\d{1,15}", part):
            return (("Podcast", f"https://itunes.apple.com/lookup?id={part[2:]}&entity=podcast"),)
    return ()


def _vimeo(address: _Address) -> _Found:
    match address.path:
        case (name,) if not name.isdigit():
            return ((name, f"https://vimeo.com/{name}/videos/rss"),)
    return ()


def _bluesky(address: _Address) -> _Found:
    match address.path:
        case ("profile", name):
            return ((name, f"https://bsky.app/profile/{name}/rss"),)
    return ()


def _package_index(address: _Address) -> _Found:
    match address.path:
        case ("project", name, *_):
            return ((f"{name}: releases", f"https://pypi.org/rss/project/{name}/releases.xml"),)
    return ()


def _hacker_news(address: _Address) -> _Found:
    return (("Hacker News", "https://news.ycombinator.com/rss"),) if address.path in ((), ("news",)) else ()


def _lobsters(address: _Address) -> _Found:
    match address.path:
        case ():
            return (("Lobsters", "https://lobste.rs/rss"),)
        case ("t", tag):
            return ((tag, f"https://lobste.rs/t/{tag}.rss"),)
    return ()


def _at_root(path: str) -> Callable[[_Address], _Found]:
    """Return the rule of a hosting service whose every blog has its feed at ``path``."""

    def rule(address: _Address) -> _Found:
        return ((address.host, address.root + path),)

    return rule


def _any_host(address: _Address) -> _Found:
    """Mastodon lives on any host; its addresses say what they are (``/@user``, ``/tags/name`` beside it)."""
    match address.path:
        case (name,) if _MASTODON.fullmatch(name):
            return ((name, f"{address.root}/{name}.rss"),)
    return ()


_HOSTS: Final[dict[str, Callable[[_Address], _Found]]] = {
    "youtube.com": _youtube,
    "reddit.com": _reddit,
    "old.reddit.com": _reddit,
    "github.com": _github,
    "gitlab.com": _gitlab,
    "medium.com": _medium,
    "stackoverflow.com": _stack_exchange,
    "superuser.com": _stack_exchange,
    "serverfault.com": _stack_exchange,
    "arxiv.org": _arxiv,
    "podcasts.apple.com": _apple_podcasts,
    "vimeo.com": _vimeo,
    "bsky.app": _bluesky,
    "pypi.org": _package_index,
    "news.ycombinator.com": _hacker_news,
    "lobste.rs": _lobsters,
    "substack.com": lambda _: (),
    "tumblr.com": lambda _: (),
    "wordpress.com": lambda _: (),
}
_SUFFIXES: Final[tuple[tuple[str, Callable[[_Address], _Found]], ...]] = (
    (".stackexchange.com", _stack_exchange),
    (".substack.com", _at_root("/feed")),
    (".medium.com", _at_root("/feed")),
    (".tumblr.com", _at_root("/rss")),
    (".blogspot.com", _at_root("/feeds/posts/default")),
    (".wordpress.com", _at_root("/feed/")),
)
