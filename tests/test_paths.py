"""Where things live."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.paths import Places, is_profile_name, places


def test_broadsheet_home_puts_everything_under_one_directory(tmp_path: Path) -> None:
    found = places(None, {"BROADSHEET_HOME": str(tmp_path)})
    assert found == Places(tmp_path / "data", tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    assert found.library == tmp_path / "data" / "library.db"


def test_a_profile_is_a_second_set_of_all_four(tmp_path: Path) -> None:
    plain, work = (places(name, {"BROADSHEET_HOME": str(tmp_path)}) for name in (None, "work"))
    assert work.library == plain.data / "profiles" / "work" / "library.db"
    assert work.config_file == plain.config / "profiles" / "work" / "config.toml"
    assert work.log.parent == plain.state / "profiles" / "work"
    assert work.cache == plain.cache / "profiles" / "work"


def test_without_a_home_of_its_own_the_platform_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "etc"))
    monkeypatch.setattr("sys.platform", "linux")
    found = places(None, {})
    assert "broadsheet" in found.library.parts
    assert "broadsheet" in found.config_file.parts


def test_a_tilde_in_broadsheet_home_is_the_home_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert places(None, {"BROADSHEET_HOME": "~/news"}).data == tmp_path / "news" / "data"


def test_a_relative_broadsheet_home_is_made_absolute_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert places(None, {"BROADSHEET_HOME": "news"}).data == tmp_path / "news" / "data"


@pytest.mark.parametrize("name", ["work", "work-2", "a_b", "A" * 64])
def test_a_profile_is_named_by_letters_digits_and_dashes(name: str) -> None:
    assert is_profile_name(name)


@pytest.mark.parametrize("name", ["", "..", "a/b", "-x", ".hidden", "a b", "A" * 65, "name\n"])
def test_a_profile_name_never_leaves_the_directory(name: str) -> None:
    assert not is_profile_name(name)
    with pytest.raises(ValueError, match="profile"):
        places(name, {})


def test_finding_the_places_creates_nothing(tmp_path: Path) -> None:
    places("work", {"BROADSHEET_HOME": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []
