"""What every session needs between its files and its room: the coach's voice, its words and its ears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.coach_voice import CoachVoice
from assistant.coaching.plan import Cue
from assistant.coaching.script import Script
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.library import Session
from assistant.places import cache_folder
from assistant.programme.commands import CONTEXTS
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Renderer


@dataclass(frozen=True, slots=True)
class Parts:
    """Ready to speak and to hear without another wait."""

    store: ClipStore
    voice: CoachVoice
    recognizer: VoskRecognizer
    vocabulary: Matcher


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
    recognizer = VoskRecognizer(find_model(model), session.voice.commands, cache_folder() / "graphs")
    recognizer.prepare(contexts)
    voice.prepare(work.note for work in session.plan.sets if work.note is not None)
    return Parts(store, voice, recognizer, Matcher(session.voice.commands))


def script_of(session: Session, seconds_of: Callable[[Cue], float]) -> Script:
    """Give the coach's wording in a session's voice."""
    return Script(session.voice.cues, session.voice.numbers, seconds_of)
