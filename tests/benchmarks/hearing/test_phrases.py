"""The phrases that are listened for and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.commands import NOTHING, Command
from assistant.programme.voice import VoicePack
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.phrases import ADDED, sentences, wanted_phrases, with_texts


def _recorded(text: str, line: int = 1, manifest: str = "m") -> Recorded:
    return Recorded("words", f"{text}.wav", Path(f"{text}.wav"), text, manifest, line)


def _command(pack: VoicePack, name: str) -> Command:
    return next(command for command in pack.commands.commands if command.name == name)


def _wanted_texts(pack: VoicePack, name: str) -> list[str]:
    return [
        wanted.text
        for wanted in wanted_phrases(
            Matcher(pack.commands), pack.commands, _command(pack, name), None, "command"
        )
    ]


def test_only_words_that_can_not_be_said_already_are_added(pack: VoicePack) -> None:
    """The answer "ten" is known; "up" alone is not."""
    texts = [_recorded(text) for text in ("up", "ten", "snow boy", "up")]
    commands = with_texts(pack.commands, texts)
    added = commands.commands[-1]
    assert (added.name, added.safety) == (ADDED, False)
    assert [sentence.template for sentence in added.sentences] == ["up", "snow boy"]
    assert with_texts(pack.commands, [_recorded("ten")]) is pack.commands


@pytest.mark.parametrize("context", ["moving", "asked_number", None])
def test_added_words_are_heard_everywhere(pack: VoicePack, context: str | None) -> None:
    """As one more command."""
    vocabulary = Matcher(with_texts(pack.commands, [_recorded("snow boy")]))
    assert [match.command for match in vocabulary.match(["snow", "boy"], context)] == [ADDED]


def test_a_word_without_a_pronunciation_is_named_where_it_is_written(pack: VoicePack) -> None:
    """In the manifest, not in the commands."""
    with pytest.raises(InputError, match="\u05d0\u05d1") as caught:
        with_texts(
            pack.commands, [_recorded("up", 9), _recorded("go \u05d0\u05d1", 7, "data/manifest.jsonl")]
        )
    assert (caught.value.file, caught.value.line) == ("data/manifest.jsonl", 7)
    assert caught.value.field == "text"


def test_every_shipped_command_has_phrases_that_mean_it(pack: VoicePack) -> None:
    """In the union of all contexts, where each is heard as that command."""
    vocabulary = Matcher(pack.commands)
    for command in pack.commands.commands:
        phrases = wanted_phrases(Matcher(pack.commands), pack.commands, command, None, "command")
        assert bool(phrases) == (command.name != NOTHING), command.name
        for wanted in phrases:
            (match,) = vocabulary.match(wanted.text.split(), None)
            assert (match.command, dict(match.slots)) == (wanted.command, dict(wanted.slots))


def test_a_phrase_that_another_command_takes_is_not_wanted(pack: VoicePack) -> None:
    """While everything can be said, "no" is stop, and "my back" is pain."""
    assert "no" in sentences(pack.commands, "asked_yes_no")
    assert "no" not in _wanted_texts(pack, "no")
    backs = _wanted_texts(pack, "place")
    assert "lower back" in backs
    assert "my back" not in backs


def test_wanted_phrases_carry_their_slots(pack: VoicePack) -> None:
    """The number that was said."""
    wanted = wanted_phrases(
        Matcher(pack.commands), pack.commands, _command(pack, "number"), "asked_number", "command"
    )
    assert {phrase.text: phrase.slots for phrase in wanted}["seven"] == (("number", 7),)


def test_a_command_that_is_not_heard_in_a_context_has_no_phrases_there(pack: VoicePack) -> None:
    """Nothing is asked while moving."""
    assert (
        wanted_phrases(Matcher(pack.commands), pack.commands, _command(pack, "number"), "moving", "command")
        == []
    )
