"""A live session on virtual sound hardware, spoken to by synthesizers."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.coaching.actions import Answer, Enter, Mark
from assistant.coaching.events import Trouble, TroubleBegan, TroubleEnded
from assistant.coaching.history import EXPERIENCED, History
from assistant.coaching.plan import Plan
from assistant.library.session import Session
from assistant.programme.voice import VoicePack
from assistant.rehearsal.rehearse import Conditions, rehearse
from assistant.rehearsal.script import AthleteScript
from assistant.session.records import CueSpoken, Entry, Released
from assistant.sound import Samples, read_sound
from assistant.speaking.rendering import Renderer, Voice
from assistant.speaking.shaping import shape
from tests.benchmarks.live.live_session import LiveSession
from tests.benchmarks.live.virtual_sound import VirtualSound

ROUTINE = """\
name: live
work:
  - {exercise: double-leg, sets: 3, repetitions: 3, range: 2, rest: 60}
"""


class Person:
    """Somebody on the mat: says things into the virtual microphone and sees what became of them."""

    def __init__(self, hardware: VirtualSound, session: LiveSession, say: Callable[[str], Samples]) -> None:
        self.hardware = hardware
        self.session = session
        self._say = say

    def say(self, text: str) -> None:
        """Say something, and wait until it is said."""
        self.hardware.play(self._say(text))

    def obeyed(self, command: str, seconds: float = 4.0) -> Entry:
        """Wait for the answer to a command, which must be that it was accepted.

        Raises:
            AssertionError: it was not heard, or refused.
        """
        answer = self.session.wait_for(lambda entry: isinstance(entry.record, Answer), seconds)
        assert answer is not None, f"{command!r} was not heard{self._lately()}"
        record = answer.record
        assert isinstance(record, Answer)
        assert (record.command, record.accepted) == (command, True), f"{answer}{self._lately()}"
        return answer

    def _lately(self) -> str:
        """Return what has happened in the session lately."""
        return "".join(
            f"\n{entry}" for entry in self.session.entries[-15:] if not isinstance(entry.record, Mark)
        )

    def reach(self, phase: str, seconds: float = 60.0, **fields: object) -> Entry:
        """Wait for a phase.

        Raises:
            AssertionError: it does not come.
        """

        def wanted(entry: Entry) -> bool:
            return isinstance(entry.record, Enter) and all(
                getattr(entry.record, name) == value for name, value in {"phase": phase, **fields}.items()
            )

        entry = self.session.wait_for(wanted, seconds)
        assert entry is not None, f"the session did not come to {phase}{self._lately()}"
        return entry

    def cue(self, name: str, seconds: float = 20.0) -> Entry:
        """Wait until a cue has been said.

        Raises:
            AssertionError: it is not said.
        """
        entry = self.session.wait_for(
            lambda entry: isinstance(entry.record, CueSpoken | Released) and entry.record.name == name,
            seconds,
        )
        assert entry is not None, f"{name} was not said{self._lately()}"
        return entry

    def trouble(self, what: Trouble, over: bool, seconds: float) -> Entry:
        """Wait for a trouble or its end.

        Raises:
            AssertionError: it does not come.
        """
        wanted = TroubleEnded(what) if over else TroubleBegan(what)
        entry = self.session.wait_for(lambda entry: entry.record == wanted, seconds)
        assert entry is not None, f"{what} was not noticed{self._lately()}"
        return entry


@pytest.fixture(scope="session")
def espeak(speech: Renderer) -> Callable[[str], Samples]:
    """A voice of espeak-ng that is not the coach's."""
    return lambda text: shape(speech.render(text, Voice("en-gb+m3", 150, 40)))


@pytest.fixture(scope="session")
def flite(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Samples]:
    """A voice of another synthesizer."""
    folder = tmp_path_factory.mktemp("flite")

    def say(text: str) -> Samples:
        path = folder / "said.wav"
        subprocess.run(
            ["flite", "-voice", "slt", "-t", text, "-o", str(path)],
            check=True,
            timeout=20,
            capture_output=True,
        )
        return shape(read_sound(path))

    return say


@pytest.fixture(scope="module")
def hardware() -> Iterator[VirtualSound]:
    """Virtual sound hardware, to itself for a module."""
    with VirtualSound() as sound:
        yield sound


@pytest.fixture
def person(
    hardware: VirtualSound, session_cache: Path, tmp_path: Path, espeak: Callable[[str], Samples]
) -> Iterator[Person]:
    """Somebody in a live session with an echo, lying down while the coach explains the exercise."""
    (tmp_path / "live.yaml").write_text(ROUTINE, encoding="utf-8")
    environment = {**os.environ, **hardware.environment, "IMPRINT_CACHE": str(session_cache)}
    hardware.echo(True)
    options = (str(tmp_path / "live.yaml"), "--lie-down", "0.5")
    with LiveSession(tmp_path, environment, options) as session:
        yield Person(hardware, session, espeak)


@pytest.fixture
def moving(person: Person) -> Person:
    """The same, in the first lowering."""
    person.reach("greeting")
    time.sleep(2.0)
    person.session.press("r")
    person.reach("setup")
    person.cue("setup_double_leg", 45.0)
    person.session.press("r")
    person.reach("lower")
    return person


@pytest.fixture
def rehearsed(
    speech: Renderer,
    pack: VoicePack,
    plan_of: Callable[[str], Plan],
    session_cache: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., list[dict[str, Any]]]:
    """Rehearse some work with an athlete who knows the exercises and says all there is to say; the record."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))

    def run(work: str, athlete: AthleteScript, history: History = EXPERIENCED) -> list[dict[str, Any]]:
        plan = plan_of(work)
        known = replace(history, explained=frozenset(plan.exercises))
        session, room = Session(plan, pack, tmp_path), Conditions()
        done = rehearse(session, athlete, room, speech, tmp_path, lambda _: None, draw=False, history=known)
        assert done.unsaid == ()
        lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    return run
