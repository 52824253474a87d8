"""Words as the index knows them; the same on both sides."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.words import LINK_MARK, TOKENIZER, folded_words, index_text, link_tokens, site_key, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Łódź", ("lodz",)),
        ("Straße", ("strasse",)),
        ("cafe\u0301 CAFÉ", ("cafe", "cafe")),
        ("ﬁne ＡＢＣ", ("fine", "abc")),
        ("don't e-mail_me", ("don", "t", "e", "mail", "me")),
        ("東京タワー", ("東", "京", "タ", "ワ", "ー")),
        ("iPhone版", ("iphone", "版")),
        ("がぎ", ("が", "ぎ")),
        ("서울에서", ("서", "울", "에", "서")),
        ("กิน", ("กิ", "น")),
        ("हिन्दी", ("हिन्दी",)),
        ("Ελλάδα", ("ελλαδα",)),
        ("йод", ("иод",)),
        ("🎉 — ", ()),
    ],
)
def test_text_becomes_words(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute(f'CREATE VIRTUAL TABLE fts USING fts5(text, tokenize = "{TOKENIZER}")')
    db.execute("CREATE VIRTUAL TABLE word USING fts5vocab(fts, instance)")
    return db


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_sqlite_takes_the_words_apart_as_they_were_put_together(index: sqlite3.Connection, text: str) -> None:
    index.execute("DELETE FROM fts")
    index.execute("INSERT INTO fts VALUES (?)", (index_text(text),))
    assert tuple(term for (term,) in index.execute("SELECT term FROM word ORDER BY offset")) == tokens(text)


@given(st.text(st.sampled_from("aÉßﬁ東タกิ한े₂½ℵ-' 🎉"), max_size=20))
def test_folded_words_are_the_tokens_with_their_places(text: str) -> None:
    found = tuple(folded_words(text))
    assert tuple(word for word, _, _ in found) == tokens(text)
    assert all(tokens(text[start:end]) for _, start, end in found)


def test_the_words_of_a_link_are_no_words_of_a_text() -> None:
    marked = link_tokens("https://www.Example.org/caf%C3%A9?x=1")
    assert marked == tuple(LINK_MARK + word for word in ("example", "org", "cafe", "x", "1"))
    assert tokens(marked[0]) == ("example",)


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://www.blog.Example.com:8080/x", "com.example.blog."),
        ("example.com", "com.example."),
        ("http://[bad/x", ""),
        ("", ""),
    ],
)
def test_a_host_is_turned_round(link: str, key: str) -> None:
    assert site_key(link) == key
