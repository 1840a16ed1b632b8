"""Models of other people: Vosk's dynamic grammar, over a small model in that form made here."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.fst import FstBuilder, encode_fst
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.graph import SILENCE, UNKNOWN, GraphWriter, enter, word_boundaries
from assistant.hearing.recognition.lexicon import look_up_words
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder, find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.recordings import hear_recording
from assistant.programme.commands import CommandSet
from assistant.sound import Samples

Make = Callable[[str], CommandSet]
Say = Callable[..., Samples]

TEXT = """
commands:
  stop: {safety: true, sentences: [stop]}
  next_set: {sentences: [next set]}
  how_many: {sentences: [how many left]}
"""


@pytest.fixture
def dynamic(model: ModelFolder, commands_of: Make, tmp_path: Path) -> Path:
    """The shipped acoustic model with a lexicon graph and a default grammar, as Vosk's small ones."""
    assert model.settings is not None
    phones = model.settings.phones
    commands = commands_of(TEXT)
    lexicon = look_up_words(Grammar(commands), commands)
    words = ("<eps>", UNKNOWN, *sorted(lexicon))
    writer = GraphWriter(phones, model.phone_bigram)
    fst = writer.fst
    start, loop = fst.state(), fst.state()
    pause = writer.silence(loop)
    ends: list[int] = []
    for word, ways in lexicon.items():
        for said in ways:
            entry, end = writer.word(said, words.index(word))
            writer.lead(loop, entry)
            ends.append(end)
    for state in (start, *ends, *writer.unknown(loop, words.index(UNKNOWN), 2.0)):
        fst.arc(state, loop, cost=0.7)
        fst.arc(state, pause, enter(SILENCE), cost=0.7)
    fst.final(loop)
    unigram = FstBuilder()
    state = unigram.state()
    unigram.final(state)
    for label in range(1, len(words)):
        unigram.arc(state, state, label, label, math.log(len(words)))
    folder = tmp_path / "other"
    (folder / "graph/phones").mkdir(parents=True)
    for name in ("am", "conf"):
        shutil.copytree(model.path / name, folder / name)
    graph = folder / "graph"
    (graph / "HCLr.fst").write_bytes(encode_fst(fst.build(start, sort_by_output=True)))
    (graph / "Gr.fst").write_bytes(encode_fst(unigram.build(state)))
    # A transition-id that the model does not use stands for the disambiguation symbol.
    (graph / "disambig_tid.int").write_text(f"{2 * (1 + 4 * len(phones)) + 1}\n")
    (graph / "words.txt").write_text("".join(f"{word} {i}\n" for i, word in enumerate(words)))
    (graph / "phones/word_boundary.int").write_text(word_boundaries(phones))
    return folder


def test_other_models_hear_the_phrases_through_vosks_grammar(
    dynamic: Path, commands_of: Make, say: Say, tmp_path: Path
) -> None:
    commands = commands_of(TEXT)
    found = find_model(dynamic)
    assert found.settings is None
    recognizer = VoskRecognizer(found, commands, tmp_path / "unused")
    for text, command in (("next set", "next_set"), ("how many left", "how_many"), ("stop", "stop")):
        heard = hear_recording(say(text), recognizer, Matcher(commands), "moving")
        assert [event.command for event in heard] == [command]
    assert not (tmp_path / "unused").exists()


def test_more_sentences_than_vosk_takes_are_given_as_word_pairs(
    dynamic: Path, commands_of: Make, say: Say, tmp_path: Path
) -> None:
    """Six words of six kinds: 46,656 sentences."""
    words = "(stop|next|set|how|many|left)"
    commands = commands_of(f"commands: {{say: {{sentences: ['{' '.join([words] * 6)}']}}}}")
    recognizer = VoskRecognizer(find_model(dynamic), commands, tmp_path)
    heard = hear_recording(say("next set how many left stop"), recognizer, Matcher(commands), "moving")
    assert [event.text for event in heard] == ["next set how many left stop"]


def test_a_word_that_the_model_does_not_know_is_named(
    dynamic: Path, commands_of: Make, tmp_path: Path
) -> None:
    commands = commands_of("commands:\n  go:\n    sentences:\n      - next\n      - squat\n")
    with pytest.raises(InputError, match="'squat'") as raised:
        VoskRecognizer(find_model(dynamic), commands, tmp_path)
    assert (raised.value.file, raised.value.line) == ("commands.yaml", 5)


def test_a_template_is_listened_for_without_the_words_that_the_model_does_not_know(
    dynamic: Path, commands_of: Make, tmp_path: Path, say: Say
) -> None:
    commands = commands_of(
        "commands:\n  go:\n    sentences: ['(next|squat) set']\n  how:\n    sentences: ['[squat] how many']\n"
    )
    recognizer = VoskRecognizer(find_model(dynamic), commands, tmp_path)
    heard = hear_recording(say("next set"), recognizer, Matcher(commands), "moving")
    assert [command.text for command in heard] == ["next set"]


@pytest.mark.parametrize("name", ["HCLr.fst", "Gr.fst"])
@pytest.mark.parametrize("length", [0, 100])
def test_a_graph_cut_short_is_said_before_vosk_sees_it(dynamic: Path, name: str, length: int) -> None:
    graph = dynamic / "graph" / name
    graph.write_bytes(graph.read_bytes()[:length])
    with pytest.raises(InputError, match="graph can't be read") as raised:
        find_model(dynamic)
    assert raised.value.file == str(graph)


def test_a_model_that_vosk_refuses_is_named(
    dynamic: Path, commands_of: Make, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (dynamic / "conf/model.conf").write_text("--beam=wide\n")
    with pytest.raises(InputError, match="can't load") as raised:
        VoskRecognizer(find_model(dynamic), commands_of(TEXT), tmp_path)
    assert raised.value.file == str(dynamic)
    # Kaldi says on standard error what it did not like; that is its own business.
    capfd.readouterr()
