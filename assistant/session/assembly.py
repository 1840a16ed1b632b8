"""One way to put a session together, whether its room is real, simulated or silent."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.coaching.actions import Action
from assistant.coaching.coach import Coach
from assistant.coaching.cues import cues_of
from assistant.coaching.history import EXPERIENCED, History
from assistant.coaching.script import Lengths, Script
from assistant.errors import unwritable
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.verification import Verifier, open_verifier
from assistant.library.session import Session
from assistant.places import cache_folder
from assistant.programme.commands import CONTEXTS
from assistant.session.coach_voice import CoachVoice
from assistant.session.event_log import EventLog
from assistant.session.misheard import Misheard
from assistant.session.performer import Performer
from assistant.session.room import Room
from assistant.session.runner import Runner, Sense
from assistant.sound import SAMPLE_RATE
from assistant.speaking.backing import Backing, Music
from assistant.speaking.clips import ClipStore
from assistant.speaking.earcons import breath
from assistant.speaking.mixer import Mixer
from assistant.speaking.rendering import Renderer


def make_folder(folder: Path) -> None:
    """Make the folder of a recording where it is not there yet.

    Raises:
        AssistantError: it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


@dataclass(frozen=True, slots=True)
class Parts:
    """What a session speaks and hears with; neither makes it wait."""

    store: ClipStore
    voice: CoachVoice
    recognizer: VoskRecognizer
    vocabulary: Matcher
    verifier: Verifier | None
    """Gives a second opinion, where the model came with one."""


def assemble(
    session: Session, renderer: Renderer, model: Path | None, contexts: Sequence[str] = CONTEXTS
) -> Parts:
    """Load and render what a session needs.

    Args:
        session: What is coached, and by which voice.
        renderer: Speaks.
        model: Folder of the speech model; None is the shipped one.
        contexts: What can be listened for without another wait.

    Raises:
        AssistantError: something can't be read, heard or spoken.
    """
    store = ClipStore(renderer, cache_folder() / "clips")
    voice = CoachVoice(session.voice, store)
    found, commands = find_model(model), session.voice.commands
    recognizer = VoskRecognizer(found, commands, cache_folder() / "graphs")
    recognizer.prepare(contexts)
    return Parts(store, voice, recognizer, Matcher(commands), open_verifier(found, commands))


def script_of(session: Session, voice: CoachVoice, history: History = EXPERIENCED) -> Script:
    """Return the coach's wording in a session's voice, every cue of the plan rendered and measured.

    Args:
        session: What is coached.
        voice: Speaks the cues.
        history: What is remembered of earlier sessions.

    Raises:
        AssistantError: something can't be spoken.
    """
    bare = Script(session.voice.cues, session.voice.numbers, Lengths({}, 0.0).of)
    lengths = Lengths.measured(voice.lengths(cues_of(session.plan, bare, history)))
    return replace(bare, seconds_of=lengths.of)


def coach_of(
    session: Session, voice: CoachVoice, history: History = EXPERIENCED, lie_down_seconds: float = 0.0
) -> Coach:
    """Return the coach of a session.

    Args:
        session: What is coached.
        voice: Says how long each cue takes.
        history: What is remembered of earlier sessions.
        lie_down_seconds: How long the person has after the greeting.
    """
    breath_seconds = breath().size / SAMPLE_RATE
    return Coach(session.plan, script_of(session, voice, history), lie_down_seconds, history, breath_seconds)


def run_session(
    coach: Coach,
    voice: CoachVoice,
    listener: Listener,
    room: Room,
    log: EventLog,
    *,
    music: Music | None = None,
    senses: Sequence[Sense] = (),
    watch: Callable[[Sequence[Action], float], None] | None = None,
    misheard: Misheard | None = None,
    gives_way: bool = True,
    longest_seconds: float = math.inf,
) -> float:
    """Run a session to its end, and return how long it was, in seconds.

    Args:
        coach: Decides.
        voice: Speaks.
        listener: Hears.
        room: Where the sound goes and comes from.
        log: Records it.
        music: Played under the coach's voice.
        senses: What else tells the coach what happens, besides the microphone.
        watch: Shown every list of actions with the time at which it was decided.
        misheard: Is told of everything that was heard.
        gives_way: Whether the coach gets softer while a person near speaks.
        longest_seconds: When it is ended, whatever happens.
    """
    mixer = Mixer(None if music is None else Backing(music))
    performer = Performer(voice, mixer, room, log)
    runner = Runner(coach, performer, mixer, listener, room, log, senses, watch, misheard, gives_way)
    runner.run(longest_seconds)
    return performer.now
