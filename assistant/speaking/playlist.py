"""Music from files, one after the other and over again, read from the disk as it is played."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile
import soxr

from assistant.errors import InputError
from assistant.sound import LEAST_RATE, MOST_RATE, SAMPLE_RATE, SampleQueue, Samples

SUFFIXES = frozenset([".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif", ".aiff"])
"""What is played of a folder; a file that is named may end otherwise."""

MUSIC_DB = -28.0
"""Level to which every file is brought, in decibels of full scale: 8 below the voice; chosen."""

_MOST_GAIN_DB = 12.0
"""What is quieter still stays quieter: it would bring up its own noise; chosen."""

_PIECE_SECONDS, _PROBES = 0.25, 8
"""What is read at once, and from how many places the level of a file is judged; chosen."""

_REMEDY = "Give WAV, FLAC, OGG or MP3 files that play elsewhere"


def find_music(path: Path) -> tuple[Path, ...]:
    """Return the files to be played, in order, each of which can be: a file, or those of a folder and below.

    Raises:
        InputError: there is none, or one that can't be played.
    """
    if path.is_dir():
        inside = sorted(
            file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()
        )
        files = [file for file in inside if not any(p.startswith(".") for p in file.relative_to(path).parts)]
        if not files:
            raise _wrong(path, "there is no music in this folder")
    elif path.exists():
        files = [path]
    else:
        raise _wrong(path, "there is no such file or folder", "Check the name")
    for file in files:
        _check(file)
    return tuple(files)


def _check(file: Path) -> None:
    try:
        with soundfile.SoundFile(str(file)) as sound:
            rate = int(sound.samplerate)
            first = sound.read(round(_PIECE_SECONDS * rate), dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise _wrong(file, f"it can't be played ({error})") from error
    if not LEAST_RATE <= rate <= MOST_RATE:
        raise _wrong(file, f"its sample rate is {rate} Hz")
    if first.shape[0] == 0:
        raise _wrong(file, "it is empty", "Take it away")


def _wrong(path: Path, problem: str, remedy: str = _REMEDY) -> InputError:
    return InputError(problem, remedy=remedy, file=str(path), field="--music")


class Playlist:
    """Music of files, mono at SAMPLE_RATE and equally loud; it reads the disk while the caller waits.

    A file that has gone or broken since it was found is passed over.

    Args:
        files: What is played, in order, over and over.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files
        self._pieces = self._endless()
        self._ready = SampleQueue()

    def take(self, count: int) -> Samples:
        """Return the next samples, shape (count,)."""
        while self._ready.waiting.size < count:
            self._ready.put(next(self._pieces))
        return self._ready.take(count)

    def close(self) -> None:
        """Let go of the file that is being played."""
        self._pieces.close()

    def _endless(self) -> Generator[Samples]:
        while True:
            played = False
            for file in self._files:
                try:
                    for piece in _pieces(file):
                        played = played or piece.size > 0
                        yield piece
                except (OSError, RuntimeError):
                    continue
            if not played:
                yield np.zeros(SAMPLE_RATE, np.float32)


def _pieces(file: Path) -> Iterator[Samples]:
    """Return a file a quarter of a second at a time, never more of it in memory."""
    with soundfile.SoundFile(str(file)) as sound:
        rate = int(sound.samplerate)
        count = round(_PIECE_SECONDS * rate)
        gain = _gain(sound, count)
        resampler = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
        while True:
            piece = _read(sound, count) * gain
            over = piece.size < count
            yield np.asarray(resampler.resample_chunk(piece, last=over), np.float32)
            if over:
                return


def _gain(sound: soundfile.SoundFile, count: int) -> np.float32:
    """Find from a few places in a file what brings it to MUSIC_DB, and go back to its beginning."""
    powers: list[float] = []
    for probe in range(_PROBES):
        sound.seek(max(sound.frames - count, 0) * probe // (_PROBES - 1))
        piece = _read(sound, count)
        if piece.size:
            powers.append(float(np.mean(np.square(piece, dtype=np.float64))))
    sound.seek(0)
    power = float(np.mean(powers)) if powers else 0.0
    if power == 0.0:
        return np.float32(1.0)
    return np.float32(10 ** (min(MUSIC_DB - 10 * np.log10(power), _MOST_GAIN_DB) / 20))


def _read(sound: soundfile.SoundFile, count: int) -> Samples:
    samples = np.asarray(sound.read(count, dtype="float32", always_2d=True), np.float32)
    # Floating-point files may hold NaN or infinity; one of them would silence the mixer for good.
    return np.nan_to_num(samples.mean(axis=1, dtype=np.float32), nan=0.0, posinf=1.0, neginf=-1.0)
