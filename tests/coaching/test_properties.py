"""What holds whatever people say, and whenever."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coaching.actions import Change, Count, Enter, Finish, Release, Say, Silence
from assistant.coaching.events import LOST, Heard, Trouble, TroubleBegan
from assistant.coaching.history import History
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import Plan
from tests.benchmarks.walk_rules import ANSWERS, Put
from tests.coaching.given import COMMANDS, PACK, SLOTS, TROUBLES, events, histories, plans, play
from tests.coaching.told import accepted_in
from tests.stand_ins import Stage

WISHES = ("easier", "slower", "faster", "switch_legs", "click", "i_didnt_say_that")
SAFETY = ("stop", "pain", "red_flag")


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
    load = stage.session.position.load
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


_ANSWERS = st.sampled_from(sorted(ANSWERS))
_BREATHS = st.lists(
    st.tuples(
        st.floats(0.0, 6.0, allow_nan=False),
        st.floats(0.0, 6.0, allow_nan=False),
        st.lists(st.one_of(_ANSWERS, st.sampled_from(SAFETY)), min_size=1, max_size=4),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
)
"""Seconds of quiet, seconds since when somebody speaks then, what they say in one breath, and whether they
press keys instead."""


@settings(max_examples=150, deadline=None)
@given(plans(), histories(), _BREATHS)
def test_no_answer_counts_that_began_before_its_question_was_put(
    plan: Plan, history: History, breaths: list[tuple[float, float, list[str], bool]]
) -> None:
    """Nor a second one in the same breath, by voice or by key."""
    stage = Stage(plan, PACK, history=history)
    put, seen = Put(stage.session.script.seconds_of), 0
    entered: Enter | None = None
    for quiet, ago, said, by_key in breaths:
        stage.wait(quiet)
        for i, command in enumerate(said):
            for _, action in stage.actions[seen:]:
                put.see(action)
                entered = action if isinstance(action, Enter) else entered
            seen, question = len(stage.actions), stage.coach.question
            start = stage.now if by_key else max(stage.now - ago * (len(said) - i) / len(said), 0.0)
            heard = Heard(command, SLOTS.get(command, {}), start=start, end=stage.now, key="x" * by_key)
            if accepted_in(stage.happen(heard)):
                put.judge(heard, question, entered, stage.now)
