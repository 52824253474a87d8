"""Nothing is shown twice and no state is lost, whatever a publisher changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.identity import (
    KnownEntry,
    Nothing,
    Plan,
    Policy,
    content_hash,
    normal_link,
    plan,
    strip_tracking,
)
from reader.model import Enclosure, EntryId, ParsedEntry, ParsedFeed

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(
    guid: str = "", link: str = "", title: str = "", day: int | None = None, text: str = ""
) -> ParsedEntry:
    published = None if day is None else DAY + timedelta(days=day)
    return ParsedEntry(guid=guid, link=link, title=title, published=published, summary=text)


def feed(*entries: ParsedEntry, link: str = "https://site.example/") -> ParsedFeed:
    return ParsedFeed("rss", "Site", link, entries)


@dataclass
class Library:
    """The simplest library that identity can be asked about: one feed, all in memory."""

    policy: Policy = Policy.GUID
    known: dict[EntryId, KnownEntry] = field(default_factory=dict)
    aliases: dict[bytes, EntryId] = field(default_factory=dict)

    def by_keys(self, keys: Collection[bytes]) -> Mapping[bytes, KnownEntry]:
        found = {key: self.known[id_] for key, id_ in self.aliases.items() if key in keys}
        found.update({known.key: known for known in self.known.values() if known.key in keys})
        return found

    def by_links(self, links: Collection[bytes]) -> Iterable[KnownEntry]:
        return [known for known in self.known.values() if known.link in links]

    def by_titles(self, titles: Collection[bytes]) -> Iterable[KnownEntry]:
        return [known for known in self.known.values() if known.title in titles]

    def fetch(self, *entries: ParsedEntry) -> list[EntryId]:
        """Store a document; return the id of each planned entry in the document's order."""
        made = plan(self, feed(*entries))
        self.policy = made.policy
        return [self._store(planned_id, made, place) for place, planned_id in enumerate(_ids(made))]

    def _store(self, id_: EntryId | None, made: Plan, place: int) -> EntryId:
        planned = made.entries[place]
        id_ = id_ or EntryId(len(self.known) + 1)
        self.known[id_] = KnownEntry(id_, planned.key, planned.link, planned.title, planned.entry.published)
        self.aliases.pop(planned.key, None)
        if planned.alias is not None:
            self.aliases[planned.alias] = id_
        return id_


def _ids(made: Plan) -> list[EntryId | None]:
    return [planned.id for planned in made.entries]


# ---------------------------------------------------------------------------------------- the key


def test_a_first_document_is_all_new() -> None:
    made = plan(Nothing(), feed(entry("1", title="One"), entry("2", title="Two")))
    assert _ids(made) == [None, None]


def test_an_entry_is_known_by_its_guid_whatever_else_changes() -> None:
    library = Library()
    first = library.fetch(entry("tag:1", "https://site.example/a", "Before", 0))
    assert library.fetch(entry("tag:1", "https://other.example/b", "After", 3)) == first


def test_guids_are_compared_byte_for_byte() -> None:
    library = Library()
    library.fetch(entry("ID", title="One"))
    library.fetch(entry("id", title="Two"))
    assert len(library.known) == 2


def test_without_a_guid_the_link_is_the_key() -> None:
    library = Library()
    first = library.fetch(entry("", "https://site.example/a", "Before"))
    assert library.fetch(entry("", "https://site.example/a", "After")) == first


def test_https_and_tracking_do_not_make_another_link() -> None:
    library = Library()
    first = library.fetch(entry("", "http://site.example/a", "A"))
    assert library.fetch(entry("", "https://SITE.example/a/?utm_source=rss#top", "A, corrected")) == first


def test_without_guid_and_link_title_and_date_are_the_key() -> None:
    library = Library()
    first = library.fetch(entry(title="Notice", day=0, text="one"))
    assert library.fetch(entry(title="Notice", day=0, text="two")) == first
    assert library.fetch(entry(title="Notice", day=1)) != first


def test_an_entry_announced_twice_in_one_document_is_planned_once() -> None:
    made = plan(Nothing(), feed(entry("1", title="One"), entry("1", title="One"), entry("2", title="Two")))
    assert [planned.entry.guid for planned in made.entries] == ["1", "2"]


