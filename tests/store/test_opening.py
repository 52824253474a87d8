from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from reader.errors import SchemaTooNew, StoreError
from reader.model import Article, EntryId, FullText, Health, SourceKind
from reader.store import (
    articles,
    backup,
    changes,
    checks,
    connection,
    entries,
    feeds,
    migrations,
    opening,
    place,
    repair,
    tags,
)
from reader.store.database import Database
from reader.triage import Field

from .builders import NOW, SESSION, act, add_entries, add_feed, document, entry, words

ROOT = Path(__file__).parents[2]


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """The library at ``path``, open for the length of a block."""
    database = Database.open(path)
    try:
        yield database
    finally:
        database.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a library with one feed, thirty entries and a person's marks on some of them is; and its backup."""
    path = tmp_path / "library.db"
    with opened(path) as database:
        database.write_now(fill)
        assert backup.daily(path, NOW) is not None
    return path


def fill(db: sqlite3.Connection) -> None:
    ids = add_entries(db, add_feed(db, folder="a/b"), 30)
    act(db, Field.READ, "1", *ids[:10])
    act(db, Field.STARRED, "1", ids[3])
    act(db, Field.TAG, "1", ids[4], tag="physics")
    act(db, Field.NOTE, "see page 4", ids[5])
    articles.save_article(db, ids[3], Article("Starred", words("The starred page")), NOW)


def summary(db: sqlite3.Connection) -> dict[str, object]:
    """What a person did, in short."""
    (feed,) = feeds.all_feeds(db)
    marks = db.execute("SELECT entry_id, read_at, starred_at, tagged, noted FROM state ORDER BY 1").fetchall()
    return {
        "url": feed.url,
        "folder": feed.folder,
        "marks": marks,
        "tags": [tag.name for tag in tags.all_tags(db)],
    }


def overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def pages_of(path: Path, *names: str) -> list[int]:
    """Return the root pages of tables, counted from 1."""
    with closing(sqlite3.connect(path)) as db:
        found = db.execute(
            f"SELECT rootpage FROM sqlite_schema WHERE name IN ({', '.join('?' * len(names))})", names
        )
        return [page for (page,) in found]


# -- new and old libraries


def test_a_new_library_has_the_present_version_and_is_sound(tmp_path: Path) -> None:
    with opened(tmp_path / "new" / "folder" / "library.db") as database:
        assert database.notices == ()
        assert database.writable
        assert database.read_now(migrations.version) == migrations.VERSION
        assert database.read_now(checks.problems) == ()


def test_the_library_and_its_backups_are_for_their_owner_alone(path: Path) -> None:
    with opened(path) as database:
        database.write_now(add_feed, "other")
        files = [*path.parent.glob("library.db*"), *backup.folder(path).iterdir()]
        modes = {file.name: file.stat().st_mode & 0o077 for file in files if file.suffix != ".spare"}
    assert {"library.db", "library.db-wal", "state-2026-11-24.db"} <= modes.keys()
    assert set(modes.values()) == {0}


def test_a_library_that_has_gone_is_begun_anew_and_its_backups_are_named(path: Path) -> None:
    path.unlink()
    with opened(path) as database:
        assert str(backup.folder(path)) in database.notices[0]
        assert database.read_now(feeds.all_feeds) == ()


def test_a_path_with_spaces_and_signs_is_a_path(tmp_path: Path) -> None:
    with opened(tmp_path / "neu & #1 %20 ?x=1 日本" / "library.db") as database:
        database.write_now(add_feed, "news")
        assert database.path.exists()


