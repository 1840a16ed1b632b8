"""Rules for the commands of a voice: what may not be missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.checking.voices import check_commands
from assistant.errors import InputError
from assistant.library.session import load_voice
from assistant.library.text_files import read_text
from assistant.places import shipped
from assistant.programme.commands import require_safety
from tests.checking.conftest import commands_of, voice_of
from tests.parsing import parse_commands

WORDS = read_text(shipped("voices") / "en" / "commands.yaml")
EVERYWHERE = "\n    safety: true\n    contexts: everywhere"
MOVING = EVERYWHERE.replace("everywhere", "[moving]")
USUAL = frozenset(command.name for command in parse_commands(WORDS, "commands.yaml").commands)


def _found(words: str) -> list[tuple[str, int, str]]:
    voice = replace(voice_of(), commands=commands_of(words))
    return [(one.rule, one.line, one.problem) for one in check_commands(voice, USUAL)]


def test_the_shipped_commands_are_whole() -> None:
    """Each that the coach listens for can be said."""
    assert _found(WORDS) == []


def test_a_command_that_nobody_can_say_is_found() -> None:
    """At the list of them."""
    line = WORDS.splitlines().index("commands:") + 1
    (found,) = _found(WORDS.replace("  ready:", "  redy:"))
    assert found == ("command-missing", line, "there is no command 'ready', so nobody can say it")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  stop:\n", "  stopp:\n", "'stop' is missing"),
        ("  help:\n    safety: true\n", "  help:\n", "'help' is not marked as safety"),
        (
            f"  pain:{EVERYWHERE}",
            f"  pain:{EVERYWHERE[:-10]}[moving]",
            "'pain' is not listened for everywhere",
        ),
    ],
)
def test_safety_can_always_be_said_or_the_voice_is_refused(
    old: str, new: str, problem: str, tmp_path: Path
) -> None:
    """By the check, and by whatever would start a session with it."""
    assert old in WORDS
    words = WORDS.replace(old, new)
    assert "command-safety" in {rule for rule, _, _ in _found(words)}
    with pytest.raises(InputError, match=problem):
        require_safety(parse_commands(words, "commands.yaml"))
    (tmp_path / "pack.yaml").write_text("name: mine\ninherit: en\n", encoding="utf-8")
    (tmp_path / "commands.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(InputError, match=rf"commands\.yaml, line \d+.*{problem}"):
        load_voice(str(tmp_path))
