"""Which fields there are, and who writes them."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.state_fields import StateFields, state_fields

SESSION = """
from dataclasses import dataclass
from enum import Enum

@dataclass
class Session:
    speech: Speech
    over: bool = False

    def finish(self):
        self.over = True

@dataclass(slots=True)
class Speech:
    queue: list
    until: float = 0.0

@dataclass(frozen=True)
class Cue:
    text: str

class Answer(Enum):
    YES = 1
"""
COMMANDS = """
def stop(session, now):
    session.over, session.speech.until = True, now
    session.speech.queue.append(now)
    later = session.speech.until
"""
NAVIGATION = """
class Old(Base):
    def skip(self, session):
        self.at += 1
        session.speech.until += 1
"""
BASE = """
class Base:
    def __init__(self):
        self.at = 0
        self.until = 0
"""


def test_fields_that_several_modules_write_are_named_with_them(tmp_path: Path) -> None:
    """Neither what is read nor what is changed inside counts, nor what can't be changed."""
    (tmp_path / "commands").mkdir()
    sources = {"session": SESSION, "commands/safety": COMMANDS, "navigation": NAVIGATION, "base": BASE}
    for name, source in sources.items():
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    assert state_fields(tmp_path) == StateFields(
        most_fields=2,
        written_from_several=4,
        parts={"Session": 2, "Speech": 2, "Old": 2},
        written={
            "Old.at": ["base", "navigation"],
            # Types are not looked at: it has a field of that name, too.
            "Old.until": ["base", "commands.safety", "navigation"],
            "Session.over": ["commands.safety", "session"],
            "Speech.until": ["commands.safety", "navigation"],
        },
    )


def test_a_package_without_state_has_no_fields(tmp_path: Path) -> None:
    """Functions alone."""
    (tmp_path / "functions.py").write_text("def add(a, b):\n    return a + b\n", encoding="utf-8")
    assert state_fields(tmp_path) == StateFields(0, 0, {}, {})