def test_a_newer_library_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {migrations.VERSION + 7}")
    before = path.read_bytes()
    with pytest.raises(SchemaTooNew, match=f"version {migrations.VERSION + 7}.*up to {migrations.VERSION}"):
        Database.open(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks(url)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Database.open(path)
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["library.db", "library.db.lock"]


def test_a_sqlite_without_full_text_search_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Poor:
        def execute(self, sql: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

        def close(self) -> None:
            pass

    monkeypatch.setattr(opening.sqlite3, "connect", lambda *_args, **_how: Poor())  # type: ignore[attr-defined]
    with pytest.raises(StoreError, match=r"no full-text search \(FTS5\)"):
        Database.open(tmp_path / "library.db")


def test_an_older_library_is_copied_whole_and_then_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_colour(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE feed ADD COLUMN colour TEXT NOT NULL DEFAULT ''")

    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_colour))
    with opened(path) as database:
        assert database.read_now(lambda db: db.execute("SELECT DISTINCT colour FROM feed").fetchall()) == [
            ("",)
        ]
        assert database.read_now(migrations.version) == migrations.VERSION
    copy = backup.folder(path) / f"library-version-{migrations.VERSION - 1}.db"
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT count(*) FROM entry").fetchone() == (30,)
        assert migrations.version(db) == migrations.VERSION - 1


def test_a_migration_that_fails_leaves_the_library_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE highlight")
        raise sqlite3.IntegrityError("no")

    version = migrations.VERSION
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "VERSION", version + 1)
        patched.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, half))
        with pytest.raises(sqlite3.IntegrityError):
            Database.open(path)
    with opened(path) as database:
        assert database.read_now(migrations.version) == version
        assert database.read_now(checks.problems) == ()


