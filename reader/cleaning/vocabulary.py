r"""The words of class names that say what an element is for.

A page's own vocabulary is the best witness of what its boxes hold: ``related-links``, ``newsletter``, ``byline``. Only
whole words count (``ad`` in ``ad-slot`` but not in ``header`` or ``gradient``); words are separated by white space,
``-``, ``_`` or a change of case (``storyRelated``). The lists are data: a theme each, no site among them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .tree import word_set

_ADVERTISING: Final = (
    r"advert\w*", r"adslot", r"ad[-_]{0,2}(?:slot|unit|wrap\w*|container|break|label|box)", r"dfp", r"sponsor\w*", r"outbrain",
    r"taboola", r"zergnet", r"revcontent", r"promo\w*", r"promobox",
)  # fmt: skip
_SHARING: Final = (
    r"shar(?:e|ing)[-_]{0,2}(?:bar|buttons?|links?|icons?|tools?|widget|list|this|bottom|top|container|wrap\w*|menu|count\w*|box|block|panel|items?)",
    r"sharing",
    r"social[-_]{0,2}(?:share|media|links?|bar|icons?|buttons?|follow|tools?|sharing|list|network\w*|nav|container|wrap\w*|embed[-_]{0,2}share)",
    r"addthis\w*", r"addtoany\w*", r"a2a\w*", r"sharedaddy", r"sd-\w+", r"follow[-_]{0,2}(?:us|links|buttons?|me)",
)  # fmt: skip
_OTHER_ARTICLES: Final = (
    r"related\w*", r"recommend\w*", r"recirc\w*", r"read[-_]{0,2}(?:more|next|also)",
    r"more[-_]{0,2}(?:from|on|stories|news|posts|articles|links|reading|like)", r"also[-_]{0,2}(?:read|like|see)", r"see[-_]{0,2}also",
    r"up[-_]{0,2}next", r"next[-_]{0,2}up", r"you[-_]{0,2}may\w*", r"around-the-web", r"most[-_]{0,2}(?:read|popular|viewed|shared|recent)",
    r"trending\w*", r"popular[-_]{0,2}\w*", r"latest[-_]{0,2}(?:news|posts|stories)", r"top[-_]{0,2}stories",
)  # fmt: skip
_ASKING: Final = (
    r"newsletters?\w*", r"subscri(?:be|ption)\w*", r"sign[-_]{0,2}up\w*", r"opt[-_]{0,2}in", r"mailing[-_]{0,2}list\w*", r"mc_embed\w*",
    r"paywall\w*", r"regwall", r"cookie\w*", r"gdpr\w*", r"consent\w*", r"onetrust\w*", r"optanon\w*", r"privacy[-_]{0,2}(?:bar|banner|notice|popup|overlay)", r"popup\w*", r"modal\w*",
    r"lightbox[-_]{0,2}\w*", r"interstitial", r"toast", r"notice[-_]{0,2}bar", r"rateit", r"kkstarratings", r"wp[-_]{0,2}polls\w*",
    r"feedback[-_]{0,2}\w*", r"report[-_]{0,2}(?:error|typo)", r"correction[-_]{0,2}link",
)  # fmt: skip
_COMMENTS: Final = (
    r"comments", r"comments?[-_]{0,2}(?:list|area|section|form|wrap\w*|container|count|respond|thread|block|box|body|meta|text|content)",
    r"commentlist", r"disqus\w*", r"livefyre", r"fb-comments",
)  # fmt: skip
_NAVIGATION: Final = (
    r"breadcrumbs?", r"pagination", r"pager", r"pagenav\w*", r"post[-_]{0,2}nav\w*",
    r"nav[-_]{0,2}(?:links|below|above|single|previous|next)", r"prev[-_]{0,2}next", r"site[-_]{0,2}(?:nav|header|footer)", r"navbar\w*",
    r"tag[-_]{0,2}(?:list|links|cloud|container|wrap\w*)", r"tags[-_]{0,2}(?:list|links|container|wrap\w*)", r"taglist", r"cat[-_]{0,2}links",
    r"masthead", r"side[-_]{0,2}bar\w*", r"widget\w*", r"toolbar\w*", r"tool[-_]{0,2}box", r"utility[-_]{0,2}\w*",
    r"print[-_]{0,2}(?:only|button|link)", r"no[-_]{0,2}print", r"skip[-_]{0,2}link", r"jump[-_]{0,2}link", r"table-of-contents", r"ez-toc\w*",
    r"lwptoc\w*",
)  # fmt: skip
_ABOUT_THE_ARTICLE: Final = (
    r"(?:post|entry|article|story)[-_]{0,2}(?:tags|categories|meta|footer|shar(?:e|ing)|info|tools|actions|sidebar|related|nav|utility)",
    r"bylines?", r"byline[-_]{0,2}\w*",
    r"author[-_]{0,2}(?:bio|box|info|card|desc\w*|block|profile|about|details|meta|name|image|container)",
    r"about[-_]{0,2}(?:the-?)?author\w*", r"post[-_]{0,2}author\w*", r"biobox", r"contributor[-_]{0,2}(?:bio|info)", r"time[-_]{0,2}stamp",
    r"publish(?:ed)?-?date", r"post[-_]{0,2}date", r"entry[-_]{0,2}date", r"reading[-_]{0,2}time", r"read[-_]{0,2}time",
)  # fmt: skip
_UNSEEN: Final = (
    r"sr-only", r"visually[-_]{0,2}hidden", r"screen[-_]{0,2}reader\w*", r"tooltip\w*", r"popover\w*", r"hovercard\w*", r"rollover\w*",
)  # fmt: skip
_PLAYERS: Final = (
    r"gallery[-_]{0,2}(?:nav|controls|thumbs|count\w*)", r"slide(?:show)?[-_]{0,2}(?:nav|controls|count\w*|number)", r"image[-_]{0,2}count\w*",
    r"carousel[-_]{0,2}(?:nav|control\w*)", r"expand[-_]{0,2}image", r"enlarge\w*",
    r"video[-_]{0,2}(?:player|playlist|title|info|meta|controls|related|carousel)", r"vjs-\w+", r"jw[-_]{0,2}player\w*",
    r"player[-_]{0,2}(?:container|wrap\w*|controls)", r"brightcove\w*",
)  # fmt: skip
_WHOLE_CLASS: Final = word_set(
    "ad ads gpt hide hidden is-hidden d-none invisible tag tags share social sns tools bio menu nav footer toc rating stars "
    "poll banner overlay meter piano feedback respond login search dateline-tools follow sidebar"
)
"""Words that say so only when they are a class of their own: ``menu``, not ``menu-item-description``."""


def _between(words: tuple[str, ...]) -> str:
    return rf"(?:^|[\s_-])(?:{'|'.join(words)})(?=$|[\s_-])"


_FURNITURE = re.compile(
    _between(
        _ADVERTISING + _SHARING + _OTHER_ARTICLES + _ASKING + _COMMENTS + _NAVIGATION + _ABOUT_THE_ARTICLE + _UNSEEN
        + _PLAYERS
    )
    + rf"|(?:^|\s)(?:{'|'.join(sorted(_WHOLE_CLASS))}|comment[-_]{0,2}\d*)(?=$|\s)",
    re.IGNORECASE,
)  # fmt: skip
_BODY = re.compile(
    _between((
        r"article[-_]{0,2}(?:body|content|text)", r"story[-_]{0,2}(?:body|content|text)", r"entry[-_]{0,2}content", r"post[-_]{0,2}(?:body|content)",
        r"main[-_]{0,2}content", r"content[-_]{0,2}body", r"body[-_]{0,2}(?:content|text|copy)", r"rich[-_]{0,2}text\w*", r"articlebody",
    )),
    re.IGNORECASE,
)  # fmt: skip
_CAPTION = re.compile(
    _between((
        r"caption\w*", r"wp-caption[-_]{0,2}\w*", r"figcaption", r"cutline\w*",
        r"photo[-_]{0,2}(?:credit|caption|by|info|desc\w*|byline)", r"image[-_]{0,2}(?:credit|caption|source|desc\w*|info|meta)",
        r"img[-_]{0,2}(?:credit|caption|source|desc)", r"credit\w*", r"copyright", r"media[-_]{0,2}(?:caption|credit|desc\w*)",
        r"picture[-_]{0,2}(?:caption|credit)", r"gallery[-_]{0,2}caption", r"legend", r"source[-_]{0,2}credit",
    )),
    re.IGNORECASE,
)  # fmt: skip
_NO_CAPTION = re.compile(r"(?:^|\s)(?:no|without|hide)[-_]{0,2}(?:caption|credit)s?(?=$|\s)", re.IGNORECASE)
_COMMENT_WORD = re.compile(r"comment|disqus|livefyre|respond", re.IGNORECASE)
_CONSENT_WORD = re.compile(r"cookie|gdpr|consent|onetrust|optanon|privacy", re.IGNORECASE)
_CREDIT = re.compile(r"(?:^|[\s_-])(?:credits?|copyright|photographer|source)(?=$|[\s_-])", re.IGNORECASE)
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDING_STYLE = re.compile(
    r"(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|clip\s{0,9}:\s{0,9}rect\(0(?:px)?[ ,]"
    r"|(?:left|top)\s{0,9}:\s{0,9}-\d{4,6}px)",
    re.IGNORECASE,
)


def _split_case(words: str) -> str:
    return words if words.islower() else _CASE.sub("-", words)


@lru_cache(maxsize=20_000)
def is_furniture(words: str) -> str:
    """Return the word by which a class says that the box is no text of the article; empty when none does."""
    words = _split_case(words)
    match = _FURNITURE.search(words)
    return match.group().strip(" _-") if match and not _BODY.search(words) else ""


def is_comments(objection: str) -> bool:
    """Tell whether the word by which a class objected names readers' comments."""
    return bool(_COMMENT_WORD.search(objection))


