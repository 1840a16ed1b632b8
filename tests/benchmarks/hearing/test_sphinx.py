"""PocketSphinx beside our own recognizer."""

from __future__ import annotations

import pytest

from assistant.programme.voice import VoicePack
from assistant.speaking.rendering import Renderer, Voice
from assistant.speaking.shaping import shape
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.sphinx import PocketSphinx, dictionary_entries, is_installed, jsgf
from tests.benchmarks.hearing.treatment import in_room
from tests.parsing import parse_commands


def test_the_grammar_holds_each_phrase_and_shares_beginnings() -> None:
    """A phrase that goes on is optional from there."""
    text = jsgf(["how long", "how many left", "how many more", "stop", "stop it"])
    assert text.startswith("#JSGF V1.0;\n")
    assert "public <phrase> = (how (long | many (left | more)) | stop [it]);" in text


def test_further_ways_of_saying_a_word_are_numbered() -> None:
    """As PocketSphinx's dictionary has it."""
    entries = dictionary_entries("read", [("R", "EH", "D"), ("R", "IY", "D")])
    assert entries == [("read", "R EH D"), ("read(2)", "R IY D")]


@pytest.mark.skipif(not is_installed(), reason="PocketSphinx is only installed for development")
def test_it_hears_a_clear_command(pack: VoicePack, speech: Renderer) -> None:
    """With our phrases, as one of our commands."""
    sphinx = PocketSphinx(pack.commands, "moving")
    clip = in_room(shape(speech.render("how many left", Voice("en-us", 140, 50))), chance_of()).recording
    (found,) = sphinx.hear(clip)
    assert (found.text, found.command) == ("how many left", "how_many_left")


@pytest.mark.skipif(not is_installed(), reason="PocketSphinx is only installed for development")
def test_it_is_given_the_pronunciations_that_it_lacks(speech: Renderer) -> None:
    """Made-up words are heard, in any of their ways."""
    commands = parse_commands(
        "pronunciations: {zorbleek: [K AH M P Y UW T ER, Z AO R B L IY K], blimmy: [B L IH M IY]}\n"
        "commands: {one: {sentences: [zorbleek]}, two: {sentences: [blimmy]}}\n",
        "made-up.yaml",
    )
    sphinx = PocketSphinx(commands, None)
    voice = Voice("en-us", 140, 50)
    for said, command in (("zorbleek", "one"), ("computer", "one"), ("blimmy", "two")):
        clip = in_room(shape(speech.render(said, voice)), chance_of()).recording
        assert [found.command for found in sphinx.hear(clip)] == [command]
