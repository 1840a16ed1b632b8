"""A live session: the same coach as in a rehearsal, between a real microphone and a real loudspeaker."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.calibration.kept import UNKNOWN, Calibration
from assistant.coaching.coach import Coach
from assistant.coaching.events import Event
from assistant.coaching.history import History
from assistant.coaching.phases import CONTEXT_OF_PHASE
from assistant.console.faces import Face
from assistant.console.keyboard import Keys
from assistant.console.keys import LIST_KEY, Key, heard_key, keys_with
from assistant.errors import AssistantError
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.gain import TARGET_DB, AutomaticGain
from assistant.hearing.health import MicrophoneHealth
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.recognizer import Recognizer
from assistant.hearing.voice_activity import SileroDetector
from assistant.library.session import Session
from assistant.live.files import FileMicrophone, Recorder, is_sound_file
from assistant.live.health_tap import HealthTap
from assistant.live.monitor import DeviceMonitor
from assistant.live.play_queue import PlayQueue
from assistant.live.pulse import PulseWatch, Route
from assistant.live.reconnect import Device, DeviceReconnect
from assistant.live.room import QUEUE_SECONDS, LiveRoom
from assistant.live.signals import EndSignals
from assistant.live.streams import DeviceLoudspeaker, DeviceMicrophone, leave_open, rescan
from assistant.programme.commands import CONTEXTS
from assistant.session.assembly import assemble, coach_of, make_folder, run_session
from assistant.session.event_log import EVENTS_FILE, EventLog
from assistant.session.misheard import Excerpt, Misheard
from assistant.session.records import Entry
from assistant.session.room import SOUND_FILE, RecordedRoom, Room
from assistant.speaking.playlist import Playlist
from assistant.speaking.read_ahead import ReadAhead
from assistant.speaking.rendering import Renderer

_LOGGER = logging.getLogger(__name__)

LIE_DOWN_SECONDS = 12.0
"""Time to get from the keyboard to the mat; chosen."""

_PRIORITY = -10
"""Niceness that is asked for. Chosen."""


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """What a live session is asked for besides the routine."""

    microphone: str | None = None
    """Device number or name, or a WAV or FLAC file; None is the system's default."""
    loudspeaker: str | None = None
    """Device number or name, or a WAV or FLAC file to write; None is the system's default."""
    folder: Path | None = None
    """Gets session.wav and events.jsonl; None keeps neither."""
    lie_down_seconds: float = LIE_DOWN_SECONDS
    model: Path | None = None
    """Folder of the speech model; None is the shipped one."""
    music: tuple[Path, ...] = ()
    """Files that are played under the coach's voice."""
    gives_way: bool = True
    """Whether the coach gets softer while a person near speaks."""
    calibration: Calibration = UNKNOWN
    """What was measured of these devices before."""


@dataclass(frozen=True, slots=True)
class _Console:
    """The keyboard and the face as one sense."""

    keys: Keys
    meanings: tuple[Key, ...]
    face: Face
    coach: Coach

    def notice(self, now: float) -> Sequence[Event]:
        self.face.tick(now)
        events: list[Event] = []
        for key in self.keys.read():
            if key == LIST_KEY:
                self.face.show_keys()
            elif event := heard_key(key, self.coach.phase, self.coach.question, now, self.meanings):
                events.append(event)
        return events


@dataclass(frozen=True, slots=True)
class ClockPace:
    """Keeps the capture on the loudspeaker's clock by what the echo tells: one measurement for both."""

    canceller: DelayTrackingCanceller
    keep_pace: Callable[[float], object]
    """Has the capture resampled, as the microphone's method of that name."""

    def notice(self, now: float) -> Sequence[Event]:
        """Hand a skew that is known from the canceller to the capture; nothing happens to the coach."""
        if skew := self.canceller.clock_skew.hand_over():
            self.keep_pace(skew)
        return ()


