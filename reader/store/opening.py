"""Opening the library's file: what may be wrong with it, and what is done about each.

no FTS5, a newer version, another program's database    refused, with a sentence; nothing is touched
an older version                                        backed up whole, then migrated
damage                                                  kept aside, and restored (see ``repair``)
a folder or file that cannot be written                 opened for reading, with a notice
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from ..errors import StoreError
from ..records import dataclass
from . import backup, migrations, place, repair
from .connection import Trouble, connect_to_read, connect_to_write, explained, is_damage, use_wal
from .lock import PATIENCE_SECONDS, FileLock


@dataclass(slots=True)
class Opened:
    """A library's file that was looked at and may be used."""

    write: sqlite3.Connection | None
    """``None`` when it can only be read."""
    lock: FileLock | None
    notices: tuple[str, ...] = ()
    immutable: bool = False
    """It lies where not even a log can be kept, and is read as if nobody could change it."""

    def close(self) -> None:
        """Give everything back."""
        if self.write is not None:
            self.write.close()
        if self.lock is not None:
            self.lock.close()


def open_library(path: Path) -> Opened:
    """Return the library at ``path`` ready for use, created, migrated or restored as needed."""
    _require_fts5()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(path.name + ".lock"))
    except OSError as error:
        return _only_to_read(path, error.strerror or str(error))
    try:
        if path.exists() and not os.access(path, os.W_OK):
            lock.close()
            return _only_to_read(path, "permission denied")
        with lock.held(PATIENCE_SECONDS), explained(path):
            return _to_write(path, lock)
    except BaseException as error:
        lock.close()
        if isinstance(error, OSError):  # while backing up or restoring
            raise StoreError(f"{path} cannot be opened: {error.strerror or error}.") from error
        raise


def _to_write(path: Path, lock: FileLock) -> Opened:
    repair.finish(path)
    notices = [warning] if (warning := place.network_warning(path)) else []
    if not path.exists() and (left := backup.daily_backups(path)):
        notices.append(
            f"{path} was not there, and a new one was begun. Backups of the old one are in {left[0].parent}."
        )
    db = _sound(path)
    if db is None:
        notices.append(repair.replace_damaged(path, datetime.now().astimezone()))
        db = connect_to_write(path)
    try:
        version = migrations.version(db)
        use_wal(db)
        if 0 < version < migrations.VERSION:
            backup.whole(db, path, version)
        migrations.migrate(db)
    except BaseException:
        db.close()
        raise
    place.reserve(path)
    return Opened(db, lock, tuple(notices))


def _sound(path: Path) -> sqlite3.Connection | None:
    """Return a connection to a file that can be trusted; ``None`` for damage.

    Damage is looked for where the last close was not clean, and then not in bodies and index, because checking the whole
    of a million articles takes longer than a person waits for a start; and everywhere when damage was met meanwhile.
    """
    suspect = _suspect(path)
    log = path.with_name(path.name + "-wal")
    logged = log.exists() and log.stat().st_size > 0
    unclean = logged or suspect.exists()
    if path.exists() and not path.stat().st_size and not logged and backup.daily_backups(path):
        return None  # emptied: a library of ours never has no bytes, but in the first moments of its life
    try:
        db = connect_to_write(path)
    except Trouble as error:
        if is_damage(error):
            return None
        raise
    try:
        migrations.version(db)
        sound = not unclean or repair.is_sound(db, thorough=suspect.exists())
    except BaseException as error:
        db.close()
        if is_damage(error):
            return None
        raise
    if not sound:
        db.close()
        return None
    with suppress(OSError):
        suspect.unlink(missing_ok=True)
    return db


def mark_suspect(path: Path) -> None:
    """Note that damage was met: the next start looks closely."""
    with suppress(OSError):
        _suspect(path).touch()


def _suspect(path: Path) -> Path:
    return path.with_name(path.name + ".suspect")


def _only_to_read(path: Path, reason: str) -> Opened:
    """Return a library whose folder or file cannot be written, after a look whether it can be read at all."""
    if not path.exists():
        raise StoreError(f"{path} cannot be created: {reason}. Choose another place with BROADSHEET_HOME.")
    with explained(path):
        immutable = False
        try:
            version = _version_read(path, immutable=False)
        except sqlite3.OperationalError:
            immutable = True
            version = _version_read(path, immutable=True)
    if version != migrations.VERSION:
        raise StoreError(f"{path} is of an older Broadsheet and cannot be brought up to date: {reason}.")
    notice = f"{path} cannot be written ({reason}): you can read, but changes are not saved."
    return Opened(None, None, (notice,), immutable)


def _version_read(path: Path, *, immutable: bool) -> int:
    with closing(connect_to_read(path, immutable=immutable)) as db:
        return migrations.version(db)


def _require_fts5() -> None:
    """Raise ``StoreError`` where Python's SQLite was built without full-text search."""
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"This Python's SQLite ({sqlite3.sqlite_version}) has no full-text search (FTS5), which the library needs. "
            "Use a Python whose SQLite has it: those of python.org, Debian, Homebrew and uv do."
        ) from error
    finally:
        probe.close()
