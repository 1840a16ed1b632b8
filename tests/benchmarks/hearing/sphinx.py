"""PocketSphinx, to compare with: the same phrases as a JSGF grammar, its own English model."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeAlias, cast

import numpy as np

from assistant.hearing.gain import levelled
from assistant.hearing.recognition.lexicon import Pronunciation, look_up_words
from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.commands import CommandSet
from assistant.sound import Samples
from tests.benchmarks.hearing.phrases import sentences
from tests.benchmarks.hearing.trials import Found

# What it hears best with. The cepstral mean of the whole clip: a running one would carry a clip over into the
# next. No second search, which often ends without a phrase, and wider beams for the first.
_OPTIONS = {"cmn": "batch", "bestpath": False, "beam": 1e-60, "pbeam": 1e-60, "wbeam": 1e-40}

_END = ""
_Words: TypeAlias = dict[str, "_Words"]
"""The words that may come next, each with those that may follow it; `_END` where a phrase may end."""


class _Hypothesis(Protocol):
    @property
    def hypstr(self) -> str: ...


class _Decoder(Protocol):
    """What is used of pocketsphinx.Decoder, which has no types of its own."""

    def lookup_word(self, word: str) -> str | None: ...
    def add_word(self, word: str, phones: str, update: bool = True) -> int: ...
    def add_jsgf_string(self, name: str, jsgf_string: str) -> None: ...
    def activate_search(self, search_name: str) -> None: ...
    def start_utt(self) -> None: ...
    def process_raw(self, data: bytes, no_search: bool = False, full_utt: bool = False) -> int: ...
    def end_utt(self) -> None: ...
    def hyp(self) -> _Hypothesis | None: ...


class PocketSphinx:
    """A decoder for one context of a set of phrases.

    Args:
        commands: What can be said.
        context: Where; None is everywhere.
    """

    def __init__(self, commands: CommandSet, context: str | None) -> None:
        self._vocabulary = Matcher(commands)
        self._context = context
        decoder: Callable[..., object] = importlib.import_module("pocketsphinx").Decoder
        self._decoder = cast("_Decoder", decoder(lm=None, loglevel="FATAL", **_OPTIONS))
        for word, ways in look_up_words(self._vocabulary.grammar, commands).items():
            if self._decoder.lookup_word(word) is None:
                for entry, phones in dictionary_entries(word, ways):
                    self._decoder.add_word(entry, phones)
        self._decoder.add_jsgf_string("phrases", jsgf(sentences(commands, context)))
        self._decoder.activate_search("phrases")

    def hear(self, samples: Samples) -> list[Found]:
        """Decode a whole clip, shape (n,), at the level at which our own recognizer is given it."""
        self._decoder.start_utt()
        data = (np.clip(levelled(samples), -1.0, 1.0) * 32767).astype("<i2").tobytes()
        self._decoder.process_raw(data, full_utt=True)
        self._decoder.end_utt()
        hypothesis = self._decoder.hyp()
        if hypothesis is None or not hypothesis.hypstr:
            return []
        words = hypothesis.hypstr.split()
        return [
            Found(
                " ".join(words[match.first : match.last + 1]), match.command, match.slots, safety=match.safety
            )
            for match in self._vocabulary.match(words, self._context)
        ]


def is_installed() -> bool:
    """Return whether PocketSphinx is there; it is only installed for development."""
    return importlib.util.find_spec("pocketsphinx") is not None


def jsgf(phrases: Iterable[str]) -> str:
    """Write a grammar of which one phrase is said.

    Phrases that begin alike share their beginning: what is heard is the same, in less than half the time.
    """
    beginnings: _Words = {}
    for phrase in phrases:
        words = beginnings
        for word in phrase.split():
            words = words.setdefault(word, {})
        words[_END] = {}
    return f"#JSGF V1.0;\ngrammar phrases;\npublic <phrase> = {_choice(beginnings)};\n"


def _choice(words: _Words) -> str:
    choices = [f"{word} {_choice(more)}".rstrip() for word, more in words.items() if word != _END]
    if not choices:
        return ""
    joined = " | ".join(choices)
    return f"[{joined}]" if _END in words else f"({joined})"


def dictionary_entries(word: str, ways: Sequence[Pronunciation]) -> list[tuple[str, str]]:
    """Return a word's entries in PocketSphinx's dictionary: the second way is called "word(2)"."""
    return [(word if i == 1 else f"{word}({i})", " ".join(way)) for i, way in enumerate(ways, 1)]
