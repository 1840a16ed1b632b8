"""A simulated person: says what the athlete file says, and answers what is asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.coaching.actions import Action, Ask, Enter, Silence
from assistant.rehearsal.room import SPEECH_DB, SimulatedRoom
from assistant.rehearsal.script import AthleteScript, Remark
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db, read_sound
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Voice

REACTION_SECONDS = 0.7
"""From the end of a question to the answer. Chosen."""

BREATH_SECONDS = 0.6
"""Between two things that the athlete says. Chosen."""


class Athlete:
    """Talks in a simulated room, led by what the coach does.

    Args:
        script: What is said, and when.
        room: Where it is heard.
        store: Where the speech comes from.

    Raises:
        InputError: a recording of the script can't be read, or its voice is not there.
    """

    def __init__(self, script: AthleteScript, room: SimulatedRoom, store: ClipStore) -> None:
        self._script = script
        self._room = room
        self._store = store
        self._voice = Voice(script.voice, script.words_per_minute, 50)
        self._unsaid: list[Remark] = list(script.remarks)
        self._pending: list[tuple[float, Samples]] = []
        self._answer: tuple[float, Samples] | None = None
        self._busy_until = 0.0
        self._sounds = {remark: self._sound(remark) for remark in script.remarks}
        for remark in [remark for remark in self._unsaid if remark.at.phase is remark.at.set is None]:
            self._plan(remark, 0.0)

    @property
    def unsaid(self) -> tuple[Remark, ...]:
        """Remarks whose moment has not come."""
        seconds = self._room.position / SAMPLE_RATE
        waiting = [sound for at, sound in self._pending if at > seconds]
        late = [
            remark
            for remark in self._script.remarks
            if remark not in self._unsaid and any(self._sounds[remark] is sound for sound in waiting)
        ]
        return (*self._unsaid, *late)

    def watch(self, actions: Sequence[Action], now: float) -> None:
        """See what the coach decided at `now`, in seconds."""
        for action in actions:
            match action:
                case Enter():
                    for remark in [remark for remark in self._unsaid if _is_at(remark, action)]:
                        self._plan(remark, action.at)
                    self._answer = None
                case Silence():
                    self._answer = None
                case Ask() if action.question in self._script.answers:
                    said = self._say(self._script.answers[action.question])
                    self._answer = (action.due + REACTION_SECONDS, said)
                case _:
                    pass

    def speak(self, now: float) -> None:
        """Begin to say whatever is due in the block that begins at `now`, one thing after the other."""
        end = now + BLOCK / SAMPLE_RATE
        if self._answer is not None and self._answer[0] < end:
            self._pending.append(self._answer)
            self._answer = None
        for due, samples in [pending for pending in self._pending if pending[0] < end]:
            if end <= self._busy_until:
                return
            self._pending = [pending for pending in self._pending if pending[1] is not samples]
            start = max(due, self._busy_until)
            self._room.say(samples, round(start * SAMPLE_RATE))
            self._busy_until = start + samples.size / SAMPLE_RATE + BREATH_SECONDS

    def _plan(self, remark: Remark, start: float) -> None:
        self._unsaid.remove(remark)
        self._pending.append((start + remark.at.seconds, self._sounds[remark]))
        self._pending.sort(key=lambda pending: pending[0])

    def _sound(self, remark: Remark) -> Samples:
        if remark.say is not None:
            return self._say(remark.say) * np.float32(10 ** (remark.gain_db / 20))
        assert remark.play is not None
        return read_sound(remark.play) * np.float32(10 ** (remark.gain_db / 20))

    def _say(self, text: str) -> Samples:
        samples = self._store.clip(text, self._voice).samples
        return samples * np.float32(10 ** ((SPEECH_DB - active_db(samples)) / 20))


def _is_at(remark: Remark, entered: Enter) -> bool:
    at = remark.at
    named = [(getattr(at, name), getattr(entered, name)) for name in ("phase", "set", "repetition", "side")]
    return not at.phase is at.set is None and all(wanted in (None, here) for wanted, here in named)
