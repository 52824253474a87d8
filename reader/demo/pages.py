"""An article as a page, with all that stands around it.

Three skins, each a shape that real pages have. The ``portal`` is a newspaper with endless scrolling as a scraper sees it:
the headline twice, the caption four times, the "TT" of a text-size widget and the "20" of a counter, and the next
article below the first. The ``magazine`` breaks its text with related stories and a newsletter box and ends in comments.
The ``blog`` is nearly clean.
"""

from __future__ import annotations

import json
from datetime import datetime
from html import escape

from .articles import Piece, Publication
from .feeds import feed_name
from .markup import html_blocks, to_html

_RIGHT_TO_LEFT = ("ar", "he")


def article_page(publication: Publication, piece: Piece, base: str, now: datetime) -> str:
    """Return the page of a piece, addresses below ``base``."""
    home = f"{base}/{publication.path}"
    body = {"portal": _portal, "magazine": _magazine, "blog": _blog}[publication.skin]
    head = _article_head(piece, publication, home, now)
    return _document(publication, piece.title, head, body(publication, piece, home, now))


def front_page(publication: Publication, base: str, now: datetime) -> str:
    """Return the home page of a publication: its pieces with their dates, and where its feed is."""
    home = f"{base}/{publication.path}"
    rows = "".join(
        f'<article class="teaser"><h2><a href="{home}/{piece.slug}">{escape(piece.title)}</a></h2>'
        f'<time datetime="{(now - piece.age).isoformat()}">{now - piece.age:%d %B %Y}</time></article>\n'
        for piece in publication.pieces
    )
    feed = "" if publication.format == "page" else _feed_link(publication, home)
    main = f"<main><h1>{escape(publication.name)}</h1>\n{rows}</main>"
    return _document(publication, "", feed, main)


def hub_page(publications: tuple[Publication, ...], base: str) -> str:
    """Return the site's front page: every publication with a link."""
    rows = "".join(
        f'<li><a href="{base}/{publication.path}/">{escape(publication.name)}</a>: {escape(publication.about)}</li>\n'
        for publication in publications
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Port Amelie</title></head>'
        f"<body><h1>Port Amelie reads</h1><ul>\n{rows}</ul></body></html>\n"
    )


def _document(publication: Publication, title: str, head: str, body: str) -> str:
    direction = ' dir="rtl"' if publication.language in _RIGHT_TO_LEFT else ""
    return f"""<!DOCTYPE html>
<html lang="{publication.language}"{direction}>
<head>
<meta charset="utf-8">
<title>{escape(" | ".join(filter(None, (title, publication.name))))}</title>
<meta property="og:site_name" content="{escape(publication.name)}">
{head}
</head>
<body>
<header><a href="#" class="logo">{escape(publication.name)}</a>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li><li><a href="/subscribe">Subscribe</a></li></ul></nav>
</header>
{body}
<footer><p>© {escape(publication.name)}. All rights reversed. <a href="/terms">Terms</a> <a href="/cookies">Cookies</a></p></footer>
</body>
</html>
"""


def _feed_link(publication: Publication, home: str) -> str:
    kind = {"atom": "application/atom+xml", "json": "application/feed+json", "rdf": "application/rdf+xml"}
    mime_type = kind.get(publication.format, "application/rss+xml")
    address = f"{home}/{feed_name(publication)}"
    return f'<link rel="alternate" type="{mime_type}" title="{escape(publication.name)}" href="{address}">'


def _article_head(piece: Piece, publication: Publication, home: str, now: datetime) -> str:
    published = (now - piece.age).isoformat(timespec="seconds")
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.title,
        "datePublished": published,
        "author": [{"@type": "Person", "name": piece.author}],
        "inLanguage": publication.language,
    }
    image = f'<meta property="og:image" content="{home}/{piece.picture.name}.png">' if piece.picture else ""
    data = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    return f"""<link rel="canonical" href="{home}/{piece.slug}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(piece.title)}">
{image}
<script type="application/ld+json">{data}</script>"""


def _time(piece: Piece, now: datetime) -> str:
    published = now - piece.age
    return f'<time datetime="{published.isoformat(timespec="seconds")}">{published:%d %B %Y, %H:%M}</time>'


# --------------------------------------------------------------------------------------------------- skins


