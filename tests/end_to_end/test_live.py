"""A live session as people have it: real streams, real echo, words over the coach's voice, keys."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.sound import Samples
from tests.end_to_end.conftest import Person


@pytest.mark.parametrize("voice", ["espeak", "flite"])
def test_a_conversation_is_acted_on(voice: str, person: Person, request: pytest.FixtureRequest) -> None:
    """Each word by its own meaning, with the coach's echo in the microphone; nothing else is heard."""
    say: Callable[[str], Samples] = request.getfixturevalue(voice)
    spoken = Person(person.hardware, person.session, say)
    spoken.reach("greeting")
    time.sleep(3.0)
    spoken.session.press("r")
    spoken.cue("say_ready")
    for word, command, then in (
        ("ready", "ready", "lower"),
        ("pain", "pain", "ask_where"),
        ("back", "back", "ask_how_sore"),
        ("two", "number", "shallower_from_here"),
        ("carry on", "carry_on", "ask_ready"),
        ("ready", "ready", "lower"),
        ("easier", "easier", "lower"),
        ("next set", "next_set", "get_ready"),
    ):
        spoken.say(word)
        spoken.obeyed(command)
        if then in ("lower", "get_ready"):
            spoken.reach(then)
        else:
            spoken.cue(then)
    heard = [entry["text"] for entry in spoken.session.entries if entry["kind"] == "heard"]
    assert len(heard) == 8, heard
