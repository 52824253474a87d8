"""A person's rules for single sites, from the files to the cleaned page."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.cli.exits import Exit
from reader.cli.siterules import SiteRules, hosts
from reader.errors import BroadsheetError

from .conftest import Cli

FILLER = "The pier was rebuilt in stone after the storm, and it has stood in the same water ever since."
PAGE = f"<html><body><div class='a'><p>{FILLER}</p></div><div class='b'><p>The other {FILLER}</p></div></body></html>"


@pytest.fixture
def sites(cli: Cli) -> Path:
    """The folder of the rules, with one that chooses the second box."""
    folder = cli.home / "config" / "sites"
    folder.mkdir(parents=True)
    (folder / "example.org.toml").write_text('body = ".b"\n', "utf-8")
    return folder


@pytest.mark.parametrize("host", ["example.org", "www.example.org", "EXAMPLE.org:8080"])
def test_a_rule_serves_its_host_and_those_below_it(sites: Path, cli: Cli, tmp_path: Path, host: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")

    assert cli("clean", str(page), "--url", f"http://{host}/story").out == f"The other {FILLER}\n"


def test_other_sites_are_cleaned_without_it(sites: Path) -> None:
    rules = SiteRules(sites)

    assert rules.of("http://example.org/a")
    assert [rules.of(url) for url in ("http://notexample.org/", "http://org/", "", "http://[")] == [""] * 4


def test_the_rule_of_the_longest_name_is_taken(sites: Path) -> None:
    (sites / "blog.example.org.toml").write_text('body = ".blog"\n', "utf-8")

    assert SiteRules(sites).of("http://blog.example.org/a") == 'body = ".blog"\n'
    assert list(hosts("http://blog.example.org/a")) == ["blog.example.org", "example.org"]


def test_files_are_read_again_only_when_they_are_to_be(sites: Path) -> None:
    rules = SiteRules(sites)
    before = rules.of("http://example.org/")
    (sites / "example.org.toml").write_text("body = 'p'\n", "utf-8")

    assert rules.of("http://example.org/") == before
    rules.forget()
    assert rules.of("http://example.org/") == "body = 'p'\n"


def test_a_saved_rule_is_in_force_at_once_and_an_empty_one_is_taken_away(sites: Path) -> None:
    rules = SiteRules(sites)
    rules.of("http://b.example/")

    path = rules.save("b.example", "body = 'p'\n")
    assert (path.read_text("utf-8"), rules.of("http://b.example/")) == ("body = 'p'\n", "body = 'p'\n")
    rules.save("b.example", "")
    assert (path.exists(), rules.of("http://b.example/")) == (False, "")


@pytest.mark.parametrize("host", ["", "../other", "a/b", "a..b", ".hidden"])
def test_what_is_no_host_has_no_file(sites: Path, host: str) -> None:
    with pytest.raises(BroadsheetError):
        SiteRules(sites).path_of(host)


def test_config_check_names_file_line_key_and_the_nearest_key(sites: Path, cli: Cli) -> None:
    assert cli("config", "check").code == Exit.OK
    (sites / "other.example.toml").write_text("title = 'h1'\nstripp = '.x'\n", "utf-8")

    ran = cli("config", "check")
    assert ran.code == Exit.USAGE
    there = sites / "other.example.toml"
    assert ran.err == f'{there}, line 2: there is no key "stripp"; did you mean "strip"?\n'


def test_a_broken_rule_is_a_sentence_and_the_page_is_cleaned_without_it(
    sites: Path, cli: Cli, tmp_path: Path
) -> None:
    (sites / "example.org.toml").write_text("body = '.b", "utf-8")
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")

    ran = cli("clean", str(page), "--url", "http://example.org/story")
    assert FILLER in ran.out
    assert "The rule for this site is not used, line 1: this is not TOML" in ran.err
