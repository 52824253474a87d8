"""A person's rule for one site: where the body, title, author and next page are, and what to leave out.

One TOML file per site, its values CSS selectors::

    body = "div.story"
    strip = [".promo", "figure.ad"]
    title = "h1.headline"
    author = ".byline a"
    date = "time"
    next_page = "a.next"

A rule that matches nothing on a page is no rule for that page: cleaning goes on as if there were none.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from difflib import get_close_matches

from ..errors import ConfigError
from ..text import clean_line
from .authors import names_in
from .dates import read_date
from .inline import absolute
from .metadata import Metadata
from .tree import HtmlElement, drop, outermost, text_of


@dataclass(frozen=True, slots=True)
class SiteRule:
    """CSS selectors; empty where the rule says nothing."""

    body: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    next_page: str = ""
    strip: tuple[str, ...] = field(default=())


def parse_rule(toml: str) -> SiteRule:
    """Return the rule in a TOML text; ConfigError names the key that cannot be used."""
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"The site rule is no TOML: {error}.") from error
    known = [one.name for one in fields(SiteRule)]
    values: dict[str, object] = {}
    for key, value in table.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            hint = f" Did you mean “{near[0]}”?" if near else f" Use one of {', '.join(known)}."
            raise ConfigError(f"The site rule has the unknown key “{key}”.{hint}")
        selectors = [value] if isinstance(value, str) else value
        if not isinstance(selectors, list) or not all(isinstance(one, str) for one in selectors):
            raise ConfigError(f"The site rule's “{key}” must be a CSS selector, as text.")
        for selector in selectors:
            try:
                CSSSelector(selector, translator="html")
            except (SelectorError, ValueError) as error:
                raise ConfigError(f"The site rule's “{key}” is no CSS selector: {selector!r}.") from error
        values[key] = tuple(selectors) if key == "strip" else ", ".join(selectors)
    return SiteRule(**values)  # type: ignore[arg-type]  # checked above


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the elements that a selector finds, outermost ones in document order; none for an empty selector."""
    from lxml.cssselect import CSSSelector

    return list(outermost(list(CSSSelector(selector, translator="html")(root)))) if selector else []


def strip_by_rule(root: HtmlElement, rule: SiteRule) -> None:
    """Remove what the rule leaves out."""
    for selector in rule.strip:
        for element in select(root, selector):
            if element.tag not in ("html", "body"):
                drop(element)


def apply_rule(rule: SiteRule, root: HtmlElement, url: str, about: Metadata) -> None:
    """Let the rule's title, author, date and next page take the place of what was found."""
    for name, selector in (("title", rule.title), ("authors", rule.author), ("published", rule.date)):
        found = select(root, selector)
        text = clean_line(text_of(found[0]), limit=500) if found else ""
        stamp = found[0].get("datetime") or text if found else ""
        value = {"title": text, "authors": names_in(text), "published": read_date(stamp)}[name]
        if value:
            setattr(about, name, value)
            about.origins[name] = "site rule"
    for link in select(root, rule.next_page)[:1]:
        about.next_page = absolute(link.get("href") or "", url)
        about.origins["next_page"] = "site rule"
