"""What the commands do about memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.cli.memory import (
    begin,
    keeping_misheard,
    load_remembered,
    now_here,
    remembering,
    with_last_session,
)
from assistant.coaching.checkpoint import Unfinished
from assistant.coaching.history import EXPERIENCED, History, Lowering, PastSession
from assistant.coaching.position import Position
from assistant.journal.journal import SqliteJournal
from assistant.journal.memory import Memory
from assistant.journal.rows import Beginning, JournalNote, SessionState
from assistant.places import shipped
from tests.journal.experienced import write_experienced
from tests.session.entries import note
from tests.session.excerpt import excerpt

BALL = frozenset({"ball"})
EXERCISES = ("imprint-hold", "single-leg-bent", "single-leg", "double-leg")


@pytest.fixture
def routine(tmp_path: Path) -> str:
    """A routine that follows the ladder, from level 3 on."""
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nstart_level: 3\nwork:\n  - {step: 0}\n", encoding="utf-8")
    return str(path)


def last(level: int) -> History:
    """Somebody who has trained before."""
    return History(sessions=(PastSession(3, level, "completed"),))


def exercise_of(routine: str, level: int | None, history: History) -> str:
    """Give the only exercise of a session."""
    return load_remembered(routine, str(shipped("voices") / "en"), level, history).plan.sets[0].exercise


def test_a_session_starts_where_the_last_one_left_off(routine: str) -> None:
    """Somebody new starts where the routine says."""
    assert exercise_of(routine, None, last(5)) == "double-leg"
    assert exercise_of(routine, None, History()) == "single-leg"


def test_a_level_that_is_asked_for_is_the_level(routine: str) -> None:
    """Whatever is remembered."""
    assert exercise_of(routine, 1, last(5)) == "single-leg-bent"


def test_a_remembered_level_that_is_no_rung_is_the_next_below(routine: str) -> None:
    """The ladder may have changed since."""
    assert exercise_of(routine, None, last(99)) == exercise_of(routine, 10, History())
    assert exercise_of(routine, None, last(-1)) == "imprint-hold"


def test_what_was_made_easier_is_so_the_next_time(routine: str) -> None:
    """At the level that is asked for, too."""
    eased = replace(last(5), instead={"double-leg": "double-leg-bent"})
    assert exercise_of(routine, None, eased) == "double-leg-bent"
    assert exercise_of(routine, 5, eased) == "double-leg-bent"
    assert exercise_of(routine, 3, eased) == "single-leg"


@pytest.mark.parametrize(
    ("days", "exercise"), [(14, "double-leg-bent"), (30, "single-leg"), (60, "imprint-hold")]
)
def test_a_long_break_begins_lower(routine: str, days: int, exercise: str) -> None:
    """By one level, by two, or at the lowest; whoever asks for a level has it."""
    history = History(sessions=(PastSession(days, 5, "completed"),))
    assert exercise_of(routine, None, history) == exercise
    assert exercise_of(routine, 5, history) == "double-leg"


def test_what_is_wrong_with_the_journal_is_told_before_and_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line each time, and the session goes on."""
    (tmp_path / "data").touch()
    with remembering(tmp_path / "data") as memory:
        told = capsys.readouterr().err
        assert memory.history == History()
    assert told.startswith("imprint: ")
    assert told.count("\n") == 1
    assert capsys.readouterr().err == ""


def test_a_rehearsal_of_nobody_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the person's own journal is."""
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "data"))
    with remembering(None) as memory:
        assert memory.history == EXPERIENCED
    assert list(tmp_path.iterdir()) == []


def test_days_are_counted_from_today_on_this_computers_calendar(tmp_path: Path) -> None:
    """With its offset from UTC."""
    now = now_here()
    assert now.utcoffset() is not None
    write_experienced(tmp_path, now - timedelta(days=4))
    with remembering(tmp_path) as memory:
        assert memory.history.screened_days_ago in (4, 5)


def test_a_live_session_without_a_device_leaves_no_trace_of_training(
    tmp_path: Path, imprint: Callable[..., tuple[int, str, str]]
) -> None:
    """It ends before it begins: the next one is the first."""
    said = tmp_path / "said.wav"
    status, _, _ = imprint("start", "--mic", said, "--speaker", tmp_path / "x.wav", "--data", tmp_path / "d")
    assert status == 2
    with remembering(tmp_path / "d") as memory:
        assert memory.history == History()


def test_what_was_misheard_is_kept_only_for_somebody_who_wants_it(tmp_path: Path) -> None:
    """Beside the journal; a rehearsal of nobody keeps nothing."""
    for folder, wanted in ((None, True), (tmp_path, False)):
        with keeping_misheard(folder, wanted) as keep:
            assert keep is None
    with keeping_misheard(tmp_path, wanted=True) as keep:
        assert keep is not None
        keep(excerpt())
    assert len(list((tmp_path / "misheard").iterdir())) == 2


