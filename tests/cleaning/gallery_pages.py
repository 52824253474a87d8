"""Shapes of pages: what is pruned, how a text is spread over boxes, what is appended to it, what data knows of it."""

from __future__ import annotations

import json

from .invented import (
    FOOTER,
    GOLD,
    HEADER,
    HEADLINE,
    OTHER_TITLE,
    OTHERS,
    OURS,
    TITLE,
    Case,
    article,
    p,
    page,
    with_parts,
)

OTHER_HEADLINE = f'<h1 class="headline">{OTHER_TITLE}</h1>'


def data(**fields: object) -> str:
    thing = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **fields}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


PRUNED = (
    Case("hidden by its style", with_parts(inside=f'<div style="display: none">{p(*OTHERS)}</div>'), GOLD),
    Case("hidden by an attribute", with_parts(inside=f"<div hidden>{p(*OTHERS[:2])}</div>"), GOLD),
    Case(
        "a form around the whole page",
        page(f"<form action='/'>{HEADER}<div>{HEADLINE}{GOLD}</div></form>"),
        GOLD,
    ),
    Case(
        "a class of the whole text that sounds like furniture",
        page(f'{HEADER}<div class="field--label-hidden widget">{HEADLINE}{GOLD}</div>{FOOTER}'),
        GOLD,
    ),
    Case(
        "a sidebar",
        page(
            f'{HEADER}<div class="sidebar">{p(*OTHERS[:2])}</div><article>{HEADLINE}{GOLD}</article>{FOOTER}'
        ),
        GOLD,
    ),
    Case(
        "a notice of cookies",
        page(f'<div id="cookie-notice">{p(*OTHERS[:1])}</div>{HEADER}<article>{HEADLINE}{GOLD}</article>'),
        GOLD,
    ),
    Case(
        "scripts, templates and buttons",
        with_parts(
            inside="<script>var a = 1;</script><template><p>x</p></template><button>Press</button><noscript>No script</noscript>"
        ),
        GOLD,
    ),
    Case(
        "an id made of a heading's words",
        with_parts(
            inside=f'<div id="sharing-the-lamp-oil-among-boats"><h2>Sharing the lamp oil</h2>{p(OTHERS[0])}</div>'
        ),
        p(*OURS[:3]) + f"<h2>Sharing the lamp oil</h2>{p(OTHERS[0])}" + p(*OURS[3:]),
    ),
    Case(
        "comments longer than the text",
        page(
            f'{HEADER}<article>{HEADLINE}{GOLD}</article><div class="comment-list">{p(*OTHERS, *OTHERS)}</div>'
        ),
        GOLD,
    ),
)

SPREAD = (
    Case(
        "boxes of one make with advertisements between",
        page(
            HEADER
            + f'<div class="page">{HEADLINE}'
            + "".join(
                f'<div class="part-7">{p(a, b)}</div><div class="ad-slot">Buy</div>'
                for a, b in zip(OURS[::2], OURS[1::2], strict=True)
            )
            + f"</div>{FOOTER}"
        ),
        GOLD,
    ),
    Case(
        "each paragraph in a wrapper of its own",
        page(
            HEADER
            + f'<div class="article-body">{HEADLINE}'
            + "".join(f'<div class="w"><div>{p(text)}</div></div>' for text in OURS)
            + f"</div>{FOOTER}"
        ),
        GOLD,
    ),
    Case(
        "lines parted by two breaks",
        page(f"{HEADER}<div class='t'>{HEADLINE}<div>" + "<br><br>".join(OURS) + f"</div></div>{FOOTER}"),
        GOLD,
    ),
    Case(
        "sections that are headed by h1",
        article(
            HEADLINE,
            p(*OURS[:2]),
            f"<section><h1>Of oil and cable</h1>{p(*OURS[2:4])}</section>",
            f"<section><h1>Of boats and spring</h1>{p(*OURS[4:])}</section>",
        ),
        p(*OURS[:2]) + f"<h2>Of oil and cable</h2>{p(*OURS[2:4])}<h2>Of boats and spring</h2>{p(*OURS[4:])}",
    ),
    Case(
        "the lead apart from the body, under one roof",
        page(
            f'{HEADER}<div class="story-body">{HEADLINE}<div class="lead">{p(*OURS[:2])}</div><div class="rest">{p(*OURS[2:])}</div></div>{FOOTER}'
        ),
        GOLD,
    ),
    Case(
        "a text in the cells of a layout table",
        page(f"{HEADER}<table><tr><td>{HEADLINE}{GOLD}</td></tr></table>{FOOTER}"),
        GOLD,
    ),
    Case(
        "a text in a list",
        page(
            f"{HEADER}<div>{HEADLINE}<ul>"
            + "".join(f"<li>{text}</li>" for text in OURS)
            + f"</ul></div>{FOOTER}"
        ),
        "<ul>" + "".join(f"<li>{text}</li>" for text in OURS) + "</ul>",
    ),
)

