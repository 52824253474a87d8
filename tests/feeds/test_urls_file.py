"""newsboat's ``urls`` file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.newsboat_filter import translate
from reader.feeds.urls_file import parse_urls
from reader.query import parse

EXAMPLE = r"""
# my feeds
https://a.example/feed.xml news "two words" "~My \"own\" title"  # the best
http://b.example/feed !
"query:Long reads:unread = \"yes\" and tags # \"news\""

exec:~/bin/feed.sh
"filter:~/bin/clean:https://c.example/"
gopher://d.example/
"""


def test_feeds_have_tags_and_titles() -> None:
    first, second = parse_urls(EXAMPLE).feeds
    assert (first.url, first.title, first.tags, first.line) == (
        "https://a.example/feed.xml",
        'My "own" title',
        ("news", "two-words"),
        3,
    )
    assert (second.url, second.attributes) == ("http://b.example/feed", (("hidden", "yes"),))


def test_a_query_feed_becomes_a_saved_search() -> None:
    (view,) = parse_urls(EXAMPLE).views
    assert (view.name, view.query) == ("Long reads", "is:unread #news")


def test_commands_and_other_schemes_are_refused_with_their_line() -> None:
    assert parse_urls(EXAMPLE).problems == (
        "Line 7: “exec:~/bin/feed.sh” runs a command or reads a file; only addresses are imported.",
        "Line 8: “filter:~/bin/clean:https://c.example/” runs a command or reads a file; only addresses are imported.",
        "Line 9: “gopher://d.example/” is no http or https address.",
    )


TRANSLATED = {
    'unread = "yes"': "is:unread",
    'unread != "yes"': "-is:unread",
    'unread = "no"': "-is:unread",
    'tags # "news" and tags !# "ads"': "#news -#ads",
    'title =~ "linux kernel"': 'title:"linux kernel"',
    'title !~ "^AD:"': "-title:/^AD:/i",
    'author = "Ann B."': 'author:="Ann B."',
    "(unread = \"yes\" or flags # 's') and content =~ 'cat'": "(is:unread OR is:starred) text:cat",
    "age < 7": "age:<7d",
}


@pytest.mark.parametrize("expression", TRANSLATED)
def test_a_filter_is_translated_into_a_query_that_parses(expression: str) -> None:
    query = translate(expression)
    assert query == TRANSLATED[expression]
    parse(query)


@pytest.mark.parametrize(
    "expression",
    ["", "unread", 'unread = "yes" and', '(unread = "yes"', 'unread = "yes")', 'rssurl =~ "x/y"', "articleindex > 5", 'foo = "x"',
     'unread = "yes" unread = "yes"', "x" * 5000],
)  # fmt: skip
def test_what_cannot_be_said_in_a_query_is_not_translated(expression: str) -> None:
    assert translate(expression) is None


def test_a_query_feed_that_cannot_be_translated_is_named() -> None:
    outline = parse_urls('"query:Odd:articleindex > 5"\nquery:Nothing\n')
    assert outline.views == ()
    assert outline.problems == (
        "Line 1: the query feed “Odd” uses an expression that cannot be translated: articleindex > 5",
        "Line 2: a query feed needs a name and an expression.",
    )


@given(st.text(max_size=80) | st.text(alphabet='"\\#~! \nquery:htps/.', max_size=80))
def test_any_text_gives_an_outline(text: str) -> None:
    for feed in parse_urls(text).feeds:
        assert feed.url.lower().startswith(("http://", "https://"))


@given(
    st.lists(
        st.sampled_from(['unread = "yes"', "and", "or", "(", ")", 'title =~ "a b"', 'tags # "x"', "age > 3"]),
        max_size=9,
    )
)
def test_every_translation_is_a_query(parts: list[str]) -> None:
    query = translate(" ".join(parts))
    if query is not None:
        parse(query)