def start(
    session: Session,
    options: LiveOptions,
    renderer: Renderer,
    face: Face,
    keys: Keys,
    history: History,
    keep: Callable[[Entry], None],
    lost: Callable[[AssistantError], None],
    keep_misheard: Callable[[Excerpt], None] | None = None,
) -> int:
    """Run a session live, and return the exit status: 0, or 130 after Ctrl-C.

    Args:
        session: What is coached, and by which voice.
        options: Devices and files.
        renderer: Speaks.
        face: Shows it.
        keys: Does what words do.
        history: What is remembered of earlier sessions.
        keep: Remembers this one; shown every entry of the record, never waits.
        lost: Told why, where a file of the record can't be written any more; the session goes on.
        keep_misheard: Is given the sound of what was misheard; never waits. None keeps none.

    Raises:
        AssistantError: something can't be read, written, opened or spoken.
    """
    if options.folder is not None:
        make_folder(options.folder)
    wake, queue = threading.Event(), PlayQueue()
    live = _room(options, queue, wake)
    # The rest is loaded while the coach greets.
    parts = assemble(session, renderer, options.model, (CONTEXT_OF_PHASE["greeting"],))
    coach = coach_of(session, parts.voice, history, options.lie_down_seconds)
    known = options.calibration
    canceller = DelayTrackingCanceller(known.delay_seconds)
    checkup = HealthTap(canceller, MicrophoneHealth(), known.drowned_db)
    misheard = None if keep_misheard is None else Misheard(checkup, keep_misheard)
    gain = AutomaticGain(TARGET_DB if known.voice_db is None else known.voice_db)
    listener = Listener(
        parts.recognizer,
        parts.vocabulary,
        misheard or checkup,
        gain=gain,
        detector=SileroDetector(),
        verifier=parts.verifier,
    )
    music = ReadAhead(Playlist(options.music)) if options.music else None
    pulse = PulseWatch()

    def see(entry: Entry) -> None:
        keep(entry)
        face.see(entry)

    with contextlib.ExitStack() as stack:
        interrupts = stack.enter_context(EndSignals())
        room: Room = live
        if options.folder is not None:
            room = stack.enter_context(RecordedRoom(live, options.folder / SOUND_FILE, lost))
        stack.enter_context(face)
        events = None if options.folder is None else options.folder / EVENTS_FILE
        log = stack.enter_context(EventLog(events, see, lost))
        stack.callback(lambda: live.close(at_once=interrupts.signal is not None))
        stack.callback(pulse.close)
        if misheard is not None:
            stack.callback(misheard.close)
        if music is not None:
            stack.callback(music.close)
        pulse.open()
        _hurry()

        def changed() -> None:
            canceller.forget()
            listener.forget()

        devices = (live.microphone, live.loudspeaker)
        revival = DeviceReconnect(devices, rescan, lambda device: _offered(device, live, pulse), leave_open)
        stack.callback(revival.close)
        watch = DeviceMonitor(live, log, lambda: pulse.route, revival, changed, canceller.forget)
        console = _Console(keys, keys_with(session.voice.commands.commands), face, coach)
        senses = (interrupts, console, watch, checkup, ClockPace(canceller, live.microphone.keep_pace))
        threading.Thread(target=_prepare, args=(parts.recognizer,), name="contexts", daemon=True).start()
        run_session(
            *(coach, parts.voice, listener, room, log),
            music=music,
            senses=senses,
            misheard=misheard,
            gives_way=options.gives_way,
        )
    return interrupts.status or 0


def _room(options: LiveOptions, queue: PlayQueue, wake: threading.Event) -> LiveRoom:
    unheard = is_sound_file(options.microphone)
    microphone = (
        FileMicrophone(Path(str(options.microphone)))
        if unheard
        else DeviceMicrophone(options.microphone, queue, wake)
    )
    if not is_sound_file(options.loudspeaker):
        return LiveRoom(queue, DeviceLoudspeaker(options.loudspeaker, queue, wake), microphone, wake)
    # With a file at both ends the session runs as fast as it can.
    recorder = Recorder(Path(str(options.loudspeaker)), queue, timed=not unheard)
    return LiveRoom(queue, recorder, microphone, wake, 0.0 if unheard else QUEUE_SECONDS)


def _prepare(recognizer: Recognizer) -> None:
    try:
        recognizer.prepare(CONTEXTS)
    except AssistantError:
        # It is reported when it is needed.
        _LOGGER.warning("A context can't be loaded", exc_info=True)


def _offered(device: Device, room: LiveRoom, pulse: PulseWatch) -> bool:
    route = pulse.route or Route()
    return route.offers_microphone if device is room.microphone else route.offers_loudspeaker


def _hurry() -> None:
    """Ask for a higher priority; without the right to it, the queue has to bridge busy moments."""
    try:
        os.nice(_PRIORITY)
    except OSError as error:
        _LOGGER.info("No higher priority: %s", error)
    gc.collect()
    gc.freeze()
