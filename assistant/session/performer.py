"""Performing what the coach decided: onto the mixer's sample clock and into the record."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.coaching import actions
from assistant.coaching.phases import MOVING, Phase
from assistant.coaching.plan import Cue
from assistant.hearing.listener import Spoken
from assistant.session.coach_voice import CoachVoice
from assistant.session.event_log import EventLog
from assistant.session.records import Counted, CueSpoken, Released, Silenced
from assistant.session.room import Room
from assistant.sound import SAMPLE_RATE
from assistant.speaking import earcons
from assistant.speaking.mixer import Mixer

REMEMBERED_SECONDS = 5.0
"""How long what was said is remembered, to tell it from the person's voice. Chosen."""


@dataclass(frozen=True, slots=True)
class _Line:
    cue: Cue
    due: float
    start: int
    end: int
    count: int | None = None
    worded: bool = True
    """Whether it is words: a tone is never taken for the coach's voice."""


class Performer:
    """Turns actions into sound and records, and knows what is being said.

    Args:
        voice: Where the clips come from.
        mixer: What plays them.
        room: What the mixer has given and is not yet played is hushed there.
        log: What happened goes there.
    """

    def __init__(self, voice: CoachVoice, mixer: Mixer, room: Room, log: EventLog) -> None:
        self.context = "setup"
        """What is being listened for."""
        self._voice = voice
        self._mixer = mixer
        self._room = room
        self._log = log
        self._waiting: list[_Line] = []
        self._sounding: list[_Line] = []
        self._said: deque[Spoken] = deque()

    @property
    def now(self) -> float:
        """Seconds on the sample clock: where the next block begins."""
        return self._mixer.position / SAMPLE_RATE

    def perform(self, decided: Iterable[actions.Action], now: float) -> None:
        """Carry out actions that were decided at `now`, in seconds."""
        for action in decided:
            match action:
                case actions.Say():
                    self._speak(action.cue, action.due)
                case actions.Count():
                    self._count(action)
                case actions.Release():
                    self._log.add(Released(action.cue.name, action.cue.text), now)
                    self._speak(action.cue, action.due)
                case actions.Silence():
                    self._silence(action.at)
                case actions.Chime():
                    self._mixer.play(earcons.heard(), _sample(action.due), track="earcon")
                case actions.Breathe():
                    self._mixer.play(earcons.breath(), _sample(action.due))
                case actions.Listen():
                    self.context = action.context
                case actions.SetVolume():
                    self._mixer.volume = action.decibels
                case actions.Enter():
                    self._accompany(action.phase)
                    self._log.add(action, action.at)
                case actions.Mark():
                    self._log.add(action, action.at)
                case actions.Answer() | actions.Change() | actions.Note() | actions.Finish():
                    self._log.add(action, now)
                case actions.Ask():
                    pass  # Only who answers needs to know; the cue itself is recorded.

    def played(self) -> None:
        """Record what began or ended by now, as the loudspeaker played it."""
        self._played_until(self._room.played)

    def _played_until(self, position: int) -> None:
        for line in [line for line in self._waiting if line.start < position]:
            self._waiting.remove(line)
            self._sounding.append(line)
            if line.count is not None:
                start = line.start / SAMPLE_RATE
                self._log.add(Counted(line.count, line.due, start), start)
        for line in [line for line in self._sounding if line.end <= position]:
            self._sounding.remove(line)
            self._over(line, line.end)

    def spoken(self) -> list[Spoken]:
        """Return what the coach is saying or has said lately."""
        while self._said and self._said[0].end < self.now - REMEMBERED_SECONDS:
            self._said.popleft()
        return [*self._said, *(_spoken(line, line.end) for line in self._sounding if line.worded)]

    def _speak(self, cue: Cue, due: float) -> None:
        samples = self._voice.clip(cue).samples
        start = max(_sample(due), self._mixer.position)
        self._mixer.play(samples, start)
        self._waiting.append(_Line(cue, due, start, start + samples.size))

    def _count(self, action: actions.Count) -> None:
        start = max(_sample(action.due), self._mixer.position)
        sounds = self._voice.count(action.value, action.cue, action.last)
        for samples in sounds:
            self._mixer.play(samples, start)
        end = start + max(samples.size for samples in sounds)
        worded = action.last or not self._voice.beeps
        self._waiting.append(_Line(action.cue, action.due, start, end, action.value, worded))

    def _accompany(self, phase: Phase) -> None:
        """Play the music that goes with a phase; what has been stopped is back when movement is."""
        backing = self._mixer.backing
        if backing is None:
            return
        if phase in ("paused", "stopped", "finished"):
            backing.hold()
        elif phase in MOVING:
            backing.resume()
        backing.listen(phase not in MOVING and phase != "rest")

    def _silence(self, at: float) -> None:
        quiet = self._room.hush()
        self._mixer.silence(self._mixer.position - quiet)
        self._played_until(quiet)
        for line in self._sounding:
            self._over(line, quiet)
        self._sounding.clear()
        self._waiting.clear()
        self._log.add(Silenced(quiet / SAMPLE_RATE), at)

    def _over(self, line: _Line, end: int) -> None:
        if line.worded:
            self._said.append(_spoken(line, end))
        if line.count is None:
            start, over = line.start / SAMPLE_RATE, end / SAMPLE_RATE
            self._log.add(CueSpoken(line.cue.name, line.cue.text, line.due, start, over), over)


def _sample(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)


def _spoken(line: _Line, end: int) -> Spoken:
    return Spoken(line.cue.text, line.start / SAMPLE_RATE, end / SAMPLE_RATE)
