"""An article and a width in, lines of runs out; pure, used by the article pane and by ``show``.

    blocks   what cleaning made of the page, in a tree
      ↓      blocks.py, front.py: indents, bullets, the title block; links get their numbers
    pieces   paragraphs, listings, tables one below the other
      ↓      page.py: laid out as far as somebody looks
    lines    runs of text with a role and a link

Nothing here knows a colour, but those of a picture, a terminal or a screen.
"""

from .choice import Choice, Shown, choose
from .flow import Link, Overlay
from .line import Line, Role, Run, line_text, line_width
from .page import Options, Passage, Typeset, set_article
from .picture import Picture

__all__ = [
    "Choice",
    "Line",
    "Link",
    "Options",
    "Overlay",
    "Passage",
    "Picture",
    "Role",
    "Run",
    "Shown",
    "Typeset",
    "choose",
    "line_text",
    "line_width",
    "set_article",
]
