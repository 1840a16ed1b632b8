"""Recordings to learn from: people, noises and rooms, as the manifests of data folders list them.

`python -m training.recorded FILE DATA...` writes the mel energies of real noises and rooms.

One speaker or recorder in ten is kept for tuning, so that nothing has to be tuned on what is measured.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.signal
import soxr

from assistant.sound import read_sound
from training.features import log_mels
from training.topology import FRAMES_PER_SECOND, MELS, SAMPLE_RATE

NOISE_SETS = {"kitchens": 4.0, "household": 1.5, "esc50": 3.0, "esc10": 1.5}
"""Folders of noises, and how often each is heard."""

NOISE_FRAMES = 600
ROOM_FRAMES = 60

_TUNING_SHARE = 10
_NOISES = 3000
_COLLAGE, _TWO, _IN_A_ROOM = 0.35, 0.3, 0.3
_SEED = 31


@dataclass(frozen=True)
class Recording:
    """One line of a manifest."""

    file: Path
    set: str
    """Its folder, or else its source."""
    text: str
    who: str
    """Who speaks or who recorded it; the file's name where nobody knows."""
    slots: dict[str, str] = field(default_factory=dict[str, str])


def recordings(folders: Sequence[Path], sets: Sequence[str], tuning: bool = False) -> Iterator[Recording]:
    """Yield what is there for training in some sets, without or only with what is kept for tuning."""
    for folder in folders:
        for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
            entry = json.loads(line)
            name = entry["file"].split("/")[0]
            who = str(entry.get("speaker") or entry.get("recorder") or entry["file"])
            kept = zlib.crc32(who.encode()) % _TUNING_SHARE == 0
            if entry["split"] == "train" and name in sets and kept == tuning:
                yield Recording(
                    folder / entry["file"], name, entry.get("text", ""), who, entry.get("slots", {})
                )


def make_noises(folders: Sequence[Path], count: int, seed: int) -> npt.NDArray[np.float32]:
    """Return mel energies of real noises, shape (count, NOISE_FRAMES, MELS), of mean one each."""
    dice = np.random.default_rng(seed)
    sounds = {name: [read_sound(one.file) for one in recordings(folders, (name,))] for name in NOISE_SETS}
    sets = [name for name in NOISE_SETS if sounds[name]]
    weights = np.asarray([NOISE_SETS[name] for name in sets])
    rooms = [read_sound(one.file) for one in recordings(folders, ("rirs",))]
    size = NOISE_FRAMES * SAMPLE_RATE // FRAMES_PER_SECOND + 800

    def one() -> npt.NDArray[np.float32]:
        of_set = sounds[sets[int(dice.choice(len(sets), p=weights / weights.sum()))]]
        sound = of_set[int(dice.integers(len(of_set)))]
        sound = np.asarray(soxr.resample(sound, SAMPLE_RATE * dice.uniform(0.8, 1.2), SAMPLE_RATE))
        first = int(dice.integers(sound.size))
        piece = np.resize(np.roll(sound, -first), size)
        return piece / (np.sqrt(np.mean(np.square(piece))) + 1e-6)

    made: list[npt.NDArray[np.float32]] = []
    for _ in range(count):
        noise = _collage(one(), dice) if dice.random() < _COLLAGE else one()
        if dice.random() < _TWO:
            noise = noise + one() * 10 ** (dice.uniform(-20, 5) / 20)
        if rooms and dice.random() < _IN_A_ROOM:
            noise = scipy.signal.fftconvolve(noise, rooms[int(dice.integers(len(rooms)))])[:size]
        noise = noise / (np.sqrt(np.mean(np.square(noise))) + 1e-6) * 3000
        power = np.exp(log_mels(noise.astype(np.float32)))[:NOISE_FRAMES]
        made.append(power / power.mean())
    return np.stack(made).astype(np.float32)


def make_rooms(folders: Sequence[Path]) -> npt.NDArray[np.float32]:
    """Return how the energy in each band dies away in real rooms, shape (rooms, ROOM_FRAMES, MELS)."""
    decays: list[npt.NDArray[np.float32]] = []
    size = (ROOM_FRAMES + 4) * SAMPLE_RATE // FRAMES_PER_SECOND
    for room in recordings(folders, ("rirs",)):
        response = read_sound(room.file)
        response = response[max(0, int(np.abs(response).argmax()) - SAMPLE_RATE // FRAMES_PER_SECOND) :]
        # A white burst through the room tells the energy of each band after each hundredth of a second.
        burst = np.random.default_rng(_SEED).standard_normal(SAMPLE_RATE // FRAMES_PER_SECOND)
        dying = np.zeros(size, np.float32)
        heard = scipy.signal.fftconvolve(burst, response)[:size] * 3000
        dying[: heard.size] = heard
        power = np.exp(log_mels(dying))[:ROOM_FRAMES]
        decays.append(power / power.sum(0))
    return np.stack(decays).astype(np.float32) if decays else np.zeros((0, ROOM_FRAMES, MELS), np.float32)


def _collage(noise: npt.NDArray[np.float32], dice: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return single events of a noise, strewn about: plates and drawers are short and come alone."""
    envelope = np.convolve(np.abs(noise), np.ones(320) / 320, "same")
    made = noise * 10 ** (-dice.uniform(20, 50) / 20)
    at = 0.0
    while True:
        at += dice.exponential(dice.uniform(0.2, 1.2)) + 0.05
        first, length = round(at * SAMPLE_RATE), round(dice.uniform(0.06, 0.7) * SAMPLE_RATE)
        if first + length >= noise.size:
            return made.astype(np.float32)
        peaks = np.argsort(envelope[: noise.size - length : 160])[-60:] * 160
        start = max(0, int(dice.choice(peaks)) - round(dice.uniform(0, 0.1) * SAMPLE_RATE))
        event = noise[start : start + length] * np.minimum(1, np.arange(length)[::-1] / 800)
        made[first : first + length] += event * 10 ** (dice.uniform(-15, 6) / 20)


def main(arguments: list[str]) -> None:
    """Write the noises and the rooms of some data folders."""
    folders = [Path(argument) for argument in arguments[1:]]
    np.savez(arguments[0], noises=make_noises(folders, _NOISES, _SEED), rooms=make_rooms(folders))


if __name__ == "__main__":
    main(sys.argv[1:])
