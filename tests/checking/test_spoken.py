"""The rule for what is really heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from assistant.checking.ears import Setup, hear_trials
from assistant.checking.finding import Finding
from assistant.checking.spoken import Hear, Meaning, Trial, check_spoken, voices_for
from tests.checking.conftest import phrases_of

COMMANDS = """\
lists:
  where: [{in: back, out: back}, {in: hip, out: hip}]
commands:
  stop:
    safety: true
    contexts: [moving, resting]
    sentences: [stop]
  pain:
    safety: true
    contexts: [moving]
    sentences: ["my {where} hurts"]
  skip:
    contexts: [resting]
    sentences:
      - skip
      - "[okay] next one"
  nothing:
    contexts: [resting]
    sentences: [speak up]
"""

VOICES = [voice.name for voice in voices_for("en")]
STOP, SKIP, PAIN = Meaning("stop"), Meaning("skip"), Meaning("pain")

Heard = Mapping[tuple[str, str], list[Meaning]]
"""What is heard in a sentence and a context, by every voice unless it is right."""


def _as(heard: Heard, voices: Sequence[str] = VOICES) -> Hear:
    """Hear everything rightly, but for some."""
    right = {
        "stop": [STOP],
        "my back hurts": [Meaning("pain", {"where": "back"})],
        "my hip hurts": [Meaning("pain", {"where": "hip"})],
        "skip": [SKIP],
        "next one": [SKIP],
        "okay next one": [SKIP],
        "speak up": [],
    }

    def hear(trials: Sequence[Trial]) -> Iterator[tuple[Trial, list[Meaning]]]:
        for trial in reversed(trials):
            words = " ".join(trial.words)
            wrong = heard.get((words, trial.context)) if trial.voice.name in voices else None
            yield trial, right[words] if wrong is None else wrong

    return hear


def _check(heard: Heard, voices: Sequence[str] = VOICES, most: int = 100) -> list[Finding]:
    read, phrases, _ = phrases_of(COMMANDS)
    return [*check_spoken(read, phrases, _as(heard, voices), most)]


def test_what_is_heard_as_it_is_meant_is_only_counted() -> None:
    """Each sentence in each of its contexts."""
    (note,) = _check({})
    assert (note.rule, note.line, note.note) == ("spoken", 3, True)
    assert note.problem.startswith("8 of 8 sentences")
    assert all(name in note.problem for name in VOICES)


@pytest.mark.parametrize(
    ("said", "heard", "rule", "line", "problem"),
    [
        (("skip", "resting"), [STOP], "misheard", 15, "“skip” (skip) is heard as stop in resting"),
        (("skip", "resting"), [SKIP, STOP], "misheard", 15, "“skip” (skip) is heard as stop in resting"),
        (("speak up", "resting"), [SKIP], "misheard", 19, "“speak up” (nothing) is heard as skip"),
        (("my hip hurts", "moving"), [], "unheard", 11, "“my hip hurts” (pain where=hip) is not heard"),
        (("stop", "moving"), [Meaning("nothing")], "unheard", 7, "“stop” (stop) is not heard in moving"),
        (
            ("my hip hurts", "moving"),
            [Meaning("pain", {"where": "back"})],
            "misheard",
            11,
            "“my hip hurts” (pain where=hip) is heard as pain where=back",
        ),
    ],
)
def test_what_is_heard_otherwise_is_found_at_its_template(
    said: tuple[str, str], heard: list[Meaning], rule: str, line: int, problem: str
) -> None:
    """With what it means, what was heard, and where."""
    found, note = _check({said: heard})
    assert (found.file, found.rule, found.line, found.note) == ("commands.yaml", rule, line, False)
    assert found.problem.startswith(problem)
    assert found.problem.endswith(", ".join(VOICES))
    assert note.remedy.startswith("1 ")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (("skip", "resting"), []),
        (("speak up", "resting"), [Meaning("nothing")]),
        (("my hip hurts", "moving"), [PAIN]),
    ],
)
def test_what_may_be_is_no_mistake(said: tuple[str, str], heard: list[Meaning]) -> None:
    """An ordinary command that has to be said again, no command where none is meant, a slot to come."""
    assert [one.rule for one in _check({said: heard})] == ["spoken"]


def test_contexts_and_voices_of_one_mistake_are_one_finding() -> None:
    """Named in their order."""
    found, _ = _check({("stop", "moving"): [], ("stop", "resting"): []}, VOICES[1:3])
    assert found.problem.endswith(f"is not heard in moving, resting, said by {VOICES[1]}, {VOICES[2]}")


def test_every_template_is_spoken_however_little_room_there_is() -> None:
    """And it is told how many sentences were not."""
    (note,) = _check({}, most=1)
    assert note.problem.startswith("6 of 8 sentences")


def test_another_language_is_spoken_by_its_own_voice() -> None:
    """In its variants."""
    assert [voice.name for voice in voices_for("de")] == ["de", "de+f3", "de+m3"]
    assert [voice.name for voice in voices_for("en-gb")] == VOICES


def test_sentences_are_really_said_and_heard(tmp_path: Path) -> None:
    """By two processes; a word that is said as its neighbour is heard as that."""
    text = """\
language: en
pronunciations:
  kettlebell: [R EH D IY]
commands:
  stop:
    safety: true
    contexts: [resting]
    sentences: [stop]
  help:
    safety: true
    contexts: [resting]
    sentences: [kettlebell]
"""
    read, phrases, _ = phrases_of(text)
    told: list[tuple[int, int]] = []
    setup = Setup(phrases.commands, tmp_path, jobs=2)
    found, _ = check_spoken(
        read, phrases, lambda trials: hear_trials(setup, trials, lambda done, of: told.append((done, of)))
    )
    assert (found.rule, found.line) == ("unheard", 12)
    assert "“kettlebell” (help) is not heard in resting" in found.problem
    assert told == [(8, 8)]
