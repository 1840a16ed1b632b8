"""What is prescribed: steps easier and harder, and what they leave of the sets that follow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.actions import Change, Enter
from assistant.coaching.load import as_remembered
from assistant.coaching.plan import SETUP_SECONDS
from assistant.coaching.position import seconds_left
from assistant.programme.routine import make_plan
from tests.coaching.given import EXERCISES, WITH_REST, StageOf
from tests.coaching.told import actions_in, changes_in, notes_in
from tests.parsing import parse_routine
from tests.stand_ins import Stage

RANGES = "\n".join(f"exercise: double-leg, repetitions: 2, rest: 20, range: {step}" for step in (2, 3, 1))
TEMPI = "\n".join(
    f"exercise: double-leg, repetitions: 2, rest: 20, tempo: {tempo}" for tempo in ("3-0-2-1", "5-0-3-1")
)


def loads(stage: Stage) -> list[tuple[int, str]]:
    """Finish the session, and give the range and the tempo of each set as it ended."""
    stage.reach("finished")
    entered = [action for _, action in stage.actions if isinstance(action, Enter) and action.phase == "lower"]
    return list({action.set: (action.range_step, action.tempo) for action in entered}.values())


# -- what is remembered


SETS = """\
name: x
warm_up:
  - {exercise: double-leg, range: 3}
work:
  - {exercise: double-leg, range: 2, repetitions: 12}
"""


@pytest.mark.parametrize(
    ("ranges", "instead", "loads"),
    [
        ({}, {}, ("double-leg", 2)),
        ({"double-leg": 1}, {}, ("double-leg", 1)),
        ({"double-leg": 3}, {}, ("double-leg", 2)),
        ({"hover": 1}, {}, ("double-leg", 2)),
        ({"double-leg": 0}, {}, ("double-leg", 1)),
        ({}, {"double-leg": "double-leg-bent"}, ("double-leg-bent", 1)),
        ({}, {"double-leg": "double-leg-bent", "double-leg-bent": "single-leg"}, ("single-leg", 1)),
        ({"double-leg": 1}, {"double-leg": "hover"}, ("double-leg", 1)),
        ({}, {"double-leg": "gone"}, ("double-leg", 2)),
    ],
)
def test_work_begins_as_easy_as_it_was_made(
    ranges: dict[str, int], instead: dict[str, str], loads: tuple[str, int]
) -> None:
    """Never deeper or harder than planned; the warm-up stays as it is."""
    plan = make_plan(parse_routine(SETS, "x.yaml"), EXERCISES)
    warm_up, work = as_remembered(plan, ranges, instead).sets
    assert warm_up == plan.sets[0]
    assert (work.exercise, work.range_step) == loads
    assert work.repetitions <= 12


def test_easier_and_harder_are_noted_for_the_next_session(stage_of: StageOf) -> None:
    """The range of the exercise, and the exercise that took its place."""
    stage = stage_of("exercise: double-leg, repetitions: 12, range: 2")
    stage.reach("lower")
    for _ in range(4):
        stage.hear("easier")
        stage.wait(20)
    told = [(note.what, note.value) for note in notes_in(stage) if note.what in ("range", "instead")]
    assert told == [
        ("range", "double-leg 1"),
        ("instead", "double-leg double-leg-bent"),
        ("instead", "double-leg-bent single-leg"),
    ]


def test_what_gets_as_hard_as_it_was_takes_nobodys_place(stage_of: StageOf) -> None:
    """The next session begins with what was planned."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 2, range: 3, rest: 20, sets: 2")
    stage.reach("lower")
    stage.hear("harder")
    assert [note.value for note in notes_in(stage) if note.what == "instead"] == ["double-leg double-leg"]


# -- pending changes