def _portal(publication: Publication, piece: Piece, home: str, now: datetime) -> str:
    shown = [piece]
    if piece.appended and (below := publication.piece(piece.appended)):
        shown.append(below)
    rows = "\n".join(_portal_article(each, home, now) for each in shown)
    most_read = "".join(
        f'<li><a href="{home}/{other.slug}">{escape(other.title)}</a></li>'
        for other in publication.pieces[:5]
        if other is not piece
    )
    return f"""<div class="consent"><p>We value your privacy. We and our 412 partners would like a biscuit.</p>
<button>Accept</button> <button>Accept loudly</button></div>
<main>
{rows}
</main>
<aside class="sidebar"><h3>Most read</h3><ol>{most_read}</ol></aside>"""


def _portal_article(piece: Piece, home: str, now: datetime) -> str:
    """Return one article with the repeats that a page for three sizes of screen and a printer has."""
    media = repeats = ""
    if piece.picture:
        caption = escape(piece.picture.caption)
        source = f"{home}/{piece.picture.name}.png"
        media = f"""<div class="entry-media"><img src="{source}" alt="{caption}" title="{caption}">
<div class="img-desc">{caption}</div></div>
<div class="mobile-media"><img src="{source}"><p>{caption}</p></div>"""
        repeats = f'<div class="photo"><span>{caption}</span></div><div class="photo-m"><span>{caption}</span></div>'
    return f"""<div class="views-row"><article class="node node--type-article">
<div class="article-header"><h1 class="entry-title">{escape(piece.title)}</h1>
{media}
<div class="font-resize"><a href="#">T</a><a href="#">T</a></div>
<div class="article-bar"><ul class="share"><li><a href="#">20</a></li></ul></div></div>
<div class="entry-print-title">{escape(piece.title)}</div>
{repeats}
<div>TT</div><div>20</div>
<div class="byline">By <a rel="author" href="#">{escape(piece.author)}</a> {_time(piece, now)}</div>
<div class="entry-content">
{to_html(piece.body)}
</div></article></div>"""


def _magazine(publication: Publication, piece: Piece, home: str, now: datetime) -> str:
    blocks = html_blocks(piece.body)
    others = [other for other in publication.pieces if other is not piece]
    related = "".join(
        f'<li><a href="{home}/{other.slug}">{escape(other.title)}</a></li>' for other in others[:3]
    )
    box = f'<div class="related-stories"><h4>Related stories</h4><ul>{related}</ul></div>'
    letter = (
        '<div class="newsletter-signup"><h4>Get our newsletter</h4><p>Join 11 readers. No spam, only weather.</p>'
        '<form><input name="email"><button>Sign up</button></form></div>'
    )
    body = "\n".join([*blocks[:2], box, *blocks[2:4], letter, *blocks[4:]] if len(blocks) > 4 else blocks)
    figure = ""
    if piece.picture:
        figure = (
            f'<figure><img src="{home}/{piece.picture.name}.png" alt="" width="320" height="200"><figcaption>'
            f'{escape(piece.picture.caption)} <span class="credit">{escape(piece.picture.credit)}</span>'
            "</figcaption></figure>"
        )
    return f"""<div class="breadcrumbs"><a href="/">Home</a> › <a href="{home}/">{escape(publication.name)}</a></div>
<main><article>
<h1>{escape(piece.title)}</h1>
<p class="byline">By <span class="author">{escape(piece.author)}</span> · {_time(piece, now)} · 3 min read</p>
<ul class="share-buttons"><li><a href="#">Share</a></li><li><a href="#">Post</a></li><li><a href="#">Whisper</a></li></ul>
{figure}
<div class="article-body">
{body}
</div>
</article>
<section id="comments" class="comments"><h3>2 comments</h3>
<div class="comment"><b>sceptic_of_saltmarsh</b><p>First. Also, I doubt it.</p></div>
<div class="comment"><b>Deirdre</b><p>kraa</p></div></section></main>"""


def _blog(publication: Publication, piece: Piece, home: str, now: datetime) -> str:
    position = publication.pieces.index(piece)
    older = publication.pieces[position + 1 : position + 2]
    link = "".join(f'<a rel="prev" href="{home}/{each.slug}">← {escape(each.title)}</a>' for each in older)
    tags = " ".join(f'<a rel="tag" href="#">{escape(topic)}</a>' for topic in piece.topics)
    figure = ""
    if piece.picture:
        figure = (
            f'<figure><img src="{home}/{piece.picture.name}.png" alt=""><figcaption>'
            f"{escape(piece.picture.caption)}</figcaption></figure>"
        )
    return f"""<main><article>
<h1>{escape(piece.title)}</h1>
<p class="meta"><span class="author">{escape(piece.author)}</span> {_time(piece, now)}</p>
{figure}
<div class="post-content">
{to_html(piece.body)}
</div>
<p class="tags">{tags}</p>
</article>
<nav class="post-nav">{link}</nav></main>"""
