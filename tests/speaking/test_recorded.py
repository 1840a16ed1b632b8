"""Recordings in place of cues: as loud, as tight and as much on the beat as rendered speech."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import InputError
from assistant.programme.voice import Recording
from assistant.sound import SAMPLE_RATE, active_db
from assistant.speaking.earcons import tone
from assistant.speaking.recorded import LONGEST_SECONDS, read_recording


def recording(folder: Path, sound: str = "clips/ready.wav") -> Recording:
    return Recording(sound, str(folder / "cues.yaml"), 12, 9, "movement.ready.clip")


def write(folder: Path, samples: object, rate: int = SAMPLE_RATE) -> Recording:
    (folder / "clips").mkdir()
    soundfile.write(str(folder / "clips" / "ready.wav"), np.asarray(samples), rate)
    return recording(folder)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("peak", [0.02, 0.9])
def test_a_recording_is_trimmed_and_levelled(tmp_path: Path, rate: int, peak: float) -> None:
    """Whatever its rate, its level and the silence around it."""
    sound = peak * np.sin(2 * np.pi * 300 / rate * np.arange(rate // 2))
    padded = np.pad(sound, (rate // 3, rate))
    samples = read_recording(write(tmp_path, padded, rate))
    assert samples.size / SAMPLE_RATE == pytest.approx(0.52, abs=0.01)
    assert np.abs(samples[: SAMPLE_RATE // 500]).max() > 0.05 * np.abs(samples).max()
    assert active_db(samples) == pytest.approx(-20, abs=0.5)
    with pytest.raises(ValueError, match="read-only"):
        samples[0] = 1


def test_of_stereo_the_first_channel_is_played(tmp_path: Path) -> None:
    """As wherever recordings are read."""
    left = tone(300, 0.5, 0.5)
    stereo = read_recording(write(tmp_path, np.stack([left, np.zeros_like(left)], axis=1)))
    assert stereo.size / SAMPLE_RATE == pytest.approx(0.5, abs=0.03)


def test_a_recording_that_is_missing_is_named_with_its_line(tmp_path: Path) -> None:
    """The line of the cue, for that is what can be corrected."""
    with pytest.raises(InputError, match=r"cues\.yaml, line 12.*ready\.wav: there is no such file"):
        read_recording(recording(tmp_path))


@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        (np.zeros(8_000), "is silent"),
        (np.full(8_000, 1e-3), "is silent"),
        (np.zeros(0), "empty"),
        (np.full(round(SAMPLE_RATE * (LONGEST_SECONDS + 1)), 0.5), "longer than 30 seconds"),
    ],
)
def test_a_recording_that_can_not_be_meant_is_refused(tmp_path: Path, samples: object, problem: str) -> None:
    """Silent, empty, or longer than anybody listens for."""
    with pytest.raises(InputError, match=problem) as caught:
        read_recording(write(tmp_path, samples))
    assert (caught.value.line, caught.value.field) == (12, "movement.ready.clip")
    assert caught.value.remedy


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    """Text under the name of a sound, or a folder."""
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "ready.wav").write_text("not a sound", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 12.*can't be read as sound"):
        read_recording(recording(tmp_path))
    with pytest.raises(InputError, match=r"line 12.*can't be read as sound"):
        read_recording(recording(tmp_path, "clips"))