def test_a_process_killed_in_the_middle_of_a_migration_leaves_the_old_version(path: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from random import Random
from reader.store import migrations
from reader.store.database import Database
def half(db):
    db.execute("UPDATE state SET position = 0.5")
    db.execute("DROP TABLE highlight")
    os.kill(os.getpid(), signal.SIGKILL)
migrations.VERSION += 1
migrations.MIGRATIONS = (*migrations.MIGRATIONS, half)
Database.open(Path(sys.argv[1]))
"""
    killed = subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert (backup.folder(path) / f"library-version-{migrations.VERSION}.db").exists()
    with opened(path) as database:
        assert database.read_now(migrations.version) == migrations.VERSION
        assert database.read_now(lambda db: db.execute("SELECT max(position) FROM state").fetchone()) == (
            0.0,
        )
        assert database.read_now(checks.problems) == ()


# -- damage


def damage_header(path: Path) -> None:
    overwrite(path, 0, b"\xff" * 64)


def damage_first_page(path: Path) -> None:
    overwrite(path, 0, os.urandom(4096))


def damage_schema(path: Path) -> None:
    overwrite(path, 100, b"\x00" * 3996)


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def put_text(path: Path) -> None:
    path.write_text("Dear diary, " * 1000)


@pytest.mark.parametrize(
    "harm",
    [damage_header, damage_first_page, damage_schema, cut_in_half, empty, put_text],
    ids=lambda harm: harm.__name__,
)
def test_a_damaged_library_is_kept_aside_and_restored_from_the_last_backup(
    path: Path, harm: Callable[[Path], None]
) -> None:
    with opened(path) as database:
        before = database.read_now(summary)
    harm(path)
    opening.mark_suspect(path)
    damaged = path.read_bytes()
    with opened(path) as database:
        (notice,) = database.notices
        assert "damaged" in notice
        assert "state-2026-11-24.db" in notice
        assert database.read_now(summary) == before
        assert database.read_now(checks.problems) == ()
    (aside,) = (
        file for file in path.parent.glob("library.db.damaged-*") if not file.name.endswith(("-wal", "-shm"))
    )
    assert aside.read_bytes() == damaged


def test_after_a_restore_kept_articles_are_there_and_the_rest_comes_back_with_the_feed(path: Path) -> None:
    damage_header(path)
    with opened(path) as database:
        (feed,) = database.read_now(feeds.all_feeds)
        shown = database.read_now(
            lambda db: [id_ for (id_,) in db.execute("SELECT id FROM entry ORDER BY id DESC")]
        )
        assert len(shown) == 3  # starred, tagged, noted
        assert (feed.total, feed.unread) == (3, 0)
        assert [due.body_hash for due in database.read_now(feeds.due, NOW)] == [b""]
        parsed = document(*map(entry, range(30)))
        blocks = [words(f"Text {number}") for number in range(30)]
        stored = database.write_now(lambda db: entries.store_feed(db, feed.id, parsed, NOW, texts=blocks))
        assert stored.new == ()
        (feed,) = database.read_now(feeds.all_feeds)
        assert (feed.total, feed.unread) == (30, 20)
        assert database.read_now(checks.problems) == ()


def test_damage_to_the_index_alone_costs_nothing(path: Path) -> None:
    with opened(path) as database:
        before = database.read_now(summary)
        database.write_now(act, Field.STARRED, "1", database.read_now(newest))  # not in the backup
        after = database.read_now(summary)
    for page in pages_of(path, "fts_data", "fts_idx", "fts_docsize"):
        overwrite(path, (page - 1) * 4096, b"\xff" * 4096)
    opening.mark_suspect(path)
    with opened(path) as database:
        assert "read from it" in database.notices[0]
        assert before != after
        assert database.read_now(summary) == after
        assert database.read_now(checks.problems) == ()
        assert len(database.read_now(changes.history)) == 5
        assert database.write_now(changes.undo, SESSION, NOW) is not None
        assert database.read_now(summary) == before


def newest(db: sqlite3.Connection) -> EntryId:
    return EntryId(db.execute("SELECT max(entry_id) FROM state").fetchone()[0])


def test_damage_that_only_hit_what_was_fetched_is_restored_from_the_file_itself(path: Path) -> None:
    with opened(path) as database:
        database.write_now(act, Field.STARRED, "1", database.read_now(newest))  # not in the backup
        after = database.read_now(summary)
    for page in pages_of(path, "body"):
        overwrite(path, (page - 1) * 4096, b"\xff" * 4096)
    notice = repair.replace_damaged(path, NOW)
    assert "read from it" in notice
    with opened(path) as database:
        assert database.read_now(summary) == after
        assert database.read_now(checks.problems) == ()


def test_the_older_backup_serves_when_the_newest_is_damaged_too(path: Path) -> None:
    with opened(path):
        backup.daily(path, NOW + timedelta(days=1))
    with opened(path) as database:
        before = database.read_now(summary)
    damage_header(path)
    put_text(backup.folder(path) / "state-2026-11-25.db")
    with opened(path) as database:
        assert "state-2026-11-24.db" in database.notices[0]
        assert database.read_now(summary) == before


def test_a_damaged_library_without_a_backup_is_kept_and_a_new_one_begun(path: Path) -> None:
    shutil.rmtree(backup.folder(path))
    damage_header(path)
    with opened(path) as database:
        assert "no backup" in database.notices[0]
        assert database.read_now(feeds.all_feeds) == ()
    assert list(path.parent.glob("library.db.damaged-*"))


def test_damage_met_while_reading_is_told_and_looked_into_at_the_next_start(path: Path) -> None:
    (page,) = pages_of(path, "state")
    overwrite(path, (page - 1) * 4096, b"\xff" * 4096)
    database = Database.open(path)
    with pytest.raises(StoreError, match="damaged"):
        database.read_now(lambda db: db.execute("SELECT * FROM state").fetchall())
    database.close()
    with opened(path) as restored:
        assert "damaged" in restored.notices[0]


def test_a_restore_for_which_the_disk_has_no_room_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage_header(path)
    before = path.read_bytes()

    def small(draft: Path) -> sqlite3.Connection:
        db = connection.connect_to_write(draft)
        if draft != path:
            db.execute("PRAGMA max_page_count = 30")
        return db

    with monkeypatch.context() as patched:
        patched.setattr(repair, "connect_to_write", small)
        with pytest.raises(StoreError, match="full"):
            Database.open(path)
    assert path.read_bytes() == before
    with opened(path) as database:
        assert "state-2026-11-24.db" in database.notices[0]


def test_damage_met_in_a_text_is_mended_at_the_next_start(path: Path) -> None:
    with opened(path) as database:
        before = database.read_now(summary)
    for page in pages_of(path, "body"):
        overwrite(path, (page - 1) * 4096, b"\xff" * 4096)
    with opened(path) as database, pytest.raises(StoreError, match="damaged"):
        database.read_now(lambda db: articles.load(db, newest(db)))
    with opened(path) as database:
        assert "read from it" in database.notices[0]
        assert database.read_now(summary) == before
        assert database.read_now(checks.problems) == ()


def test_a_title_that_is_no_text_is_told_as_damage(path: Path) -> None:
    with opened(path) as database:
        database.write_now(lambda db: db.execute("UPDATE entry SET title = CAST(x'ff' AS TEXT)"))
        with pytest.raises(StoreError, match="damaged"):
            database.read_now(lambda db: entries.rows(db, [newest(db)]))


def test_words_of_a_later_version_in_the_library_are_read_as_the_usual(path: Path) -> None:
    with opened(path) as database:
        database.write_now(
            lambda db: db.execute(
                "UPDATE feed SET kind = 'hologram', health = 'blooming', full_text = '?', tags = '{'"
            )
        )
        database.write_now(lambda db: db.execute("UPDATE entry SET verdict = 'sublime'"))
        database.write_now(lambda db: db.execute("UPDATE body SET enclosures = '[[1], 2, \"x\"]'"))
        (feed,) = database.read_now(feeds.all_feeds)
        assert (feed.kind, feed.health, feed.full_text, feed.tags) == (
            SourceKind.FEED,
            Health.OK,
            FullText.AUTO,
            (),
        )
        stored = database.read_now(lambda db: articles.load(db, newest(db)))
        assert (stored.row.verdict, stored.enclosures) == (None, ())
        assert len(database.read_now(feeds.due, NOW)) == 1


@pytest.mark.parametrize("garbage", [b"", b"\0" * 5000, b"not a log" * 999])
def test_a_write_ahead_log_of_garbage_is_passed_over(path: Path, garbage: bytes) -> None:
    with opened(path) as database:
        before = database.read_now(summary)
    path.with_name("library.db-wal").write_bytes(garbage)
    with opened(path) as database:
        assert database.notices == ()
        assert database.read_now(summary) == before


def test_a_swap_cut_short_between_its_renames_is_completed(path: Path) -> None:
    with opened(path) as database:
        before = database.read_now(summary)
    path.rename(path.with_name("library.db.restored"))
    with opened(path) as database:
        assert database.read_now(summary) == before


def test_a_restored_file_beside_the_library_does_not_replace_it(path: Path) -> None:
    with opened(path) as database:
        before = database.read_now(summary)
    path.with_name("library.db.restored").write_bytes(b"")
    with opened(path) as database:
        assert database.read_now(summary) == before


def test_seven_daily_backups_are_kept(path: Path) -> None:
    with opened(path):
        for day in range(12):
            backup.daily(path, NOW + timedelta(days=day))
    names = [file.name for file in backup.daily_backups(path)]
    assert names == [
        f"state-2026-{month:02}-{day:02}.db"
        for month, day in [(12, 5), (12, 4), (12, 3), (12, 2), (12, 1), (11, 30), (11, 29)]
    ]


def test_a_backup_that_fails_leaves_no_half_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "copy_state", fail)
    with pytest.raises(OSError, match="No space"):
        backup.daily(path, NOW + timedelta(days=1))
    assert [file.name for file in backup.folder(path).iterdir()] == ["state-2026-11-24.db"]


# -- disks


def test_a_library_that_a_newer_version_took_over_while_it_was_open_is_not_written(path: Path) -> None:
    with opened(path) as database, closing(sqlite3.connect(path)) as newer:
        before = database.read_now(summary)
        newer.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
        with pytest.raises(SchemaTooNew, match="Restart"):
            database.write_now(add_feed, "lost")
        assert database.read_now(summary) == before


@pytest.mark.skipif(sys.platform != "linux", reason="drops privileges with setuid")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_library_that_cannot_be_written_is_opened_to_read(path: Path, folder_mode: int) -> None:
    for file in (path.parent, *path.parent.rglob("*")):
        file.chmod(folder_mode if file.is_dir() else 0o444)
    for folder in path.parents:
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid() and folder != path.parent:
            folder.chmod(folder.stat().st_mode | 0o055)
    script = """
import os, sys
from pathlib import Path
from random import Random
from reader.store import feeds
from reader.store.database import Database
from reader.errors import StoreError
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
database = Database.open(Path(sys.argv[1]))
print(database.writable, len(database.read_now(feeds.all_feeds)), *database.notices)
try:
    database.write_now(feeds.edit_feed, 1, title="x")
except StoreError as error:
    print(error)
database.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert first.startswith("False 1 ")
    assert "changes are not saved" in first
    assert "changes are not saved" in second
    path.parent.chmod(0o755)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file/library\.db cannot be created"):
        Database.open(tmp_path / "file" / "library.db")


def test_a_full_disk_is_told_reading_goes_on_and_the_next_write_may_succeed(path: Path) -> None:
    with opened(path) as database:
        before = database.read_now(summary)
        limit_pages(database, 0)
        with pytest.raises(StoreError, match="full"):
            database.write_now(grow)
        assert database.read_now(summary) == before
        limit_pages(database, 1_000_000)
        database.write_now(grow)
        assert database.read_now(checks.problems) == ()


def test_on_a_full_disk_the_spare_file_is_given_up_first(path: Path) -> None:
    spare = path.with_name("library.db.spare")
    with opened(path) as database:
        assert spare.stat().st_size == place.SPARE_BYTES
        limit_pages(database, 0)
        with pytest.raises(StoreError, match="full"):
            database.write_now(grow)
        assert not spare.exists()
    with opened(path):
        assert spare.exists()


def limit_pages(database: Database, more: int) -> None:
    """Let the file grow by so many pages and no further, as a full disk would."""
    db = database._write_db
    assert db is not None
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages + more}")


