"""A routine out of five answers: how `imprint new` begins one, as a file that explains itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from assistant.coaching.plan import Exercise, Plan, timetable
from assistant.library.routine_text import entry_text, scalar_text
from assistant.programme.entry import SECTIONS
from assistant.programme.limits import MOST_SETS
from assistant.programme.routine import as_routine, checked, make_plan
from assistant.routines import Entry, Routine, exercise, step

Goal: TypeAlias = Literal["leg-lifts", "gentle", "mixed"]
"""Up the ladder; gentle work without a leg lift; or a little of both."""

GOALS: tuple[Goal, ...] = get_args(Goal)

THINGS = ("ball", "bench", "bar")
"""What some exercises need."""

_STEPS = {"leg-lifts": 3, "mixed": 2, "gentle": 0}
"""How many rungs of the ladder a session has."""

_GENTLE = {
    "leg-lifts": (),
    "mixed": ("gentle-core", "dead-bug"),
    "gentle": ("gentle-core", "bird-dog", "dead-bug", "plank-leg-lift"),
}

_LONGER_MINUTES = 10
"""From here on there is a second warm-up and a second cool-down."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The five answers."""

    name: str
    goal: Goal = "leg-lifts"
    level: int = 1
    """Where on the ladder it starts, 0 to 10."""
    minutes: int = 15
    equipment: frozenset[str] = frozenset()
    """What there is of `ball`, `bench` and `bar`."""


def compose(wishes: Wishes, exercises: Mapping[str, Exercise]) -> Routine:
    """Make the routine with the most sets that fits the minutes; one set of the first exercise always does.

    Args:
        wishes: What was answered.
        exercises: Every exercise there is, by name.
    """
    slots = _slots(wishes, exercises)
    routine = _routine(wishes, slots, 1)
    for count in range(2, MOST_SETS * len(slots) + 1):
        longer = _routine(wishes, slots, count)
        last = timetable(plan_of(longer, exercises, wishes.equipment))[-1]
        if last.start + last.seconds > 60 * wishes.minutes:
            break
        routine = longer
    return routine


def plan_of(routine: Routine, exercises: Mapping[str, Exercise], equipment: frozenset[str]) -> Plan:
    """Place a composed routine on the ladder."""
    return make_plan(as_routine(checked(routine.document())), exercises, equipment=equipment)


def _slots(wishes: Wishes, exercises: Mapping[str, Exercise]) -> list[str | int]:
    """Return what is done, in order: names of exercises, and steps up the ladder."""
    ladder = sorted((one for one in exercises.values() if one.branch == "ladder"), key=lambda one: one.level)
    start = max((i for i, one in enumerate(ladder) if one.level <= wishes.level), default=0)
    slots: dict[str, str | int] = {}
    for up in range(_STEPS[wishes.goal]):
        usable = [one for one in ladder[: start + up + 1] if wishes.equipment.issuperset(one.equipment)]
        if usable:
            # A step passes over what needs equipment until the session has asked for it; a name does not.
            slots.setdefault(usable[-1].name, usable[-1].name if usable[-1].equipment else up)
    return [*slots.values(), *_GENTLE[wishes.goal]]


def _routine(wishes: Wishes, slots: list[str | int], count: int) -> Routine:
    whole, more = divmod(count, len(slots))
    work: list[Entry] = []
    for i, slot in enumerate(slots):
        if sets := whole + (i < more):
            line = f"{sets}xfewest rest 40s"
            work.append(exercise(slot, sets=line) if isinstance(slot, str) else step(slot, sets=line))
    longer = wishes.minutes >= _LONGER_MINUTES
    warm_up = [exercise("pelvic-tilts", rest=5), exercise("knee-sway", rest=10)]
    cool_down = [exercise("knee-hug", rest=5), exercise("long-stretch")]
    return Routine(
        wishes.name,
        start_level=wishes.level,
        warm_up=warm_up if longer else warm_up[:1],
        work=work,
        cool_down=cool_down if longer else cool_down[:1],
    )


def file_text(routine: Routine) -> str:
    """Write a composed routine as a file that says what can be changed in it, and how."""
    value = routine.document().value
    parts = {
        section: "\n".join(f"  - {entry_text(entry)}" for entry in value[section]) for section in SECTIONS
    }
    return f"""\
# Change what you like, then look at it: imprint plan {routine.name} · imprint check
# All that can be written here: docs/writing-a-routine.md, or `imprint schema routine` for your editor.
name: {scalar_text(routine.name)}
start_level: {value["start_level"]}            # where `step: 0` is on the ladder, 0 to 10, in a first session

warm_up:
{parts["warm_up"]}

# An entry is an `exercise:`, or a `step:`, so many exercises up the ladder from where you start.
# sets: SETSxREPETITIONS @TEMPO rest SECONDS, such as 3x10 @3-0-2-1 rest 45s. All after the count of sets may
# be left out; `fewest` and `most` are the ends of what is usual for the exercise.
# range: 1 (a few inches) to 4 (just above the floor). say: a note that I speak as it begins.
work:
{parts["work"]}

cool_down:
{parts["cool_down"]}
"""
