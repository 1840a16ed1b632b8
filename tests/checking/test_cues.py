"""Rules for cues."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.checking.cues import check_named_cues, check_own_cues
from assistant.checking.finding import Finding
from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.safety_words import safety_words
from tests.checking.conftest import EXERCISE, MOVEMENTS, exercise_of, ladder, voice_of

LOW = EXERCISE.format(name="low", level=0, regression="null")


def _own(movements: str, change: Callable[[str], str] = str) -> list[Finding]:
    voice = voice_of(movements, change)
    obeyed = Matcher(voice.commands.commands)
    return list(check_own_cues(voice, ladder().exercises.values(), voice_of().pack.cues, obeyed))


def test_cues_that_are_there_and_of_their_kind_are_clean() -> None:
    """Named by exercises or by the coach."""
    assert list(check_named_cues(ladder().exercises.values(), voice_of())) == []
    assert _own(MOVEMENTS) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "problem"),
    [
        ("setup: setup_one", "setup: nowhere", "cue-missing", 12, "no cue 'nowhere'"),
        ("release: release_one", "release: setup_one", "cue-kind", 14, "under `release:`"),
        ("release: release_one", "release: title_one", "cue-kind", 14, "under `release:`"),
        ("title: title_one", "title: setup_one", "cue-kind", 11, "under `talk:`"),
        ("setup: setup_one", "setup: release_one", "cue-kind", 12, "under `movement:`"),
        ("source: A", "source: A\nchecks: [lower_back]", "cue-missing", 6, "no cue 'lower_back'"),
        ("source: A", "source: A\nchecks: [release_one]", "cue-kind", 6, "as checks"),
    ],
)
def test_a_cue_that_is_named_has_to_be_there_and_fit(
    old: str, new: str, rule: str, line: int, problem: str
) -> None:
    """Every exercise has a release that is one."""
    assert old in LOW
    (found,) = check_named_cues([exercise_of(LOW.replace(old, new), "low")], voice_of())
    assert (found.file, found.rule, found.line) == ("low.yaml", rule, line)
    assert problem in found.problem
    assert found.concerns == {"cues.yaml", "movements.yaml"}


def test_a_cue_that_nothing_says_is_found() -> None:
    """In its own place."""
    (found,) = _own(MOVEMENTS + "  release_two: Knees down.\n")
    assert (found.file, found.rule, found.line, found.column) == ("movements.yaml", "cue-unused", 8, 3)


def test_the_coachs_own_lines_keep_their_kind() -> None:
    """As in the shipped voice: a question elsewhere would not be asked again."""
    line = '  get_ready: "Get ready."\n'

    def change(text: str) -> str:
        assert line in text
        return text.replace(line, "").replace("\ntalk:\n", f"\ntalk:\n{line}")

    (found,) = _own(MOVEMENTS, change)
    assert (found.file, found.rule) == ("cues.yaml", "cue-kind")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lie flat, no hurry.", "no"),
        ("Hold on to the bench.", "hold on"),
        ("Stop when my back lifts.", "stop, my back"),
        ("Feel dizzy.", "dizzy"),
        ("Breathe until you can't breathe.", "can't breathe"),
    ],
)
def test_a_movement_cue_holds_no_safety_word(text: str, words: str) -> None:
    """Neither from the list nor anything that the voice's own commands obey for safety."""
    (found,) = _own(MOVEMENTS.replace("Lie flat.", text))
    assert (found.file, found.rule, found.line) == ("movements.yaml", "cue-safety-word", 4)
    assert found.problem.endswith(f": {words}")


def test_talk_may_hold_safety_words() -> None:
    """It is not said while somebody moves; and parts of words are none."""
    assert _own(MOVEMENTS.replace("one leg", "stop and go")) == []
    assert safety_words("Now stopping, nothing painful. Lower the back.") == []


def test_a_cue_uses_only_what_the_coach_fills_in() -> None:
    """Another placeholder would be an error in mid-session; cues of exercises have none."""
    (found,) = _own(MOVEMENTS, lambda text: text.replace('"{n} to go."', '"{n} of {m} to go."'))
    assert (found.file, found.rule, found.remedy) == ("cues.yaml", "cue-placeholder", "Use {n}")
    assert "{m}" in found.problem
    (found,) = _own(MOVEMENTS.replace("Lie flat.", "Lie {side}."))
    assert (found.line, found.rule, found.remedy) == (4, "cue-placeholder", "Use no placeholder")
