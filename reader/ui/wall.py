"""The last wall before the terminal: what is written to it is text and the sequences of this program, nothing else. Pure.

Text from outside has been cleaned when it came in (``text.clean``). Should something slip past that one day, by a new way
in or a mistake of ours, it must still not move the cursor, name the window, fill the clipboard or ring. So every sequence
that Textual and this program send is written down here, and a control character that belongs to none of them is left out.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = r"[^\x00-\x1f\x7f-\x9f]*"
_END: Final = r"(?:\x1b\\|\x07)"
_ALONE: Final = re.compile(
    r"\x07"  # the bell
    rf"|(?:\x1b\[22;2t)?\x1b\]2;{_WORDS}\x1b\\|\x1b\[23;2t"  # the window's title, kept before and given back
    rf"|\x1b\]52;c;[A-Za-z0-9+/=]*{_END}"  # to the clipboard
    rf"|\x1b\]22;[a-z-]*{_END}"  # the shape of the pointer
    rf"|\x1b\](?:9;Broadsheet: |777;notify;Broadsheet;){_WORDS}\x1b\\"  # a notification
    rf"|\x1bPtmux;\x1b\x1b\](?:9;Broadsheet: |777;notify;Broadsheet;){_WORDS}\x1b\x1b\\\x1b\\"  # through tmux
)
"""What is only ever written by itself, never in a frame with text from outside."""
_SEQUENCE: Final = (
    r"\x1b(?:"
    r"\[[0-9;:]*m"  # colours and weights
    r"|\[[0-9]+;[0-9]+H"  # to a place
    r"|\[\?[0-9;]+(?:[hl]|\$p)"  # modes on, off, asked for: alternate screen, mouse, paste, synchronised painting
    r"|\[[<>][0-9]*u"  # the keyboard protocol
    rf"|\]8;(?:id=[^;\x00-\x1f\x7f-\x9f]*)?;(?:https?://[^\x00-\x20\x7f-\x9f]*)?{_END}"  # links, to the web alone
    r")"
)
_FOREIGN: Final = r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
_PLAIN: Final = _FOREIGN.replace("[", "[^", 1)
_ALL_OURS: Final = re.compile(rf"(?:{_PLAIN}++|{_SEQUENCE})*+")
_OURS_OR_FOREIGN: Final = re.compile(rf"({_SEQUENCE})|{_FOREIGN}")


def walled(data: str) -> str:
    """Return what may go to the terminal of ``data``: itself, but for control characters that are not ours.

    A sequence has to be whole. What follows a foreign escape stays, as the harmless text it is without it.
    """
    if _ALL_OURS.fullmatch(data) or _ALONE.fullmatch(data):
        return data
    return _OURS_OR_FOREIGN.sub(lambda found: found[1] or "", data)
