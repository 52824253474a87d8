"""newsboat's filter expressions in our query language, as far as both can say the same."""

from __future__ import annotations

import re
from typing import Final

MAX_LENGTH: Final = 2000

_TOKEN = re.compile(
    r"\s*(?:(?P<paren>[()])|(?P<word>and|or)\b|(?P<name>[A-Za-z_]\w*)\s*"
    r"(?P<operator>=~|!~|==|!=|>=|<=|=|>|<|!#|#|between)\s*"
    r"(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|'(?P<single>[^']*)'|(?P<bare>[\w:.-]+)))"
)
_TEXT_FIELDS: Final = {
    "title": "title",
    "author": "author",
    "content": "text",
    "link": "url",
    "feedtitle": "feed",
    "rssurl": "feed",
    "feedlink": "feed",
}
_FLAGS: Final = {"unread": "is:unread"}
_PLAIN_PATTERN = re.compile(r"[\w .,&'-]+")


def translate(expression: str) -> str | None:
    """Return the expression as a query of ours, or nothing where they differ in meaning."""
    if len(expression) > MAX_LENGTH:
        return None
    parts: list[str] = []
    position = 0
    text = expression.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        position = match.end()
        if match["paren"]:
            parts.append(match["paren"])
        elif match["word"]:
            parts.append("OR" if match["word"] == "or" else "AND")
        else:
            term = _term(match)
            if term is None:
                return None
            parts.append(term)
    return _joined(parts)


def _joined(parts: list[str]) -> str | None:
    """Return the parts as one query when terms and operators alternate and brackets close."""
    depth, wants_term = 0, True
    for part in parts:
        if part == "(" and wants_term:
            depth += 1
        elif part == ")" and not wants_term and depth:
            depth -= 1
        elif part in ("AND", "OR") and not wants_term:
            wants_term = True
        elif part not in ("(", ")", "AND", "OR") and wants_term:
            wants_term = False
        else:
            return None
    if depth or wants_term:
        return None
    words = (part for part in parts if part != "AND")
    return " ".join(words).replace("( ", "(").replace(" )", ")")


def _term(match: re.Match[str]) -> str | None:
    name, operator = match["name"].lower(), match["operator"]
    quoted = match["quoted"]
    value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else match["single"] or match["bare"] or ""
    negated = "-" if operator.startswith("!") else ""
    operator = operator.removeprefix("!") or "="
    if name in _FLAGS and operator in ("=", "=="):
        return ("-" if (value == "no") != bool(negated) else "") + _FLAGS[name]
    if name == "tags" and operator == "#" and re.fullmatch(r"[\w/.-]+", value):
        return f"{negated}#{value}"
    if name in _TEXT_FIELDS:
        return _text_term(negated, _TEXT_FIELDS[name], operator, value)
    if name == "age" and operator in ("<", "<=", ">", ">=") and value.isdigit():
        return f"age:{operator}{value}d"
    if name == "flags" and operator == "#" and value == "s":
        return f"{negated}is:starred"
    return None


def _text_term(negated: str, field: str, operator: str, value: str) -> str | None:
    """Return a term on a text field; a pattern of plain words is "contains", any other stays a pattern."""
    if operator in ("=", "=="):
        return f'{negated}{field}:="{value}"' if '"' not in value else None
    if operator != "~" and operator != "=~":
        return None
    if _PLAIN_PATTERN.fullmatch(value):
        return f'{negated}{field}:"{value}"' if " " in value else f"{negated}{field}:{value}"
    return f"{negated}{field}:/{value}/i" if "/" not in value and field not in ("url", "feed") else None
