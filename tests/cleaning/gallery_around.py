"""Shapes around the text: what stands above it, in it and below it."""

from __future__ import annotations

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

CAPTION = "Keepers carry the first lamp along the mole at Port Ellery on Friday. (Ada Moss)"
STANDFIRST = "Nine winters after the last keeper left, four hundred people watched a girl of eleven light the first lamp."

ABOVE = (
    Case("nothing but the text", with_parts(), GOLD),
    Case("the headline printed again as a line", with_parts(f"<div>{TITLE}</div>"), GOLD),
    Case("the headline printed again as a heading", with_parts(f"<h2>{TITLE}</h2>"), GOLD),
    Case("a byline", with_parts("<p>By Mara Vance</p>"), GOLD),
    Case(
        "a byline told by its class", with_parts('<div class="byline">Mara Vance in Port Ellery</div>'), GOLD
    ),
    Case("a date", with_parts("<p>Published 20 November 2026 at 18:40</p>"), GOLD),
    Case(
        "a date in numbers with what surrounds it",
        with_parts("<p>20/11/2026 - Published by: Mara Vance - Section: Harbour - Tags: lamps</p>"),
        GOLD,
    ),
    Case(
        "crumbs of navigation",
        with_parts('<div class="breadcrumbs"><a href="/">Home</a> / <a href="/t">Town</a></div>'),
        GOLD,
    ),
    Case("a label of the section", with_parts("<div>Harbour news</div>"), GOLD),
    Case("a reading time", with_parts('<span class="read-time">4 min read</span>'), GOLD),
    Case(
        "a standfirst told by its class, beside the headline",
        page(
            f'{HEADER}<main><div class="top">{HEADLINE}<p class="standfirst">{STANDFIRST}</p></div>'
            f'<div class="article-body">{GOLD}</div></main>{FOOTER}'
        ),
        p(STANDFIRST) + GOLD,
    ),
    Case(
        "a standfirst that is the page's description",
        page(
            f'{HEADER}<main><div class="top">{HEADLINE}<div class="a7">{STANDFIRST}</div></div>'
            f'<div class="article-body">{GOLD}</div></main>{FOOTER}',
            head=f'<meta name="description" content="{STANDFIRST}">',
        ),
        p(STANDFIRST) + GOLD,
    ),
    Case(
        "headline and caption printed twice, with the residue of widgets",
        page(f"<div>{p(TITLE, CAPTION, CAPTION, 'TT', '20', TITLE, CAPTION, CAPTION, *OURS)}</div>"),
        GOLD,
    ),
    Case("a text-size switch and a counter", with_parts("<div>T</div><div>T</div><div>20</div>"), GOLD),
)

INSIDE = (
    Case(
        "a video of another story between paragraphs",
        with_parts(inside="<div><div>Watch</div><div>view video</div></div>"),
        GOLD,
    ),
    Case(
        "a line for leaping over pictures",
        with_parts(inside="<div>Skip 7 photos in the image carousel and continue reading</div>"),
        GOLD,
    ),
    Case(
        "buttons of shops",
        with_parts(inside='<div><a href="https://shop.example/l">View On Lampmart $29</a></div>' * 4),
        GOLD,
    ),
    Case(
        "a line for those who cannot see, clipped from the page",
        with_parts(inside='<p style="position:absolute;clip:rect(0 0 0 0)">The main story goes on below</p>'),
        GOLD,
    ),
    Case(
        "a box of related articles",
        with_parts(inside='<aside><h3>Related</h3><a href="/b">The bridge closes</a></aside>'),
        GOLD,
    ),
    Case(
        "a box told by its class",
        with_parts(inside=f'<div class="related-links">{p(*OTHERS[:1])}</div>'),
        GOLD,
    ),
    Case(
        "a box told by a class in camel case",
        with_parts(inside=f'<div class="storyRelated">{p(*OTHERS[:1])}</div>'),
        GOLD,
    ),
    Case(
        "a box told by a class with double underscores",
        with_parts(inside='<div class="share__buttons">Send it on</div>'),
        GOLD,
    ),
    Case(
        "a read-more line",
        with_parts(inside='<p>Read more: <a href="/b">The glass bridge closes</a></p>'),
        GOLD,
    ),
    Case(
        "a paragraph that is nothing but a link",
        with_parts(inside=f'<p><a href="/b">{OTHER_TITLE}</a></p>'),
        GOLD,
    ),
    Case(
        "a link in capitals",
        with_parts(inside='<p><strong><a href="/b">GLASS BRIDGE CLOSES FOR REPAIRS</a></strong></p>'),
        GOLD,
    ),
    Case(
        "a newsletter box",
        with_parts(
            inside='<div class="newsletter-signup"><p>The harbour, every Friday, in your letter box.</p></div>'
        ),
        GOLD,
    ),
    Case(
        "a newsletter line",
        with_parts(inside="<p>Sign up for our newsletter and never miss a lamp.</p>"),
        GOLD,
    ),
    Case("the word advertisement", with_parts(inside="<p>Advertisement</p>"), GOLD),
    Case(
        "a line that says the story goes on",
        with_parts(inside="<p>Story continues below the picture</p>"),
        GOLD,
    ),
    Case(
        "a figure with caption",
        with_parts(
            inside='<figure><img src="/lamp.jpg" alt="A lamp"><figcaption>The first lamp on the mole</figcaption></figure>'
        ),
        p(*OURS[:3]) + '<figure><img src="https://news.example/lamp.jpg"></figure>' + p(*OURS[3:]),
    ),
    Case(
        "a caption told by its class",
        with_parts(
            inside='<div class="pic"><img src="/lamp.jpg" alt="A lamp"><div class="image-caption">The first lamp on the mole</div></div>'
        ),
        p(*OURS[:3]) + '<figure><img src="https://news.example/lamp.jpg"></figure>' + p(*OURS[3:]),
    ),
    Case(
        "a caption told by its credit",
        with_parts(
            inside='<img src="/lamp.jpg" alt="A lamp"><p>The first lamp on the mole at dusk. Credit: Ada Moss.</p>'
        ),
        p(*OURS[:3]) + '<figure><img src="https://news.example/lamp.jpg"></figure>' + p(*OURS[3:]),
    ),
    Case(
        "a sentence printed again to catch the eye",
        with_parts(inside="", after="").replace(
            f"<p>{OURS[4]}</p>", f"<p>{OURS[4]}</p><blockquote>{OURS[3]}</blockquote>"
        ),
        GOLD,
    ),
    Case(
        "a row of share links",
        with_parts(
            inside='<ul class="share-buttons"><li><a href="#">Tweet</a></li><li><a href="#">Send</a></li></ul>'
        ),
        GOLD,
    ),
    Case(
        "an embedded post",
        with_parts(
            inside='<blockquote class="chirper-post"><p>The lamps are back, and so is the smell of oil.</p>— Nora’s mother</blockquote>'
        ),
        p(*OURS[:3])
        + "<blockquote><p>The lamps are back, and so is the smell of oil.</p><p>— Nora’s mother</p></blockquote>"
        + p(*OURS[3:]),
    ),
)