def grow(db: sqlite3.Connection) -> None:
    db.execute("UPDATE feed SET description = ?", ("x" * 100_000,))


def test_a_network_drive_is_warned_of(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        f"30 25 0:40 / {tmp_path}/home\\040net rw shared:2 - nfs4 server:/home rw\n"
        f"31 25 0:41 / {tmp_path}/home rw shared:3 - tmpfs tmpfs rw\n"
    )
    assert "nfs4" in place.network_warning(tmp_path / "home net" / "library.db", mounts)
    assert place.network_warning(tmp_path / "home" / "library.db", mounts) == ""
    assert place.network_warning(tmp_path / "library.db", tmp_path / "nothing") == ""


def test_a_library_that_cannot_have_a_log_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as db, pytest.raises(StoreError, match="write-ahead log"):
        connection.use_wal(db)


def test_whatever_bytes_are_damaged_the_library_opens_and_answers_or_says_why(
    path: Path, tmp_path: Path
) -> None:
    sound = path.read_bytes()
    for seed in range(25):
        damaged_somewhere(tmp_path / f"copy {seed}", sound, backup.folder(path), Random(seed))


def damaged_somewhere(folder: Path, sound: bytes, backups: Path, dice: Random) -> None:
    """Damage a copy of a library in one of the ways of disks, and use it."""
    shutil.copytree(backups, folder / "backups")
    path = folder / "library.db"
    harmed = bytearray(sound)
    at, length = dice.randrange(len(sound)), dice.choice((1, 16, 512, 4096, 40_000))
    if dice.random() < 0.2:
        del harmed[at:]
    else:
        harmed[at : at + length] = dice.choice((bytes(length), dice.randbytes(length), b"\xff" * length))
    path.write_bytes(harmed)
    for _start in range(2):
        opening.mark_suspect(path)
        with opened(path) as database:
            for what in (feeds.all_feeds, summary, checks.problems):
                with suppress(StoreError):
                    database.read_now(what)
            with suppress(StoreError):
                database.write_now(act, Field.LATER, "1", database.read_now(newest))
