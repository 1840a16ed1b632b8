"""What was said against the phrases it is taken for: commands that sound alike, any talk, silence.

As the decoding graph does, which knows whole phrases, any sequence of phones and silence, each at its cost.
Source of the criterion: Juang, Hou, Lee, "Minimum classification error rate methods for speech recognition"
(IEEE Transactions on Speech and Audio Processing 5, 1997); here its softmax, the cross-entropy.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import torch

from assistant.hearing.recognition.phones import phone_distance
from training import mmi
from training.topology import PHONES

PHRASE_COST, TALK_COST = 5.0, -2.0
"""What any phrase, and any talk, cost before a sound: about as in a session's moving context."""

_NEAREST, _BY_CHANCE = 8, 6
_MOST_WORDS = 3
# Of so many phrases, those with most phones in common, it is looked how near they sound.
_LOOKED_AT = 150
_NEVER = -1e4


class Competition:
    """Holds what is said against what it could be taken for.

    Args:
        phrases: Each command's phrase, and every way to say it: phones without silences.
        dice: Chooses competitors.
    """

    def __init__(self, phrases: Mapping[str, Sequence[Sequence[int]]], dice: random.Random) -> None:
        self._texts: dict[tuple[int, ...], str] = {
            tuple(phones): text
            for text, ways in phrases.items()
            if len(text.split()) <= _MOST_WORDS
            for phones in ways
        }
        self._phrases = sorted(self._texts)
        self._counts = np.stack([_counts(phrase) for phrase in self._phrases])
        self._dice = dice
        self._nearest: dict[tuple[int, ...], list[int]] = {}

    def lost(
        self,
        outputs: torch.Tensor,
        frames: torch.Tensor,
        phones: Sequence[Sequence[int]],
        anything: torch.Tensor,
    ) -> torch.Tensor:
        """Return the cross-entropy of what was said, summed over the utterances.

        Args:
            outputs: Shape (batch, frames, 2 x phones).
            frames: How many frames count of each utterance, shape (batch,).
            phones: Of each utterance, as `mmi.said` takes them.
            anything: What `mmi.anything` says of each, shape (batch,).
        """
        rows = [i for i, sequence in enumerate(phones) if sequence.count(mmi.SILENCE) <= _MOST_WORDS + 1]
        if not rows:
            return outputs.new_zeros(())
        kept = torch.tensor(rows)
        outputs, frames, talk = outputs[kept], frames[kept], anything[kept] - TALK_COST
        bare = [tuple(phone for phone in phones[i] if phone != mmi.SILENCE) for i in rows]
        rivals = [rival for one in bare for rival in self.rivals(one)]
        each = _NEAREST + _BY_CHANCE
        spelled = [[mmi.SILENCE, *rival, mmi.SILENCE] for rival in rivals]
        taken = mmi.said(outputs.repeat_interleave(each, 0), frames.repeat_interleave(each), spelled)
        taken = taken.view(len(rows), each) - PHRASE_COST
        silence = mmi.said(outputs, frames, [[mmi.SILENCE]] * len(rows))
        own = mmi.said(outputs, frames, [phones[i] for i in rows]) - PHRASE_COST
        is_phrase = torch.tensor([one in self._texts for one in bare])
        is_silent = torch.tensor([not one for one in bare])
        own = torch.where(is_phrase, own, torch.full_like(own, _NEVER))
        right = torch.where(is_phrase, own, torch.where(is_silent, torch.logaddexp(silence, talk), talk))
        everything = torch.cat([torch.stack([own, talk, silence], 1), taken], 1)
        return (torch.logsumexp(everything, 1) - right).sum()

    def rivals(self, phones: tuple[int, ...]) -> list[tuple[int, ...]]:
        """Return the phrases that sound most like this one, and some by chance; never itself."""
        if not phones:
            chosen = self._dice.sample(range(len(self._phrases)), _NEAREST + _BY_CHANCE)
            return [self._phrases[i] for i in chosen]
        if phones not in self._nearest:
            text = self._texts.get(phones)
            differing = np.abs(self._counts - _counts(phones)).sum(1)
            others = [i for i in differing.argsort() if self._texts[self._phrases[i]] != text][:_LOOKED_AT]
            self._nearest[phones] = sorted(others, key=lambda i: _distance(phones, self._phrases[i]))
        nearest = self._nearest[phones]
        chosen = (*nearest[:_NEAREST], *self._dice.sample(nearest[_NEAREST:], _BY_CHANCE))
        return [self._phrases[i] for i in chosen]


def _counts(phones: Sequence[int]) -> npt.NDArray[np.int64]:
    return np.bincount(phones, minlength=1 + len(PHONES))


def _distance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return how much two rows of phone numbers differ to the ear."""
    return phone_distance([PHONES[i - 1] for i in one], [PHONES[i - 1] for i in other])
