"""Strategies that make queries: trees that ``parse`` could have made, texts a person could type, and noise."""

from __future__ import annotations

from hypothesis import strategies as st

from reader.query.fields import FIELDS, SORT_KEYS, STATES, THINGS
from reader.query.tree import (
    Anything,
    Comparison,
    Node,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    SortKey,
    Term,
    Unknown,
    Value,
    Word,
    all_of,
    any_of,
    none_of,
)

words = st.sampled_from(("rust", "python", "naïve", "東京", "C++", "don't", "x", "10:30", "a.b", "e-mail"))
phrases = st.sampled_from(
    ("two words", 'say "hi"', "AND", "*", "a,b", "-x", "it's", "/a/", "(", "http://x", "tag:y")
)
dates = st.sampled_from(("today", "7d", "2026-03", "2026-01-05t10:00", "mon", "3m", "2025"))
numbers = st.integers(0, 10**6).map(str)


def _texts() -> st.SearchStrategy[Value]:
    return st.one_of(
        words.map(Word),
        phrases.map(Phrase),
        st.sampled_from(("wor", "py", "東")).map(Prefix),
        st.builds(Pattern, st.sampled_from(("a+b", "^x|y$", r"\d{3}", "a b")), st.booleans()),
    )


def _ordered(sides: st.SearchStrategy[str]) -> st.SearchStrategy[Value]:
    both = st.tuples(st.just("") | sides, st.just("") | sides).filter(any)
    return sides.map(Word) | both.map(lambda pair: Range(*pair))


def _several(found: st.SearchStrategy[Value]) -> st.SearchStrategy[tuple[Value, ...]]:
    return st.lists(found, min_size=1, max_size=3, unique=True).map(tuple)


def _plain(name: str, values: tuple[str, ...]) -> st.SearchStrategy[Node]:
    return _several(st.sampled_from(values).map(Word)).map(lambda found: Term(name, found))


def _after_field(value: Value) -> bool:
    """Tell whether a value drawn for any place is one that ``parse`` gives after a field."""
    return not (isinstance(value, Word) and value.text.startswith("-"))


terms: st.SearchStrategy[Node] = st.one_of(
    (_texts() | st.just(Anything())).map(lambda value: Term("", (value,))),
    st.builds(
        Term,
        st.sampled_from(("title", "text", "author", "note", "feed", "folder", "tag", "topic")),
        _several(_texts().filter(_after_field)),
    ),
    st.builds(
        Term,
        st.sampled_from(("title", "feed", "tag", "url")),
        _several((words.map(Word) | phrases.map(Phrase)).filter(_after_field)),
        st.just(Comparison.EQUALS),
    ),
    _plain("is", STATES),
    _plain("has", THINGS),
    _plain("no", THINGS),
    _plain("after", ("7d", "2026-03")),
    st.builds(Term, st.sampled_from(("published", "added", "read")), _several(_ordered(dates))),
    st.builds(
        Term,
        st.sampled_from(("words", "min", "id")),
        _several(numbers.map(Word)),
        st.sampled_from(list(Comparison)),
    ),
    st.builds(Term, st.just("words"), _several(_ordered(numbers))),
    st.builds(Term, st.just("search"), _several(words.map(Word) | phrases.map(Phrase))),
    st.builds(Unknown, st.sampled_from(("foo", "std", "Note-to")), words.map(Word) | phrases.map(Phrase)),
)

nodes: st.SearchStrategy[Node] = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(tuple(parts))),
        inner.map(none_of),
    ),
    max_leaves=8,
)

queries = st.builds(
    Query,
    st.none() | nodes,
    st.lists(st.builds(SortKey, st.sampled_from(SORT_KEYS), st.booleans()), max_size=2, unique=True).map(
        tuple
    ),
    st.none() | st.integers(1, 10**6),
)

_pieces = st.sampled_from(
    (
        *(f"{name}:" for field in FIELDS for name in (field.name, *field.aliases)),
        *(
            '"',
            "'",
            "/",
            "(",
            ")",
            "-",
            "!",
            "|",
            "OR",
            "AND",
            "NOT ",
            "#",
            "@",
            "*",
            ",",
            "..",
            ":",
            "=",
            ">",
            "<",
            "\\",
        ),
        *(
            " ",
            " ",
            " ",
            "rust",
            "2026-03",
            "7d",
            "12",
            "is:unread",
            "http://x.org/(a)",
            "/a+/i",
            "東京",
            "\x00",
            "\ud800",
        ),
    )
)
typed = st.lists(_pieces, max_size=14).map("".join)
"""Text of the pieces the grammar is made of, in any order."""
noise = st.text(max_size=40) | typed
