"""What the commands do about memory: where a session starts, what is wrong with it, and what is past."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assistant.cli.app import ERR
from assistant.coaching.checkpoint import Unfinished, fitted
from assistant.coaching.history import EXPERIENCED, History, lowering_of, starting_level
from assistant.coaching.load import as_remembered
from assistant.coaching.plan import Plan
from assistant.coaching.tempo import CycleName
from assistant.errors import InputError
from assistant.journal.database import FILE_NAME, DamagedError, JournalError
from assistant.journal.excerpt_writer import ExcerptWriter
from assistant.journal.journal import SqliteJournal
from assistant.journal.memory import Memory, known_as, recall
from assistant.journal.rows import JournalNote, LeftOff
from assistant.journal.summaries import SessionSummary, session_summaries
from assistant.library.loader import Loader
from assistant.library.session import Session, load_session
from assistant.library.text_files import read_text
from assistant.places import data_folder, shipped
from assistant.programme.exercise import as_exercise
from assistant.programme.reading import Document
from assistant.session.misheard import Excerpt

NOTHING_YET = "Nothing here yet. After your first session this is where you will see it: imprint start"


@contextlib.contextmanager
def remembering(folder: Path | None) -> Generator[Memory, None, None]:
    """Open the journal of a folder, and close it again; whatever is wrong with it is one line each.

    Args:
        folder: The person's own; None for nobody's: nothing is asked of them and nothing is kept.
    """
    memory = Memory(None, EXPERIENCED) if folder is None else recall(folder, now_here())
    try:
        tell_problems(memory)
        yield memory
    finally:
        memory.close()
        tell_problems(memory)


@contextlib.contextmanager
def keeping_misheard(
    folder: Path | None, wanted: bool
) -> Generator[Callable[[Excerpt], None] | None, None, None]:
    """Give what keeps excerpts of what was misheard, and never waits; what goes wrong with it is one line.

    Args:
        folder: The person's own; None for nobody's.
        wanted: Whether the person wants it: else there is none.
    """
    if folder is None or not wanted:
        yield None
        return
    writer = ExcerptWriter(folder, now_here)
    try:
        yield writer.put
    finally:
        writer.close()
        if writer.problem is not None:
            ERR.print(f"imprint: {writer.problem}")


def tell_problems(memory: Memory) -> None:
    """Print what is wrong with the memory and was not told before."""
    for problem in memory.take_problems():
        ERR.print(f"imprint: {problem}")


def begin(memory: Memory, session: Session, history: History) -> None:
    """Write that a session begins, and print what is wrong with that.

    Args:
        memory: Where it is remembered.
        session: What is coached.
        history: What it knows of those before it, with what it may go on with.
    """
    left_plan = None if history.unfinished is None else history.unfinished.plan
    memory.begin(session.plan, session.routine_file, now_here(), left_plan)
    tell_problems(memory)


def now_here() -> datetime:
    """Return the time with the offset from UTC that holds here."""
    return datetime.now().astimezone()


def load_remembered(
    routine: str, voice: str, level: int | None, history: History, loader: Loader | None = None
) -> Session:
    """Read a routine and start where the last session left off, unless a level was asked for.

    Args:
        routine: A file, or the name of one.
        voice: A voice pack's folder or name.
        level: What the person asked for.
        history: What is remembered of earlier sessions.
        loader: What has read some of the files.

    Raises:
        InputError: something in the files or the level is wrong.
    """
    session = load_session(routine, voice, level, history.equipment, loader)
    if level is not None:
        return _eased(session, history)
    wanted = starting_level(history, session.plan.level)
    rungs = [exercise.level for exercise in session.plan.exercises.values() if exercise.branch == "ladder"]
    # Other exercises may make another ladder than the one that was remembered.
    reached = max((rung for rung in rungs if rung <= wanted), default=min(rungs))
    placed = session if reached == session.plan.level else session.at(reached, history.equipment)
    return _eased(placed, history)


def _eased(session: Session, remembered: History | LeftOff) -> Session:
    return replace(session, plan=as_remembered(session.plan, remembered.ranges, remembered.instead))


def with_last_session(session: Session, level: int | None, memory: Memory) -> History:
    """Return what is remembered, with what the last session means for this one.

    One of the same routine that was cut off can be gone on with; and of the level that was asked for, where
    one was. The history also says why this session should begin lower, and whether its plan is as hard
    as before all the same: a routine may name its exercises, and nothing is below the lowest level.

    Args:
        session: As it would begin.
        level: What the person asked for.
        memory: What is remembered of earlier sessions.
    """
    history = memory.history
    lowering = lowering_of(history)
    if level is None and lowering is not None:
        before = _at_level(session, history.sessions[-1].level, history)
        as_hard = before is not None and before.sets == session.plan.sets
        history = replace(history, lowering=lowering, still_as_hard=as_hard)
    left = memory.left_off
    if left is None or known_as(session.routine_file) != left.file or level not in (None, left.place.level):
        return history
    there = _at_level(session, left.place.level, left)
    plan = None if there is None else fitted(there, left.place)
    return history if plan is None else replace(history, unfinished=Unfinished(plan, left.place))


def _at_level(session: Session, level: int, remembered: History | LeftOff) -> Plan | None:
    """Return the plan of the same routine at another level; None where the ladder has no such level."""
    try:
        return _eased(session.at(level, remembered.equipment), remembered).plan
    except InputError:
        return None


def read_past(data: Path | None) -> tuple[list[SessionSummary], list[JournalNote]]:
    """Return every session and every note; a missing journal is not made.

    Args:
        data: Folder of what is remembered; None for the person's own.

    Raises:
        JournalError: it can't be read.
    """
    folder = data or data_folder()
    if not (folder / FILE_NAME).exists():
        return [], []
    try:
        with contextlib.closing(SqliteJournal(folder)) as journal:
            return session_summaries(journal, _cycles()), journal.notes()
    except DamagedError as error:
        raise JournalError(f"{error} The next session keeps it aside and begins a new one.") from error


def _cycles() -> dict[str, CycleName]:
    """Return the cycle of each exercise that comes with Imprint, whatever a person is still writing."""
    files = (shipped("scripts") / "exercises").glob("*.yaml")
    return {file.stem: as_exercise(Document(read_text(file), str(file)), None).cycle for file in files}