APPENDED = (
    Case(
        "another article of the same make below",
        page(
            f'{HEADER}<main><article class="story">{HEADLINE}{GOLD}</article><article class="story">{OTHER_HEADLINE}{p(*OTHERS)}</article></main>{FOOTER}'
        ),
        GOLD,
    ),
    Case(
        "a longer article of another make below",
        page(
            f'{HEADER}<main><article class="story lead">{HEADLINE}{GOLD}</article><article class="story next">{OTHER_HEADLINE}{p(*OTHERS, *(t.replace("bridge", "span") for t in OTHERS))}</article></main>'
        ),
        GOLD,
    ),
    Case(
        "another article within ours",
        page(
            f'{HEADER}<div class="wrap">{HEADLINE}<div class="body">{GOLD}</div><article>{OTHER_HEADLINE}{p(*OTHERS)}</article></div>'
        ),
        GOLD,
    ),
    Case(
        "twins without headlines",
        page(f'{HEADER}{HEADLINE}<div><div class="t9">{GOLD}</div><div class="t9">{p(*OTHERS)}</div></div>'),
        GOLD,
    ),
    Case(
        "a second main",
        page(f"{HEADER}<main>{HEADLINE}{GOLD}</main><main>{OTHER_HEADLINE}{p(*OTHERS)}</main>"),
        GOLD,
    ),
    Case(
        "an id given twice",
        page(
            f'{HEADER}<div><div id="text"><h1>{TITLE}</h1>{GOLD}</div><div id="text"><h1>{OTHER_TITLE}</h1>{p(*OTHERS)}</div></div>'
        ),
        GOLD,
    ),
    Case(
        "another article in bare lines, its headline and caption printed twice",
        page(f"<div>{p(TITLE, *OURS, OTHER_TITLE, 'TT', '20', OTHER_TITLE, *OTHERS)}</div>"),
        GOLD,
    ),
    Case(
        "what stands after our article and speaks of other things",
        page(
            f'{HEADER}<div><article class="a">{HEADLINE}{GOLD}</article><div class="blocks">{p(*OTHERS)}</div></div>'
        ),
        GOLD,
    ),
)

KNOWN_BY_DATA = (
    Case(
        "lines outside the page's own articleBody",
        page(
            f'{HEADER}<div class="x">{HEADLINE}{p("The Post is a paper of the harbour, and asks every reader to bring a friend along.", *OURS)}</div>',
            head=data(articleBody="\n".join(OURS)),
        ),
        GOLD,
    ),
    Case(
        "a text that only the data holds",
        page(f"{HEADER}<div id='app'></div>", head=data(articleBody="\n".join(OURS))),
        GOLD,
    ),
    Case(
        "data that is cut short",
        page(
            f"{HEADER}<article>{HEADLINE}{GOLD}</article>",
            head=data(articleBody=" ".join(OURS[:3])[:430] + "..."),
        ),
        GOLD,
    ),
    Case(
        "data of an appended article beside ours",
        page(
            f"{HEADER}<article>{HEADLINE}{GOLD}</article>",
            head=data(headline=OTHER_TITLE, articleBody="\n".join(OTHERS * 3))
            + data(articleBody="\n".join(OURS)),
        ),
        GOLD,
    ),
)

CASES = PRUNED + SPREAD + APPENDED + KNOWN_BY_DATA
