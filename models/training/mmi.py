"""Lattice-free maximum mutual information: what was said against everything that could have been.

Each phone is one state with two outputs: one for its first frame, one for each further. Source: Povey et al.,
"Purely sequence-trained neural networks for ASR based on lattice-free MMI" (Interspeech 2016); flat start
as in Hadian et al., "End-to-end speech recognition using lattice-free MMI" (Interspeech 2018).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

SILENCE = 0

_NEVER = -1e4
_HALF = math.log(0.5)
_BEGINS_SILENT, _BEGINS_AT_ONCE = math.log(0.8), math.log(0.2)
_PAUSE_SHARE = 0.25
_UNIGRAM_SHARE = 0.15


def phone_bigram(sequences: Sequence[Sequence[Sequence[int]]], count: int) -> npt.NDArray[np.float32]:
    """Return -log p(next | phone), shape (count, count), from utterances of words of phones; 0 is silence."""
    counts = np.zeros((count, count))
    for words in sequences:
        for i, word in enumerate(words):
            counts[SILENCE, word[0]] += _PAUSE_SHARE if i else 1
            if i:
                counts[words[i - 1][-1], word[0]] += 1 - _PAUSE_SHARE
                counts[words[i - 1][-1], SILENCE] += _PAUSE_SHARE
            for before, after in itertools.pairwise(word):
                counts[before, after] += 1
        counts[words[-1][-1], SILENCE] += 1
    unigram = counts.sum(0) + 1
    bigram = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    bigram = (1 - _UNIGRAM_SHARE) * bigram + _UNIGRAM_SHARE * unigram / unigram.sum()
    return -np.log(bigram / bigram.sum(1, keepdims=True)).astype(np.float32)


def anything(outputs: torch.Tensor, frames: torch.Tensor, costs: torch.Tensor) -> torch.Tensor:
    """Return the log likelihood of every sequence of phones together, shape (batch,).

    Args:
        outputs: Shape (batch, frames, 2 x phones).
        frames: How many frames count of each utterance, shape (batch,).
        costs: See `phone_bigram`.
    """
    first, further = outputs[:, :, 0::2], outputs[:, :, 1::2]
    chances = torch.exp(-costs)
    begins = torch.cat([torch.full((1,), _BEGINS_SILENT), -costs[SILENCE, 1:] + _BEGINS_AT_ONCE])
    ends = torch.cat([torch.zeros(1), -costs[1:, SILENCE]])
    total = first[:, 0] + begins
    ended = [torch.logsumexp(total + ends, 1)]
    for t in range(1, outputs.shape[1]):
        highest = total.max(1, keepdim=True)[0].detach()
        entered = torch.log(torch.exp(total - highest) @ chances + 1e-30) + highest
        total = torch.logaddexp(entered + first[:, t], total + further[:, t])
        ended.append(torch.logsumexp(total + ends, 1))
    return torch.stack(ended, 1).gather(1, (frames - 1)[:, None])[:, 0]


def said(outputs: torch.Tensor, frames: torch.Tensor, phones: Sequence[Sequence[int]]) -> torch.Tensor:
    """Return the log likelihood of what was said, shape (batch,).

    Args:
        outputs: Shape (batch, frames, 2 x phones).
        frames: How many frames count of each utterance, shape (batch,).
        phones: Of each utterance, with a silence between words and at both ends; any may be left out. Of
            noise, one silence.
    """
    batch, count, _ = outputs.shape
    longest = max(3, *(len(sequence) for sequence in phones))
    ids = torch.zeros(batch, longest, dtype=torch.long)
    for i, sequence in enumerate(phones):
        ids[i, : len(sequence)] = torch.tensor(sequence)
    lengths = torch.tensor([len(sequence) for sequence in phones])
    silent = ids == SILENCE
    first = outputs.gather(2, (2 * ids)[:, None, :].expand(batch, count, longest))
    further = outputs.gather(2, (2 * ids + 1)[:, None, :].expand(batch, count, longest))
    into_silence = torch.where(silent, _HALF, 0.0)
    past_silence = torch.full((batch, longest), _NEVER)
    past_silence[:, 2:] = torch.where(silent[:, 1:-1], _HALF, _NEVER)
    begins = torch.full((batch, longest), _NEVER)
    begins[:, 0], begins[:, 1] = _BEGINS_SILENT, _BEGINS_AT_ONCE
    rows = torch.arange(batch)
    last, before_last = lengths - 1, (lengths - 2).clamp(min=0)

    def shifted(scores: torch.Tensor, by: int) -> torch.Tensor:
        return torch.cat([torch.full((batch, by), _NEVER), scores[:, :-by]], 1)

    def ended(scores: torch.Tensor) -> torch.Tensor:
        either = torch.logaddexp(scores[rows, last], scores[rows, before_last])
        return torch.where(lengths == 1, scores[:, 0], either)

    total = first[:, 0] + begins
    found = [ended(total)]
    for t in range(1, count):
        entered = torch.logaddexp(shifted(total, 1) + into_silence, shifted(total, 2) + past_silence)
        total = torch.logaddexp(entered + first[:, t], total + further[:, t])
        found.append(ended(total))
    return torch.stack(found, 1).gather(1, (frames - 1)[:, None])[:, 0]
