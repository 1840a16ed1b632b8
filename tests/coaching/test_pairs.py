"""Every phase with every command."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Answer
from assistant.coaching.phases import PHASES
from assistant.testing import Stage
from tests.coaching.given import COMMANDS, SLOTS
from tests.coaching.told import texts_in


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_answered_in_every_phase(
    phase: str, command: str, stage_in: Callable[[str], Stage]
) -> None:
    """It is recorded once, leads to a legal phase, and a refusal has its reason."""
    stage = stage_in(phase)
    actions = stage.hear(command, **SLOTS.get(command, {}))
    answers = [action for action in actions if isinstance(action, Answer)]
    assert [answer.command for answer in answers] == [command]
    assert answers[0].accepted or answers[0].reason
    assert stage.phase in PHASES
    stage.wait(400)
    assert stage.phase in PHASES


@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "finished"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_refusal_is_never_silent(phase: str, command: str, stage_in: Callable[[str], Stage]) -> None:
    """At once, or where the next slot is: what is said differs from what would have been."""
    stage, silent = stage_in(phase), stage_in(phase)
    actions = stage.hear(command, **SLOTS.get(command, {}))
    if next(action.accepted for action in actions if isinstance(action, Answer)):
        return
    stage.wait(12)
    silent.wait(12)
    assert texts_in(stage) != texts_in(silent)


@pytest.mark.parametrize("question", ["kind", "half", "equipment"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_answered_while_a_question_is_open_in_the_rest(
    question: str, command: str, stage_of: Callable[[str], Stage]
) -> None:
    """And whatever it is, the question leads to a legal phase and to an end."""
    stage = stage_of("exercise: t-arms, repetitions: 2, sets: 2, range: 4, rest: 20")
    stage.reach("lower")
    stage.hear({"kind": "burning", "half": "shaking", "equipment": "harder"}[question])
    stage.reach("asking")
    assert stage.coach.question == question
    actions = stage.hear(command, **SLOTS.get(command, {}))
    assert [action.command for action in actions if isinstance(action, Answer)] == [command]
    assert stage.phase in PHASES
    stage.wait(600)
    assert stage.phase in PHASES