# ---------------------------------------------------------------------------------------- guids that say nothing


def test_entries_that_share_one_guid_are_all_kept() -> None:
    library = Library()
    entries = [entry("same", f"https://site.example/{n}", f"Title {n}", n) for n in range(5)]
    assert len(set(library.fetch(*entries))) == 5
    assert len(set(library.fetch(*entries))) == 5
    assert len(library.known) == 5


def test_a_feed_whose_guids_say_nothing_is_never_believed_again() -> None:
    library = Library()
    library.fetch(*(entry("same", f"https://site.example/{n}", f"Title {n}", n) for n in range(5)))
    assert library.policy is Policy.LINK
    library.fetch(entry("same", "https://site.example/new", "New", 9))
    assert len(library.known) == 6


def test_two_faulty_guids_among_many_leave_the_policy_alone() -> None:
    library = Library()
    good = [entry(str(n), f"https://site.example/{n}", f"Title {n}", n) for n in range(58)]
    twins = [entry("twin", f"https://site.example/twin{n}", f"Twin {n}", 70 + n) for n in range(2)]
    assert len(library.fetch(*good, *twins)) == 60
    assert library.policy is Policy.GUID


def test_entries_that_all_link_to_the_home_page_are_told_apart_by_date_or_title() -> None:
    library = Library()
    entries = [entry("", "https://site.example/", f"Title {n}", n) for n in range(4)]
    assert len(set(library.fetch(*entries))) == 4
    library.fetch(entry("", "https://site.example/", "Title 9", 9))
    assert len(library.known) == 5


def test_entries_that_share_link_and_title_are_told_apart_by_their_text() -> None:
    made = plan(
        Nothing(), feed(*(entry("", "https://site.example/", "News", text=f"text {n}") for n in range(3)))
    )
    assert len({planned.key for planned in made.entries}) == 3


# ---------------------------------------------------------------------------------------- the second chance


def test_a_site_that_changes_its_guids_keeps_its_entries() -> None:
    library = Library()
    old = [entry(f"http://a.example/?p={n}", f"https://site.example/{n}", f"Title {n}", n) for n in range(8)]
    first = library.fetch(*old)
    new = [replace(item, guid=item.guid.replace("http://a", "https://b")) for item in old]
    assert library.fetch(*new) == first
    assert library.fetch(*new) == first


def test_an_old_guid_still_means_its_entry() -> None:
    library = Library()
    item = entry("old", "https://site.example/1", "One", 1)
    first = library.fetch(item)
    library.fetch(replace(item, guid="new"))
    assert library.fetch(replace(item, title="One, again", link="https://site.example/x")) == first


def test_a_guid_with_the_headline_in_it_may_change_with_the_headline() -> None:
    library = Library()
    first = library.fetch(entry("breaking-one", "https://site.example/1", "Breaking: one", 1))
    assert library.fetch(entry("what-we-know", "https://site.example/1", "What we know", 1)) == first


def test_a_bulletin_with_a_fixed_title_and_link_is_new_every_day() -> None:
    library = Library()
    for day in range(5):
        library.fetch(entry(f"bulletin-{day}", "https://radio.example/news", "Evening news", day))
    assert len(library.known) == 5


def test_a_podcast_whose_entries_all_link_to_the_show_keeps_them_apart() -> None:
    library = Library()
    show = "https://pod.example/show"
    library.fetch(*(entry(f"ep{n}", show, f"Episode {n}", n) for n in range(10)))
    library.fetch(*(entry(f"ep{n}", show, f"Episode {n}", n) for n in range(5, 15)))
    assert len(library.known) == 15


def test_an_entry_that_is_still_announced_is_never_taken_for_another() -> None:
    library = Library()
    first = entry("1", "https://site.example/a", "Notice", 1)
    ids = library.fetch(first)
    both = library.fetch(replace(first, guid="2"), first)
    assert len(set(both)) == 2
    assert ids[0] == both[1]


