"""The sources as lines, places as queries, and how they are found by a few letters."""

from __future__ import annotations

import pytest

from reader.model import Feed, FeedId, Folder, FolderId, Health, Sources, TagCount, TagId, View, ViewId
from reader.query import unparse
from reader.ui import fuzzy, places
from reader.ui.outline import FeedLines, is_source, is_stop, outline
from reader.ui.places import PlaceKind, Sort, query_of, unread_of


def feed(number: int, title: str, folder: str = "", unread: int = 0, **what: object) -> Feed:
    """Return a source."""
    return Feed(FeedId(number), f"https://{number}.example", title, folder=folder, unread=unread, **what)  # type: ignore[arg-type]


LIBRARY = Sources(
    feeds=(
        feed(1, "Zebra", unread=1), feed(2, "ant", "Insects", 2), feed(3, "Bee", "Insects/Striped", 3),
        feed(4, "Wasp", "Insects/Striped", health=Health.FAILING),
    ),
    folders=(Folder(FolderId(1), "Insects"), Folder(FolderId(2), "Insects/Striped")),
    tags=(TagCount(TagId(1), "sea", 4, 2), TagCount(TagId(2), "gone", 0, 0)),
    views=(View(ViewId(1), "Morning", "is:unread after:1d", unread=5),),
    inbox=6,
    failing=1,
)  # fmt: skip


def written(sources: Sources, *folded: str, only_unread: bool = False) -> list[str]:
    """Return the lines as text: indentation, label, count."""
    lines = outline(sources, frozenset(folded), only_unread=only_unread)
    return [
        f"{'  ' * line.depth}{line.label}{f' {line.count}' if line.count else ''}{line.mark}"
        for line in lines
    ]


def test_folders_hold_their_sources_and_count_all_below_them() -> None:
    lines = written(LIBRARY)

    assert lines[lines.index("Sources") + 1 : lines.index("Tags")] == [
        "Insects 5", "  ant 2", "  Striped 3", "    Bee 3", "    Wasp!", "Zebra 1",
    ]  # fmt: skip


def test_a_folded_folder_hides_all_below_it_and_keeps_its_count() -> None:
    lines = written(LIBRARY, "Insects")

    assert "Insects 5" in lines
    assert not any("Bee" in line or "Striped" in line for line in lines)


def test_only_sources_with_something_unread_can_be_shown() -> None:
    assert "    Wasp!" not in written(LIBRARY, only_unread=True)


def test_lists_views_and_used_tags_are_there_and_empty_parts_are_not() -> None:
    lines = written(LIBRARY)
    assert lines[0] == "Inbox 6"
    assert "Failing sources 1!" in lines
    assert "Morning 5" in lines
    assert "#sea 2" in lines
    assert not any("gone" in line for line in lines)
    assert "Sources" not in written(Sources())


def test_the_line_of_a_source_is_made_once_until_the_source_changes() -> None:
    lines_of = FeedLines()
    one = feed(1, "Zebra", unread=1)

    assert lines_of.of(one)[1] is lines_of.of(one)[1]
    assert lines_of.of(feed(1, "Zebra", unread=2))[1].count == 2


@pytest.mark.parametrize(
    ("place", "query"),
    [
        (places.INBOX, "is:inbox"),
        (places.LATER, "is:later sort:published"),
        (places.feed(LIBRARY.feeds[0]), "feed:1"),
        (places.folder(LIBRARY.folders[1]), "folder:=Insects/Striped"),
        (places.tag(TagCount(TagId(3), 'a "b" c', 1, 1)), 'tag:"a ""b"" c"'),
        (places.search("sort:title boat"), "boat sort:title"),
    ],
    ids=lambda value: value.title if isinstance(value, places.Place) else None,
)
def test_a_place_is_its_query(place: places.Place, query: str) -> None:
    assert unparse(query_of(place)) == query


def test_an_order_replaces_the_one_that_is_written_and_only_when_it_is_asked_for() -> None:
    place = places.search("boat sort:title")

    assert unparse(query_of(place, Sort.USUAL)) == "boat sort:title"
    assert unparse(query_of(place, Sort.OLDEST)) == "boat sort:published"
    assert unparse(unread_of(query_of(place))) == "boat is:unread"


def test_every_place_is_found_again_by_its_identity() -> None:
    for place in places.every(LIBRARY):
        assert places.find(LIBRARY, place.identity) == place
    assert places.find(LIBRARY, (PlaceKind.FEED, "99")) is None


def test_a_folder_s_sources_are_those_in_the_folders_inside_it_too() -> None:
    assert places.feeds_of(places.folder(LIBRARY.folders[0]), LIBRARY) == (2, 3, 4)
    assert places.feeds_of(places.feed(LIBRARY.feeds[0]), LIBRARY) == (1,)
    assert places.feeds_of(places.INBOX, LIBRARY) is None


def test_a_whole_name_beats_a_beginning_and_that_a_part() -> None:
    names = ["The Night Ferry", "Ferry", "Ferryman", "Ironferry", "Fairy"]

    assert fuzzy.best("ferry", names, str) == ["Ferry", "Ferryman", "The Night Ferry", "Ironferry"]
    assert fuzzy.best("tnf", names, str) == ["The Night Ferry"]
    assert fuzzy.best("", names, str) == names
    assert fuzzy.best("ecole", ["École", "School"], str) == ["École"]


def test_j_and_k_stop_at_views_sources_folded_folders_and_tags_and_reading_on_only_at_sources() -> None:
    lines = outline(LIBRARY, frozenset({"Insects/Striped"}))

    assert [line.label for line in lines if is_stop(line)] == ["Morning", "ant", "Striped", "Zebra", "#sea"]
    assert [line.label for line in lines if is_source(line)] == ["ant", "Striped", "Zebra"]
