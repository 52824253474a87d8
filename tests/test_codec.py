from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from reader import codec
from reader.document import (
    Block,
    Cell,
    Code,
    Definition,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)
from reader.model import Appended, Article, Verdict

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
spans = st.lists(
    st.builds(
        Span, text, st.sets(st.sampled_from(list(Mark))).map(lambda marks: Mark(sum(marks))), href=text
    ),
    max_size=3,
).map(tuple)
cells = st.builds(Cell, spans, st.booleans(), st.integers(1, 9), st.integers(1, 9))
leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, spans),
    st.builds(Heading, st.integers(2, 6), spans),
    st.builds(Code, text, text),
    st.builds(Table, st.lists(st.lists(cells, max_size=2).map(tuple), max_size=2).map(tuple), spans),
    st.builds(
        Figure,
        text,
        text,
        spans,
        text,
        st.sampled_from(["image", "video", "audio", "embed"]),
        st.integers(0, 99),
    ),
    st.just(Rule()),
)


def nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    run = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, run, st.booleans()),
        st.builds(ListBlock, st.lists(run, max_size=3).map(tuple), st.booleans(), st.integers(-3, 99)),
        st.builds(DefinitionList, st.lists(st.builds(Definition, spans, run), max_size=2).map(tuple)),
        st.builds(Footnote, text, run),
    )


blocks = st.lists(st.recursive(leaves, nested, max_leaves=6), max_size=4).map(tuple)
instants = st.datetimes(timezones=st.just(UTC)) | st.none()
articles = st.builds(
    Article,
    title=text,
    blocks=blocks,
    url=text,
    authors=st.lists(text, max_size=2).map(tuple),
    published=instants,
    modified=instants,
    caption=text,
    topics=st.lists(text, max_size=2).map(tuple),
    paywalled=st.booleans(),
    appended=st.lists(st.builds(Appended, text, text, blocks), max_size=1).map(tuple),
    verdict=st.sampled_from(list(Verdict)),
    reason=text,
    kept_share=st.floats(0, 1),
    word_count=st.integers(0, 10**6),
    origins=st.dictionaries(text, text, max_size=2).map(lambda origins: tuple(origins.items())),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(blocks)
def test_blocks_come_back_as_they_were_stored(value: tuple[Block, ...]) -> None:
    assert codec.decode_blocks(codec.encode_blocks(value)) == value


@given(articles)
def test_an_article_comes_back_as_it_was_stored(article: Article) -> None:
    assert codec.decode_article(codec.encode_article(article)) == article


@given(articles)
def test_an_article_as_json_can_be_written_by_any_json_writer(article: Article) -> None:
    value = json.loads(json.dumps(codec.article_to_json(article)))
    assert codec.article_from_json(value) == article


@given(st.binary(max_size=200))
def test_bytes_that_are_no_blocks_are_no_blocks(data: bytes) -> None:
    assert codec.decode_blocks(data) == ()
    assert codec.decode_article(data) is None


@given(st.lists(st.dictionaries(st.sampled_from(["kind", "spans", "items", "rows", "level"]), json_values)))
def test_misshapen_stored_values_never_raise(value: list[object]) -> None:
    codec.decode_blocks(zlib.compress(json.dumps(value).encode()))


def test_a_kind_of_block_from_a_later_version_is_skipped() -> None:
    known = codec.blocks_to_json((Paragraph((Span("kept"),)),))
    stored = zlib.compress(json.dumps([{"kind": "hologram", "depth": 3}, *known]).encode())
    assert codec.decode_blocks(stored) == (Paragraph((Span("kept"),)),)


def test_a_mark_from_a_later_version_is_ignored() -> None:
    value = [{"kind": "paragraph", "spans": [{"text": "a", "marks": ["strong", "sparkling"]}]}]
    assert codec.decode_blocks(zlib.compress(json.dumps(value).encode())) == (
        Paragraph((Span("a", Mark.STRONG),)),
    )


def test_json_nested_without_end_is_no_blocks() -> None:
    assert codec.decode_blocks(zlib.compress(b"[" * 100_000)) == ()


def test_quotes_nested_deeper_than_python_walks_are_no_blocks() -> None:
    deep = b'[{"kind":"quote","blocks":' * 450 + b"[]" + b"}]" * 450
    assert codec.decode_blocks(zlib.compress(deep)) == ()
    assert codec.decode_article(zlib.compress(b'{"title":"a","blocks":' + deep + b"}")) is None


def test_a_lone_surrogate_does_not_stop_an_article_from_being_stored() -> None:
    assert codec.decode_blocks(codec.encode_blocks((Code("\ud800"),))) == (Code("?"),)


def test_dates_are_written_in_utc() -> None:
    east = timezone(timedelta(hours=9))
    article = Article("a", (), published=datetime(2026, 1, 1, 8, tzinfo=east))
    assert codec.article_to_json(article)["published"] == "2025-12-31T23:00:00+00:00"
