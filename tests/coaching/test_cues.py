"""What a session may say is known before it begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.actions import Count, Release, Say
from assistant.coaching.checkpoint import Unfinished
from assistant.coaching.complaint import PLACES
from assistant.coaching.cues import cues_of
from assistant.coaching.history import EXPERIENCED, History
from assistant.coaching.plan import Plan
from assistant.coaching.script import Lengths, Script
from assistant.programme.voice import VoicePack
from tests.coaching.resuming import left_at
from tests.stand_ins import Stage

ASKED = ("how_many_left", "how_long", "what_is_next", "where_am_i", "why", "easier", "more_rest", "harder")
WORK = """exercise: single-leg, repetitions: 4, sets: 2, rest: 20, say: Heels long.
exercise: heel-taps, repetitions: 3, rest: 12"""


def prepared(plan: Plan, pack: VoicePack, history: History = EXPERIENCED) -> set[str]:
    """The texts of all cues that are known before a session."""
    script = Script(pack.cues, pack.numbers, Lengths({}, 0.0).of)
    return {cue.text for cue in cues_of(plan, script, history)}


def said(stage: Stage) -> set[str]:
    """The texts of everything that was said."""
    return {a.cue.text for _, a in stage.actions if isinstance(a, Say | Count | Release)}


@pytest.mark.parametrize("command", ASKED)
def test_a_session_says_nothing_that_was_not_prepared(
    command: str, stage_of_parts: Callable[[str], Stage], pack: VoicePack
) -> None:
    """As planned, with a warm-up and a cool-down, and with what people ask on the way."""
    stage = stage_of_parts(WORK)
    known = prepared(stage.session.position.plan, pack)
    stage.reach("lower")
    stage.hear(command)
    stage.reach("rest")
    stage.wait(1)
    stage.hear(command)
    if stage.coach.question:
        stage.hear("no")
    stage.reach("lower")
    stage.wait(3600)
    assert len(said(stage)) > 25
    assert said(stage) - known == set()


def test_a_session_without_a_word_from_the_person_is_prepared_to_its_last(
    stage_of: Callable[[str], Stage], pack: VoicePack
) -> None:
    """The summary counts what was done as planned."""
    stage = stage_of(WORK)
    while stage.phase != "finished":
        if stage.phase == "setup":
            stage.hear("ready")
        elif stage.coach.question:
            stage.hear("number", number=2)
        else:
            stage.wait(max((stage.coach.next_deadline() or 0.0) - stage.now, 0.0))
    assert any("three sets" in text for text in said(stage))
    assert said(stage) - prepared(stage.session.position.plan, pack) == set()


@pytest.mark.parametrize("where", PLACES)
def test_whatever_hurts_is_prepared_to_be_spoken_back(
    where: str, stage_of: Callable[[str], Stage], pack: VoicePack
) -> None:
    """With its side, and every number that may have to be read back."""
    for score, side in enumerate(("left", "right", None)):
        stage = stage_of(WORK)
        stage.reach("lower")
        slots = {"where": where} if side is None else {"where": where, "side": side}
        stage.hear("pain", **slots)
        stage.hear("number", 0.5, number=10 - score)
        stage.hear("yes")
        assert said(stage) - prepared(stage.session.position.plan, pack) == set()


def test_where_a_session_was_left_is_prepared(stage_of: Callable[[str], Stage], pack: VoicePack) -> None:
    """In the words in which it will be told."""
    first = stage_of(WORK)
    first.reach("lower", repetition=3)
    plan, place = first.session.position.plan, left_at(first)
    history = replace(EXPERIENCED, unfinished=Unfinished(plan, place))
    again = Stage(plan, pack, history=history)
    again.reach_question("resume")
    assert any("left off" in text for text in said(again))
    assert said(again) - prepared(plan, pack, history) == set()


def test_every_line_without_a_placeholder_is_prepared_and_so_are_the_numbers(
    stage_of: Callable[[str], Stage], pack: VoicePack
) -> None:
    """At its own rate."""
    script = Script(pack.cues, pack.numbers, Lengths({}, 0.0).of)
    cues = {cue.text: cue for cue in cues_of(stage_of(WORK).session.position.plan, script, EXPERIENCED)}
    assert {cue.text for cue in pack.cues.values() if "{" not in cue.text} <= set(cues)
    assert set(pack.numbers) <= set(cues)
    assert cues["Last one."].words_per_minute == 215
    assert not any("{" in text for text in cues)
