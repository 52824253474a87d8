"""Adding, fetching and the demo, against the invented site on the loopback address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli.engine import AT_HOME
from reader.cli.exits import Exit
from reader.demo.server import serve
from reader.demo.site import Site
from reader.refresh.claim import claimed

from .conftest import NOW, Cli


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve(NOW) as site:
        yield site


@pytest.fixture(autouse=True)
def _in_no_hurry_to_be_polite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.cli.engine.DEFAULT", AT_HOME)


@pytest.mark.parametrize(
    "path", ["courier/feed.xml", "yamate/feed.xml", "lantern/feed.xml", "ferrule/feed.json"]
)
def test_a_feed_of_any_format_is_subscribed_to(path: str, cli: Cli, site: Site) -> None:
    ran = cli("add", f"{site.base}/{path}", "--folder", "News", "--no-pages")
    assert ran.code == 0
    assert ran.err.startswith("Subscribed to ")
    (feed,) = cli("feeds", "--json").objects
    assert (feed["url"], feed["folder"]) == (f"{site.base}/{path}", "News")
    assert len(cli.ids()) == feed["unread"] > 4


def test_adding_a_source_fetches_the_pages_behind_its_teasers(cli: Cli, site: Site) -> None:
    cli("add", f"{site.base}/courier/feed.xml")
    assert len(cli("search", "quicksilver", "--json").objects) == 1


def test_the_feed_of_a_site_is_found(cli: Cli, site: Site) -> None:
    cli("add", f"{site.base}/tramway/", "--no-pages")
    (feed,) = cli("feeds", "--json").objects
    assert feed["title"] == "Carnets du tramway"


def test_a_page_without_a_feed_becomes_a_source(cli: Cli, site: Site) -> None:
    cli("add", f"{site.base}/touchline/", "--no-pages")
    (feed,) = cli("feeds", "--json").objects
    assert (feed["kind"], feed["total"]) == ("page", 6)


def test_an_article_is_kept(cli: Cli, site: Site) -> None:
    ran = cli("add", "--article", f"{site.base}/lantern/ice", "--json")
    (kept,) = ran.objects
    assert (kept["added"], kept["title"]) == ("article", "What the Ice Remembers")
    assert "as thick as a thigh" in cli("show", str(kept["id"])).out


def test_a_list_of_subscriptions_at_an_address_is_imported(cli: Cli, site: Site) -> None:
    assert cli("add", f"{site.base}/subscriptions.opml").code == 0
    assert len(cli("feeds", "--json").objects) == 11


def test_a_page_in_a_file_is_kept(cli: Cli, site: Site, tmp_path: Path) -> None:
    page = site.answer("/slowreader/margins")
    assert page is not None
    file = tmp_path / "margins.html"
    file.write_bytes(page.body)
    assert cli("add", str(file)).code == 0
    assert cli("list", "--json").objects[0]["title"] == "In Praise of Margins"


def test_a_dry_run_tells_what_is_there_and_adds_nothing(cli: Cli, site: Site) -> None:
    ran = cli("add", f"{site.base}/tramway/", "--dry-run")
    assert "Carnets du tramway" in ran.out
    assert "Le tramway de minuit" in ran.out
    assert cli("feeds").out == ""


def test_adding_twice_says_so(cli: Cli, site: Site) -> None:
    address = f"{site.base}/ferrule/feed.json"
    cli("add", address)
    assert "already" in cli("add", address).err
    assert len(cli("feeds", "--json").objects) == 1


def test_an_address_that_leads_nowhere_fails_with_a_sentence_and_the_others_are_taken(
    cli: Cli, site: Site
) -> None:
    ran = cli("add", f"{site.base}/nowhere", f"{site.base}/ferrule/feed.json", "--no-pages")
    assert ran.code == Exit.FAILED
    assert f"{site.base}/nowhere: " in ran.err
    assert len(cli("feeds", "--json").objects) == 1


def test_fetch_brings_new_articles_and_says_how_many(cli: Cli, site: Site) -> None:
    cli("import", "-", stdin=f"{site.base}/ferrule/feed.json\n{site.base}/slowreader/feed.xml\n")
    cli("add", f"{site.base}/tramway/feed.xml")
    ran = cli("fetch")
    # Imported addresses are nobody's own typing, so a loopback host is refused to them.
    assert ran.code == Exit.FAILED
    assert "2 sources failed" in ran.err


def test_fetch_asks_nobody_when_nothing_is_due(cli: Cli, site: Site) -> None:
    cli("add", f"{site.base}/ferrule/feed.json")
    ran = cli("fetch", "--json")
    assert [(each["event"], each.get("feeds")) for each in ran.objects][-1] == ("done", 0)


def test_a_source_named_is_asked_even_when_it_is_not_due(cli: Cli, site: Site) -> None:
    cli("add", f"{site.base}/ferrule/feed.json")
    ran = cli("fetch", "ferrule", "--json")
    (asked,) = [each for each in ran.objects if each["event"] == "feed"]
    assert (asked["title"], asked["unchanged"], asked["error"]) == ("Ferrule", True, "")


def test_what_a_fetch_came_to_is_in_the_log_without_a_password(cli: Cli, site: Site) -> None:
    host = site.base.removeprefix("http://")
    cli("add", f"http://me:hunter2@{host}/ferrule/feed.json", "--no-pages")
    cli("fetch", "ferrule")
    text = (cli.home / "state" / "broadsheet.log").read_text(encoding="utf-8")
    assert "Refreshed: 0 new articles from 1 source" in text
    assert "hunter2" not in text


def test_fetch_quiet_says_nothing_when_all_is_well(cli: Cli, site: Site) -> None:
    cli("add", f"{site.base}/ferrule/feed.json")
    assert cli("fetch", "--quiet", "--force").err == ""


def test_fetching_while_the_app_is_fetching_leaves_it_to_the_app(cli: Cli, site: Site) -> None:
    cli("add", f"{site.base}/ferrule/feed.json", "--no-pages")
    with claimed(cli.home / "data" / "library.db.refreshing"):
        ran, quiet = cli("fetch"), cli("fetch", "--quiet")
    assert (ran.code, quiet.code, quiet.err) == (0, 0, "")
    assert "is refreshing this library already" in ran.err


def test_clean_takes_an_address(cli: Cli, site: Site) -> None:
    ran = cli("clean", f"{site.base}/lantern/moss")
    assert ran.code == 0
    assert ran.out.startswith("In a courtyard of the Botanical Institute")
    assert not (cli.home / "data").exists()


def test_the_demo_fetches_and_cleans_everything_and_leaves_no_trace(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = cli("demo", "--no-app")
    assert ran.code == 0
    assert ran.err == "73 new articles from 12 sources, 55 pages cleaned.\n"
    assert not cli.home.exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("broadsheet-demo")]


def test_the_demo_can_be_kept(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("demo", "--no-app", "--keep", str(tmp_path / "kept"))
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "kept"))
    assert len(cli.ids("is:unread")) == 73


def test_a_taken_port_is_a_sentence(cli: Cli, site: Site) -> None:
    port = site.base.rpartition(":")[2]
    ran = cli("demo", "--no-app", "--port", port)
    assert ran.code == Exit.FAILED
    assert ran.err == f"Port {port} cannot be served: Address already in use.\n"
