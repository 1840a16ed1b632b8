"""Music in a session: which phase has it how loud, and what takes it away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.coaching.actions import Action, Enter
from assistant.coaching.events import Event, Heard, Started, TroubleBegan
from assistant.coaching.phases import MOVING, PHASES, Phase
from assistant.coaching.plan import Plan
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.library.session import Session
from assistant.programme.voice import VoicePack
from assistant.rehearsal.room import SimulatedRoom
from assistant.session.assembly import coach_of
from assistant.session.coach_voice import CoachVoice
from assistant.session.event_log import EventLog
from assistant.session.performer import Performer
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, power_db
from assistant.speaking.backing import DUCKED, Backing
from assistant.speaking.clips import ClipStore
from assistant.speaking.mixer import Mixer
from tests.stand_ins import SilentRoom, ToneRenderer


class Steady:
    """Music that is one value, and is counted."""

    def __init__(self) -> None:
        self.taken = 0

    def take(self, count: int) -> Samples:
        self.taken += count
        return np.full(count, 0.1, np.float32)


class Playing:
    """A session with music on fake time, its voice made of tones."""

    def __init__(self, plan: Plan, pack: VoicePack, folder: Path) -> None:
        self.music = Steady()
        self.mixer = Mixer(Backing(self.music))
        voice = CoachVoice(pack, ClipStore(ToneRenderer(), folder))
        self.performer = Performer(voice, self.mixer, SilentRoom(), EventLog(None))
        self.coach = coach_of(Session(plan, pack, folder), voice)
        self._perform(self.coach.handle(Started(), 0.0))

    @property
    def phase(self) -> Phase:
        return self.coach.phase

    def step(self) -> Samples:
        """Let one block pass."""
        end = (self.mixer.position + BLOCK) / SAMPLE_RATE
        while (due := self.coach.next_deadline()) is not None and due < end:
            self._perform(self.coach.advance(due), due)
        return self.mixer.read(BLOCK)

    def happen(self, event: Event) -> None:
        self._perform(self.coach.handle(event, self.performer.now))

    def say(self, command: str) -> None:
        now = self.performer.now
        self.happen(Heard(command, {}, text=command, start=now, end=now))

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * SAMPLE_RATE / BLOCK)):
            self.step()

    def reach(self, phase: Phase) -> None:
        while self.phase != phase:
            if self.phase == "setup" and self.performer.now > self.coach.session.speech.free_at + 0.5:
                self.say("ready")
            self.step()

    def _perform(self, actions: list[Action], now: float | None = None) -> None:
        self.performer.perform(actions, self.performer.now if now is None else now)


@pytest.fixture
def playing(pack: VoicePack, plan_of: Callable[[str], Plan], tmp_path: Path) -> Playing:
    plan = plan_of("exercise: double-leg, sets: 2, repetitions: 4, rest: 30")
    return Playing(plan, pack, tmp_path)


@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_has_its_music(pack: VoicePack, tmp_path: Path, phase: Phase) -> None:
    """Moving and resting in full, down where an answer is waited for, none where the session stands still."""
    mixer = Mixer(Backing(Steady()))
    voice = CoachVoice(pack, ClipStore(ToneRenderer(), tmp_path))
    performer = Performer(voice, mixer, SilentRoom(), EventLog(None))
    performer.perform([Enter("rest", "hover", 1, 0, None, 0.0), Enter(phase, "hover", 1, 0, None, 0.0)], 0.0)
    level = float(mixer.read(4 * SAMPLE_RATE)[-1]) / 0.1
    low, none = ("greeting", "setup", "asking"), ("paused", "stopped", "finished")
    assert level == pytest.approx(DUCKED if phase in low else 0 if phase in none else 1)
    assert phase in (*low, *none, *MOVING, "rest")


@pytest.mark.parametrize(
    "event", [Heard("stop"), Heard("pain"), Heard("pause"), Heard("help"), TroubleBegan("microphone_lost")]
)
def test_what_ends_movement_ends_the_music_until_there_is_movement_again(
    playing: Playing, event: Event
) -> None:
    """Silent within 10 ms, and so it stays through everything that is said and asked."""
    playing.reach("lower")
    playing.wait(1.0)
    taken = playing.music.taken
    assert taken > 0
    playing.happen(event)
    after = np.concatenate([playing.step() for _ in range(15)])
    # The release comes after 0.3 s; until then there is nothing at all.
    assert not after[SAMPLE_RATE // 100 : SAMPLE_RATE // 4].any()
    taken = playing.music.taken
    playing.wait(60.0)
    assert playing.phase not in MOVING
    assert playing.music.taken == taken


def test_it_comes_back_with_the_movement_where_it_was_left(playing: Playing) -> None:
    """Not with "carry on" and not in set-up, but once "ready" has been said."""
    playing.reach("lower")
    playing.say("stop")
    playing.wait(3.0)
    taken = playing.music.taken
    playing.say("carry_on")
    while playing.phase != "imprint":
        assert playing.music.taken == taken
        if playing.performer.now > playing.coach.session.speech.free_at + 0.5:
            playing.say("ready")
        playing.step()
    playing.reach("lift")
    assert playing.music.taken > taken


def test_at_the_end_it_goes(playing: Playing) -> None:
    """Faded away, while the last words are said."""
    playing.reach("rest")
    playing.say("finish")
    playing.wait(8.0)
    playing.say("yes")
    playing.reach("finished")
    playing.wait(3.0)
    taken = playing.music.taken
    playing.wait(3.0)
    assert playing.music.taken == taken


def test_it_is_taken_out_of_the_microphone_as_the_coachs_voice_is() -> None:
    """What the mixer gives is the canceller's far end, music included: 20 dB of its echo go."""

    class Band:
        """Noise that comes and goes as music does."""

        def __init__(self) -> None:
            self._rng = np.random.default_rng(3)
            self._at = 0

        def take(self, count: int) -> Samples:
            beat = np.exp(-3 * ((np.arange(self._at, self._at + count) / SAMPLE_RATE * 2) % 1))
            self._at += count
            return (0.05 * beat * self._rng.standard_normal(count)).astype(np.float32)

    mixer = Mixer(Backing(Band()))
    assert mixer.backing is not None
    mixer.backing.listen(False)
    speech = np.random.default_rng(1).uniform(-0.2, 0.2, SAMPLE_RATE).astype(np.float32)
    room, canceller = SimulatedRoom(0.0, speech, None, 20, seed=2), DelayTrackingCanceller()
    taken: list[Samples] = []
    clean: list[Samples] = []
    for _ in range(15 * SAMPLE_RATE // BLOCK):
        far = mixer.read(BLOCK)
        taken.append(room.exchange(far))
        clean.append(canceller.process(taken[-1], far).clean)
    last = 5 * SAMPLE_RATE // BLOCK
    assert power_db(np.concatenate(taken[-last:])) - power_db(np.concatenate(clean[-last:])) > 20
