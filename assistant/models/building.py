"""The decoding graphs of every context, made ahead of the session that needs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.graph import build_graph
from assistant.hearing.recognition.graph_cache import is_stored, store_graph
from assistant.hearing.recognition.lexicon import look_up_words
from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.sentences import word_pairs
from assistant.hearing.recognition.vosk_streams import open_streams
from assistant.programme.commands import CONTEXTS, CommandSet


@dataclass(frozen=True, slots=True)
class BuiltContext:
    """What is listened for in a context."""

    context: str | None
    """None is everything at once, as in recordings."""
    phrases: int
    words: int
    new: bool | None
    """Whether its graph was made just now; None for a model that makes its own while it listens."""


def build_graphs(model: ModelFolder, commands: CommandSet, cache: Path) -> list[BuiltContext]:
    """Compile the graphs of all contexts into the cache.

    Raises:
        InputError: a word or template can't be listened for, with file and line; or the cache can't
            be written.
    """
    grammar = Grammar(commands)
    contexts = (*CONTEXTS, None)
    if model.settings is None:
        open_streams(model, commands, cache)
        return [_built(grammar, context, None) for context in contexts]
    lexicon = look_up_words(grammar, commands)
    built: list[BuiltContext] = []
    for context in contexts:
        graph = build_graph(grammar, context, lexicon, model.settings, model.phone_bigram)
        new = not is_stored(model, graph, cache)
        store_graph(model, graph, cache)
        built.append(_built(grammar, context, new))
    return built


def _built(grammar: Grammar, context: str | None, new: bool | None) -> BuiltContext:
    words = [words for words in word_pairs(grammar, context) if " " not in words]
    return BuiltContext(context, len(grammar.phrases_in(context)), len(words), new)