def test_a_disk_that_keeps_nothing_is_one_line_at_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The session has gone on meanwhile."""
    (tmp_path / "misheard").touch()
    with keeping_misheard(tmp_path, wanted=True) as keep:
        assert keep is not None
        keep(excerpt())
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "What was misheard is not kept any more." in told


@pytest.fixture
def cut_off(routine: str, tmp_path: Path) -> Path:
    """The data folder of somebody whose session on level 3 was cut off in its only set."""
    planned = load_remembered(routine, str(shipped("voices") / "en"), None, History())
    position = Position(planned.plan)
    position.repetition_over()
    position.next_repetition()
    place = position.checkpoint(None, gentle=False)
    with closing(SqliteJournal(tmp_path / "data")) as journal:
        beginning = Beginning(now_here(), "mine", str(planned.routine_file.resolve()))
        journal.begin(beginning, SessionState(3, repetitions=1, place=place))
    return tmp_path / "data"


def unfinished_of(routine: str, level: int | None, data: Path) -> Unfinished | None:
    """Give what a session of a routine would be offered to go on with."""
    voice = str(shipped("voices") / "en")
    with remembering(data) as memory:
        planned = load_remembered(routine, voice, level, memory.history)
        return with_last_session(planned, level, memory).unfinished


def test_what_the_person_got_meanwhile_makes_no_other_session_of_it(tmp_path: Path) -> None:
    """Who says "harder" and has a ball would otherwise not be offered the rest of a session without one."""
    path = tmp_path / "grow.yaml"
    path.write_text("name: grow\nwork:\n  - {step: 0, sets: 2}\n  - {step: -1}\n", encoding="utf-8")
    planned = load_remembered(str(path), str(shipped("voices") / "en"), 8, History())
    with_ball = load_remembered(str(path), str(shipped("voices") / "en"), 8, History(equipment=BALL))
    assert planned.plan.sets != with_ball.plan.sets
    position = Position(planned.plan)
    position.repetition_over()
    position.next_repetition()
    place = position.checkpoint(None, gentle=False)
    began = now_here()
    with closing(SqliteJournal(tmp_path / "data")) as journal:
        cut = journal.begin(
            Beginning(began, "grow", str(path.resolve())), SessionState(8, repetitions=1, place=place)
        )
        journal.write(cut, [JournalNote(began + timedelta(seconds=1), "equipment", "ball")])
    unfinished = unfinished_of(str(path), 8, tmp_path / "data")
    assert unfinished is not None
    assert unfinished.plan.sets == planned.plan.sets


@pytest.mark.parametrize("level", [None, 3])
def test_the_same_routine_can_be_gone_on_with(routine: str, level: int | None, cut_off: Path) -> None:
    """On the level that it had."""
    unfinished = unfinished_of(routine, level, cut_off)
    assert unfinished is not None
    assert unfinished.checkpoint.repetition == 2
    assert unfinished.plan.level == 3


def test_another_routine_or_level_begins_anew(routine: str, cut_off: Path) -> None:
    """It was asked for."""
    assert unfinished_of(routine, 1, cut_off) is None
    assert unfinished_of("quick-five", None, cut_off) is None


def test_a_routine_that_has_become_another_begins_anew(routine: str, cut_off: Path) -> None:
    """It was edited since: another exercise, or another level."""
    text = "name: mine\nwork:\n  - {exercise: hover}\n"
    Path(routine).write_text(text, encoding="utf-8")
    assert unfinished_of(routine, None, cut_off) is None


def test_what_can_be_gone_on_with_is_the_plan_that_is_kept(routine: str, cut_off: Path) -> None:
    """A yes makes both sessions one."""
    voice = str(shipped("voices") / "en")
    with remembering(cut_off) as memory:
        planned = load_remembered(routine, voice, None, memory.history)
        begin(memory, planned, with_last_session(planned, None, memory))
        memory.keep(note(1.0, "resume", True))
    with closing(SqliteJournal(cut_off)) as journal:
        first, second = journal.sessions()
    assert (second.state.offered, second.state.resumed) == (first.number, True)
    assert second.state.repetitions == 1


@pytest.mark.parametrize(
    ("work", "level", "ended", "as_hard"),
    [
        ("step: 0", None, "pain", False),
        ("exercise: double-leg", None, "pain", True),
        ("exercise: double-leg", 3, "pain", False),
        ("exercise: double-leg", None, "completed", False),
    ],
)
def test_after_pain_a_plan_that_names_its_exercises_is_as_hard_as_before(
    work: str, level: int | None, ended: str, as_hard: bool, routine: str
) -> None:
    """The level alone does not lower it; whoever asks for a level has it."""
    Path(routine).write_text(f"name: mine\nstart_level: 3\nwork:\n  - {{{work}}}\n", encoding="utf-8")
    voice = str(shipped("voices") / "en")
    history = History(sessions=(PastSession(3, 3, ended),))
    planned = load_remembered(routine, voice, level, history)
    told = with_last_session(planned, level, Memory(None, history))
    assert told.still_as_hard is as_hard
    assert told.lowering is (Lowering.PAIN if ended == "pain" and level is None else None)
