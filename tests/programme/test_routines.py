"""Routines become plans: warm-up, work and cool-down, placed on the ladder with what equipment there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest

from assistant.coaching.plan import Exercise, Plan, timetable
from assistant.library.session import load_exercises, load_session
from assistant.places import shipped
from assistant.programme.routine import make_plan
from assistant.programme.voice import VoicePack
from tests.parsing import parse_routine

ROUTINES = sorted(path.stem for path in shipped("scripts").glob("*.yaml"))


@pytest.fixture(scope="module")
def exercises(pack: VoicePack) -> Mapping[str, Exercise]:
    return load_exercises(pack, shipped("scripts"))


@pytest.fixture(scope="module")
def place(exercises: Mapping[str, Exercise]) -> Callable[..., Plan]:
    """Make a plan of a routine's text from its first list on."""

    def make(lists: str, level: int = 1, *equipment: str) -> Plan:
        return make_plan(
            parse_routine(f"name: t\n{lists}\n", "t.yaml"), exercises, level, frozenset(equipment)
        )

    return make


def _work(plan: Plan) -> list[str]:
    return [work.exercise for work in plan.sets if work.part == "work"]


def test_the_routines_that_ship_are_these() -> None:
    """One by default, and four for other days."""
    assert ROUTINES == ["first-week", "gentle-back", "hover-challenge", "leg-lifts", "quick-five"]


@pytest.mark.parametrize("name", ROUTINES)
def test_no_routine_that_ships_sends_a_beginner_up_the_ladder(name: str) -> None:
    """The next session of any routine starts at the level of this one."""
    assert load_session(name).plan.level <= 1


@pytest.mark.parametrize("name", ROUTINES)
@pytest.mark.parametrize("level", range(11))
def test_every_routine_fits_every_level(exercises: Mapping[str, Exercise], name: str, level: int) -> None:
    """Without equipment, within the ceiling of volume, each exercise within its ranges."""
    text = (shipped("scripts") / f"{name}.yaml").read_text(encoding="utf-8")
    plan = make_plan(parse_routine(text, name), exercises, level)
    assert plan.level == level
    assert max(Counter(_work(plan)).values()) <= 3
    for work in plan.sets:
        exercise = exercises[work.exercise]
        assert not exercise.equipment
        assert 1 <= work.repetitions <= max(exercise.repetitions[1], 10)
        assert exercise.range_steps[0] <= work.range_step <= exercise.range_steps[1]


@pytest.mark.parametrize(
    ("name", "minutes"),
    [("leg-lifts", (13, 17)), ("first-week", (7, 12)), ("gentle-back", (10, 16)), ("quick-five", (4, 5.5))],
)
def test_routines_take_as_long_as_they_say(name: str, minutes: tuple[float, float]) -> None:
    """From the first position to the last repetition."""
    last = timetable(load_session(name).plan)[-1]
    assert minutes[0] <= (last.start + last.seconds) / 60 <= minutes[1]


def test_the_gentle_routine_lifts_no_leg_from_the_back() -> None:
    """It keeps to the side branch."""
    plan = load_session("gentle-back").plan
    assert {plan.exercises[name].branch for name in _work(plan)} == {"side"}


def test_a_session_warms_up_works_and_cools_down(place: Callable[..., Plan]) -> None:
    """In this order, whatever the order in the file, and only the work is counted as sets."""
    plan = place(
        "cool_down: [{exercise: knee-hug}]\nwork: [{step: 0, sets: 2}, {step: 1}]\n"
        "warm_up: [{exercise: pelvic-tilts}]"
    )
    assert [(work.part, work.exercise) for work in plan.sets] == [
        ("warm-up", "pelvic-tilts"),
        ("work", "single-leg-bent"),
        ("work", "single-leg-bent"),
        ("work", "heel-taps"),
        ("cool-down", "knee-hug"),
    ]
    shown = {(entry.work.exercise, entry.set) for entry in timetable(plan)}
    assert shown == {
        ("pelvic-tilts", 0),
        ("single-leg-bent", 1),
        ("single-leg-bent", 2),
        ("heel-taps", 3),
        ("knee-hug", 0),
    }


def test_the_timetable_is_without_a_gap(place: Callable[..., Plan]) -> None:
    """A position is taken up once for an exercise; after the last set comes no rest."""
    plan = place("work: [{exercise: hover, sets: 2, rest: 30}]")
    entries = timetable(plan)
    assert [entry.phase for entry in entries] == [
        *("setup", "imprint", "get_ready", "work", "rest"),
        *("imprint", "get_ready", "work"),
    ]
    for entry, following in pairwise(entries):
        assert following.start == entry.start + entry.seconds