def test_a_site_that_moved_is_recognised_by_title_and_day() -> None:
    library = Library()
    old = [entry(f"old-{n}", f"https://old.example/{n}", f"Title {n}", n) for n in range(6)]
    first = library.fetch(*old)
    moved = [
        ParsedEntry(f"new-{n}", f"https://new.example/{n}", f"Title {n}", DAY + timedelta(days=n, hours=2))
        for n in range(6)
    ]
    assert library.fetch(*moved) == first


def test_one_new_entry_with_a_used_title_is_no_move() -> None:
    library = Library()
    library.fetch(*(entry(f"{n}", f"https://site.example/{n}", "Open thread", n) for n in range(6)))
    library.fetch(entry("x", "https://site.example/x", "Open thread", 30))
    assert len(library.known) == 7


# ---------------------------------------------------------------------------------------- against a naive model


@dataclass
class Publisher:
    """A site that changes one habit at a time; ``articles`` is the truth that identity has to find again."""

    guids: str = "id-{}"
    links: str = "http://site.example/posts/{}"
    titles: str = "Title {}"
    dated: bool = True

    def announce(self, numbers: Sequence[int]) -> list[ParsedEntry]:
        return [
            ParsedEntry(
                guid=self.guids.format(number),
                link=self.links.format(number),
                title=self.titles.format(number // 3 if self.dated else number),
                published=DAY + timedelta(days=number) if self.dated else None,
            )
            for number in numbers
        ]


HABITS: dict[str, list[str]] = {
    "guids": ["id-{}", "", "http://host{}.example/?p=1", "urn:{}", "same for all"],
    "links": [
        "http://site.example/posts/{}",
        "https://site.example/posts/{}/?utm_medium=feed",
        "https://moved.example/{}.html",
        "https://site.example/posts/{}#comments",
    ],
    "titles": ["Title {}", "title  {}", "{}: retitled"],
}


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, str, list[int]]]:
    """A list of documents: which habit changes before it, to what, and the articles it announces in which order."""
    documents = []
    for _ in range(draw(st.integers(1, 6))):
        habit = draw(st.sampled_from(sorted(HABITS)))
        value = draw(st.sampled_from(HABITS[habit]))
        shown = draw(st.lists(st.integers(0, 11), unique=True, max_size=12))
        documents.append((habit, value, shown))
    return documents


@settings(max_examples=150, deadline=None)
@given(histories(), st.booleans())
def test_every_article_keeps_one_id_through_every_change_of_habits(
    documents: list[tuple[str, str, list[int]]], dated: bool
) -> None:
    publisher, library = Publisher(dated=dated), Library()
    truth: dict[int, EntryId] = {}
    for habit, value, shown in documents:
        if not dated and habit != "guids":
            continue  # without dates, a new link or title beside a missing guid leaves nothing to go by
        # All that is known is announced once more after a change, or a single piece of evidence would be left of it.
        setattr(publisher, habit, value)
        numbers = list(dict.fromkeys((*shown, *truth)))
        ids = library.fetch(*publisher.announce(numbers))
        assert len(ids) == len(numbers), "an article was swallowed"
        for number, id_ in zip(numbers, ids, strict=True):
            assert truth.setdefault(number, id_) == id_, "an article lost its state"
        assert len(set(truth.values())) == len(truth), "two articles share one state"
    assert len(library.known) == len(truth), "an article was shown twice"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), unique=True, max_size=10), max_size=8))
def test_order_and_gaps_in_documents_mean_nothing(documents: list[list[int]]) -> None:
    publisher, library = Publisher(), Library()
    truth: dict[int, EntryId] = {}
    for numbers in documents:
        for number, id_ in zip(numbers, library.fetch(*publisher.announce(numbers)), strict=True):
            assert truth.setdefault(number, id_) == id_
    assert len(library.known) == len(truth)


