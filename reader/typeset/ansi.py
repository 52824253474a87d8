"""Lines for a terminal without a screen of ours: SGR attributes, the sixteen colours of its own palette, OSC 8 links.

``show`` prints with it. Text was cleaned before it was stored, and addresses are percent-encoded here, so the only
control sequences in the result are the ones written in this file (ECMA-48 section 8.3.117 for SGR).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from ..document import Mark
from .line import Line, Role, Run

_ROLES: Final = {
    Role.TITLE: "1", Role.BYLINE: "2", Role.TAG: "33", Role.VERDICT: "33", Role.NOTE: "3;33", Role.HEADING: "1;31",
    Role.SUBHEADING: "1", Role.QUOTE_BAR: "33", Role.BULLET: "33", Role.TERM: "1", Role.LINK_NUMBER: "2",
    Role.CODE_KEYWORD: "31", Role.CODE_NAME: "34", Role.CODE_STRING: "32", Role.CODE_NUMBER: "33",
    Role.CODE_COMMENT: "2;3", Role.TABLE_HEADER: "1", Role.TABLE_RULE: "2", Role.PICTURE: "2", Role.CAPTION: "2;3",
    Role.FOOTNOTE: "2", Role.RULE: "2", Role.FOOTER: "2", Role.MORE: "2", Role.HIT: "7", Role.HIT_HERE: "7",
    Role.HIGHLIGHT: "4",
}  # fmt: skip
_MARKS: Final = (
    (Mark.STRONG, "1"), (Mark.EMPHASIS, "3"), (Mark.UNDERLINE, "4"), (Mark.HIGHLIGHT, "7"), (Mark.STRIKE, "9"),
    (Mark.CODE, "36"), (Mark.KBD, "1"),
)  # fmt: skip


def to_ansi(line: Line) -> str:
    """Return a line with its attributes and hyperlinks, spaces at its end left out."""
    runs = list(line)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if runs:
        last = runs[-1]
        runs[-1] = Run(last.text.rstrip(), last.role, last.marks, last.link, last.over)
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    codes = [_ROLES[run.role]] if run.role in _ROLES else []
    codes += [code for mark, code in _MARKS if run.marks & mark]
    if run.over in _ROLES:
        codes.append(_ROLES[run.over])
    if run.link and run.role not in (Role.LINK_NUMBER, Role.PICTURE):
        codes += ["4", "34"]
    text = f"\x1b[{';'.join(codes)}m{run.text}\x1b[0m" if codes and run.text else run.text
    target = hyperlink(run.link)
    return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\" if target else text


def hyperlink(href: str) -> str | None:
    """Return an address fit for OSC 8: printable ASCII, http or https; ``None`` for any other.

    A terminal hands such an address to the desktop, and a feed has no business there with other schemes.
    """
    if not href.lower().startswith(("http://", "https://")):
        return None
    return quote(href, safe="!#$%&'()*+,/:;=?@[]~-._")
