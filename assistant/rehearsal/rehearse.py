"""A whole session in a simulated room: the real product between microphone and loudspeaker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from assistant.coaching.actions import Action
from assistant.coaching.coach import Coach
from assistant.coaching.plan import Cue, timetable
from assistant.coaching.script import Line, Script
from assistant.errors import AssistantError
from assistant.hearing.echo import EchoCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.model import find_model
from assistant.hearing.recognizer import VoskRecognizer
from assistant.hearing.vocabulary import Vocabulary
from assistant.library import Session
from assistant.performer import CoachVoice, Performer
from assistant.places import cache_folder
from assistant.programme.commands import CONTEXTS
from assistant.record import Entry, Record, unwritable
from assistant.rehearsal.athlete import Athlete
from assistant.rehearsal.room import SimulatedRoom
from assistant.rehearsal.script import AthleteScript, Remark
from assistant.rehearsal.timeline import draw_timeline
from assistant.runner import Runner
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.clips import ClipStore
from assistant.speaking.mixer import Mixer
from assistant.speaking.rendering import Renderer

LONGEST_SECONDS = 2 * 60 * 60
"""A rehearsal that is longer than this has gone astray and is ended."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The room of a rehearsal."""

    echo_db: float = -25.0
    """Level of the coach's echo relative to the athlete's speech."""
    noise: Samples | None = None
    snr_db: float = 20.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a rehearsal left behind."""

    entries: tuple[Entry, ...]
    seconds: float
    """How long the session was."""
    unsaid: tuple[Remark, ...]
    """What the athlete never came to say."""
    files: tuple[Path, ...]


class _RecordedRoom:
    """A room whose two sides go into a stereo file: left as played, right as the microphone took it."""

    def __init__(self, room: SimulatedRoom, athlete: Athlete, path: Path) -> None:
        self._room = room
        self._athlete = athlete
        self._path = path
        try:
            self._file = soundfile.SoundFile(
                str(path), "w", samplerate=SAMPLE_RATE, channels=2, subtype="PCM_16"
            )
        except (OSError, RuntimeError) as error:
            raise AssistantError(
                f"{path}: it can't be written ({error}). Choose another folder with --out."
            ) from error

    def exchange(self, played: Samples) -> Samples:
        self._athlete.speak(self._room.position / SAMPLE_RATE)
        taken = self._room.exchange(played)
        try:
            self._file.write(np.stack([played, taken], axis=1))
        except (OSError, RuntimeError) as error:
            raise AssistantError(
                f"{self._path}: it can't be written ({error}). "
                "Free some space or choose another folder with --out."
            ) from error
        return taken

    def close(self) -> None:
        self._file.close()


def rehearse(
    session: Session,
    athlete_script: AthleteScript,
    conditions: Conditions,
    renderer: Renderer,
    folder: Path,
    watch: Callable[[Entry], None],
    model: Path | None = None,
    draw: bool = True,
) -> Rehearsed:
    """Run a session against a simulated athlete, faster than real time.

    Args:
        session: What is coached, and by which voice.
        athlete_script: What the athlete says.
        conditions: The room.
        renderer: Speaks for both.
        folder: Gets session.wav, events.jsonl and the timeline; made when it is not there.
        watch: Shown every line of the record as it happens.
        model: Folder of the speech model; by default the shipped one.
        draw: Whether to draw the timeline.

    Raises:
        AssistantError: something can't be read, written, heard or spoken.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    store = ClipStore(renderer, cache_folder() / "clips")
    voice = CoachVoice(session.voice, store)
    recognizer = VoskRecognizer(find_model(model), session.voice.commands, cache_folder() / "graphs")
    recognizer.prepare(CONTEXTS)
    vocabulary = Vocabulary(session.voice.commands)
    store.prepare(voice.known_lines())
    room = SimulatedRoom(
        conditions.echo_db,
        voice.clip(session.voice.cues[Line.GREETING]).samples,
        conditions.noise,
        conditions.snr_db,
        conditions.seed,
    )
    athlete = Athlete(athlete_script, room, store)
    entries: list[Entry] = []

    def see(entry: Entry) -> None:
        entries.append(entry)
        watch(entry)

    def decided(actions: Sequence[Action], now: float) -> None:
        athlete.watch(actions, now)

    mixer = Mixer()
    recorded = _RecordedRoom(room, athlete, folder / "session.wav")
    coach = Coach(session.plan, script_of(session, voice.seconds_of))
    listener = Listener(recognizer, vocabulary, EchoCanceller())
    try:
        with Record(folder / "events.jsonl", see) as record:
            performer = Performer(voice, mixer, record)
            Runner(coach, performer, mixer, listener, recorded, record, decided).run(LONGEST_SECONDS)
    finally:
        recorded.close()
    if coach.over_at is None:
        raise AssistantError(
            f"The rehearsal was ended after {LONGEST_SECONDS / 3600:g} hours, before the session was over. "
            "Shorten the routine."
        )
    files = [folder / "session.wav", folder / "events.jsonl"]
    if draw:
        files += draw_timeline(entries, f"{session.plan.name}, rehearsed", folder)
    return Rehearsed(tuple(entries), performer.now, athlete.unsaid, tuple(files))


def script_of(session: Session, seconds_of: Callable[[Cue], float]) -> Script:
    """Give the coach's wording in a session's voice."""
    return Script(session.voice.cues, session.voice.numbers, seconds_of)


def planned_seconds(session: Session) -> float:
    """Estimate how long a session is, in seconds, for a progress bar."""
    entries = timetable(session.plan)
    return entries[-1].start + entries[-1].seconds
