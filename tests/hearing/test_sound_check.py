"""Recordings that are heard although something is wrong with them, and files that can't be."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import InputError
from assistant.hearing.clipping import clipped_runs
from assistant.hearing.sound_check import read_checked, sound_hints
from assistant.sound import SAMPLE_RATE, Samples

TONE = np.sin(2 * np.pi * 200 * np.arange(SAMPLE_RATE) / SAMPLE_RATE).astype(np.float32)


def faults(sound: Samples, rate: int = SAMPLE_RATE, channels: int = 1) -> list[str]:
    return [hint.what for hint in sound_hints(sound, sound, rate, channels)]


def test_good_sound_has_no_hints() -> None:
    assert faults(0.3 * TONE) == []


@pytest.mark.parametrize(("level", "fault"), [(0.0, "silent"), (0.00005, "silent"), (0.003, "quiet")])
def test_what_can_hardly_be_heard_is_named_once(level: float, fault: str) -> None:
    assert faults(np.float32(level) * TONE) == [fault]


def test_quiet_words_are_not_excused_by_a_long_silence_around_them() -> None:
    """It is the loudest that counts, not the mean."""
    words = np.concatenate([0 * TONE] * 30 + [0.02 * TONE])
    assert faults(words) == []


def test_each_place_that_clips_counts_above_and_below() -> None:
    loud = np.clip(2 * TONE, -1, 32767 / 32768)
    assert clipped_runs(loud) == 400
    (hint,) = sound_hints(loud, loud, SAMPLE_RATE, 1)
    assert hint.what == "clipped"
    assert "400 places" in hint.text


def test_channels_and_rate_are_told() -> None:
    assert faults(0.3 * TONE, rate=8_000, channels=2) == ["stereo", "low rate"]


def test_a_file_is_judged_by_its_first_channel(tmp_path: Path) -> None:
    """Clipping as it is in the file: resampling would blur it."""
    loud = np.clip(2 * TONE[:8000], -1, 32767 / 32768)
    soundfile.write(str(tmp_path / "a.flac"), np.stack([loud, 0 * loud], axis=1), 8_000)
    heard, hints = read_checked(tmp_path / "a.flac")
    assert heard.size == SAMPLE_RATE
    assert [hint.what for hint in hints] == ["clipped", "stereo", "low rate"]
    soundfile.write(str(tmp_path / "b.wav"), np.stack([0 * loud, loud], axis=1), SAMPLE_RATE)
    assert [hint.what for hint in read_checked(tmp_path / "b.wav")[1]] == ["silent", "stereo"]


@pytest.mark.parametrize("left", [1, 0.5])
@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_a_file_that_is_cut_short_is_refused(tmp_path: Path, name: str, left: float) -> None:
    """By half, and by its last byte."""
    file = tmp_path / name
    soundfile.write(str(file), np.random.default_rng(0).normal(0, 0.1, 16_000), SAMPLE_RATE)
    assert read_checked(file)[0].size == 16_000
    data = file.read_bytes()
    file.write_bytes(data[: -1 if left == 1 else round(len(data) * left)])
    with pytest.raises(InputError) as raised:
        read_checked(file)
    assert raised.value.file == str(file)
    assert raised.value.remedy
    if name == "a.wav":
        assert "cut short" in raised.value.problem


def test_odd_lengths_are_no_mistake(tmp_path: Path) -> None:
    """They are filled up to even ones, but not by every program; other chunks may come first."""
    file = tmp_path / "a.wav"
    soundfile.write(str(file), 0.1 * TONE[:4000], SAMPLE_RATE, subtype="PCM_U8")
    data = file.read_bytes()
    at = data.index(b"data")
    odd = data[: at + 4] + (3999).to_bytes(4, "little") + data[at + 8 : at + 8 + 3999]
    file.write_bytes(odd[:at] + b"note\x03\0\0\0hey\0" + odd[at:])
    assert read_checked(file)[0].size == 3999
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(InputError, match="cut short"):
        read_checked(file)


def test_a_length_that_was_never_filled_in_is_no_mistake(tmp_path: Path) -> None:
    """Programs that write into a pipe can't know it."""
    file = tmp_path / "a.wav"
    soundfile.write(str(file), 0.1 * TONE, SAMPLE_RATE)
    data = file.read_bytes()
    at = data.index(b"data")
    file.write_bytes(data[: at + 4] + b"\xff\xff\xff\xff" + data[at + 8 :])
    assert read_checked(file)[0].size == SAMPLE_RATE


@pytest.mark.parametrize(("data", "problem"), [(b"", "empty"), (b"no sound", "can't be read as sound")])
def test_what_is_no_sound_is_named(tmp_path: Path, data: bytes, problem: str) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    with pytest.raises(InputError, match=problem) as raised:
        read_checked(tmp_path / "a.wav")
    assert raised.value.file == str(tmp_path / "a.wav")


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    soundfile.write(str(tmp_path / "a.wav"), 0.1 * TONE, SAMPLE_RATE)
    data = (tmp_path / "a.wav").read_bytes()
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(data,))
    writer.start()
    heard, hints = read_checked(tmp_path / "pipe")
    writer.join()
    assert heard.size == SAMPLE_RATE
    assert hints == ()