def test_what_leads_away_from_leg_lifts_is_always_planned(place: Callable[..., Plan]) -> None:
    """The gentlest first, one set each, and the cool-down after them."""
    plan = place("work: [{step: 0}]\ncool_down: [{exercise: knee-hug}]")
    assert [(work.exercise, work.part) for work in plan.side_branch] == [
        ("gentle-core", "work"),
        ("bird-dog", "work"),
        ("dead-bug", "work"),
        ("plank-leg-lift", "work"),
        ("knee-hug", "cool-down"),
    ]
    for work in plan.side_branch[:-1]:
        assert work.repetitions == plan.exercises[work.exercise].repetitions[0]


def test_no_cool_down_brings_leg_lifts_back(place: Callable[..., Plan]) -> None:
    """Whoever had to leave them off does what else there is in it."""
    plan = place(
        "work:\n  - {exercise: hover}\n"
        "cool_down:\n  - {exercise: hover}\n  - {exercise: imprint-hold}\n  - {exercise: knee-hug}"
    )
    assert [work.exercise for work in plan.sets[-3:]] == ["hover", "imprint-hold", "knee-hug"]
    cooling_down = [work.exercise for work in plan.side_branch if work.part == "cool-down"]
    assert cooling_down == ["imprint-hold", "knee-hug"]


@pytest.mark.parametrize(
    ("level", "equipment", "landed"),
    [
        (8, (), "t-arms"),
        (10, (), "t-arms"),
        (10, ("ball",), "ball"),
        (9, ("ball", "bar"), "ball"),
        (10, ("bar",), "hanging"),
        (10, ("ball", "bench", "bar"), "hanging"),
        (7, (), "t-arms"),
    ],
)
def test_a_step_passes_over_what_needs_equipment_that_is_not_there(
    place: Callable[..., Plan], level: int, equipment: tuple[str, ...], landed: str
) -> None:
    """Down the ladder, to the next that needs nothing more."""
    assert _work(place("work: [{step: 0}]", level, *equipment)) == [landed]


def test_an_exercise_that_is_named_is_taken_as_written(place: Callable[..., Plan]) -> None:
    """Whoever writes it down has it."""
    assert _work(place("work: [{exercise: hanging}]")) == ["hanging"]


def test_steps_beyond_the_ends_of_the_ladder_stay_on_it(place: Callable[..., Plan]) -> None:
    """With the most sets of one exercise that are allowed; named sets come first."""
    assert _work(place("work: [{step: -3}, {step: 1}]", 0)) == ["imprint-hold", "single-leg-bent"]
    lists = "work: [{step: 0, sets: 2}, {step: 1, sets: 2}, {step: 2, sets: 2}]"
    assert _work(place(lists, 7)) == ["t-arms"] * 3
    lists = "work: [{step: 0, sets: 2}, {exercise: hover, sets: 2}]"
    assert _work(place(lists, 6)) == ["hover"] * 3


@pytest.mark.parametrize(
    ("repetitions", "wanted"),
    [("", 8), ("repetitions: fewest", 8), ("repetitions: most", 12), ("repetitions: 5", 5)],
)
def test_repetitions_are_a_number_or_an_end_of_what_is_usual(
    place: Callable[..., Plan], repetitions: str, wanted: int
) -> None:
    """The fewest unless the routine says otherwise."""
    plan = place(f"work: [{{exercise: double-leg-bent, {repetitions}}}]")
    assert plan.sets[0].repetitions == wanted


def test_a_set_of_turns_takes_as_long_as_both_sides(place: Callable[..., Plan]) -> None:
    """Ten heel taps of each side, six seconds each."""
    entries = timetable(place("work: [{exercise: heel-taps}]"))
    assert [entry.seconds for entry in entries if entry.phase == "work"] == [2 * 10 * 6]


@pytest.mark.parametrize("name", ROUTINES)
def test_the_command_line_shows_every_part(
    imprint: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Warm-up, work and cool-down, each named once, and what comes instead of leg lifts."""
    monkeypatch.setenv("COLUMNS", "120")
    status, shown, _ = imprint("plan", name)
    assert status == 0
    plan = load_session(name).plan
    for part in ("warm-up", "cool-down"):
        assert shown.count(part) == any(work.part == part for work in plan.sets)
    sets = len(_work(plan))
    assert f"{sets} sets of work, about " in shown
    assert "gentle-core, bird-dog, dead-bug, plank-leg-lift." in shown
