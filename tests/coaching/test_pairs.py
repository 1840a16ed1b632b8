"""Every phase with every command."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Answer, Release, Say, Silence
from assistant.coaching.phases import MOVING, PHASES
from assistant.coaching.safety import SAFETY_COMMANDS
from assistant.library.session import load_voice
from assistant.places import shipped
from assistant.testing import Stage
from tests.coaching.told import texts_in

COMMANDS = [command.name for command in load_voice(str(shipped("voices") / "en")).commands.commands]

SLOTS: dict[str, dict[str, str | int]] = {"number": {"number": 2}, "red_flag": {"flag": "chest"}}


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


@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "finished"])
@pytest.mark.parametrize("command", ["stop", "pain", "red_flag"])
def test_safety_is_silence_and_release_in_every_phase(
    phase: str, command: str, stage_in: Callable[[str], Stage]
) -> None:
    """Silence is the first of all actions, and the only instruction is the release."""
    stage = stage_in(phase)
    actions = stage.hear(command, **SLOTS.get(command, {}))
    assert isinstance(actions[0], Silence)
    if not (phase == "asking" and command == "pain"):
        assert any(isinstance(action, Release) for action in actions)
    assert not any(isinstance(action, Say) and action.cue.kind == "movement" for action in actions)
    assert stage.phase in ("stopped", "asking")


@pytest.mark.parametrize("phase", MOVING)
def test_help_stops_whatever_moves(phase: str, stage_in: Callable[[str], Stage]) -> None:
    """As stop does."""
    stage = stage_in(phase)
    assert isinstance(stage.hear("help")[0], Silence)
    assert stage.phase == "asking"


def test_the_safety_commands_are_those_that_the_voice_marks() -> None:
    """The coach and the hearing agree on what is acted on first."""
    voice = load_voice(str(shipped("voices") / "en"))
    assert {command.name for command in voice.commands.commands if command.safety} == SAFETY_COMMANDS
