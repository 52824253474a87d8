"""A person's rule for one site: where the body, title, author and next page are, and what to leave out.

One TOML file per site; a value is a CSS selector or a list of them::

    body = "div.story"
    strip = [".promo", "figure.ad"]
    title = "h1.headline"
    author = ".byline a"
    date = "time"
    next_page = "a.next"

Of several selectors the first that finds something is taken; of ``strip``, all. One that begins with ``/`` or ``(`` is
XPath, which is what rules of other programs are written in. A rule that matches nothing on a page is no rule for that
page, and neither is one that cannot be read: cleaning goes on as if there were none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ..records import dataclass
from ..text import clean_line
from .authors import names_in
from .dates import read_date
from .inline import absolute
from .metadata import Metadata
from .tree import HtmlElement, drop, outermost, text_of

if TYPE_CHECKING:
    from ..config import Problem

RULE_CHARACTERS: Final = 64_000
"""A rule longer than this is none."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Selectors; empty where the rule says nothing."""

    body: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    next_page: tuple[str, ...] = ()


KEYS: Final = ("body", "strip", "title", "author", "date", "next_page")
"""What a rule may say, in the order of its file."""


def read_rule(toml: str) -> tuple[SiteRule, tuple[Problem, ...]]:
    """Return what a rule says and what in it cannot be used, each with its line."""
    if not toml.strip():
        return SiteRule(), ()
    from ..config import read_flat

    if len(toml) > RULE_CHARACTERS:
        toml = f"# longer than {RULE_CHARACTERS:,} characters\n="
    values, problems = read_flat(toml, KEYS, _selectors)
    return SiteRule(**values), problems


def _selectors(key: str, value: object) -> tuple[str, ...]:
    selectors = [value] if isinstance(value, str) else value
    if not isinstance(selectors, list) or not all(isinstance(one, str) for one in selectors):
        raise ValueError(f"{key} must be a CSS selector or a list of them, as text.")
    for selector in selectors:
        if not is_selector(selector):
            raise ValueError(f"{key}: {selector!r} is no CSS selector.")
    return tuple(filter(None, map(str.strip, selectors)))


def is_selector(text: str) -> bool:
    """Tell whether a text can be used as a selector; nothing at all can."""
    from cssselect import SelectorError
    from lxml.etree import LxmlError
    from lxml.html import Element

    if not text.strip():
        return True
    try:
        _compiled(text.strip())(Element("p"))
    except (SelectorError, LxmlError, ValueError, RecursionError):
        return False
    return True


def rule_toml(rule: Mapping[str, Iterable[str]]) -> str:
    """Return a rule as the text of its file; what it does not say is left out."""
    from ..config import toml

    said = {key: tuple(rule.get(key, ())) for key in KEYS}
    return "".join(
        f"{key} = {toml(values[0] if len(values) == 1 else values)}\n"
        for key, values in said.items()
        if values
    )


@lru_cache(maxsize=500)
def _compiled(selector: str) -> Callable[[HtmlElement], Any]:
    from lxml.cssselect import CSSSelector
    from lxml.etree import XPath

    if selector.startswith(("/", "(")):
        return XPath(selector, regexp=False, smart_strings=False)
    return CSSSelector(selector, translator="html")


def _found(root: HtmlElement, selector: str) -> list[HtmlElement | str]:
    """Return what a selector finds: elements, or texts for an XPath that asks for those."""
    from lxml.etree import LxmlError

    try:
        found = _compiled(selector)(root)
    except LxmlError:
        return []  # it makes no sense on this page
    if isinstance(found, str):
        return [found] if found.strip() else []
    return [one for one in found if isinstance(one, str | HtmlElement)] if isinstance(found, list) else []


def _first(root: HtmlElement, selectors: Iterable[str]) -> list[HtmlElement | str]:
    return next(filter(None, (_found(root, selector) for selector in selectors)), [])


def select(root: HtmlElement, selectors: Iterable[str]) -> list[HtmlElement]:
    """Return the elements that the first selector to find any finds, outermost ones in document order."""
    return list(outermost([one for one in _first(root, selectors) if not isinstance(one, str)]))


def strip_by_rule(root: HtmlElement, rule: SiteRule) -> None:
    """Remove what the rule leaves out."""
    for selector in rule.strip:
        for element in outermost([one for one in _found(root, selector) if not isinstance(one, str)]):
            if element.tag not in ("html", "body") and element is not root:
                drop(element)


def apply_rule(rule: SiteRule, root: HtmlElement, url: str, about: Metadata) -> None:
    """Let the rule's title, author, date and next page take the place of what was found."""
    for name, selectors in (("title", rule.title), ("authors", rule.author), ("published", rule.date)):
        found = next(iter(_first(root, selectors)), "")
        text = clean_line(found if isinstance(found, str) else text_of(found), limit=500)
        stamp = text if isinstance(found, str) else found.get("datetime") or text
        value = {"title": text, "authors": names_in(text), "published": read_date(stamp)}[name]
        if value:
            setattr(about, name, value)
            about.origins[name] = "site rule"
    for link in _first(root, rule.next_page)[:1]:
        about.next_page = absolute(link if isinstance(link, str) else link.get("href") or "", url)
        about.origins["next_page"] = "site rule"
