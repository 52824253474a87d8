"""The stored list of queries that the search benchmark runs."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Class(Enum):
    """What a bar is set for."""

    PLAIN = "no text"
    NEWEST = "newest"
    RANKED = "ranked"


VIEWS: Final = {
    "morning": "is:unread after:2d -tag:big",
    "linux": "kernel OR linux",
    "both": "@morning @linux",
}

_PLAIN: Final = """
*
is:unread
is:starred
is:later is:unread
is:inbox
is:read
is:hidden
is:new
feed:12
feed:12 is:unread
feed:=nothing
folder:"folder 07"
folder:"folder 07" is:unread
folder:"folder 07","folder 08" is:starred
#big
#big is:unread
#mid -is:read
#small
tag:nested
-tag:* is:unread
topic:"topic 7"
site:site77.example
site:example
after:7d
before:2023
published:2024-03-05
published:2022-01..2022-02 is:unread
added:today
read:2026-11
age:<12h
words:>3000
words:<25 is:unread
min:3
lang:ja
lang:en-gb is:starred
has:audio
has:note
no:author
is:failed
id:1..
@morning
is:starred OR #small
sort:-words
sort:title #mid
sort:published
sort:-added is:unread
""".strip().splitlines()

_NEWEST: Final = """
the
kernel
quasar
kernel linux
quasar OR obelisk
"open source"
"of the"
k*
st*
rel*
linux rel*
s* is:unread
title:kernel
author:a*
url:2024
url:kernel is:unread
kernel is:unread
the #small
"open source" #small
the feed:12
quasar feed:12
kernel folder:"folder 07"
kernel after:7d
kernel before:2023
kernel -linux
-the
-kernel is:unread
quasar OR is:starred
kernel (linux OR #mid) -is:read
新聞
東京 is:unread
経済技術
café
note:report
@linux
@both
""".strip().splitlines()

_RANKED: Final = """
the sort:relevance
kernel sort:relevance
quasar sort:relevance
kernel linux sort:relevance
"open source" sort:relevance
rel* sort:relevance
kernel is:unread sort:relevance
東京 sort:relevance
kernel #mid sort:relevance
title:kernel OR linux sort:relevance
""".strip().splitlines()

QUERIES: Final = tuple(
    (kind, text)
    for kind, texts in ((Class.PLAIN, _PLAIN), (Class.NEWEST, _NEWEST), (Class.RANKED, _RANKED))
    for text in texts
)
