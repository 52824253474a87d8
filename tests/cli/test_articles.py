"""Listing, searching, showing and changing articles."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from reader.cli.exits import Exit
from reader.document import plain_text
from reader.model import EntryId
from reader.store.articles import load
from reader.store.database import Database
from reader.store.feeds import all_feeds
from reader.typeset import Options, line_text, set_article

from .conftest import Cli


def test_list_prints_the_inbox_newest_first(stocked: Cli) -> None:
    found = stocked("list", "--json").objects
    assert len(found) > 60
    assert [each["id"] for each in found] == sorted((each["id"] for each in found), reverse=True)
    assert found[0] == found[0] | {"schema": 1, "read": False, "starred": False, "tags": []}


def test_list_takes_a_query(stocked: Cli) -> None:
    found = stocked("list", "feed:Courier", "title:ferry", "--json").objects
    assert [each["title"] for each in found] == [
        "Ferry Captain Retires After 41,000 Crossings of the Same Water"
    ]


def test_a_dash_before_a_term_excludes_and_is_no_option(stocked: Cli) -> None:
    everything, without = stocked.ids("feed:courier"), stocked.ids("feed:courier", "-title:ferry")
    assert len(without) == len(everything) - 1


def test_list_is_cut_by_limit_and_by_nothing_else(stocked: Cli) -> None:
    assert len(stocked.ids("--limit", "3")) == 3
    assert len(stocked.ids()) > 60


def test_plain_lines_have_seven_fields(stocked: Cli) -> None:
    lines = stocked("list", "--plain").out.splitlines()
    assert {line.count("\t") for line in lines} == {6}


def test_a_query_that_cannot_be_understood_is_refused_with_its_column(stocked: Cli) -> None:
    ran = stocked("list", "tag:tea", "fed:x")
    assert (ran.code, ran.out) == (Exit.USAGE, "")
    assert "feed" in ran.err


def test_search_finds_a_word_that_only_the_page_has_and_shows_where(stocked: Cli) -> None:
    ran = stocked("search", "pickles", "feed:courier", "--json")
    assert ran.code == 0
    (found,) = ran.objects
    assert found["title"].startswith("Lighthouse Goes Dark")
    assert "pickles" in found["snippet"]


def test_search_in_scripts_without_spaces(stocked: Cli) -> None:
    assert [each["feed"] for each in stocked("search", "豆腐屋", "--json").objects] == ["山の手雑記"]


def test_a_search_that_finds_nothing_says_so(stocked: Cli) -> None:
    ran = stocked("search", "zeppelin")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Nothing found.")


def test_show_sets_an_article_as_text(stocked: Cli) -> None:
    (entry,) = stocked.ids("title:ferry", "feed:courier")
    ran = stocked("show", str(entry), "--width", "60")
    assert ran.code == 0
    assert "Captain Rosa Bellamy has crossed" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 60
    assert ran.out.count("Ferry Captain Retires") == 1


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_show_prints_other_formats(form: str, stocked: Cli) -> None:
    (entry,) = stocked.ids("title:ferry", "feed:courier")
    ran = stocked("show", str(entry), "--format", form)
    assert "It is a different river every time." in ran.out
    if form == "json":
        assert ran.objects[0]["id"] == entry


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_show_opens_the_further_articles_of_a_page(form: str, stocked: Cli) -> None:
    with closing(Database.open(stocked.home / "data" / "library.db")) as database:
        pages = [(entry, database.read_now(load, entry).article) for entry in map(EntryId, stocked.ids())]
    entry, page = next((entry, page) for entry, page in pages if page is not None and page.appended)
    other = page.appended[0]

    ran = stocked("show", str(entry), "--part", "2", "--format", form)
    assert other.title in ran.out
    assert plain_text(other.blocks[:1])[:40] in " ".join(ran.out.split())
    for number in ("0", "9"):
        refused = stocked("show", str(entry), "--part", number)
        assert (refused.code, refused.out) == (Exit.USAGE, "")
        assert f"has parts 1 to {len(page.appended) + 1}, not {number}." in refused.err


def test_show_prints_the_lines_of_the_pane(stocked: Cli) -> None:
    (entry,) = stocked.ids("title:ferry", "feed:courier")
    with closing(Database.open(stocked.home / "data" / "library.db")) as database:
        article = database.read_now(load, EntryId(entry))
    pane = set_article(article, 72, Options(measure=72))
    lines = [line_text(line).rstrip() for line in pane.lines(0, pane.height)]

    assert stocked("show", str(entry), "--width", "72").out.splitlines()[: len(lines)] == lines


def test_showing_an_article_that_is_not_there_is_a_sentence(stocked: Cli) -> None:
    ran = stocked("show", "1")
    assert (ran.code, ran.out) == (Exit.USAGE, "")
    assert "1" in ran.err


def test_show_can_mark_read(stocked: Cli) -> None:
    (entry,) = stocked.ids("title:ferry", "feed:courier")
    stocked("show", "--mark-read", str(entry))
    assert entry not in stocked.ids()
    assert entry in stocked.ids("is:read")


# ------------------------------------------------------------------------------------------------ changing


def test_mark_read_by_query_and_undo_it(stocked: Cli) -> None:
    before = stocked.ids()
    ran = stocked("mark", "read", "feed:courier")
    assert ran.err == "Marked 12 read. broadsheet undo takes it back.\n"
    assert len(stocked.ids()) == len(before) - 12
    assert stocked("undo").err == "Undid: Marked 12 read.\n"
    assert stocked.ids() == before


def test_mark_by_ids_in_any_spelling(stocked: Cli) -> None:
    first, second, third = stocked.ids("--limit", "3")
    stocked("mark", "read", f"{first},{second}", str(third))
    assert {first, second, third} == set(stocked.ids("is:read"))


@pytest.mark.parametrize("form", ["--json", "--plain"])
def test_what_list_prints_can_be_piped_into_a_verb(form: str, stocked: Cli) -> None:
    listed = stocked("list", "feed:ferrule", form).out
    stocked("star", "-", stdin=listed)
    assert len(stocked.ids("is:starred")) == 8
    stocked("star", "--off", "-", stdin=listed)
    assert stocked.ids("is:starred") == []


def test_a_line_of_standard_input_without_an_id_is_named(stocked: Cli) -> None:
    ran = stocked("star", "-", stdin='{"id": 7}\n{"title": "x"}\n')
    assert ran.code == Exit.USAGE
    assert ran.err == 'Line 2 of standard input has no id: {"title": "x"}\n'


def test_a_dry_run_lists_and_changes_nothing(stocked: Cli) -> None:
    ran = stocked("mark", "read", "feed:courier", "--dry-run", "--plain")
    assert ran.out.count("\n") == 12
    assert ran.err == "Would change 12 articles; nothing was changed.\n"
    assert stocked.ids("is:read") == []


def test_changing_what_is_so_already_changes_nothing(stocked: Cli) -> None:
    ran = stocked("mark", "unread", "feed:courier")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Nothing to change")


def test_ids_that_are_not_there_are_named_and_nothing_is_done(stocked: Cli) -> None:
    (entry,) = stocked.ids("--limit", "1")
    ran = stocked("star", str(entry), "77")
    assert (ran.code, ran.err) == (Exit.USAGE, "There is no article 77.\n")
    assert stocked.ids("is:starred") == []


def test_several_tags_are_one_step(stocked: Cli) -> None:
    stocked("tag", "tea,drinks/hot", "feed:salzstreuer")
    assert len(stocked.ids("tag:tea", "tag:drinks")) == 6
    assert [tag["name"] for tag in stocked("tags", "--json").objects] == ["drinks/hot", "tea"]
    stocked("undo")
    assert stocked("tags", "--json").out == ""


def test_tags_are_taken_away(stocked: Cli) -> None:
    stocked("tag", "tea", "feed:salzstreuer")
    ran = stocked("tag", "--remove", "tea", "title:Brot")
    assert ran.err.startswith("Took #tea off 1.")
    assert len(stocked.ids("tag:tea")) == 5


def test_a_tag_without_a_letter_is_refused(stocked: Cli) -> None:
    assert stocked("tag", "#,/", "is:unread").code == Exit.USAGE


def test_later_puts_on_the_list_and_takes_off(stocked: Cli) -> None:
    (entry,) = stocked.ids("--limit", "1")
    stocked("later", str(entry))
    assert stocked.ids("is:later") == [entry]
    stocked("later", "--off", "is:later")
    assert stocked.ids("is:later") == []


def test_json_tells_the_step_and_what_changed(stocked: Cli) -> None:
    (entry,) = stocked.ids("--limit", "1")
    (done,) = stocked("star", str(entry), "--json").objects
    assert done["changed"] == [entry]
    (listed, *_) = stocked("undo", "--list", "--json").objects
    assert (listed["step"], listed["by"], listed["undone"]) == (done["step"], "command line", False)
    stocked("undo", str(done["step"]))
    assert stocked.ids("is:starred") == []
    stocked("undo", "--redo")
    assert stocked.ids("is:starred") == [entry]


def test_undoing_leaves_alone_what_was_changed_since(stocked: Cli) -> None:
    first, second = stocked.ids("--limit", "2")
    (done,) = stocked("star", f"{first},{second}", "--json").objects
    stocked("star", "--off", str(first))
    stocked("star", str(first))
    stocked("star", "--off", str(first))
    ran = stocked("undo", str(done["step"]), "--json").objects[0]
    assert ran["changed"] == [second]
    assert stocked.ids("is:starred") == []


def test_articles_are_hidden_and_shown_again(stocked: Cli) -> None:
    first = stocked.ids("*")[0]
    stocked("hide", str(first))
    assert stocked.ids("is:hidden") == [first]
    assert first not in stocked.ids("*")
    stocked("hide", "--off", "is:hidden")
    assert first in stocked.ids("*")


def test_articles_are_out_of_sight_until_a_time_and_can_be_woken(stocked: Cli) -> None:
    first, second, *_ = stocked.ids("*")
    assert stocked("snooze", "3d", str(first), str(second)).err.startswith("Snoozed 2 until ")
    assert stocked.ids("is:snoozed") == [first, second]
    stocked("snooze", "now", f"is:snoozed id:{second}")
    assert stocked.ids("is:snoozed") == [first]
    stocked("undo")
    assert stocked.ids("is:snoozed") == [first, second]


@pytest.mark.parametrize("until", ["yesterday", "2001-01-01", "soon"])
def test_a_snooze_until_no_time_ahead_is_refused(until: str, stocked: Cli) -> None:
    ran = stocked("snooze", until, "*")
    assert ran.code == Exit.USAGE
    assert "no time ahead" in ran.err


def test_a_note_is_written_on_articles_and_taken_away(stocked: Cli) -> None:
    first = stocked.ids("*")[0]
    stocked("note", "Compare with last year", str(first))
    assert stocked.ids('note:"last year"') == [first]
    stocked("note", "", str(first))
    assert stocked.ids("has:note") == []
    stocked("undo")
    assert stocked.ids("has:note") == [first]


def test_nothing_to_undo_is_a_sentence(cli: Cli) -> None:
    ran = cli("undo")
    assert ran.code == Exit.FAILED
    assert "nothing to undo" in ran.err


# ------------------------------------------------------------------------------------- sources, views, tags


def test_feeds_lists_every_source_with_its_counts(stocked: Cli) -> None:
    found = {feed["title"]: feed for feed in stocked("feeds", "--json").objects}
    assert len(found) == 12
    assert found["The Harbour Courier"] == found["The Harbour Courier"] | {
        "unread": 12,
        "folder": "News",
        "health": "ok",
    }


def test_a_source_is_edited_by_a_part_of_its_name(stocked: Cli) -> None:
    stocked(
        "feeds", "edit", "courier", "--folder", "News/Local", "--interval", "30", "--quiet", "--keep", "50"
    )
    (feed,) = [each for each in stocked("feeds", "--json").objects if "Courier" in each["title"]]
    assert (feed["folder"], feed["interval_minutes"], feed["quiet"], feed["keep"]) == (
        "News/Local",
        30,
        True,
        50,
    )


def test_a_word_that_means_several_sources_is_refused(stocked: Cli) -> None:
    ran = stocked("feeds", "edit", "the", "--quiet")
    assert ran.code == Exit.USAGE
    assert "means 3 sources" in ran.err


def test_unsubscribing_is_undone(stocked: Cli) -> None:
    stocked("feeds", "remove", "Lantern")
    assert len(stocked("feeds", "--json").objects) == 11
    assert stocked.ids("title:ice", "topic:glaciers") == []
    stocked("undo")
    assert len(stocked("feeds", "--json").objects) == 12


def test_a_view_is_saved_listed_used_and_removed(stocked: Cli) -> None:
    stocked("views", "save", "Sea", "feed:courier topic:harbour")
    assert stocked("views", "--json").objects == [
        {"schema": 1, "name": "Sea", "query": "feed:courier topic:harbour", "unread": 3, "error": ""}
    ]
    assert len(stocked.ids("@Sea")) == 3
    stocked("views", "rename", "Sea", "Water")
    stocked("views", "remove", "water")
    assert stocked("views", "--json").out == ""


def test_a_view_that_makes_no_sense_is_refused_when_it_is_saved(stocked: Cli) -> None:
    assert stocked("views", "save", "Odd", "foo:bar").code == Exit.USAGE
    assert stocked("views").out == ""


def test_tags_are_renamed_merged_and_deleted(stocked: Cli) -> None:
    stocked("tag", "tea", "feed:salzstreuer")
    stocked("tag", "coffee", "feed:tramway")
    stocked("tags", "rename", "tea", "drinks/tea")
    stocked("tags", "merge", "coffee", "drinks/coffee")
    assert [tag["name"] for tag in stocked("tags", "--json").objects] == ["drinks/coffee", "drinks/tea"]
    stocked("tags", "delete", "drinks/tea")
    assert [tag["name"] for tag in stocked("tags", "--json").objects] == ["drinks/coffee"]
    stocked("undo")
    assert len(stocked.ids("tag:drinks/tea")) == 6


def test_stats_count_the_library(stocked: Cli) -> None:
    (found,) = stocked("stats", "--json").objects
    assert found["articles"] == found["unread"] == len(stocked.ids("is:unread"))
    assert found["sources"] == 12


def test_stats_tell_what_each_source_and_tag_brought_week_by_week(stocked: Cli) -> None:
    stocked("tag", "tea", "feed:courier")
    stocked("mark", "read", "feed:courier")
    sources = {
        found["name"]: found for found in stocked("stats", "--by", "feed", "--weeks", "4", "--json").objects
    }
    courier = next(found for name, found in sources.items() if "Courier" in name)
    assert [len(courier[name]) for name in ("published", "read", "later", "starred")] == [4, 4, 4, 4]
    assert sum(courier["published"]) == sum(courier["read"]) == courier["total"]
    assert courier["read_rate"] == 1
    (tea,) = stocked("stats", "--by", "tag", "--weeks", "4", "--json").objects
    assert (tea["name"], tea["published"]) == ("tea", courier["published"])
    assert "100% read" in stocked("stats", "--by", "feed").out


def test_stats_refuse_a_number_of_weeks_that_makes_no_sense(stocked: Cli) -> None:
    assert stocked("stats", "--by", "tag", "--weeks", "0").code == 2


# ----------------------------------------------------------------------------------------------- exporting


def test_articles_are_exported_into_files_whose_names_never_meet(stocked: Cli, tmp_path: Path) -> None:
    ran = stocked("export", "markdown", "feed:tramway", "--to", str(tmp_path / "out"))
    assert ran.err == f"Wrote 5 files to {tmp_path / 'out'}.\n"
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 5
    assert all(name.endswith(".md") for name in names)


def test_json_export_is_one_object_a_line(stocked: Cli) -> None:
    found = stocked("export", "json", "feed:courier").objects
    assert len(found) == 12
    assert all(each["schema"] == 1 and each["blocks"] for each in found)


def test_a_password_in_an_address_is_kept_and_neither_listed_nor_exported(cli: Cli, tmp_path: Path) -> None:
    listed = tmp_path / "urls"
    listed.write_text("https://ann:open-sesame@news.example/feed\n")
    assert cli("import", str(listed)).code == 0

    shown = [cli("feeds", *form) for form in ((), ("--json",), ("--plain",))]
    shown.append(cli("import", "--dry-run", str(listed)))
    exported = cli("export", "opml")

    assert not any("open-sesame" in ran.out + ran.err for ran in (*shown, exported))
    assert 'xmlUrl="https://news.example/feed"' in exported.out
    assert "name and password in the address of 1 source stayed" in exported.err
    with closing(Database.open(cli.home / "data" / "library.db")) as database:
        (feed,) = database.read_now(all_feeds)
    assert feed.url == "https://ann:open-sesame@news.example/feed"


def test_subscriptions_are_exported_and_imported_again(stocked: Cli, tmp_path: Path) -> None:
    file = tmp_path / "subscriptions.opml"
    assert stocked("export", "opml", "--to", str(file)).code == 0
    ran = stocked("--profile", "second", "import", str(file))
    assert ran.code == 0
    second = stocked("--profile", "second", "feeds", "--json").objects
    first = [feed for feed in stocked("feeds", "--json").objects if feed["kind"] == "feed"]
    assert {(feed["url"], feed["folder"]) for feed in second} >= {
        (feed["url"], feed["folder"]) for feed in first
    }


def test_a_list_of_addresses_is_imported_from_standard_input(cli: Cli) -> None:
    ran = cli("import", "-", stdin='https://a.example/feed.xml\nhttps://b.example/feed.xml "news"\n')
    assert ran.code == 0
    assert {feed["url"] for feed in cli("feeds", "--json").objects} == {
        "https://a.example/feed.xml",
        "https://b.example/feed.xml",
    }


def test_importing_what_is_there_already_adds_nothing(cli: Cli) -> None:
    for _ in range(2):
        cli("import", "-", stdin="https://a.example/feed.xml\n")
    assert len(cli("feeds", "--json").objects) == 1


def test_a_dry_run_of_an_import_changes_nothing(cli: Cli) -> None:
    ran = cli("import", "-", "--dry-run", stdin="https://a.example/feed.xml\n")
    assert "https://a.example/feed.xml" in ran.out
    assert cli("feeds", "--json").out == ""


def test_a_file_that_cannot_be_read_is_a_sentence(cli: Cli) -> None:
    ran = cli("import", "/nowhere/x.opml")
    assert (ran.code, ran.err) == (1, "/nowhere/x.opml cannot be read: No such file or directory.\n")


def test_every_object_has_the_schema_version_first(stocked: Cli) -> None:
    for words in (["list"], ["feeds"], ["stats"], ["paths"], ["doctor"]):
        for line in stocked(*words, "--json").out.splitlines():
            assert next(iter(json.loads(line).items())) == ("schema", 1)
