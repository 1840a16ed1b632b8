"""What can be wrong in the parts of a session, its volume, and what an exercise says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.coaching.plan import Exercise
from assistant.errors import InputError
from assistant.library.session import load_exercises, load_session
from assistant.places import shipped
from assistant.programme.routine import make_plan
from assistant.programme.voice import VoicePack
from tests.parsing import parse_exercise, parse_routine

ROUTINE = """\
name: mine
warm_up:
  - exercise: pelvic-tilts
work:
  - exercise: single-leg
    sets: 2
cool_down:
  - exercise: knee-hug
"""
HEEL_TAPS = (shipped("scripts") / "exercises" / "heel-taps.yaml").read_text(encoding="utf-8")
HANGING = (shipped("scripts") / "exercises" / "hanging.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def exercises(pack: VoicePack) -> Mapping[str, Exercise]:
    return load_exercises(pack, shipped("scripts"))


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "problem"),
    [
        ("pelvic-tilts", "pelvic-tilt", 3, "warm_up[0].exercise", "no exercise 'pelvic-tilt'"),
        ("pelvic-tilts", "pelvic-tilts\n    rest: 900", 4, "warm_up[0].rest", "less than or equal to 300"),
        ("pelvic-tilts", "pelvic-tilts\n    range: 2", 4, "warm_up[0].range", "from range 1 to 1, not to 2"),
        ("knee-hug", "knee-hug\n    sets: 4", 9, "cool_down[0].sets", "less than or equal to 3"),
        ("- exercise: knee-hug", "- sets: 1", 8, "cool_down[0]", "either"),
        ("cool_down:", "cooldown:", 7, "cooldown", "no such field"),
        ("warm_up:\n  - exercise: pelvic-tilts", "warm_up: pelvic-tilts", 2, "warm_up", "list"),
        ("  - exercise: knee-hug\n", "  - exercise: knee-hug\n" * 6, 7, "cool_down", "at most 5"),
        ("sets: 2", "repetitions: 26", 6, "work[0].repetitions", "a number from 1 to 25"),
        ("sets: 2", "repetitions: lots", 6, "work[0].repetitions", "fewest, or most"),
        ("sets: 2", "repetitions: true", 6, "work[0].repetitions", "a number from 1 to 25"),
        ("sets: 2", "repetitions: [8]", 6, "work[0].repetitions", "a number from 1 to 25"),
        (
            "sets: 2",
            "sets: 2\n  - exercise: single-leg\n    sets: 2",
            8,
            "work[1].sets",
            "single-leg comes to 4 work sets",
        ),
        (
            "exercise: single-leg\n    sets: 2",
            "step: 1\n    sets: 3\n  - step: 1",
            7,
            "work[1].sets",
            "step 1 comes to 4 work sets",
        ),
    ],
)
def test_a_part_of_a_routine_complains_like_its_work(
    exercises: Mapping[str, Exercise], old: str, new: str, line: int, field: str, problem: str
) -> None:
    """File, line, field and remedy."""
    assert old in ROUTINE
    with pytest.raises(InputError) as caught:
        make_plan(parse_routine(ROUTINE.replace(old, new), "mine.yaml"), exercises)
    assert (caught.value.file, caught.value.line, caught.value.field) == ("mine.yaml", line, field)
    assert problem in caught.value.problem
    assert caught.value.remedy


def test_warm_up_and_cool_down_are_no_part_of_the_ceiling(exercises: Mapping[str, Exercise]) -> None:
    """Three work sets of an exercise may have some of it before and after."""
    text = ROUTINE.replace("sets: 2", "sets: 3").replace("pelvic-tilts", "single-leg")
    plan = make_plan(parse_routine(text, "mine.yaml"), exercises)
    assert [work.exercise for work in plan.sets].count("single-leg") == 4


def test_a_ladder_of_things_that_are_not_there_is_named(exercises: Mapping[str, Exercise]) -> None:
    """With the line of the step."""
    only = {"hanging": exercises["hanging"]}
    routine = parse_routine("name: mine\nwork:\n  - step: 0\n", "mine.yaml")
    with pytest.raises(InputError, match=r"mine.yaml, line 3, field work\[0\].step: .* equipment"):
        make_plan(routine, only, 10)
    assert make_plan(routine, only, 10, frozenset({"bar"})).sets


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ("sides: alternating", "sides: in-turn", "sides", "'alternating'"),
        ("level: 2", "level: 2\nbranch: twig", "branch", "'ladder'"),
        ("level: 2", "level: 2\nequipment: [rope]", "equipment[0]", "'ball'"),
        ("click: regress", "click: regres", "faults.click", "'regress'"),
        ("click: regress", "sneeze: regress", "faults.sneeze", "no such field"),
        ("check_head]", "check_foot]", "checks[2]", "no cue 'check_foot'"),
        ("range: range_heel_taps", "range: nowhere", "cues.range", "no cue 'nowhere'"),
        ("deepest: 1", "deepest: 2", "cues.range", "can't tell several ranges apart"),
        ("range: range_heel_taps", "variation: nowhere", "cues.variation", "no cue 'nowhere'"),
        ("source: B\n", "", "source", "missing"),
    ],
)
def test_an_exercise_complains_about_what_it_says_of_itself(
    pack: VoicePack, old: str, new: str, field: str, problem: str
) -> None:
    """Branch, equipment, faults, checks, and words of its own."""
    assert old in HEEL_TAPS
    with pytest.raises(InputError) as caught:
        parse_exercise(HEEL_TAPS.replace(old, new), "heel-taps.yaml", pack.texts)
    assert caught.value.field == field
    assert problem in caught.value.problem
    assert caught.value.line is not None
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("regression", "problem"),
    [("seated", "needs a bench, which may not be there"), ("hover", "begins at range 3, deeper")],
)
def test_easier_needs_nothing_new_and_goes_no_deeper(tmp_path: Path, regression: str, problem: str) -> None:
    """Somebody who hangs from a bar may have no bench."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "mine.yaml").write_text("name: m\nwork: [{exercise: hanging}]\n", encoding="utf-8")
    mine = HANGING.replace("regression: double-leg ", f"regression: {regression} ")
    assert mine != HANGING
    (tmp_path / "exercises" / "hanging.yaml").write_text(mine, encoding="utf-8")
    with pytest.raises(InputError, match=problem) as caught:
        load_session(str(tmp_path / "mine.yaml"))
    assert caught.value.field == "regression"


def test_a_session_is_loaded_with_the_equipment_that_there_is() -> None:
    """A step reaches the bar only where one is."""
    assert "hanging" not in {work.exercise for work in load_session("leg-lifts", level=10).plan.sets}
    sets = load_session("leg-lifts", level=10, equipment=frozenset({"bar"})).plan.sets
    assert "hanging" in {work.exercise for work in sets}