BELOW = (
    Case(
        "a question for consent that is longer than the article",
        with_parts(
            after=f'<div id="privacy-banner">{p(*["This harbour sets crumbs on your shelf and counts them."] * 40)}</div>'
        ),
        GOLD,
    ),
    Case(
        "a biography told by its class",
        with_parts(after='<div class="author-bio"><p>Mara Vance grew up on the mole.</p></div>'),
        GOLD,
    ),
    Case(
        "a biography told by its phrase",
        with_parts(after="<p><em>Mara Vance is a staff reporter at the Post.</em></p>"),
        GOLD,
    ),
    Case(
        "a correspondent's other work",
        with_parts(after="<p>Mara Vance writes about the harbour for the Post and the Varn Courier.</p>"),
        GOLD,
    ),
    Case("credits of colleagues", with_parts(after="<p>Gerald Okoro contributed to this report.</p>"), GOLD),
    Case(
        "related stories under a heading",
        with_parts(
            after='<h3>Related stories</h3><p><a href="/b">The bridge closes</a></p><p><a href="/c">The mill turns</a></p>'
        ),
        GOLD,
    ),
    Case(
        "tags",
        with_parts(
            after='<ul class="tags"><li><a href="/t/lamps">lamps</a></li><li><a href="/t/oil">oil</a></li></ul>'
        ),
        GOLD,
    ),
    Case("tags in a line", with_parts(after="<p>Tags: lamps, oil, harbour</p>"), GOLD),
    Case(
        "comments told by their class",
        with_parts(after=f'<section class="comments">{p(*OTHERS)}</section>'),
        GOLD,
    ),
    Case(
        "comments under a heading",
        with_parts(after="<h3>3 comments</h3><p>How lovely.</p><p>My aunt was there.</p><p>First!</p>"),
        GOLD,
    ),
    Case("a notice of rights", with_parts(after="<p>© 2026 The Ellery Post. All rights reserved.</p>"), GOLD),
    Case("a call to subscribe", with_parts(after="<p>Subscribe to our paper to read on.</p>"), GOLD),
    Case(
        "a notice of commissions",
        with_parts(after="<p>The Post may earn a commission when you buy a lamp.</p>"),
        GOLD,
    ),
    Case(
        "a call to follow",
        with_parts(after="<p>Follow Mara Vance on social media for more of this.</p>"),
        GOLD,
    ),
    Case("a label at the end", with_parts(after="<p>Ellery Post</p>"), GOLD),
    Case("a heading with nothing under it", with_parts(after="<h2>What the harbour says</h2>"), GOLD),
    Case(
        "a paragraph after one that sounds like an end",
        article(
            HEADLINE,
            p(
                *OURS[:5],
                "Wren is a writer of weather sayings, and was a keeper for forty years, but he has never followed a rule on paper.",
                *OURS[5:],
                *OTHERS[:2],
            ),
        ),
        p(
            *OURS[:5],
            "Wren is a writer of weather sayings, and was a keeper for forty years, but he has never followed a rule on paper.",
            *OURS[5:],
            *OTHERS[:2],
        ),
    ),
)

CASES = ABOVE + INSIDE + BELOW
