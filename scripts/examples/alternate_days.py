"""Leg lifts and gentle work, day about: what is done depends on the date.

imprint rehearse scripts/examples/alternate_days.py
"""

from datetime import date

from assistant.routines import Routine, changed, exercise

GENTLE = Routine(
    "alternate-gentle",
    warm_up=[exercise("pelvic-tilts", rest=5)],
    work=[
        exercise("gentle-core", rest=45, say="A quiet day: nothing has to be lifted."),
        exercise("bird-dog", sets="2 rest 45s"),
        exercise("dead-bug"),
    ],
    cool_down=[exercise("knee-hug", rest=5), exercise("long-stretch")],
)

LIFTS = Routine(
    "alternate-lifts",
    extends="leg-lifts",
    change={"work": {1: changed(say="A day of leg lifts."), 3: changed(sets=1)}},
)


def routine_of(day: date) -> Routine:
    """Give the routine of a day: leg lifts on even days of the calendar, gentle work on odd ones."""
    return LIFTS if day.toordinal() % 2 == 0 else GENTLE


routine = routine_of(date.today())
