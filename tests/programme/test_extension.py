"""A routine that extends another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.coaching.plan import Plan
from assistant.errors import InputError
from assistant.library.loader import find_routine
from assistant.library.session import load_session
from tests.parsing import load_routine

BASE = """\
name: base
start_level: 2
warm_up:
  - {exercise: pelvic-tilts, rest: 5}
work:
  - {step: 0, sets: 2x8 @3-0-2-1 rest 40s}
  - {exercise: double-leg-bent, range: 2}
  - {exercise: hover}
cool_down:
  - {exercise: knee-hug}
"""

CHANGE = "extends: base\nchange:\n  work:"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a routine file into a folder in which nothing else is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "own"))

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    write("base.yaml", BASE)
    return write


def _plan(path: Path) -> Plan:
    return load_session(str(path)).plan


def _complaint(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_session(str(path))
    return caught.value


def test_what_is_left_out_is_the_others(write: Write) -> None:
    """But for the name, which is its own."""
    mine, base = _plan(write("mine.yaml", "name: mine\nextends: base\n")), _plan(Path("base.yaml"))
    assert (mine.name, base.name) == ("mine", "base")
    assert (mine.sets, mine.level) == (base.sets, base.level)


def test_fields_and_parts_that_are_written_win(write: Write) -> None:
    """A part as a whole; a file is as good as a name."""
    text = "name: mine\nextends: base.yaml\nstart_level: 3\ncool_down: []\nwork:\n  - {exercise: t-arms}\n"
    plan = _plan(write("mine.yaml", text))
    assert plan.level == 3
    assert [work.exercise for work in plan.sets] == ["pelvic-tilts", "t-arms"]


def test_single_entries_are_changed_by_their_number(write: Write) -> None:
    """Field by field, whether they were written in one line or in many; or left out."""
    text = (
        "name: mine\nextends: base\nchange:\n  work:\n    1: {repetitions: 9, say: Slowly.}\n"
        "    3: leave out\n  warm_up:\n    1: {exercise: knee-sway}\n"
    )
    plan = _plan(write("mine.yaml", text))
    first, second, *_ = [work for work in plan.sets if work.part == "work"]
    assert (first.repetitions, str(first.tempo), first.rest_seconds) == (9, "3-0-2-1", 40)
    assert (first.say, second.say) == ("Slowly.", "")
    assert [work.exercise for work in plan.sets if work.part == "work"][2:] == ["double-leg-bent"]
    assert (plan.sets[0].exercise, plan.sets[0].rest_seconds) == ("knee-sway", 5)


def test_an_exercise_takes_the_place_of_a_step(write: Write) -> None:
    """And a step that of an exercise."""
    text = "name: m\nextends: base\nchange: {work: {1: {exercise: hover, sets: 1}, 2: {step: 1, range: 1}}}\n"
    plan = _plan(write("mine.yaml", text))
    assert [work.exercise for work in plan.sets if work.part == "work"] == ["hover", "single-leg", "hover"]


def test_a_note_is_not_said_with_another_exercise(write: Write) -> None:
    """It was written for the one whose place another takes."""
    write("noted.yaml", "name: noted\nwork: [{exercise: single-leg, sets: 1, say: Heel long.}]\n")
    for change, said in (
        ("exercise: hover", ""),
        ("exercise: hover, say: Still.", "Still."),
        ("sets: 2", "Heel long."),
    ):
        text = f"name: m\nextends: noted\nchange: {{work: {{1: {{{change}}}}}}}\n"
        [first, *_] = [work for work in _plan(write("mine.yaml", text)).sets if work.part == "work"]
        assert first.say == said


def test_a_chain_of_routines_is_followed(write: Write) -> None:
    """The nearest wins; numbers count what is extended."""
    write("middle.yaml", "name: middle\nextends: base\nchange: {work: {1: leave out, 2: {sets: 2}}}\n")
    text = "name: top\nextends: middle\nchange: {work: {2: {sets: 1x12}}}\n"
    work = [one for one in _plan(write("top.yaml", text)).sets if one.part == "work"]
    wanted = [("double-leg-bent", 8), ("double-leg-bent", 8), ("hover", 12)]
    assert [(one.exercise, one.repetitions) for one in work] == wanted


@pytest.mark.parametrize(
    ("mine", "line", "field", "problem"),
    [
        ("extends: nobody", 2, "extends", "no routine 'nobody'; looked in "),
        ("extends: mine", 2, "extends", "no other routine 'mine'"),
        ("extends: mine.yaml", 2, "extends", "extend each other"),
        ("extends: base.py", 2, "extends", "only run where it is given itself"),
        ("extends: base\nwork: []", 3, "work", "there is no work"),
        ("extends: base\nchange: {work: {4: {sets: 1}}}", 3, "change.work.4", "has 3 entries"),
        ("extends: base\nchange: {warm_up: {2: {sets: 1}}}", 3, "change.warm_up.2", "has 1 entry"),
        ("extends: base\nchange: {work: {0: {sets: 1}}}", 3, "change.work", "number of an entry"),
        ("extends: base\nchange: {work: {first: {sets: 1}}}", 3, "change.work", "number of an entry"),
        ("extends: base\nchange: {work: {1: drop}}", 3, "change.work.1", ""),
        ("extends: base\nchange: {work: {1: {sets: 3x99}}}", 3, "change.work.1.sets", "99 repetitions"),
        ("extends: base\nchange: {work: {1: {set: 1}}}", 3, "change.work.1.set", "no such field"),
        ("extends: base\nchange: {work: {2: {range: 4}}}", 3, "change.work.2.range", "not to 4"),
        (
            "extends: base\nchange:\n  work:\n    2: {exercise: hover}",
            5,
            "change.work.2.exercise",
            "not to 2",
        ),
        (
            "extends: base\nchange:\n  work:\n    2: {exercise: hover, range: 4, sets: 3}",
            5,
            None,
            "4 work sets",
        ),
        (
            "extends: base\nchange:\n  work: {1: leave out, 2: leave out, 3: leave out}",
            4,
            None,
            "no work is left",
        ),
        ("extends: base\nwork: [{step: 0}]\nchange: {work: {1: {sets: 1}}}", 4, "change.work", "anew"),
        ("work: [{step: 0}]\nchange: {work: {1: {sets: 1}}}", 3, "change", "nothing to change"),
    ],
)
def test_a_mistake_of_ones_own_is_found_on_its_line(
    write: Write, mine: str, line: int, field: str | None, problem: str
) -> None:
    """In the file that extends, whatever of the other one takes part in it."""
    write("base.py", "")
    error = _complaint(write("mine.yaml", f"name: mine\n{mine}\n"))
    assert (error.file, error.line) == (str(Path.cwd() / "mine.yaml"), line)
    assert field in (None, error.field)
    assert problem in error.problem
    assert error.remedy


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("range: 2", "range: 4", 7, "work[1].range"),
        ("hover", "hovver", 8, "work[2].exercise"),
        ("start_level: 2", "start_levl: 2", 2, "start_levl"),
    ],
)
def test_a_mistake_in_what_is_extended_is_found_in_its_file(
    write: Write, old: str, new: str, line: int, field: str
) -> None:
    """By the name that the field has there, although an entry before it is left out."""
    write("base.yaml", BASE.replace(old, new))
    text = "name: mine\nextends: base\nchange: {work: {1: leave out}}\n"
    error = _complaint(write("mine.yaml", text))
    assert Path(error.file or "").name == "base.yaml"
    assert (error.line, error.field) == (line, field)


def test_routines_that_extend_each_other_are_refused(write: Write) -> None:
    """In the file that closes the circle, with the way round."""
    write("round.yaml", "name: round\nextends: mine\n")
    error = _complaint(write("mine.yaml", "name: mine\nextends: round\n"))
    assert (Path(error.file or "").name, error.line, error.field) == ("round.yaml", 2, "extends")
    names = [Path(name).name for name in error.problem.split(": ")[1].split(" to ")]
    assert names == ["mine.yaml", "round.yaml", "mine.yaml"]


def test_ones_own_name_is_the_next_routine_of_that_name(write: Write) -> None:
    """So a shipped one is changed without another name."""
    write("scripts/leg-lifts.yaml", "name: leg-lifts\nextends: leg-lifts\nstart_level: 4\n")
    path = find_routine("leg-lifts")
    assert path == Path("scripts/leg-lifts.yaml")
    assert load_routine(path).model.start_level == 4
    assert load_session("leg-lifts").plan.level == 4
