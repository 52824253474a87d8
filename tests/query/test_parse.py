"""What a person types, and the tree it becomes."""

from __future__ import annotations

import pytest
from hypothesis import given

from reader.errors import QueryError
from reader.query import parse, unparse
from reader.query.fields import FIELDS
from reader.query.parse import MAX_DEPTH, MAX_LENGTH, MAX_TERMS
from reader.query.tree import (
    And,
    Anything,
    Comparison,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    SortKey,
    Term,
    Unknown,
    Word,
)

from . import texts


def word(text: str) -> Term:
    return Term("", (Word(text),))


@given(texts.queries)
def test_the_canonical_text_of_any_tree_is_read_back_as_that_tree(query: Query) -> None:
    assert parse(unparse(query)) == query


@given(texts.noise)
def test_any_text_is_a_query_or_a_query_error_inside_the_text(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as raised:
        error = raised
    else:
        assert parse(unparse(query)) == query
        return
    assert 0 <= error.column <= len(text)
    assert str(error).endswith((".", "?"))


def test_empty_text_matches_everything() -> None:
    assert parse("  ") == Query()


def test_words_side_by_side_must_all_be_there() -> None:
    assert parse("rust AND async\u3000x").where == And((word("rust"), word("async"), word("x")))


def test_or_binds_looser_than_and() -> None:
    assert parse("a b | c OR (d e)").where == Or(
        (And((word("a"), word("b"))), word("c"), And((word("d"), word("e"))))
    )


def test_a_negation_holds_for_the_next_term_or_group() -> None:
    assert parse("-a b").where == And((Not(word("a")), word("b")))
    assert parse("!(a b)").where == Not(And((word("a"), word("b"))))
    assert parse("NOT -a").where == word("a")


def test_only_upper_case_words_are_operators() -> None:
    assert parse("and or not ANDROID").where == And((word("and"), word("or"), word("not"), word("ANDROID")))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("e-mail", Word("e-mail")),
        ("don't", Word("don't")),
        ("10:30", Word("10:30")),
        ("wor*", Prefix("wor")),
        ("*", Anything()),
        ('"two words"', Phrase("two words")),
        ("'two words'", Phrase("two words")),
        ('"say ""hi"""', Phrase('say "hi"')),
        ("'tis", Phrase("'tis")),
        ("/colou?r b/i", Pattern("colou?r b", ignore_case=True)),
        (r"/a\/b/", Pattern(r"a\/b")),
        ("/usr/bin", Phrase("/usr/bin")),
        ("a*b", Phrase("a*b")),
        ("-", Phrase("-")),
        (":)", None),
    ],
)
def test_a_free_value(text: str, value: Word | None) -> None:
    if value is None:
        with pytest.raises(QueryError):
            parse(text)
    else:
        assert parse(text).where == Term("", (value,))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("title:rust", Term("title", (Word("rust"),))),
        ("INTITLE:rust", Term("title", (Word("rust"),))),
        ('from:="Jane Doe"', Term("author", (Phrase("Jane Doe"),), Comparison.EQUALS)),
        ("feed:12,ars*", Term("feed", (Word("12"), Prefix("ars")))),
        ("tag:a,a,b,", Term("tag", (Word("a"), Word("b")))),
        ("#a/b", Term("tag", (Word("a/b"),))),
        ("label:*", Term("tag", (Anything(),))),
        ("is:Star", Term("is", (Word("starred"),))),
        ("age:<2D", Term("age", (Word("2d"),), Comparison.BELOW)),
        ("date:2026-01..", Term("published", (Range("2026-01", ""),))),
        ("words:>=0800", Term("words", (Word("800"),), Comparison.AT_LEAST)),
        ("lang:pt-BR", Term("lang", (Word("pt-br"),))),
        ("id:12,13", Term("id", (Word("12"), Word("13")))),
        ("search:morning", Term("search", (Word("morning"),))),
        ('@"good morning"', Term("search", (Phrase("good morning"),))),
        ("title:/a(b|c)/", Term("title", (Pattern("a(b|c)"),))),
        ("url:/a/", Term("url", (Phrase("/a/"),))),
        ("site:/a/", Term("site", (Phrase("/a/"),))),
        ("title:1..2", Term("title", (Word("1..2"),))),
    ],
)
def test_a_term_on_a_field(text: str, term: Term) -> None:
    assert parse(text).where == term


def test_a_pasted_address_is_looked_for_in_links() -> None:
    address = "https://en.wikipedia.org/wiki/Lisp_(language)?a=1,2"
    assert parse(address).where == Term("url", (Phrase(address),))
    assert parse("(HTTP://a.org/x)").where == Term("url", (Word("HTTP://a.org/x"),))


def test_a_name_that_is_no_field_is_kept_for_the_compiler_to_judge() -> None:
    assert parse("foo:bar").where == Unknown("foo", Word("bar"))
    assert parse('re:"a b"').where == Unknown("re", Phrase("a b"))
    assert parse("foo: bar").where == And((Term("", (Phrase("foo:"),)), word("bar")))


def test_sort_and_limit_hold_for_the_whole_query() -> None:
    query = parse("rust sort:-added,feed limit:50 | go")
    assert query.sort == (SortKey("added", descending=True), SortKey("feed"))
    assert query.limit == 50
    assert query.where == Or((word("rust"), word("go")))


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ('a "open', 2, "never closed"),
        ("a (b", 2, "never closed"),
        ("a)", 1, "no ( for this )"),
        ("()", 0, "nothing in this group"),
        ("a OR", 2, "OR needs"),
        ("OR a", 0, "OR needs"),
        ("a OR OR b", 5, "OR needs"),
        ("AND a", 0, "AND needs"),
        ("a NOT", 2, "NOT needs"),
        ("x title:", 2, "title: needs a value"),
        ("is:unred", 3, "Did you mean is:unread?"),
        ("has:xyz", 4, "It takes note,"),
        ("after:soon", 6, "is no date"),
        ("date:2026-02-30", 5, "is no date"),
        ("age:today", 4, "no length of time"),
        ("words:many", 6, "whole number"),
        ("words:>1..2", 7, "range cannot be compared"),
        ("is:>read", 0, "cannot be compared"),
        ("title:/(/", 6, "pattern cannot be used"),
        ("after:*", 6, "does not take *"),
        ("limit:0", 6, "from 1 to"),
        ("limit:1,2", 0, "takes one number"),
        ("sort:size", 5, "There is no sort:size"),
        ("sort:title sort:feed", 11, "given twice"),
        ("(a sort:title)", 3, "whole query"),
        ("-limit:5", 1, "whole query"),
        ("words:..", 6, "at least one end"),
    ],
)
def test_an_error_names_the_column_and_what_to_do(text: str, column: int, said: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert said in str(raised.value)
    assert raised.value.column == column


def test_what_is_too_long_too_deep_or_too_much_is_refused() -> None:
    for text in (
        "x" * (MAX_LENGTH + 1),
        "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1),
        "a " * (MAX_TERMS + 1),
    ):
        with pytest.raises(QueryError):
            parse(text)


def test_every_example_of_the_table_of_fields_can_be_read() -> None:
    for field in FIELDS:
        query = parse(field.example)
        named = query.where.name if isinstance(query.where, Term) else field.name
        assert named == field.name


def test_no_name_means_two_fields() -> None:
    names = [name for field in FIELDS for name in (field.name, *field.aliases)]
    assert len(names) == len(set(names))