def test_a_wish_in_the_last_repetition_stays_with_its_exercise(stage_of: StageOf) -> None:
    """It holds for later sets of it, never for the exercise that follows."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 2, rest: 5, range: 3\nexercise: imprint-hold, repetitions: 2"
    )
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.reach("hold")
    assert stage.session.position.load.exercise.name == "imprint-hold"
    same = stage_of("exercise: double-leg, repetitions: 2, rest: 20, range: 3, sets: 2")
    same.reach("lower", repetition=2)
    same.hear("slower")
    same.reach("rest")
    same.hear("easier")
    same.reach("lower")
    assert (same.session.position.load.range_step, same.session.position.load.tempo.lower) == (
        2,
        4,
    )


def test_next_set_keeps_what_was_promised(stage_of: StageOf) -> None:
    """Easier, then next set: the next set is easier."""
    stage = stage_of("exercise: double-leg, repetitions: 5, range: 3, sets: 2")
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.hear("next_set")
    assert stage.session.position.load.range_step == 2


def test_what_is_promised_is_what_comes(stage_of: StageOf) -> None:
    """Harder right after a click: it starts from what the click has left."""
    stage = stage_of("exercise: double-leg, repetitions: 3, sets: 2, range: 3, rest: 20")
    stage.reach("lower")
    stage.hear("click")
    stage.hear("harder")
    stage.reach("rest")
    stage.reach("lower")
    assert changes_in(stage) == [("range", "3", "2"), ("range", "2", "3")]
    assert (
        stage.session.position.load.exercise.name,
        stage.session.position.load.range_step,
    ) == (
        "double-leg",
        3,
    )


# -- one exercise in several lines of a routine, each with a range and a tempo of its own


def test_a_later_line_keeps_its_own_range_and_tempo(stage_of: StageOf) -> None:
    """Easier in one line makes no other deeper or faster."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 3, range: 3, rest: 5\n"
        "exercise: double-leg, repetitions: 3, range: 1, tempo: 5-0-1-1"
    )
    stage.reach("lower")
    stage.hear("easier")
    stage.reach("rest")
    stage.reach("lower")
    load = stage.session.position.load
    assert (load.range_step, str(load.tempo)) == (1, "5-0-1-1")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), [2, 3, 1]),
        (("easier",), [1, 1, 1]),
        (("slower",), [2, 3, 1]),
        (("faster",), [2, 3, 1]),
        (("easier", "i_didnt_say_that"), [2, 3, 1]),
        (("slower", "i_didnt_say_that"), [2, 3, 1]),
    ],
)
def test_only_a_shallower_range_makes_later_lines_shallower(
    said: tuple[str, ...], expected: list[int], stage_of: StageOf
) -> None:
    """Not a change of pace, and not what was taken back."""
    stage = stage_of(RANGES)
    stage.reach("lower")
    for command in said:
        stage.hear(command)
    assert [step for step, _ in loads(stage)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), ["3-0-2-1", "5-0-3-1"]),
        (("slower",), ["4-0-2-1", "5-0-3-1"]),
        (("slower", "i_didnt_say_that"), ["3-0-2-1", "5-0-3-1"]),
    ],
)
def test_slower_never_makes_a_later_line_faster(
    said: tuple[str, ...], expected: list[str], stage_of: StageOf
) -> None:
    """A line that is slower anyway stays as it is."""
    stage = stage_of(TEMPI)
    stage.reach("lower")
    for command in said:
        stage.hear(command)
    assert [tempo for _, tempo in loads(stage)] == expected


def test_slower_stays_in_force_in_a_line_of_another_range(stage_of: StageOf) -> None:
    """Whoever wants more time wants it in the next set, too."""
    stage = stage_of(RANGES)
    stage.reach("lower")
    stage.hear("slower")
    assert [tempo.split("-")[0] for _, tempo in loads(stage)] == ["4", "4", "4"]


# -- the ladder


def test_the_ladder_is_shifted_only_where_there_is_work_on_it(stage_of_parts: StageOf) -> None:
    """Warm-up and cool-down stay."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2")
    position = stage.session.position
    assert position.part == "warm-up"
    before = position.load.exercise.name
    assert position.shift_work(-1, frozenset()) == ("double-leg", "double-leg-bent")
    position.shift_work(3, frozenset())
    position.next_set()
    assert position.load.exercise.level > 5
    position.next_set()
    assert position.part == "cool-down"
    assert position.load.exercise.name == before
    assert not any(isinstance(a, Change) for a in actions_in(stage))


def test_a_step_up_that_was_not_to_be_had_does_not_swallow_a_step_down(stage_of: StageOf) -> None:
    """At the top of the ladder the shift stays what it was."""
    position = stage_of("exercise: t-arms, repetitions: 2").session.position
    assert position.shift_work(1, frozenset()) is None
    assert position.shift_work(-1, frozenset()) == ("t-arms", "double-leg")


def test_a_cap_of_the_ladder_leaves_gentle_work_alone(stage_of: StageOf) -> None:
    """It has levels of its own."""
    stage = stage_of(WITH_REST)
    position, plan = stage.session.position, stage.session.position.plan
    gentle = next(work for work in plan.side_branch if plan.exercises[work.exercise].level > 0)
    position.cap(0)
    position.follow(replace(plan, sets=(plan.sets[0], gentle)))
    position.next_set()
    assert position.load.exercise.name == gentle.exercise


# -- how long it takes


@pytest.mark.parametrize(
    ("exercise", "share"), [("double-leg-bent", 1 / 2), ("single-leg", 3 / 4), ("heel-taps", 3 / 4)]
)
def test_how_long_it_takes_goes_down_with_every_repetition(
    exercise: str, share: float, stage_of: StageOf
) -> None:
    """Two of four are done: of both legs, or of one of them, or one of each."""
    stage = stage_of(f"exercise: {exercise}, repetitions: 4")
    whole = seconds_left(stage.session.position)
    stage.reach("lower", repetition=3)
    assert seconds_left(stage.session.position) == pytest.approx(whole * share)


def test_how_long_it_takes_is_that_of_each_set_by_itself(stage_of: StageOf) -> None:
    """With the rest between them, and the way into position."""
    short, long = "exercise: double-leg, repetitions: 2, rest: 0", "exercise: imprint-hold, repetitions: 20"
    alone = [seconds_left(stage_of(work).session.position) for work in (short, long)]
    both = stage_of(f"{short}\n{long}")
    assert seconds_left(both.session.position) == pytest.approx(sum(alone) + SETUP_SECONDS)
    both.session.position.next_set()
    assert seconds_left(both.session.position) == pytest.approx(alone[1])


def test_getting_into_position_for_another_exercise_takes_time(stage_of: StageOf) -> None:
    """As the timetable of the plan has it."""
    alike = stage_of("exercise: double-leg, repetitions: 4\nexercise: double-leg, repetitions: 4")
    other = stage_of("exercise: double-leg, repetitions: 4\nexercise: double-leg-bent, repetitions: 4")
    difference = seconds_left(other.session.position) - seconds_left(alike.session.position)
    assert difference == pytest.approx(SETUP_SECONDS)
