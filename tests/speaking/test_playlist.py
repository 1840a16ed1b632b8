"""Music from files: which are played, and how they become the mixer's samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from assistant.errors import InputError
from assistant.sound import SAMPLE_RATE, Samples, power_db
from assistant.speaking.playlist import MUSIC_DB, Playlist, find_music


def write(path: Path, seconds: float, hertz: float, rate: int = SAMPLE_RATE, peak: float = 0.5) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    sine = peak * np.sin(2 * np.pi * hertz / rate * np.arange(round(seconds * rate)))
    # Both channels differ, so that it is seen how they become one.
    soundfile.write(str(path), np.stack([sine, 0.5 * sine], axis=1), rate)
    return path


def pitch(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size)))
    return float(np.argmax(spectrum)) * SAMPLE_RATE / samples.size


def test_a_folders_files_are_played_in_order_and_over_again(tmp_path: Path) -> None:
    """Those of folders in it, too; what is no music and what is hidden is passed over."""
    write(tmp_path / "1.wav", 1.0, 300)
    write(tmp_path / "2" / "x.flac", 1.0, 600)
    write(tmp_path / "3.wav", 1.0, 900)
    write(tmp_path / ".trash" / "0.wav", 1.0, 1200)
    (tmp_path / "cover.jpg").write_bytes(b"\xff\xd8")
    files = find_music(tmp_path)
    assert [file.name for file in files] == ["1.wav", "x.flac", "3.wav"]
    played = Playlist(files).take(7 * SAMPLE_RATE)
    seconds = played.reshape(7, SAMPLE_RATE)[:, 2_000:-2_000]
    assert [pitch(second) for second in seconds] == pytest.approx([300, 600, 900, 300, 600, 900, 300], abs=3)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_other_rates_and_stereo_are_converted(tmp_path: Path, rate: int) -> None:
    """Neither pitch nor length changes, nothing is lost at the seams of the pieces, and it does not drift."""
    file = write(tmp_path / "a.wav", 3.0, 500, rate)
    playlist = Playlist(find_music(file))
    played = np.concatenate([playlist.take(256) for _ in range(3 * SAMPLE_RATE // 256)])
    steady = played[1_000 : 3 * SAMPLE_RATE - 1_000]
    assert pitch(steady) == pytest.approx(500, abs=0.5)
    expected = np.sin(2 * np.pi * 500 / SAMPLE_RATE * np.arange(1_000, 1_000 + steady.size))
    assert np.corrcoef(steady, expected)[0, 1] > 0.9999


@pytest.mark.parametrize("peak", [0.01, 0.2, 0.9])
def test_every_file_is_equally_loud(tmp_path: Path, peak: float) -> None:
    """Below the voice; what is all but silent is not raised to noise."""
    file = write(tmp_path / "a.wav", 4.0, 500, peak=peak)
    level = power_db(Playlist([file]).take(3 * SAMPLE_RATE))
    most = 20 * float(np.log10(0.75 * peak / np.sqrt(2))) + 12
    assert level == pytest.approx(min(MUSIC_DB, most), abs=0.5)


def test_a_long_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    """It is read by the quarter of a second."""
    file = write(tmp_path / "a.wav", 20.0, 500)
    largest = 0

    class Watched(soundfile.SoundFile):
        def read(self, frames: int = -1, *args: Any, **kwargs: Any) -> Any:
            nonlocal largest
            samples = super().read(frames, *args, **kwargs)
            largest = max(largest, len(samples))
            return samples

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.speaking.playlist.soundfile.SoundFile", Watched)
        Playlist(find_music(file)).take(25 * SAMPLE_RATE)
    assert 0 < largest <= SAMPLE_RATE // 4


def test_what_goes_or_breaks_meanwhile_is_passed_over(tmp_path: Path) -> None:
    """And where nothing is left, there is silence: the session goes on."""
    one, two = write(tmp_path / "1.wav", 1.0, 300), write(tmp_path / "2.wav", 1.0, 600)
    playlist = Playlist(find_music(tmp_path))
    one.unlink()
    assert pitch(playlist.take(SAMPLE_RATE)) == pytest.approx(600, abs=3)
    two.write_text("broken", encoding="utf-8")
    assert not playlist.take(3 * SAMPLE_RATE)[SAMPLE_RATE:].any()


def test_what_is_no_number_is_played_as_silence(tmp_path: Path) -> None:
    """One such sample in the echo canceller would make it deaf."""
    samples = np.full(SAMPLE_RATE, 0.1, np.float32)
    samples[4_000:4_100] = np.nan
    samples[5_000] = np.inf
    soundfile.write(str(tmp_path / "a.wav"), samples, SAMPLE_RATE, subtype="FLOAT")
    assert np.isfinite(Playlist([tmp_path / "a.wav"]).take(2 * SAMPLE_RATE)).all()


def test_bad_music_is_one_clear_line(tmp_path: Path) -> None:
    """With the file, before anything has begun."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b.mp3").write_text("no music", encoding="utf-8")
    soundfile.write(str(tmp_path / "c.wav"), np.zeros(0), SAMPLE_RATE)
    soundfile.write(str(tmp_path / "d.wav"), np.zeros(100), 2_000)
    for name, problem in (
        ("nowhere", "no such file or folder"),
        ("a", "no music in this folder"),
        ("b.mp3", "can't be played"),
        ("c.wav", "empty"),
        ("d.wav", "2000 Hz"),
        (".", "b.mp3.*can't be played"),
    ):
        with pytest.raises(InputError, match=problem) as caught:
            find_music(tmp_path / name)
        assert (caught.value.field, bool(caught.value.remedy)) == ("--music", True)


def test_closed_it_has_let_go_of_its_file(tmp_path: Path) -> None:
    """Nothing is left open when the program ends."""
    playlist = Playlist([write(tmp_path / "a.wav", 3.0, 500)])
    playlist.take(100)
    playlist.close()
    playlist.close()
