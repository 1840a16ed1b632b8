"""Words out of sound: the port, and Vosk behind it."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.vosk_streams import VoskStream, open_streams
from assistant.programme.commands import CommandSet
from assistant.sound import SAMPLE_RATE, Samples

REMEMBERED = 2 * SAMPLE_RATE
"""Samples of the utterance in progress that a new context is given, at most. Chosen."""

# Vosk gives no times with partial results. Measured on held-out voices, a word of a safety phrase shows in
# them 0.04 s after the end it has in the final result, and so about 0.4 s after its beginning.
_SHOWS_AFTER_START_SECONDS = 0.4
_SHOWS_AFTER_END_SECONDS = 0.05

# In digital silence, which no room has, a word would be drawn out: a hiss of -80 dB to full scale ends it.
_HISS = np.random.default_rng(0).normal(0.0, 1e-4, SAMPLE_RATE).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Word:
    """One word that was recognized."""

    text: str
    start: float
    """Seconds of audio received when it began; in a partial utterance an estimate."""
    end: float
    """Seconds of audio received when it ended; in a partial utterance an estimate."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words between two silences, or those so far; `[unk]` stands for speech that is no phrase."""

    words: tuple[Word, ...]
    partial: bool = False
    """Whether more may follow, or these may still turn out differently."""
    probability: float = 1.0
    """0 to 1, that these were the words; in a partial utterance always 1."""
    others: tuple[Utterance, ...] = ()
    """What else it may have been, the likeliest first; one without words is no speech at all."""


class Recognizer(Protocol):
    """Turns sound into words; a port so that the coach can be rehearsed without a model."""

    def prepare(self, contexts: Iterable[str | None]) -> None:
        """Load what the contexts need, so that `listen` takes no time later."""
        ...

    def listen(self, context: str | None) -> None:
        """Listen for the phrases of a context from the utterance in progress on; None is all."""
        ...

    def accept(self, block: Samples) -> list[Utterance]:
        """Take the next samples, shape (n,), and give what is heard by now."""
        ...

    def end(self) -> list[Utterance]:
        """End the utterance in progress and give it; the clock goes on."""
        ...

    def weigh(self) -> Utterance | None:
        """Return the utterance in progress as if it ended here, with probabilities; it goes on."""
        ...

    def skip(self, count: int) -> None:
        """Let samples pass that are not to be heard, between two utterances."""
        ...

    def finish(self) -> list[Utterance]:
        """Return what is left when the sound has ended; time begins at zero again."""
        ...


class VoskRecognizer:
    """Vosk, listening for one context at a time.

    Args:
        model: The speech model.
        commands: What can be said.
        cache: Folder in which the graphs are kept.

    Raises:
        InputError: a word or template can't be listened for, or the cache can't be written.
    """

    def __init__(self, model: ModelFolder, commands: CommandSet, cache: Path) -> None:
        self._streams = open_streams(model, commands, cache)
        self._stream: VoskStream | None = None
        self._context: str | None = None
        self._stream_start = 0
        self._taken = 0
        """Samples taken so far, those skipped included."""
        self._recent: deque[Samples] = deque()
        self._again: list[Samples] = []
        self._partial: list[Word] = []

    def prepare(self, contexts: Iterable[str | None]) -> None:
        """Build and load the graphs of contexts."""
        for context in contexts:
            self._streams.prepare(context)

    def listen(self, context: str | None) -> None:
        """Switch to a context; the utterance in progress is heard again with its phrases."""
        if context == self._context:
            return
        self._context = context
        if self._stream is not None:
            self._open()

    def accept(self, block: Samples) -> list[Utterance]:
        """Take samples; partial utterances are given about every 0.02 s during speech."""
        if self._stream is None:
            self._open()
        assert self._stream is not None
        self._taken += block.size
        self._recent.append(block)
        whole = np.concatenate([*self._again, block])
        self._again = []
        whole = whole + np.resize(_HISS, whole.size)
        if self._stream.AcceptWaveform((np.clip(whole, -1.0, 1.0) * 32767).astype("<i2").tobytes()):
            self._recent.clear()
            self._partial = []
            return self._final(self._stream.Result())
        kept = sum(recent.size for recent in self._recent)
        while kept > REMEMBERED:
            kept -= self._recent.popleft().size
        return self._in_progress(json.loads(self._stream.PartialResult()).get("partial", ""))

    def end(self) -> list[Utterance]:
        """Return the utterance in progress; the next one begins with the samples that come next."""
        heard = [] if self._stream is None else self._final(self._stream.FinalResult())
        self._stream = None
        self._recent.clear()
        self._again = []
        self._partial = []
        return heard

    def weigh(self) -> Utterance | None:
        """Return what is in progress as if it ended here; what comes next is heard together with it."""
        if self._stream is None:
            return None
        heard = self._final(self._stream.FinalResult())
        self._open()
        return heard[0] if heard else None

    def skip(self, count: int) -> None:
        """Let samples pass that are not to be heard, between two utterances."""
        self._taken += count

    def finish(self) -> list[Utterance]:
        """Return the utterance in progress; what comes next begins at zero."""
        heard = self.end()
        self._taken = 0
        return heard

    def _open(self) -> None:
        """Hear the utterance in progress, if there is one, again from its beginning or its last seconds."""
        self._stream = self._streams.open(self._context)
        self._again = list(self._recent)
        self._stream_start = self._taken - sum(samples.size for samples in self._again)
        self._partial = []

    def _final(self, result: str) -> list[Utterance]:
        offset = self._stream_start / SAMPLE_RATE
        found: list[dict[str, Any]] = json.loads(result).get("alternatives", [])
        if not found:
            return []
        # Vosk calls a logarithm of likelihood a confidence.
        logarithms = np.array([one["confidence"] for one in found])
        shares = np.exp(logarithms - logarithms.max())
        ways = [
            Utterance(
                tuple(
                    Word(word["word"], offset + word["start"], offset + word["end"])
                    for word in one.get("result", [])
                ),
                probability=float(share),
            )
            for one, share in zip(found, shares / shares.sum(), strict=True)
        ]
        return [replace(ways[0], others=tuple(ways[1:]))] if any(way.words for way in ways) else []

    def _in_progress(self, text: str) -> list[Utterance]:
        now = self._taken / SAMPLE_RATE
        words = text.split()
        seen = zip(self._partial, words, strict=False)
        kept = [pair[0] for pair in takewhile(lambda pair: pair[0].text == pair[1], seen)]
        end = now - _SHOWS_AFTER_END_SECONDS
        for word in words[len(kept) :]:
            earliest = kept[-1].end if kept else self._stream_start / SAMPLE_RATE
            start = max(now - _SHOWS_AFTER_START_SECONDS, earliest)
            kept.append(Word(word, start, max(end, start)))
        if kept:
            kept[-1] = replace(kept[-1], end=max(end, kept[-1].end))
        self._partial = kept
        return [Utterance(tuple(kept), partial=True)] if kept else []