def is_consent(objection: str) -> bool:
    """Tell whether the word by which a class objected names the question for consent to cookies."""
    return bool(_CONSENT_WORD.search(objection))


@lru_cache(maxsize=20_000)
def is_body(words: str) -> bool:
    """Tell whether a class names the article's body."""
    return bool(_BODY.search(_split_case(words)))


@lru_cache(maxsize=20_000)
def is_caption(words: str) -> bool:
    """Tell whether a class names what stands under a picture; one that says there is nothing there does not."""
    return bool(_CAPTION.search(_NO_CAPTION.sub(" ", words)))


@lru_cache(maxsize=20_000)
def is_credit(words: str) -> bool:
    """Tell whether a class names whose picture it is."""
    return bool(_CREDIT.search(_split_case(words)))


def is_hidden(style: str) -> bool:
    """Tell whether an inline style takes the element off the page."""
    return bool(_HIDING_STYLE.search(style[:1000]))


_EMBEDDED_POST = re.compile(
    r"(?:^|\s)\w+-(?:tweet|toot|post|media|embed|video)(?=$|[\s_-])|(?:^|\s)embedded?-\w+", re.IGNORECASE
)
_GUTTER = re.compile(
    r"(?:^|\s)(?:linenos?|line-?numbers?|lineno\w*|gutter\w*|rouge-gutter|hljs-ln-numbers|blob-num)(?=$|\s)",
    re.IGNORECASE,
)


@lru_cache(maxsize=2_000)
def is_embedded_post(words: str) -> bool:
    """Tell whether the class of a quotation says that it is a post of another site, set in by that site's script."""
    return bool(_EMBEDDED_POST.search(words))


@lru_cache(maxsize=2_000)
def is_gutter(words: str) -> bool:
    """Tell whether a class names the line numbers beside code."""
    return bool(_GUTTER.search(words))
