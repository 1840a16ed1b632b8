"""`imprint hear` on sound that isn't as it should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.hearing import voice_activity
from assistant.sound import MICROPHONE_SECOND, SAMPLE_RATE
from assistant.speaking.rendering import Renderer, Voice
from tests.stand_ins import ScriptedDetector

Hear = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hear(
    monkeypatch: pytest.MonkeyPatch, imprint: Callable[..., tuple[int, str, str]], session_cache: Path
) -> Hear:
    """Run `imprint hear`; give its exit status and what it wrote."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    return lambda *arguments: imprint("hear", *arguments)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A recording at 8 kHz that clips, on two channels."""
    noise = np.random.default_rng(0).normal(0, 1.0, (8_000, 2))
    soundfile.write(str(tmp_path / "bad.wav"), np.repeat(noise, 4, axis=0).clip(-1, 1), 8_000)
    return tmp_path / "bad.wav"


def test_each_hint_is_a_line_beside_what_is_heard(hear: Hear, bad: Path) -> None:
    status, out, err = hear(bad)
    assert status == 0
    assert out.splitlines()[0] == f"{bad}:"
    assert [line.startswith(f"imprint: {bad}: ") for line in err.splitlines()] == [True] * 3
    for words in ("turn the microphone down", "record one channel", "record at 16000 Hz"):
        assert words in err


def test_hints_are_in_the_json_and_nowhere_else(hear: Hear, bad: Path) -> None:
    status, out, err = hear(bad, "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert set(found) == {"file", "heard", "refused", "hints"}
    assert [hint["what"] for hint in found["hints"]] == ["clipped", "stereo", "low rate"]


def test_a_bad_file_among_good_ones_is_named_before_any_is_heard(hear: Hear, tmp_path: Path) -> None:
    soundfile.write(str(tmp_path / "good.wav"), np.zeros(SAMPLE_RATE), SAMPLE_RATE)
    (tmp_path / "half.wav").write_bytes((tmp_path / "good.wav").read_bytes()[:5000])
    status, out, err = hear(tmp_path / "good.wav", tmp_path / "half.wav")
    assert (status, out) == (2, "")
    assert f"{tmp_path / 'half.wav'}: the recording is cut short" in err


def test_a_command_that_no_voice_said_is_refused(
    hear: Hear, speech: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = np.pad(speech.render("next set", Voice("en-us", 150, 50)), SAMPLE_RATE)
    soundfile.write(str(tmp_path / "said.wav"), said, SAMPLE_RATE)
    for voice, refused in ((1.0, []), (0.0, ["no_voice"])):
        monkeypatch.setattr(voice_activity, "SileroDetector", partial(ScriptedDetector, voice))
        _, out, _ = hear(tmp_path / "said.wav", "--context", "moving", "--json")
        assert [one["because"] for one in json.loads(out)["refused"]] == refused


def test_a_refused_command_is_in_the_json_with_the_reason(
    hear: Hear, speech: Renderer, tmp_path: Path
) -> None:
    """One that is 15 dB weaker than the person."""
    near = speech.render("next set", Voice("en-us", 150, 50))
    pause = np.zeros(SAMPLE_RATE, np.float32)
    sound = np.concatenate([pause, near, pause, 0.18 * near, pause])
    sound += np.random.default_rng(0).normal(0, 2e-4, sound.size).astype(np.float32)
    soundfile.write(str(tmp_path / "twice.wav"), sound, SAMPLE_RATE)
    _, out, _ = hear(tmp_path / "twice.wav", "--context", "moving", "--json")
    found = json.loads(out)
    assert [one["command"] for one in found["heard"]] == ["next_set"]
    (refused,) = found["refused"]
    assert set(refused) == {"command", "slots", "text", "start", "end", "confidence", "because"}
    assert (refused["command"], refused["text"], refused["because"]) == ("next_set", "next set", "faint")
    assert refused["start"] > 2


def _recorded(speech: Renderer, path: Path, echo_db: float) -> None:
    """Write a recording of a session, in which the coach says a safety word and the person another word."""
    coach = Voice("en-us", 165, 45)
    text = "Breathe out, and press your lower back into the floor, and keep it there."
    silence = np.zeros(SAMPLE_RATE, np.float32)
    words = [speech.render(text, coach), silence, speech.render("Stop.", coach), silence]
    near = speech.render("next set", Voice("en-us+f3", 150, 50))
    far = np.concatenate([*words, np.zeros(near.size + SAMPLE_RATE, np.float32)])
    mic = np.roll(far, 700) * np.float32(10 ** (echo_db / 20))
    mic[-near.size - SAMPLE_RATE : -SAMPLE_RATE] += near
    mic += np.random.default_rng(0).normal(0, 2e-4, mic.size).astype(np.float32)
    with soundfile.SoundFile(str(path), "w", samplerate=SAMPLE_RATE, channels=2) as file:
        file.comment = MICROPHONE_SECOND
        file.write(np.stack([far, mic], axis=1))


@pytest.mark.parametrize("echo_db", [-6.0, 0.0])
def test_the_coach_is_not_heard_in_the_recording_of_a_session(
    echo_db: float, hear: Hear, speech: Renderer, tmp_path: Path
) -> None:
    """What the loudspeaker played is in the recording, too, and is taken out; unless that is not wanted."""
    _recorded(speech, tmp_path / "session.wav", echo_db)

    def commands(*options: str) -> list[str]:
        _, out, _ = hear(tmp_path / "session.wav", "--context", "moving", "--json", *options)
        return [one["command"] for one in json.loads(out)["heard"]]

    assert commands() == ["next_set"]
    assert "stop" in commands("--no-echo")
