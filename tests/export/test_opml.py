"""Subscriptions on their way out, and in again."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.export.opml import write_opml
from reader.feeds.opml import parse_opml
from reader.model import Feed, FeedId, FullText, SourceKind
from reader.text import clean_line


def feed(number: int = 1, **what: object) -> Feed:
    return Feed(FeedId(number), f"https://site.example/{number}", f"Feed {number}", **what)  # type: ignore[arg-type]


def test_a_list_names_folders_feeds_and_tags() -> None:
    document = write_opml(
        [feed(1, folder="News/Local", site_url="https://site.example/", tags=("a", "b/c")), feed(2)],
        ["Empty", "News"],
        now=datetime(2026, 5, 1, 12, tzinfo=UTC),
    ).decode()
    assert document.startswith("<?xml version='1.0' encoding='UTF-8'?>")
    assert "<dateCreated>Fri, 01 May 2026 12:00:00 +0000</dateCreated>" in document
    assert '<outline text="Empty" title="Empty"/>' in document
    assert 'category="a,b/c"' in document
    assert (
        document.index("Empty") < document.index("News") < document.index("Local") < document.index("Feed 1")
    )


def test_saved_pages_are_no_subscription() -> None:
    assert b"Feed 1" not in write_opml([feed(1, kind=SourceKind.SAVED)])


def test_settings_of_our_own_stand_in_our_own_namespace() -> None:
    document = write_opml([feed(1, full_text=FullText.PAGE, kind=SourceKind.PAGE)]).decode()
    assert 'broadsheet:fullText="page"' in document
    assert 'broadsheet:kind="page"' in document


def test_what_another_reader_said_of_a_feed_is_said_again() -> None:
    kept = (
        ("{https://freshrss.org/opml}cssFullContent", "main"),
        ("nnw_isMuted", "1"),
        ("no name", "x"),
        ("title", "x"),
    )
    (again,) = parse_opml(write_opml([feed(1)], attributes={FeedId(1): kept})).feeds
    assert again.attributes == kept[:2]
    assert again.title == "Feed 1"


names = st.text(max_size=20).map(clean_line).filter(lambda name: name and "/" not in name)
feeds = st.builds(
    Feed,
    id=st.integers(1, 99).map(FeedId),
    url=st.integers(1, 9999).map(lambda number: f"https://site.example/?a={number}&b=<'\">"),
    title=names,
    folder=st.lists(names, max_size=3).map("/".join),
    tags=st.lists(st.sampled_from(["a", "b/c", "ä"]), unique=True, max_size=3).map(tuple),
)


@settings(max_examples=100)
@given(st.lists(feeds, max_size=6))
def test_what_goes_out_comes_in_again(written: list[Feed]) -> None:
    read = parse_opml(write_opml(written)).feeds
    key = lambda item: (item[0], item[1], item[2], item[3])  # noqa: E731 - folders group the feeds anew
    assert sorted(((f.url, f.title, f.folder, f.tags) for f in read), key=key) == sorted(
        ((f.url, f.title, f.folder, f.tags) for f in written), key=key
    )


def test_a_list_gives_no_password_away() -> None:
    secret = "https://ann:open-sesame@site.example/1"
    document = write_opml([Feed(FeedId(1), secret, secret, site_url=secret)])
    assert b"sesame" not in document
    assert b"ann" not in document
    assert document.count(b'"https://site.example/1"') == 4
