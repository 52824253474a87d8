"""Random articles for property tests: blocks of every kind, in every script, nested, with hostile sizes."""

from __future__ import annotations

from hypothesis import strategies as st

from reader.document import (
    Block,
    Blocks,
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
from reader.text import clean, clean_code

WORDS = (
    "a", "lamp", "well-known", "Straßen\u00adlaterne", "zero\u200bwidth", "https://lamp.example/a/b?c=d&e=f", "—", "(", ")",
    "日本語", "、", "ー", "「灯」", "한국어", "مصباح", "פנס", "ไฟถนน", "👩‍👩‍👧", "❤️", "🇩🇪", "e\u0301", "x" * 50, "1,234.5", "\u00a0",
    "का", "*", "[1]", "\u200d", "\u200c", "\ufe0f",
)  # fmt: skip
"""Words that have something in them to get wrong."""

HREFS = ("", "", "", "https://lamp.example/1", "https://lamp.example/2", "mailto:a@lamp.example", "#1")

texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
    st.text(max_size=40),
).map(clean)

spans = st.lists(
    st.builds(Span, texts, st.sampled_from([Mark.PLAIN, *Mark]), st.sampled_from(HREFS)), max_size=4
).map(tuple)

cells = st.builds(
    Cell,
    spans,
    st.booleans(),
    colspan=st.sampled_from([1, 1, 1, 2, 1000]),
    rowspan=st.sampled_from([1, 1, 2, 10**9]),
)

leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, spans),
    st.builds(Heading, st.integers(2, 6), spans),
    st.builds(Code, st.text(max_size=150).map(clean_code), st.sampled_from(["", "python", "nonsense"])),
    st.builds(Table, st.lists(st.lists(cells, max_size=5).map(tuple), max_size=4).map(tuple), spans),
    st.builds(
        Figure,
        st.sampled_from(["", "https://lamp.example/p.jpg"]),
        texts,
        spans,
        st.sampled_from(["", "Photo: Ines Orr"]),
        st.sampled_from(["image", "video", "audio", "embed", "other"]),
        st.integers(0, 9999),
        st.integers(0, 9999),
    ),
    st.just(Rule()),
)


def _around(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks, st.booleans()),
        st.builds(
            ListBlock,
            st.lists(blocks, max_size=3).map(tuple),
            st.booleans(),
            st.sampled_from([0, 1, 9, 99999999999]),
        ),
        st.builds(DefinitionList, st.lists(st.builds(Definition, spans, blocks), max_size=2).map(tuple)),
        st.builds(Footnote, st.sampled_from(["1", "a-rather-long-label-of-a-note"]), blocks),
    )


block: st.SearchStrategy[Block] = st.recursive(leaves, _around, max_leaves=8)
documents: st.SearchStrategy[Blocks] = st.lists(block, max_size=5).map(tuple)
