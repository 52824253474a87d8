from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from .builders import memory


@pytest.fixture
def library() -> Iterator[sqlite3.Connection]:
    """An empty library in memory."""
    db = memory()
    yield db
    db.close()
