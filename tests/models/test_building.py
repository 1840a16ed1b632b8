"""Graphs made before the session that needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.models.building import build_graphs
from assistant.programme.commands import CONTEXTS
from assistant.programme.voice import VoicePack
from tests.parsing import parse_commands

MINE = "commands:\n  onward:\n    contexts: [moving]\n    sentences: [next (set|round), onward]\n"


def test_every_context_is_built_once(tmp_path: Path) -> None:
    commands = parse_commands(MINE, "mine.yaml")
    first = build_graphs(find_model(), commands, tmp_path)
    assert [row.context for row in first] == [*CONTEXTS, None]
    assert (first[0].phrases, first[0].words) == (2, 4)
    assert (first[1].phrases, first[1].words) == (0, 0)
    assert first[0].new
    again = build_graphs(find_model(), commands, tmp_path)
    assert not any(row.new for row in again)


def test_a_changed_phrase_is_built_anew_where_it_is_heard(tmp_path: Path, pack: VoicePack) -> None:
    build_graphs(find_model(), parse_commands(MINE, "mine.yaml"), tmp_path)
    changed = MINE.replace("next (set|round)", "(next|last) (set|round)") + "      \n"
    built = build_graphs(find_model(), parse_commands(changed, "mine.yaml"), tmp_path)
    assert [row.words for row in built if row.context == "moving"] == [5]
    assert built[0].new


def test_a_session_finds_everything_built(tmp_path: Path, pack: VoicePack) -> None:
    build_graphs(find_model(), pack.commands, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "hearing").iterdir()}
    VoskRecognizer(find_model(), pack.commands, tmp_path).prepare([*CONTEXTS, None])
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "hearing").iterdir()} == before


def test_a_word_without_pronunciation_is_named_with_its_line(tmp_path: Path) -> None:
    commands = parse_commands(MINE.replace("onward]", "\u05d0\u05d1]"), "mine.yaml")
    with pytest.raises(InputError, match="'\u05d0\u05d1'") as raised:
        build_graphs(find_model(), commands, tmp_path)
    assert (raised.value.file, raised.value.line) == ("mine.yaml", 4)
