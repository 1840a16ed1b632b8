"""Every shipped routine from hello to goodbye, three sessions in a row, on fake time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

import pytest

from assistant.coaching.opening import SCREENS, SPOKEN
from assistant.coaching.phases import IN_REPETITIONS
from assistant.coaching.plan import Plan, WorkSet
from assistant.coaching.script import Script
from assistant.library.session import load_session
from assistant.programme.voice import VoicePack
from tests.benchmarks.talk import ROUTINES, Led, Spoken, sessions

THREE = ("first", "second", "third")

COUNTDOWN = ["number_3", "number_2", "number_1"]


@pytest.fixture(scope="module")
def sessions_of(pack: VoicePack) -> Callable[[str], tuple[Plan, list[Led]]]:
    """Lead somebody new through a routine three times, two days apart."""
    script = Script(pack.cues, pack.numbers, lambda cue: 0.06 * len(cue.text))
    known: dict[str, tuple[Plan, list[Led]]] = {}

    def lead_through(routine: str) -> tuple[Plan, list[Led]]:
        if routine not in known:
            plan = load_session(routine).plan
            known[routine] = plan, sessions(plan, script)
        return known[routine]

    return lead_through


SessionsOf = Callable[[str], tuple[Plan, list[Led]]]
each_session = pytest.mark.parametrize("number", [0, 1, 2], ids=THREE)
each_routine = pytest.mark.parametrize("routine", ROUTINES)


@each_session
@each_routine
def test_everything_is_said_in_its_order(routine: str, number: int, sessions_of: SessionsOf) -> None:
    """Opening, set-up, checks, imprint before every set and side, rest, questions, summary; nothing else."""
    plan, led = sessions_of(routine)
    assert list(_said_around_the_work(led[number])) == list(_expected(plan, new=number == 0))


def _expected(plan: Plan, *, new: bool) -> Iterator[str]:
    yield "greeting" if new else "greeting_again"
    if new:
        for step in ("educational", "tutorial", "screening"):
            yield from SPOKEN[step]
        yield from (f"ask_{name}" for name in SCREENS)
        yield "screened"
    else:
        yield "ask_yesterday"
    yield "lie_down"
    imprinted: set[str] = set()
    before: WorkSet | None = None
    for index, work in enumerate(plan.sets):
        exercise = plan.exercises[work.exercise]
        moved = before is None or before.exercise != work.exercise
        before = work
        if moved:
            alone = (
                sum((other.exercise, other.part) == (work.exercise, work.part) for other in plan.sets) == 1
            )
            announced = "announce_one" if alone else "announce"
            yield {"warm-up": "warm_up", "work": announced, "cool-down": "cool_down"}[work.part]
            yield exercise.cues["setup" if new else "reminder"]
            lowers = exercise.branch == "ladder" and exercise.cycle != "hold"
            yield from filter(None, (exercise.range_cue(work.range_step), "come_up_before" if lowers else ""))
            if len(exercise.sides) > 1:
                yield "first_side"
            yield from exercise.checks if new else ()
            yield "say_ready"
        again = sum(other.exercise == work.exercise for other in plan.sets[:index])
        for turn, _ in enumerate(exercise.sides):
            if len(exercise.sides) > 1 and (turn or not moved):
                yield ("first_side", "other_side")[turn]
            if again % 2 and "variation" in exercise.cues:
                yield exercise.cues["variation"]
            role = "imprint_long" if new and work.exercise not in imprinted else "imprint"
            imprinted.add(work.exercise)
            yield exercise.cues.get(role, role)
            yield "get_ready"
            if exercise.cycle != "hold":
                yield from ("number_2", "number_1")
            yield "work"
        yield from ("set_done", exercise.cues["release"])
        if index < len(plan.sets) - 1:
            if work.rest_seconds >= 5:
                yield "rest"
            if plan.sets[index + 1].exercise == work.exercise:
                yield "next_up"
            elif work.rest_seconds >= 15:
                yield "next_exercise_up"
    if new:
        yield "few_questions"
    yield from ("ask_effort", "ask_reserve", "ask_soreness", "done_sets", "done_as_planned", "next_time")


def _said_around_the_work(led: Led) -> Iterator[str]:
    """Give the names of what is said; all of a side's repetitions are one word, a countdown is none."""
    for works, spoken in groupby(led.spoken, lambda spoken: spoken.phase in IN_REPETITIONS):
        if works:
            yield "work"
            # What ends the last set of all is said before another phase begins.
            yield from (one.cue.name for one in spoken if one.cue.kind in ("talk", "release"))
            continue
        yield from (one.cue.name for one in spoken if not _counts_down(one))


