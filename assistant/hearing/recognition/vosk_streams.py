"""Vosk set up to listen for one context: over our own static graphs, or over its dynamic grammar."""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, cast

import vosk

from assistant.errors import InputError
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.graph import UNKNOWN, DecodingGraph, build_graph
from assistant.hearing.recognition.graph_cache import store_graph
from assistant.hearing.recognition.lexicon import look_up_words
from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.sentences import can_be_said, sentences_within, word_pairs
from assistant.programme.commands import CommandSet
from assistant.sound import SAMPLE_RATE

MOST_SENTENCES = 3_000
"""Sentences that Vosk's dynamic grammar is given whole; of more, it is given the word pairs. Chosen."""

# A folder in memory, where the system has one.
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None

MOST_READINGS = 20
"""Ways to read an utterance that are weighed against each other. Chosen."""


class VoskStream(Protocol):
    """What we use of vosk.KaldiRecognizer, which has no types of its own."""

    def AcceptWaveform(self, data: bytes) -> int:
        """Take 16-bit samples; give 1 when an utterance has ended."""
        ...

    def Result(self) -> str:
        """Return the utterance that has ended, as JSON."""
        ...

    def PartialResult(self) -> str:
        """Return the words so far, as JSON."""
        ...

    def FinalResult(self) -> str:
        """End the utterance and give it, as JSON."""
        ...


class VoskStreams(ABC):
    """Makes streams for a context; abstract because Vosk models come in two kinds."""

    def __init__(self) -> None:
        self._ready: dict[str | None, tuple[Any, ...]] = {}

    def prepare(self, context: str | None) -> None:
        """Load what the context needs."""
        if context not in self._ready:
            self._ready[context] = self._prepared(context)

    def open(self, context: str | None) -> VoskStream:
        """Return a stream whose time begins at zero."""
        self.prepare(context)
        make = cast("Callable[..., Any]", vosk.KaldiRecognizer)
        model, *grammar = self._ready[context]
        stream = make(model, SAMPLE_RATE, *grammar)
        stream.SetWords(True)
        stream.SetMaxAlternatives(MOST_READINGS)
        return cast("VoskStream", stream)

    @abstractmethod
    def _prepared(self, context: str | None) -> tuple[Any, ...]:
        """Return Vosk's model for a context and, where it takes one, its grammar."""


def open_streams(model: ModelFolder, commands: CommandSet, cache: Path) -> VoskStreams:
    """Choose by the kind of model.

    Raises:
        InputError: a word or template of the commands can't be listened for.
    """
    # Vosk writes a page of log lines for each model unless told not to.
    cast("Callable[[int], None]", vosk.SetLogLevel)(-1)
    grammar = Grammar(commands)
    if model.settings is None:
        return DynamicStreams(model, grammar)
    return StaticStreams(model, grammar, commands, cache)


class StaticStreams(VoskStreams):
    """A model of ours: one graph per context, built once and kept in the cache."""

    def __init__(self, model: ModelFolder, grammar: Grammar, commands: CommandSet, cache: Path) -> None:
        super().__init__()
        self._model = model
        self._grammar = grammar
        self._lexicon = look_up_words(grammar, commands)
        self._cache = cache
        self._spare: Path | None = None

    def _prepared(self, context: str | None) -> tuple[Any, ...]:
        """Build and load the graph of a context; about 0.05 s the first time."""
        assert self._model.settings is not None
        graph = build_graph(
            self._grammar, context, self._lexicon, self._model.settings, self._model.phone_bigram
        )
        return (_load(self._stored(graph)),)

    def _stored(self, graph: DecodingGraph) -> Path:
        try:
            return store_graph(self._model, graph, self._cache)
        except InputError:
            # Before a session this has to be mended. In one the person may be saying "stop".
            if not self._ready:
                raise
            if self._spare is None:
                self._spare = Path(tempfile.mkdtemp(prefix="imprint-", dir=_MEMORY))
                weakref.finalize(self, shutil.rmtree, self._spare, ignore_errors=True)
            return store_graph(self._model, graph, self._spare)


class DynamicStreams(VoskStreams):
    """Anybody's model: the context's phrases as Vosk's own grammar.

    Vosk turns the phrases into a bigram of words, so words of different phrases can mix; matching
    whole phrases afterwards is what keeps that from becoming commands. Sentences with a word that the model
    does not know are left out, as long as each template has others.
    """

    def __init__(self, model: ModelFolder, grammar: Grammar) -> None:
        super().__init__()
        self._grammar = grammar
        self._loaded = _load(model.path)
        # Vosk only logs a missing word, and then never hears it.
        self._missing = frozenset(
            word for word in grammar.lines if self._loaded.vosk_model_find_word(word) < 0
        )
        for phrase in grammar.phrases:
            if not can_be_said(grammar, phrase, self._missing):
                word = next(word for word in grammar.words_of(phrase) if word in self._missing)
                raise grammar.error(
                    grammar.lines[word],
                    f"the model {model.path.name!r} does not know the word {word!r}",
                    "Use another word, or leave --model out",
                )

    def _prepared(self, context: str | None) -> tuple[Any, ...]:
        phrases = sentences_within(self._grammar, context, MOST_SENTENCES)
        if phrases is None:
            phrases = word_pairs(self._grammar, context)
        known = [words for words in phrases if self._missing.isdisjoint(words.split())]
        return self._loaded, json.dumps([*known, UNKNOWN])


def _load(folder: Path) -> Any:
    try:
        return cast("Callable[[str], Any]", vosk.Model)(str(folder))
    except Exception as error:  # vosk raises nothing narrower
        raise InputError(
            "Vosk can't load this model",
            remedy="Unpack or install the model again, and empty the cache",
            file=str(folder),
        ) from error
