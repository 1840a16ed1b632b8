"""What the sessions in these tests are made of: the shipped voice and exercises, work, events at random."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, get_args

from hypothesis import strategies as st

from assistant.coaching.actions import Action
from assistant.coaching.complaint import PLACES, Complaint, RatedPain
from assistant.coaching.events import Trouble, TroubleBegan, TroubleEnded
from assistant.coaching.history import History, Lowering, PastSession
from assistant.coaching.plan import Plan
from assistant.coaching.tempo import Tempo
from assistant.library.session import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.routine import make_plan
from tests.parsing import parse_routine
from tests.stand_ins import Stage

PlanOf: TypeAlias = Callable[[str], Plan]
StageOf: TypeAlias = Callable[[str], Stage]
Begin: TypeAlias = Callable[[History], Stage]
Led: TypeAlias = Callable[[str, int], list[str]]

PACK = load_voice(str(shipped("voices") / "en"))
EXERCISES = load_exercises(PACK, shipped("scripts"))
LADDER = {e.level: e for e in EXERCISES.values() if e.branch == "ladder"}
COMMANDS = [command.name for command in PACK.commands.commands]
SLOTS: dict[str, dict[str, str | int]] = {
    "number": {"number": 2},
    "red_flag": {"flag": "chest"},
    "place": {"where": "hip"},
    "vague": {"amount": "low"},
}
"""What a command comes with that says nothing without."""
TROUBLES: dict[str, Trouble] = {f"trouble: {trouble}": trouble for trouble in get_args(Trouble)}

TWO_SETS = "exercise: double-leg, repetitions: 8, range: 2, sets: 2"
"""What a session is of, where it matters little."""
ONE_SET = "exercise: double-leg, repetitions: 3"
WITH_REST = "exercise: double-leg, repetitions: 2, sets: 2, rest: 40"
UP_AND_DOWN = "exercise: double-leg, repetitions: 6, tempo: 3-0-2-2"
STRAIGHT = "exercise: double-leg, repetitions: 6, range: 2, sets: 2, rest: 60"
"""With a rest in which there is time to ask."""
DEEP = "exercise: single-leg, repetitions: 6, range: 3, sets: 2"
"""One leg after the other, with range to take back."""
SHALLOW = "exercise: single-leg, repetitions: 4, range: 1, rest: 20, tempo: 3-0-3-1, sets: 2"
"""One leg after the other, with neither range nor tempo to take back."""

PAST = PastSession(days_ago=3, level=3, ended="completed", soreness=0)
"""A session that calls for nothing."""


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return a plan of up to three exercises, within their limits."""
    lines: list[str] = []
    names = st.lists(st.sampled_from(sorted(EXERCISES)), min_size=1, max_size=3, unique=True)
    for exercise in (EXERCISES[name] for name in draw(names)):
        step = draw(st.integers(*exercise.range_steps))
        lift = draw(st.integers(1, 3))
        tempo = Tempo(
            draw(st.integers(max(3, lift), 5)), draw(st.integers(0, 1)), lift, draw(st.integers(0, 2))
        )
        lines.append(
            f"  - {{exercise: {exercise.name}, sets: {draw(st.integers(1, 2))}, range: {step}, "
            f"repetitions: {draw(st.integers(1, 4))}, tempo: {tempo}, rest: {draw(st.integers(0, 40))}, "
            f"say: {draw(st.sampled_from(['null', 'Heels long.', 'Lift your legs up high.']))}}}"
        )
    text = "name: random\nwork:\n" + "\n".join(lines) + "\n"
    return make_plan(parse_routine(text, "random.yaml"), EXERCISES)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Return the history of somebody new, somebody known, or somebody with anything to be asked about."""
    days = st.one_of(st.none(), st.integers(0, 400))
    session = st.builds(
        PastSession,
        days_ago=st.integers(-3, 70),
        level=st.integers(0, 10),
        ended=st.sampled_from(["completed", "asked", "pain"]),
        at_top=st.booleans(),
        soreness=st.one_of(st.none(), st.integers(0, 10)),
        effort=st.one_of(st.none(), st.integers(0, 10)),
        reserve=st.one_of(st.none(), st.integers(0, 10)),
        pain=st.one_of(
            st.none(),
            st.builds(
                RatedPain,
                st.builds(Complaint, st.sampled_from([None, *PLACES])),
                st.one_of(st.none(), st.integers(0, 10)),
            ),
        ),
    )
    sessions = draw(st.lists(session, max_size=4))
    return History(
        sessions=tuple(sorted(sessions, key=lambda past: -past.days_ago)),
        lowering=draw(st.sampled_from([None, *Lowering])) if sessions else None,
        still_as_hard=draw(st.booleans()),
        tutorial_done=draw(st.booleans()),
        screened_days_ago=draw(days),
        red_flag_days_ago=draw(days),
        unanswered_flag=draw(st.sampled_from([None, "chest"])),
        unanswered_days_ago=draw(st.integers(0, 9)),
        explained=frozenset(draw(st.sets(st.sampled_from(sorted(EXERCISES))))),
    )


def events(commands: list[str]) -> st.SearchStrategy[list[tuple[float, str, int]]]:
    """Return seconds to wait and what happens then, with a number for whatever takes one."""
    return st.lists(
        st.tuples(
            st.floats(0.0, 30.0, allow_nan=False),
            st.sampled_from([*commands, "mumble", "plead", *TROUBLES]),
            st.integers(0, 10),
        ),
        max_size=40,
    )


def play(stage: Stage, said: list[tuple[float, str, int]]) -> None:
    """Let all of it happen in a session."""
    for seconds, command, number in said:
        stage.wait(seconds)
        if command == "mumble":
            stage.mumble()
        elif command == "plead":
            stage.plead()
        elif command in TROUBLES:
            trouble = TROUBLES[command]
            stage.happen(TroubleBegan(trouble) if number % 2 else TroubleEnded(trouble))
        elif command == "number":
            stage.hear("number", number=number)
        else:
            stage.hear(command)


def sore_back(stage: Stage, score: int) -> list[Action]:
    """Say that the back is sore, and how much; return what the coach decided about it."""
    stage.hear("pain", where="back")
    return stage.hear("number", number=score)
