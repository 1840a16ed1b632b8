"""Routines that a script builds."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coaching.plan import Plan
from assistant.library.session import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.entry import LONGEST_NOTE
from assistant.programme.reading import Document
from assistant.programme.routine import as_routine, checked, make_plan
from assistant.programme.safety_words import safety_words
from assistant.routines import LEAVE_OUT, Entry, Routine, changed, exercise, step
from tests.parsing import parse_routine

EXERCISES = load_exercises(load_voice(str(shipped("voices") / "en")), shipped("scripts"))

NOTES = st.text(min_size=1, max_size=LONGEST_NOTE).filter(
    lambda text: any(c.isalnum() for c in text) and not safety_words(text) and text.isprintable()
)

FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "sets": st.just(1) | st.just("1x7 @4-1-2-1 rest 20s") | st.just("1 rest 1m"),
        "range": st.none(),
        "say": NOTES,
    },
)


def _plan(routine: Routine) -> Plan:
    return make_plan(as_routine(checked(routine.document())), EXERCISES)


def test_a_script_and_a_file_say_the_same() -> None:
    """Field for field."""
    routine = Routine(
        "mine",
        start_level=3,
        warm_up=[exercise("pelvic-tilts", rest=5)],
        work=[
            step(0, sets="2x8 @4-0-2-1 rest 40s", range=2, say="Heels long."),
            exercise("double-leg-bent", sets=2, repetitions="most", tempo="5-0-2-1", rest=60),
        ],
        cool_down=[exercise("knee-hug")],
    )
    text = """\
name: mine
start_level: 3
warm_up:
  - {exercise: pelvic-tilts, rest: 5}
work:
  - {step: 0, sets: 2x8 @4-0-2-1 rest 40s, range: 2, say: Heels long.}
  - {exercise: double-leg-bent, sets: 2, repetitions: most, tempo: 5-0-2-1, rest: 60}
cool_down:
  - {exercise: knee-hug}
"""
    assert _plan(routine) == make_plan(parse_routine(text, "mine.yaml"), EXERCISES)


@settings(max_examples=60, deadline=None)
@given(
    st.text(min_size=1, max_size=60).filter(str.isprintable),
    st.integers(0, 7),
    st.lists(st.sampled_from(sorted(EXERCISES)), min_size=1, max_size=5, unique=True),
    st.lists(FIELDS, min_size=5, max_size=5),
)
def test_the_text_that_is_written_is_read_as_the_same_plan(
    name: str, level: int, exercises: list[str], fields: list[dict[str, str | int | None]]
) -> None:
    """Whatever it is called and whatever is said."""
    work = [
        exercise(one, **more)  # pyright: ignore[reportArgumentType]
        for one, more in zip(exercises, fields, strict=False)
    ]
    routine = Routine(name, work, start_level=level)
    document = Document(routine.text(), "mine.yaml")
    assert document.value == routine.document().value
    assert make_plan(as_routine(checked(document)), EXERCISES) == _plan(routine)


def test_what_is_changed_of_another_routine_is_written_as_in_a_file() -> None:
    """By section and number."""
    routine = Routine(
        "mine",
        extends="leg-lifts",
        change={"work": {1: changed(sets="1x6", say="Yes: go."), 2: LEAVE_OUT, 3: changed(exercise="hover")}},
    )
    assert (
        routine.text()
        == """\
name: mine
extends: leg-lifts
change:
  work:
    "1": {sets: 1x6, say: "Yes: go."}
    "2": "leave out"
    "3": {exercise: hover}
"""
    )


def test_builders_are_equal_by_what_they_say() -> None:
    """Not by the line on which they were called; they can be kept and used again."""
    one: list[Entry] = [step(1, rest=5)]
    assert Routine("a", one) == Routine("a", [step(1, rest=5)])
    assert one[0].line.file == str(Path(__file__))
