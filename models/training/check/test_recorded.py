"""Which recordings are learnt from, and what becomes of noises and rooms."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import soundfile

from training.recorded import NOISE_FRAMES, ROOM_FRAMES, make_noises, make_rooms, recordings
from training.topology import MELS, SAMPLE_RATE


class RecordedTest(unittest.TestCase):
    """A small folder of recordings."""

    def setUp(self) -> None:
        """Write forty plates by as many people, one of them not for training, and a room."""
        self._held = tempfile.TemporaryDirectory()
        self.addCleanup(self._held.cleanup)
        self.folder = Path(self._held.name)
        dice = np.random.default_rng(1)
        lines: list[dict[str, str]] = []
        for i in range(40):
            name = f"kitchens/plates_{i}.flac"
            split = "dev" if i == 0 else "train"
            lines.append({"file": name, "split": split, "recorder": f"r{i}", "label": "plates"})
            (self.folder / name).parent.mkdir(exist_ok=True)
            click = dice.standard_normal(SAMPLE_RATE // 2) * np.exp(-np.arange(SAMPLE_RATE // 2) / 800)
            soundfile.write(self.folder / name, 0.2 * click, SAMPLE_RATE)
        (self.folder / "rirs").mkdir()
        response = dice.standard_normal(4000) * np.exp(-np.arange(4000) / 700)
        response[0] = 5
        soundfile.write(self.folder / "rirs" / "room.flac", response / 6, SAMPLE_RATE)
        lines.append({"file": "rirs/room.flac", "split": "train", "label": "room"})
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (self.folder / "manifest.jsonl").write_text(text)

    def test_nobody_is_learnt_from_who_is_kept_for_tuning_or_measuring(self) -> None:
        """Every recorder of the split for training is in one of the two parts."""
        learnt = {one.who for one in recordings([self.folder], ("kitchens",))}
        tuning = {one.who for one in recordings([self.folder], ("kitchens",), tuning=True)}
        assert learnt | tuning == {f"r{i}" for i in range(1, 40)}
        assert not learnt & tuning
        assert 0 < len(tuning) < len(learnt)

    def test_noises_have_a_mean_of_one_and_are_the_same_again(self) -> None:
        """Whatever they are made of."""
        first, again = (make_noises([self.folder], 3, seed=5) for _ in range(2))
        assert first.shape == (3, NOISE_FRAMES, MELS)
        np.testing.assert_allclose(first.mean((1, 2)), 1, rtol=1e-4)
        np.testing.assert_array_equal(first, again)

    def test_a_room_dies_away(self) -> None:
        """In every band the first frames hold most of the energy."""
        (room,) = make_rooms([self.folder])
        assert room.shape == (ROOM_FRAMES, MELS)
        assert (room[:10].sum(0) > 10 * room[-10:].sum(0)).all()


if __name__ == "__main__":
    unittest.main()
