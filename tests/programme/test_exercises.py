"""What ships in scripts/exercises holds together: the ladder, the side branch, warm-up and cool-down."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.coaching.plan import Exercise
from assistant.library.session import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.voice import VoicePack
from tests.parsing import parse_exercise

PACK = load_voice(str(shipped("voices") / "en"))
EXERCISES = load_exercises(PACK, shipped("scripts"))
FILES = sorted((shipped("scripts") / "exercises").glob("*.yaml"))
EACH = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))

LADDER = {
    "imprint-hold": (5, 5),
    "single-leg-bent": (8, 10),
    "heel-taps": (10, 10),
    "single-leg": (10, 10),
    "double-leg-bent": (8, 12),
    "double-leg": (10, 10),
    "hover": (10, 15),
    "t-arms": (10, 10),
    "ball": (8, 12),
    "seated": (10, 10),
    "hanging": (6, 12),
}
"""Exercises in the order of their levels, with their usual repetitions."""


def test_the_ladder_has_every_level_once() -> None:
    """From 0 to 10, with the repetitions of the programme."""
    rungs = sorted((e.level, e.name, e.repetitions) for e in EXERCISES.values() if e.branch == "ladder")
    assert rungs == [(level, *rung) for level, rung in enumerate(LADDER.items())]


def test_harder_climbs_the_ladder_rung_by_rung() -> None:
    """To the hanging leg lift, which is the end."""
    names = list(LADDER)
    for name, harder in zip(names, [*names[1:], None], strict=True):
        assert EXERCISES[name].progression == harder


@pytest.mark.parametrize("name", ["gentle-core", "bird-dog", "dead-bug", "plank-leg-lift"])
def test_the_side_branch_is_there_and_no_rung(name: str) -> None:
    """Its easier way ends at the imprint hold, by way of the gentlest."""
    assert EXERCISES[name].branch == "side"
    below: list[str] = []
    exercise = EXERCISES[name]
    while exercise.regression is not None:
        below.append(exercise.regression)
        exercise = EXERCISES[exercise.regression]
    assert below[-1] == "imprint-hold"
    assert name == "gentle-core" or "gentle-core" in below
    assert all(EXERCISES[other].branch == "side" for other in below[:-1])


@EACH
def test_easier_always_leads_to_the_lowest_level(exercise: Exercise) -> None:
    """One after the other strictly down, never deeper, and never to something that has to be bought."""
    while exercise.level > 0:
        assert exercise.regression is not None, exercise.name
        easier = EXERCISES[exercise.regression]
        assert easier.level < exercise.level
        assert set(easier.equipment) <= set(exercise.equipment)
        assert easier.range_steps[0] <= exercise.range_steps[0]
        exercise = easier
    assert exercise.regression is None


@EACH
def test_every_cue_is_of_its_kind(exercise: Exercise) -> None:
    """The release above all; only it is said after stop or pain."""
    kinds = {role: PACK.cues[cue].kind for role, cue in exercise.cues.items()}
    assert kinds.pop("release") == "release"
    assert kinds.pop("title") == "talk"
    assert set(kinds.values()) == {"movement"}
    assert {PACK.cues[cue].kind for cue in exercise.checks} == {"movement"}


@EACH
def test_the_body_is_checked_in_a_few_short_words(exercise: Exercise) -> None:
    """Two to four checks, each said in some four seconds."""
    assert 2 <= len(exercise.checks) <= 4
    assert all(len(PACK.cues[cue].text) <= 60 for cue in exercise.checks)


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("double-leg", "knees"),
        ("hanging", "step"),
        ("plank-leg-lift", "knees down"),
        ("bird-dog", "knee down"),
    ],
)
def test_the_release_fits_the_position(name: str, release: str) -> None:
    """Lying, hanging or kneeling."""
    assert release in PACK.cues[EXERCISES[name].cues["release"]].text.lower()


@pytest.mark.parametrize(("name", "thing"), [("ball", "ball"), ("seated", "bench"), ("hanging", "bar")])
def test_the_highest_levels_say_what_they_need(name: str, thing: str) -> None:
    """And nothing else needs anything."""
    assert EXERCISES[name].equipment == (thing,)
    assert [e.name for e in EXERCISES.values() if thing in e.equipment] == [name]


@EACH
def test_a_fault_never_leads_to_what_is_not_there(exercise: Exercise) -> None:
    """Nothing is made shallower that has one range, and no lying drill follows a plank or a bar."""
    if exercise.branch in ("ladder", "side") and exercise.cycle != "hold":
        shallowest, deepest = exercise.range_steps
        assert (exercise.faults["click"] == "shallower") == (deepest > shallowest)
    drilled = "drill" in exercise.faults.values()
    assert drilled == (exercise.name not in ("seated", "hanging", "bird-dog", "plank-leg-lift"))


def test_every_second_set_of_the_straight_leg_is_turned_out() -> None:
    """The voice says how."""
    cue = EXERCISES["single-leg"].cues["variation"]
    assert "out from the hip" in PACK.cues[cue].text


def test_how_far_is_said_by_the_range_step_or_by_the_exercise() -> None:
    """Holds go nowhere."""
    assert EXERCISES["double-leg"].range_cue(3) == "range_3"
    assert EXERCISES["heel-taps"].range_cue(1) == "range_heel_taps"
    assert EXERCISES["imprint-hold"].range_cue(1) is None
    assert EXERCISES["double-leg"].has_range_steps
    assert not EXERCISES["heel-taps"].has_range_steps
    assert not EXERCISES["imprint-hold"].has_range_steps


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_says_what_it_is_and_where_it_comes_from(pack: VoicePack, file: Path) -> None:
    """A comment on top, and a source."""
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "\nsource: " in text
    assert parse_exercise(text, "x.yaml", pack.texts)


def test_every_cue_of_the_movements_is_used(pack: VoicePack) -> None:
    """What no exercise names, nobody would ever hear."""
    named = {cue for e in EXERCISES.values() for cue in (*e.cues.values(), *e.checks)}
    text = (shipped("voices") / "en" / "movements.yaml").read_text(encoding="utf-8")
    unused = [name for name in pack.cues if f"\n  {name}:" in text and name not in named]
    assert unused == []
