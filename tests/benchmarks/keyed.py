"""A session that is answered by keys, without ears: everything but the hearing is the product's own.

Coach, runner, mixer, performer, record and journal are real; the voice is tones and the microphone silent, so
that it starts in a second and costs little.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.cli.memory import begin, load_remembered, remembering, with_last_session
from assistant.coaching.actions import Action, Ask
from assistant.coaching.coach import Coach
from assistant.coaching.events import Event, Heard
from assistant.coaching.script import Script
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.session.assembly import run_session
from assistant.session.coach_voice import CoachVoice
from assistant.session.event_log import EVENTS_FILE, EventLog
from assistant.session.records import Entry
from assistant.sound import SAMPLE_RATE
from assistant.speaking.clips import ClipStore
from tests.stand_ins import ScriptedRecognizer, SilentRoom, ToneRenderer

NUMBERS = ("how_sore", "how_now", "pain_now", "yesterday", "effort", "reserve", "soreness")
"""Questions that are answered with a number; all others with yes, or with what they wait for."""


class Finger:
    """Presses what answers each question, half a second after it was asked.

    Args:
        answers: Question to command, where it is another than the usual one.
    """

    def __init__(self, answers: dict[str, str]) -> None:
        self._answers = answers
        self._due: list[tuple[float, str]] = []

    def watch(self, actions: Sequence[Action], now: float) -> None:
        """See what is asked."""
        for action in actions:
            if isinstance(action, Ask):
                self._due = [(action.due + 0.5, action.question)]

    def notice(self, now: float) -> Sequence[Event]:
        """Return the answers that are due."""
        due, self._due = [q for at, q in self._due if at <= now], [(at, q) for at, q in self._due if at > now]
        return [self._answer(question, now) for question in due]

    def _answer(self, question: str, now: float) -> Event:
        if question in NUMBERS:
            return Heard("number", {"number": 1}, start=now, key="1")
        if question == "sore_where":
            return Heard("place", {"where": "thigh"}, start=now, key="x")
        usual = question if question in ("ready", "carry_on") else "yes"
        command = self._answers.get(question, usual)
        return Heard(command, {"where": "back"} if command == "place" else {}, start=now, key="x")


class PacedRoom(SilentRoom):
    """A silent room in which time passes, so many times as fast as on the wall.

    Args:
        pace: How many times.
    """

    def __init__(self, pace: float) -> None:
        super().__init__()
        self._pace = pace
        self._begun = time.monotonic()

    def wait(self, now: float) -> None:
        """Wait until the wall's clock has come to a time of the session, in seconds."""
        ahead = self._begun + now / self._pace - time.monotonic()
        if ahead > 0.002:
            time.sleep(ahead)


def run(
    routine: str,
    data: Path,
    out: Path | None,
    pace: float,
    answers: dict[str, str],
    seen: Callable[[Entry], None] = lambda entry: None,
    live: bool = True,
) -> None:
    """Run a session to its end.

    Args:
        routine: A file, or the name of one.
        data: Holds the journal.
        out: Gets events.jsonl; None keeps none.
        pace: How many times faster than real time it goes, at most.
        answers: As for `Finger`.
        seen: Shown every entry, after the journal was.
        live: Whether the journal is written beside the session; else it is waited for, as a rehearsal does.
    """
    with remembering(data) as memory:
        session = load_remembered(routine, "en", None, memory.history)
        history = with_last_session(session, None, memory)
        begin(memory, session, history)
        voice = CoachVoice(session.voice, ClipStore(ToneRenderer(), data / "clips"))
        # Nothing is kept ahead: a disk that is full, or fills up, is to be met by the journal.
        script = Script(session.voice.cues, session.voice.numbers, voice.seconds_of)
        coach = Coach(session.plan, script, history=history)
        room, finger = PacedRoom(pace), Finger(answers)
        listener = Listener(ScriptedRecognizer([]), Matcher(session.voice.commands))

        def watch(entry: Entry) -> None:
            memory.keep(entry)
            if not live:
                memory.settle()
            seen(entry)

        def decided(actions: Sequence[Action], now: float) -> None:
            finger.watch(actions, now)
            room.wait(now)

        with EventLog(None if out is None else out / EVENTS_FILE, watch) as log:
            run_session(
                coach,
                voice,
                listener,
                room,
                log,
                senses=(finger,),
                watch=decided,
                longest_seconds=SAMPLE_RATE * 3600.0,
            )
