"""Graphs in a cache that several programs share."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from assistant.hearing.recognition import graph_cache
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.graph import build_graph
from assistant.hearing.recognition.lexicon import look_up_words
from assistant.hearing.recognition.model import ModelFolder
from tests.parsing import parse_commands


def test_what_another_program_has_finished_meanwhile_is_not_taken_from_it(
    model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is loading it."""
    assert model.settings is not None
    commands = parse_commands("commands: {stop: {safety: true, sentences: [stop]}}\n", "commands.yaml")
    grammar = Grammar(commands)
    lexicon = look_up_words(grammar, commands)
    graph = build_graph(grammar, "moving", lexicon, model.settings, model.phone_bigram)
    usual = tempfile.mkdtemp
    others: list[int] = []

    def begin_late(prefix: str, dir: Path) -> str:
        if not others:
            others.append(0)
            others[0] = graph_cache.store_graph(model, graph, tmp_path).stat().st_ino
        return usual(prefix=prefix, dir=dir)

    monkeypatch.setattr(tempfile, "mkdtemp", begin_late)
    stored = graph_cache.store_graph(model, graph, tmp_path)
    assert [stored.stat().st_ino] == others
    assert [path.name for path in stored.parent.iterdir()] == [stored.name]
