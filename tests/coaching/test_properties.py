"""What holds whatever people say, and whenever."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coaching.actions import Change, Count, Enter, Finish, Release, Say, Silence
from assistant.coaching.events import LOST, Trouble, TroubleBegan, TroubleEnded
from assistant.coaching.history import History, PastSession
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import Plan
from assistant.coaching.tempo import Tempo
from assistant.library.session import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.routine import make_plan
from assistant.testing import Stage
from tests.parsing import parse_routine

PACK = load_voice(str(shipped("voices") / "en"))
EXERCISES = load_exercises(PACK, shipped("scripts"))
COMMANDS = [command.name for command in PACK.commands.commands]
TROUBLES: dict[str, Trouble] = {f"trouble: {trouble}": trouble for trouble in get_args(Trouble)}
WISHES = ("easier", "slower", "faster", "switch_legs", "click", "i_didnt_say_that")
SAFETY = ("stop", "pain", "red_flag")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
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
    """Somebody new, somebody known, or somebody with anything to be asked about."""
    days = st.one_of(st.none(), st.integers(0, 400))
    session = st.builds(
        PastSession,
        days_ago=st.integers(0, 9),
        level=st.integers(0, 10),
        ended=st.sampled_from(["completed", "asked", "pain"]),
        at_top=st.booleans(),
        soreness=st.one_of(st.none(), st.integers(0, 10)),
    )
    return History(
        sessions=tuple(draw(st.lists(session, max_size=4))),
        tutorial_done=draw(st.booleans()),
        screened_days_ago=draw(days),
        red_flag_days_ago=draw(days),
        explained=frozenset(draw(st.sets(st.sampled_from(sorted(EXERCISES))))),
    )


def events(commands: list[str]) -> st.SearchStrategy[list[tuple[float, str, int]]]:
    return st.lists(
        st.tuples(
            st.floats(0.0, 30.0, allow_nan=False),
            st.sampled_from([*commands, "mumble", *TROUBLES]),
            st.integers(0, 10),
        ),
        max_size=40,
    )


def play(stage: Stage, said: list[tuple[float, str, int]]) -> None:
    for seconds, command, number in said:
        stage.wait(seconds)
        if command == "mumble":
            stage.mumble()
        elif command in TROUBLES:
            trouble = TROUBLES[command]
            stage.happen(TroubleBegan(trouble) if number % 2 else TroubleEnded(trouble))
        elif command == "number":
            stage.hear("number", number=number)
        else:
            stage.hear(command)


@settings(max_examples=120, deadline=None)
@given(plans(), histories(), events(COMMANDS))
def test_whatever_is_said_the_rules_hold(
    plan: Plan, history: History, said: list[tuple[float, str, int]]
) -> None:
    """No illegal phase; lowering 3-5 s, lift never slower; loads within the exercise's limits."""
    stage = Stage(plan, PACK, history=history)
    play(stage, said)
    stage.wait(900)
    for _, action in stage.actions:
        if isinstance(action, Change) and action.why in ("arching", "lost_it", "click", "easier"):
            assert action.what != "range" or action.after < action.before
        if isinstance(action, Enter):
            assert action.exercise in plan.exercises
    load = stage.coach.position.load
    assert load.exercise.cycle == "hold" or 3 <= load.tempo.lower <= 5
    assert load.tempo.lift <= load.tempo.lower
    assert load.exercise.range_steps[0] <= load.range_step <= load.exercise.range_steps[1]
    assert len([action for _, action in stage.actions if isinstance(action, Finish)]) <= 1


@settings(max_examples=120, deadline=None)
@given(
    plans(),
    histories(),
    events(COMMANDS),
    st.sampled_from(SAFETY),
    events([name for name in COMMANDS if name not in ("carry_on", "ready")]),
)
def test_after_stop_or_pain_nothing_moves_until_carry_on_and_ready(
    plan: Plan,
    history: History,
    before: list[tuple[float, str, int]],
    safety: str,
    after: list[tuple[float, str, int]],
) -> None:
    """In any state, whatever else is said then: the release only, no movement cue, no count."""
    stage = Stage(plan, PACK, history=history)
    play(stage, before)
    if stage.phase == "finished":
        return
    start = len(stage.actions)
    actions = stage.hear(safety)
    assert isinstance(actions[0], Silence)
    play(stage, after)
    stage.hear("ready")
    play(stage, after)
    stage.wait(300)
    for _, action in stage.actions[start:]:
        assert not isinstance(action, Count)
        assert not (isinstance(action, Say) and action.cue.kind == "movement"), action
        if isinstance(action, Release):
            assert action.cue.kind == "release"


@settings(max_examples=60, deadline=None)
@given(plans(), events(COMMANDS), st.sampled_from(sorted(LOST)), events(COMMANDS))
def test_nothing_moves_while_a_device_is_gone(
    plan: Plan, before: list[tuple[float, str, int]], trouble: Trouble, after: list[tuple[float, str, int]]
) -> None:
    """Whatever is said or pressed: no movement cue, no count."""
    stage = Stage(plan, PACK)
    play(stage, before)
    start = len(stage.actions)
    stage.happen(TroubleBegan(trouble))
    play(stage, [said for said in after if said[1] not in TROUBLES])
    for _, action in stage.actions[start:]:
        assert not isinstance(action, Count)
        assert not (isinstance(action, Say) and action.cue.kind == "movement"), action


@settings(max_examples=60, deadline=None)
@given(plans(), events([*WISHES, "how_many_left", "pause", "carry_on", "stop", "ready"]))
def test_both_sides_do_as_many_repetitions(plan: Plan, said: list[tuple[float, str, int]]) -> None:
    """Of every set that is completed with one-legged exercises throughout, whatever interrupts it."""
    stage = Stage(plan, PACK)
    play(stage, said)
    try:
        stage.reach("finished")
    except TimeoutError:
        stage.hear("stop")
    done: dict[tuple[int, str], set[int]] = {}
    exercises: dict[int, set[str]] = {}
    completed: set[int] = set()
    for _, action in stage.actions:
        if isinstance(action, Enter):
            if action.phase == "lower" and action.side is not None:
                key = (action.set, action.side)
                done.setdefault(key, set()).add(action.repetition)
            if action.phase in ("lower", "hold"):
                exercises.setdefault(action.set, set()).add(action.exercise)
            if action.phase == "rest":
                completed.add(action.set)
    for number in completed:
        if len(exercises[number]) == 1 and (number, "left") in done:
            assert len(done[number, "left"]) == len(done[number, "right"])


@settings(max_examples=80, deadline=None)
@given(plans(), histories(), events([name for name in COMMANDS if name != "ready"]))
def test_nobody_moves_before_ready_was_heard(
    plan: Plan, history: History, said: list[tuple[float, str, int]]
) -> None:
    """Whatever else is said, and whatever is asked before the first set."""
    stage = Stage(plan, PACK, history=history)
    play(stage, said)
    stage.wait(900)
    assert not {action.phase for _, action in stage.actions if isinstance(action, Enter)} & set(MOVING)
