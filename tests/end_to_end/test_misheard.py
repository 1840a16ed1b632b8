"""What was misheard is kept where the person wants it, with all audio on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.cli.memory import now_here
from assistant.sound import SAMPLE_RATE, Samples, read_sound, write_sound
from tests.journal.experienced import write_experienced

ROUTINE = """\
name: short
work:
  - {exercise: double-leg, repetitions: 2, range: 2}
"""

ATHLETE = """\
voice: en-us+f3
answers:
  {ready: ready, yesterday: one, rest_day: "yes", effort: six, reserve: three,
   soreness: one, carry_on: carry on}
says:
"""

TAKES_BACK = """\
  - {at: {set: 1, repetition: 1, phase: lower, seconds: 0.5}, say: easier}
  - {at: {set: 1, repetition: 1, phase: lower, seconds: 5.0}, say: "i didn't say that"}
"""

SAYS_TWICE = """\
  - {at: {set: 1, repetition: 1, phase: lower, seconds: 0.5}, say: easier, gain_db: -16}
  - {at: {set: 1, repetition: 1, phase: lower, seconds: 3.0}, say: easier}
"""

Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(imprint: Imprint, tmp_path: Path, session_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of somebody who knows the session, and has what was misheard kept."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    assert imprint("settings", "set", "keep_misheard", "true")[0] == 0
    write_experienced(tmp_path / "data", now_here())
    (tmp_path / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def rehearse(imprint: Imprint, data: Path, tmp_path: Path) -> Callable[..., None]:
    """Rehearse a short session in which the person says something."""

    def run(says: str, *options: object) -> None:
        (tmp_path / "athlete.yaml").write_text(ATHLETE + says, encoding="utf-8")
        files = (tmp_path / "short.yaml", "--athlete", tmp_path / "athlete.yaml", "--out", tmp_path / "out")
        status, _, err = imprint("rehearse", *files, *options)
        assert status == 0, err

    return run


def kept_in(data: Path) -> dict[str, Any]:
    """Return what the one excerpt tells that is there."""
    sound, told = sorted((data / "misheard").iterdir())
    assert (sound.suffix, told.suffix, sound.stem) == (".flac", ".json", told.stem)
    return {**json.loads(told.read_text(encoding="utf-8")), "sound": read_sound(sound)}


def test_what_is_taken_back_is_kept_with_its_verdict(rehearse: Callable[..., None], data: Path) -> None:
    """One excerpt, which names the command and holds the person's voice where it says so."""
    rehearse(TAKES_BACK, "--data", data)
    kept = kept_in(data)
    word = kept["words"][kept["about"]]
    assert (kept["occasion"], word["command"], word["text"]) == ("taken_back", "easier", "easier")
    assert (word["because"], word["context"]) == (None, "moving")
    assert word["confidence"] > 0.9
    first, last = (round(word[name] * SAMPLE_RATE) for name in ("start", "end"))
    spoken, before = kept["sound"][first:last], kept["sound"][first - 4000 : first - 1600]
    # The coach has counted just before, and its voice is not in what is kept.
    assert np.abs(spoken).max() > 20 * np.abs(before).max()


def test_a_command_that_was_refused_and_is_said_again_is_kept(
    rehearse: Callable[..., None], data: Path
) -> None:
    """With the reason."""
    rehearse(SAYS_TWICE, "--data", data)
    kept = kept_in(data)
    assert kept["occasion"] == "said_twice"
    assert [(one["command"], one["because"]) for one in kept["words"]] == [
        ("easier", "faint"),
        ("easier", None),
    ]
    assert kept["about"] == 0


def test_nothing_is_kept_that_was_not_asked_for(
    rehearse: Callable[..., None], imprint: Imprint, data: Path
) -> None:
    """With the setting at its default."""
    assert imprint("settings", "unset", "keep_misheard")[0] == 0
    rehearse(TAKES_BACK, "--data", data)
    assert [path.name for path in data.iterdir()] == ["journal.db"]


@pytest.mark.parametrize("wanted", [True, False])
def test_a_live_session_keeps_it_as_well(
    wanted: bool, imprint: Imprint, data: Path, tmp_path: Path, espeak: Callable[[str], Samples]
) -> None:
    """Where it is wanted; here a recording stands for the microphone."""
    assert imprint("settings", "set", "keep_misheard", str(wanted).lower())[0] == 0
    said = np.zeros(30 * SAMPLE_RATE, np.float32)
    for at, words in ((14, "louder"), (18, "i didn't say that")):
        spoken = espeak(words)
        said[at * SAMPLE_RATE :][: spoken.size] = spoken
    write_sound(tmp_path / "said.wav", said)
    files = ("--mic", tmp_path / "said.wav", "--speaker", tmp_path / "coach.wav", "--plain")
    status, _, err = imprint("start", tmp_path / "short.yaml", *files, "--data", data)
    assert status == 0, err
    if wanted:
        kept = kept_in(data)
        assert (kept["occasion"], kept["words"][kept["about"]]["command"]) == ("taken_back", "louder")
    else:
        assert not (data / "misheard").exists()
