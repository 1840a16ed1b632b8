"""The tables of the journal, as the steps that lead to them; docs/journal.md describes them."""

from __future__ import annotations

_FIRST = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        routine TEXT NOT NULL,
        file TEXT NOT NULL,
        level INTEGER NOT NULL,
        sets INTEGER NOT NULL DEFAULT 0,
        repetitions INTEGER NOT NULL DEFAULT 0,
        sore INTEGER NOT NULL DEFAULT 0,
        eased INTEGER NOT NULL DEFAULT 0,
        at_top INTEGER NOT NULL DEFAULT 0,
        effort INTEGER,
        soreness INTEGER,
        ended TEXT,
        ended_at TEXT
    )
    """,
    """
    CREATE TABLE repetitions (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL REFERENCES sessions (id),
        at TEXT NOT NULL,
        "set" INTEGER NOT NULL,
        number INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        side TEXT,
        range INTEGER NOT NULL,
        tempo TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE changes (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL REFERENCES sessions (id),
        at TEXT NOT NULL,
        what TEXT NOT NULL,
        "from" TEXT NOT NULL,
        "to" TEXT NOT NULL,
        why TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE notes (
        id INTEGER PRIMARY KEY,
        session INTEGER REFERENCES sessions (id),
        at TEXT NOT NULL,
        what TEXT NOT NULL,
        value TEXT NOT NULL
    )
    """,
    "CREATE INDEX repetitions_of_session ON repetitions (session)",
    "CREATE INDEX changes_of_session ON changes (session)",
    "CREATE INDEX notes_of_kind ON notes (what)",
)

_RESUMED = (
    "ALTER TABLE sessions ADD COLUMN place TEXT",
    "ALTER TABLE sessions ADD COLUMN offered INTEGER REFERENCES sessions (id)",
    "ALTER TABLE sessions ADD COLUMN resumed INTEGER",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _RESUMED)
"""Each leads from a version to the next; version 0 is an empty file. Only ever added to."""

VERSION = len(MIGRATIONS)
"""The version that this Imprint writes, kept in the file's `user_version`."""
