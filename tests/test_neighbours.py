"""Other readers' subscriptions on this machine: found where they keep them, never at the cost of a crash."""

from __future__ import annotations

from pathlib import Path

from reader.neighbours import OFFERED, neighbours


def put(path: Path, text: str = "https://feed.example/rss\n") -> Path:
    """Return a file written with its directories."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_newsboats_list_is_found_in_both_of_its_places(tmp_path: Path) -> None:
    old = put(tmp_path / ".newsboat/urls")
    new = put(tmp_path / ".config/newsboat/urls")

    found = neighbours({"HOME": str(tmp_path)})

    assert [(one.program, one.path) for one in found] == [("newsboat", new), ("newsboat", old)]


def test_an_exported_outline_is_found_where_people_put_it_and_by_whom_it_was_made(tmp_path: Path) -> None:
    own = put(tmp_path / ".config/eilmeldung/feeds.OPML")
    loose = put(tmp_path / "Downloads/subscriptions.opml")
    put(tmp_path / "Downloads/notes.xml")

    found = neighbours({"HOME": str(tmp_path)})

    assert [(one.program, one.path) for one in found] == [("eilmeldung", own), ("", loose)]


def test_the_configuration_may_live_elsewhere(tmp_path: Path) -> None:
    path = put(tmp_path / "settings/newsboat/urls")

    found = neighbours({"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "settings")})

    assert [one.path for one in found] == [path]


def test_empty_files_directories_and_a_home_that_is_not_there_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path / ".newsboat/urls", "")
    (tmp_path / "Downloads/folder.opml").mkdir(parents=True)

    assert neighbours({"HOME": str(tmp_path)}) == ()
    assert neighbours({"HOME": str(tmp_path / "nowhere")}) == ()
    assert neighbours({}) == ()


def test_no_more_are_offered_than_fit_a_screen(tmp_path: Path) -> None:
    for number in range(40):
        put(tmp_path / f"Downloads/list{number:02}.opml")

    assert len(neighbours({"HOME": str(tmp_path)})) == OFFERED