wild_entries = st.builds(
    entry,
    guid=st.sampled_from(["", "a", "b", "c"]),
    link=st.sampled_from(["", "https://site.example/", "https://site.example/1", "https://site.example/2"]),
    title=st.sampled_from(["", "One", "Two"]),
    day=st.sampled_from([None, 0, 1]),
    text=st.sampled_from(["", "text", "other"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(wild_entries, max_size=8), max_size=5))
def test_no_plan_names_a_key_or_an_entry_twice_and_the_same_document_brings_nothing_new(
    documents: list[list[ParsedEntry]],
) -> None:
    library = Library()
    for entries in documents:
        made = plan(library, feed(*entries))
        known = [id_ for id_ in _ids(made) if id_ is not None]
        assert len(known) == len(set(known))
        assert len({planned.key for planned in made.entries}) == len(made.entries)
        library.fetch(*entries)
        size = len(library.known)
        library.fetch(*entries)
        assert len(library.known) == size, "the same document again brought something new"


# ---------------------------------------------------------------------------------------- content


def test_tags_white_space_and_dates_are_no_change_of_content() -> None:
    before = entry("1", "https://site.example/a", "T", 0, "<p>Some  text</p>")
    after = replace(before, summary="<div class='x'>Some text</div>\n", updated=DAY)
    assert content_hash(before) == content_hash(after)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"link": "https://site.example/b"},
        {"summary": "<p>Other text</p>"},
        {"enclosures": (Enclosure("https://site.example/a.mp3"),)},
    ],
)
def test_what_a_reader_sees_is_content(change: dict[str, object]) -> None:
    before = entry("1", "https://site.example/a", "T", 0, "<p>Some text</p>")
    assert content_hash(before) != content_hash(replace(before, **change))  # type: ignore[arg-type]


def test_hashing_a_body_of_brackets_takes_no_time() -> None:
    content_hash(entry("1", text="<" * 1_000_000))


# ---------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://site.example/a", "https://site.example/a"),
        ("https://Site.Example:443/a", "https://site.example/a"),
        ("https://site.example/a/", "https://site.example/a"),
        ("https://site.example/a#comments", "https://site.example/a"),
        ("https://site.example/a?utm_source=x&id=1", "https://site.example/a?id=1"),
        ("https://www.bbc.co.uk/news/1?at_medium=RSS&at_campaign=rss", "https://www.bbc.co.uk/news/1"),
        ("https://site.example/%7euser/ü", "https://site.example/%7Euser/%C3%BC"),
        ("https://site.example", "https://site.example/"),
        (" https://site.example/a\n", "https://site.example/a"),
    ],
)
def test_links_that_lead_to_one_page_are_equal(one: str, other: str) -> None:
    assert normal_link(one) == normal_link(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://site.example/a", "https://site.example/b"),
        ("https://site.example/a?id=1", "https://site.example/a?id=2"),
        ("https://www.site.example/a", "https://site.example/a"),
        ("https://site.example/a?at_time=1", "https://site.example/a?at_time=2"),
        ("https://app.example/#!/a", "https://app.example/#!/b"),
        ("https://site.example:8080/a", "https://site.example/a"),
        ("https://site.example/A", "https://site.example/a"),
        ("gemini://site.example/a", "https://site.example/a"),
    ],
)
def test_links_that_may_lead_to_two_pages_differ(one: str, other: str) -> None:
    assert normal_link(one) != normal_link(other)


def test_stripping_tracking_keeps_everything_else_byte_for_byte() -> None:
    url = "https://Site.example/a%2fb?z=1&utm_source=rss&A=%7e&fbclid=xyz&ref=other.example#x"
    assert strip_tracking(url) == "https://Site.example/a%2fb?z=1&A=%7e&ref=other.example#x"


def test_ref_is_tracking_only_when_it_names_the_site_itself() -> None:
    url = "https://elsewhere.example/a?ref=site.example"
    assert strip_tracking(url, "www.site.example") == "https://elsewhere.example/a"
    assert strip_tracking(url, "third.example") == url


@pytest.mark.parametrize(
    "url", ["https://[::1", "https://site.example:port/", "", "mailto:x@y.example", "\x00"]
)
def test_what_is_no_address_is_compared_as_it_is(url: str) -> None:
    assert normal_link(url) == url.strip()


@given(
    st.from_regex(
        r"https?://[a-z0-9.-]{1,12}(:80|:443|:8080)?(/[A-Za-z0-9/._~%-]{0,12})?(\?[a-z=&1_]{0,9})?",
        fullmatch=True,
    )
)
def test_the_short_way_to_a_comparable_link_leads_where_the_long_one_does(url: str) -> None:
    assert normal_link(url) == normal_link(url + "#fragment")