def _counts_down(spoken: Spoken) -> bool:
    return spoken.phase == "rest" and spoken.cue.name in ("rest_ten", *COUNTDOWN)


@each_session
@each_routine
def test_every_lowering_and_every_repetition_is_counted(
    routine: str, number: int, sessions_of: SessionsOf
) -> None:
    """Each second of the way down, and each repetition once and in turn."""
    plan, led = sessions_of(routine)
    work = [spoken for spoken in led[number].spoken if spoken.phase in IN_REPETITIONS]
    lowerings: list[str] = []
    repetitions: list[str] = []
    for spoken in work:
        if spoken.cue.name.startswith("number_"):
            (lowerings if spoken.phase == "lower" else repetitions).append(spoken.cue.name)
    expected: list[str] = []
    downs = 0
    for planned in plan.sets:
        exercise = plan.exercises[planned.exercise]
        assert planned.tempo.lower == 3 or exercise.cycle == "hold"
        sides = len(exercise.sides)
        expected += [f"number_{n}" for n in range(1, planned.repetitions + 1)] * sides
        if exercise.cycle != "hold":
            downs += planned.repetitions * sides * (2 if exercise.alternating else 1)
    assert repetitions == expected
    assert lowerings == COUNTDOWN * downs


@each_session
@each_routine
def test_a_rest_is_counted_down_whole_or_not_at_all(
    routine: str, number: int, sessions_of: SessionsOf
) -> None:
    """The longer ones are; a lone "one" would mean nothing."""
    plan, led = sessions_of(routine)
    rests = [list(said) for phase, said in groupby(led[number].spoken, lambda s: s.phase) if phase == "rest"]
    planned = [work.rest_seconds for work in plan.sets[:-1]]
    for seconds, said in zip(planned, rests, strict=True):
        counted = [one.cue.name for one in said if one.cue.name in COUNTDOWN]
        assert counted in ([], COUNTDOWN)
        assert counted == COUNTDOWN or seconds <= 20


@each_session
@each_routine
def test_no_two_things_sound_at_once(routine: str, number: int, sessions_of: SessionsOf) -> None:
    """Each begins when the one before is over."""
    _, led = sessions_of(routine)
    for before, after in pairwise(led[number].spoken):
        assert before.end <= after.start + 1e-9, (before.cue.text, after.cue.text)


@each_routine
def test_the_coach_talks_less_from_session_to_session(routine: str, sessions_of: SessionsOf) -> None:
    """What was explained is only reminded of, then the breath told once, too; four fifths of it at most."""
    _, led = sessions_of(routine)
    first, second, third = (session.speech_per_minute for session in led)
    assert first > second > third
    assert third < 0.8 * first
    assert second < 0.6 * first
    # In the third, the way into position is shorter by far, and the beat is told as it was.
    assert led[2].speech("setup") < 0.4 * led[0].speech("setup")
    assert _counted(led[2]) == pytest.approx(_counted(led[0]))


def _counted(led: Led) -> float:
    """Give the seconds of all numbers of the lowerings."""
    lowered = (spoken for spoken in led.spoken if spoken.phase == "lower")
    return sum(one.end - one.start for one in lowered if one.cue.name.startswith("number_"))
