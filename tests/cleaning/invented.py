"""Invented texts and the builders of pages around them: what the gallery of shapes is made of."""

from __future__ import annotations

from dataclasses import dataclass

SITE = "The Ellery Post"
ADDRESS = "https://news.example/2026/11/harbour-lanterns"
TITLE = "Harbour lanterns of Port Ellery are lit again after nine winters"

OURS = (
    (
        "The harbour lanterns of Port Ellery were lit again on Friday evening, nine winters after the last keeper, Tobias "
        "Wren, hung up his coat and locked the stone hut on the mole for good."
    ),
    (
        "About four hundred people stood along the quay, said Mayor Ines Calder, who had promised the lighting in her "
        "first speech and was reminded of it in every letter that followed."
    ),
    (
        "The lamps burn oil, as they always did, because the guild of Ellery keepers would hear of nothing else, and "
        "because the council found no money for the cable that engineers had drawn in red."
    ),
    (
        "“You do not steer by a lamp that never flickers,” Wren told the crowd, and then he handed the long match to a "
        "girl of eleven, Nora Hale, whose grandfather had taught him the trade."
    ),
    (
        "For the fishing boats the lanterns change little, since each of them carries an instrument that knows the harbour "
        "to within a metre, but the skippers came in all the same, twelve boats in a line."
    ),
    (
        "The council will pay for the oil until spring, and after that the guild means to sell postcards, candles and a "
        "small book of weather sayings which Calder has agreed to print at the town's expense."
    ),
)
OTHER_TITLE = "Glass bridge over the Marrow gorge closes for repairs until summer"
OTHERS = (
    (
        "The glass bridge over the Marrow gorge closed on Monday for repairs, after inspector Petra Lindqvist counted "
        "eleven cracked panes during a routine visit and wrote to the owners the same night."
    ),
    (
        "Walkers will be led along the old mule path, which Gerald Okoro and his sons cleared of brambles in two days, "
        "and which adds an hour to the climb towards Saint Varn."
    ),
    (
        "The owners, a company in Tellmark, say that each pane weighs as much as a horse and must be carried up by rope, "
        "because the helicopter of the Varn rescue service is itself under repair."
    ),
    (
        "Lindqvist expects the bridge to open again in June, provided the spring is dry and the workshop in Tellmark keeps "
        "the promise that its director, Anselm Roth, gave in writing."
    ),
)


@dataclass(frozen=True)
class Case:
    """A page, and the article in it as plain markup: what cleaning must find, no more and no less."""

    name: str
    page: str
    gold: str


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, *, title: str = TITLE, head: str = "", language: str = "en") -> str:
    """Return a whole page; its title carries the site's name, as titles do."""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | {SITE}</title>'
        f'<meta property="og:site_name" content="{SITE}">{head}</head><body>{body}</body></html>'
    )


HEADER = (
    '<header class="site-header"><a href="/">The Ellery Post</a><nav><ul><li><a href="/town">Town</a></li>'
    '<li><a href="/harbour">Harbour</a></li><li><a href="/weather">Weather</a></li></ul></nav></header>'
)
FOOTER = (
    "<footer><p>The Ellery Post is printed on Tuesdays and Fridays by the Calder press in Mill Lane, and has been "
    'since the year of the great flood.</p><a href="/imprint">Imprint</a></footer>'
)
HEADLINE = f'<h1 class="headline">{TITLE}</h1>'
GOLD = p(*OURS)


def article(*parts: str) -> str:
    """Return a page with an article made of the parts, between the site's header and footer."""
    return page(f'{HEADER}<main><article class="story">{"".join(parts)}</article></main>{FOOTER}')


def with_parts(before: str = "", inside: str = "", after: str = "") -> str:
    """Return a page whose article has something before, in the middle of, or after its text."""
    return article(HEADLINE, before, p(*OURS[:3]), inside, p(*OURS[3:]), after)
