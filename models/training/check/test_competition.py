"""What is said against what it is taken for."""

from __future__ import annotations

import random
import unittest

import numpy as np
import torch

from training import mmi
from training.competition import PHRASE_COST, TALK_COST, Competition

PHONES = 12
STOP, STEP, LONG = (3, 4, 5), (3, 6, 5), (7, 8, 9, 10, 11)
PHRASES = {
    "stop": [STOP, (3, 4, 4)],
    "step": [STEP],
    "long": [LONG],
    **{f"{a} {b}": [(a, b)] for a in range(8, PHONES) for b in range(8, PHONES)},
}
FRAMES = 12


def outputs_for(*spelled: tuple[int, ...]) -> torch.Tensor:
    """Return outputs in which some phones sound, three frames each, silence before and after."""
    outputs = torch.full((len(spelled), FRAMES, 2 * PHONES), -8.0)
    for i, phones in enumerate(spelled):
        sounding = [0, *(phone for phone in phones for _ in range(3))]
        for t, phone in enumerate([*sounding, *[0] * (FRAMES - len(sounding))]):
            outputs[i, t, 2 * phone : 2 * phone + 2] = 0.0
    return outputs


def spelling(*phones: int) -> list[int]:
    """Return one word as `mmi.said` takes it."""
    return [mmi.SILENCE, *phones, mmi.SILENCE] if phones else [mmi.SILENCE]


class CompetitionTest(unittest.TestCase):
    """Two phrases that sound alike, and others."""

    def setUp(self) -> None:
        """Hold them against each other."""
        self.competition = Competition(PHRASES, random.Random(3))
        self.costs = torch.full((PHONES, PHONES), 4.0)

    def lost(self, outputs: torch.Tensor, phones: list[int]) -> float:
        """Return what one utterance loses."""
        frames = torch.tensor([FRAMES])
        anything = mmi.anything(outputs, frames, self.costs)
        return float(self.competition.lost(outputs, frames, [phones], anything))

    def test_what_sounds_like_itself_loses_nearly_nothing(self) -> None:
        """And what sounds like another phrase loses by as much as that is likelier."""
        assert self.lost(outputs_for(STOP), spelling(*STOP)) < 0.05
        assert self.lost(outputs_for(STEP), spelling(*STOP)) > 8.0

    def test_a_word_that_is_no_phrase_is_held_against_those_near_it(self) -> None:
        """As talk, which wins where no phrase fits."""
        assert self.lost(outputs_for((3, 8, 5)), spelling(3, 8, 5)) < 0.5
        assert self.lost(outputs_for(STOP), spelling(3, 8, 5)) > 1.0

    def test_noise_is_silence_or_talk(self) -> None:
        """Whatever of both."""
        quiet = torch.full((1, FRAMES, 2 * PHONES), -8.0)
        quiet[:, :, :2] = 0.0
        assert self.lost(quiet, spelling()) < 0.01
        assert self.lost(outputs_for((3, 8, 5)), spelling()) < 0.5

    def test_long_talk_is_left_alone(self) -> None:
        """The graph never takes it for a phrase alone."""
        talk = [0, 1, 0, 2, 0, 3, 0, 4, 0]
        assert self.lost(outputs_for(STOP), talk) == 0.0

    def test_costs_are_those_of_a_graph(self) -> None:
        """A phrase costs what it costs, talk less."""
        outputs = outputs_for(STOP)
        frames = torch.tensor([FRAMES])
        phrase = float(mmi.said(outputs, frames, [spelling(*STOP)])[0]) - PHRASE_COST
        talk = float(mmi.anything(outputs, frames, self.costs)[0]) - TALK_COST
        assert self.lost(outputs, spelling(*STOP)) >= np.logaddexp(phrase, talk) - phrase - 1e-4

    def test_another_way_to_say_it_is_no_rival(self) -> None:
        """Nor is it the phrase itself."""
        for _ in range(20):
            rivals = self.competition.rivals(STOP)
            assert rivals[0] == STEP
            assert not {STOP, (3, 4, 4)} & set(rivals)
            assert len(rivals) == len(set(rivals))


if __name__ == "__main__":
    unittest.main()
