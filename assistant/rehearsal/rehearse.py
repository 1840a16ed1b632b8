"""A whole session in a simulated room: the real product between microphone and loudspeaker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from assistant.coaching.history import EXPERIENCED, History
from assistant.coaching.plan import timetable
from assistant.coaching.script import Line
from assistant.errors import AssistantError
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.voice_activity import SileroDetector
from assistant.library.session import Session
from assistant.rehearsal.athlete import Athlete
from assistant.rehearsal.room import SimulatedRoom
from assistant.rehearsal.script import AthleteScript, Remark
from assistant.rehearsal.timeline import draw_timeline
from assistant.session.assembly import assemble, coach_of, make_folder, run_session
from assistant.session.event_log import EVENTS_FILE, EventLog
from assistant.session.misheard import Excerpt, Misheard
from assistant.session.records import Entry
from assistant.session.room import SOUND_FILE, RecordedRoom, Taken
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.giving_way import GivingWay
from assistant.speaking.playlist import Playlist
from assistant.speaking.rendering import Renderer

LONGEST_SECONDS = 2 * 60 * 60
"""A rehearsal that is longer than this has gone astray and is ended. Chosen."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The room of a rehearsal."""

    echo_db: float = -25.0
    """Level of the coach's echo relative to the athlete's speech."""
    noise: Samples | None = None
    snr_db: float = 20.0
    seed: int = 1
    music: tuple[Path, ...] = ()
    """Files that are played under the coach's voice."""
    gives_way: bool = True
    """Whether the coach is turned down while the athlete speaks."""
    responses: tuple[Samples, ...] = ()
    """Impulse responses of rooms that were measured; see `SimulatedRoom`."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a rehearsal left behind."""

    seconds: float
    """How long the session was."""
    unsaid: tuple[Remark, ...]
    """What the athlete never came to say."""
    files: tuple[Path, ...]


class _AthletesRoom:
    """The simulated room with the athlete in it, who speaks in time."""

    def __init__(self, room: SimulatedRoom, athlete: Athlete) -> None:
        self._room = room
        self._athlete = athlete
        self._way = GivingWay()

    @property
    def played(self) -> int:
        return self._room.position

    def hush(self) -> int:
        return self._room.position

    def give_way(self, lowered: bool) -> None:
        self._way.lowered = lowered

    def exchange(self, block: Samples) -> Sequence[Taken]:
        self._athlete.speak(self._room.position / SAMPLE_RATE)
        played = self._way.process(block)
        return [Taken(self._room.exchange(played), played)]


def rehearse(
    session: Session,
    athlete_script: AthleteScript,
    conditions: Conditions,
    renderer: Renderer,
    folder: Path,
    watch: Callable[[Entry], None],
    model: Path | None = None,
    draw: bool = True,
    history: History = EXPERIENCED,
    keep_misheard: Callable[[Excerpt], None] | None = None,
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
        history: What is remembered of earlier sessions.
        keep_misheard: Is given the sound of what was misheard; never waits. None keeps none.

    Raises:
        AssistantError: something can't be read, written, heard or spoken.
    """
    make_folder(folder)
    parts = assemble(session, renderer, model)
    greeting = parts.voice.clip(session.voice.cues[Line.GREETING]).samples
    room = SimulatedRoom(
        *(conditions.echo_db, greeting, conditions.noise, conditions.snr_db, conditions.seed),
        responses=conditions.responses,
    )
    athlete = Athlete(athlete_script, room, parts.store)
    entries: list[Entry] = []

    def see(entry: Entry) -> None:
        entries.append(entry)
        watch(entry)

    coach = coach_of(session, parts.voice, history)
    canceller = DelayTrackingCanceller()
    misheard = None if keep_misheard is None else Misheard(canceller, keep_misheard)
    listener = Listener(
        parts.recognizer,
        parts.vocabulary,
        misheard or canceller,
        detector=SileroDetector(),
        verifier=parts.verifier,
    )
    with ExitStack() as stack:
        # Nothing here has to be on time, so the music is read as it is mixed: the same every time.
        music = stack.enter_context(closing(Playlist(conditions.music))) if conditions.music else None
        recorded = stack.enter_context(RecordedRoom(_AthletesRoom(room, athlete), folder / SOUND_FILE))
        log = stack.enter_context(EventLog(folder / EVENTS_FILE, see))
        if misheard is not None:
            stack.callback(misheard.close)
        seconds = run_session(
            coach,
            parts.voice,
            listener,
            recorded,
            log,
            music=music,
            watch=athlete.watch,
            misheard=misheard,
            gives_way=conditions.gives_way,
            longest_seconds=LONGEST_SECONDS,
        )
    if coach.over_at is None:
        raise AssistantError(
            f"The rehearsal was ended after {LONGEST_SECONDS / 3600:g} hours, before the session was over. "
            "Shorten the routine."
        )
    files = [folder / SOUND_FILE, folder / EVENTS_FILE]
    if draw:
        files += draw_timeline(entries, f"{session.plan.name}, rehearsed", folder)
    return Rehearsed(seconds, athlete.unsaid, tuple(files))


def planned_seconds(session: Session) -> float:
    """Estimate how long a session is, in seconds, for a progress bar."""
    entries = timetable(session.plan)
    return entries[-1].start + entries[-1].seconds
