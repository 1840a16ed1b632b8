"""What phases, troubles and endings are called in front of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """How a phase is shown."""

    word: str
    """Short enough for large letters: at most nine of them."""
    hint: str
    """What to do meanwhile, in a few words."""


PHASES: Mapping[str, PhaseWords] = {
    "greeting": PhaseWords("hello", "Listen. Say “ready” to go on at once."),
    "setup": PhaseWords("ready?", "Get into position, then say “ready”."),
    "imprint": PhaseWords("back flat", "Press your lower back into the floor."),
    "get_ready": PhaseWords("get ready", "It begins in a moment."),
    "lift": PhaseWords("lift", "Breathe out, and lift."),
    "top": PhaseWords("top", "Stay up."),
    "lower": PhaseWords("lower", "Lower slowly, back flat."),
    "bottom": PhaseWords("bottom", "Stay just above the floor."),
    "return": PhaseWords("up", "Breathe out, and up."),
    "hold": PhaseWords("hold", "Keep your lower back on the floor."),
    "rest": PhaseWords("rest", "Rest. Say “skip” to go on at once."),
    "asking": PhaseWords("answer", "The coach has asked you something."),
    "paused": PhaseWords("paused", "Say “carry on” when you like, or press space."),
    "stopped": PhaseWords("stopped", "Say “carry on” when you like, or press space."),
    "finished": PhaseWords("done", "That was it."),
}
"""Every phase."""

TROUBLES: Mapping[str, str] = {
    "microphone_lost": "the microphone is gone: I can't hear you, use the keys",
    "loudspeaker_lost": "the loudspeaker is gone: you can't hear me",
    "microphone_muted": "the microphone is muted: I can't hear you, use the keys",
    "loudspeaker_muted": "the loudspeaker is muted: you can't hear me",
    "clipping": "the microphone is too loud: turn it down",
    "drowned": "it is too loud around you: I can't make out words, use the keys",
    "device_changed": "the sound moved to another device",
    "asleep": "the computer was asleep",
    "behind": "the computer is too busy: I heard you too late",
    "lifeless": "the microphone gives nothing at all: is it muted?",
}
"""What keeps the coach from hearing or being heard."""

REFUSALS: Mapping[str, str] = {
    "unsure": "it could too easily have been something else",
    "no_near_end_speech": "nobody was heard to speak just then",
    "residual_echo": "it could have been what is left of the coach's own voice",
    "self_speech": "the coach said these words itself just then",
    "drawn_out": "it lasted longer than a person says it",
    "not_alone": "it was part of a longer sentence",
    "faint": "it was much weaker than you usually are",
    "no_voice": "no human voice sounded in it",
    "second_opinion": "a second look at the sound found something else in it",
}
"""Why a command was recognized and not acted on, by the reasons of hearing/rejection.py."""

CONTEXTS: Mapping[str, str] = {
    "moving": "while you moved",
    "resting": "while you rested",
    "setup": "while you got into position",
    "paused": "in a pause",
    "stopped": "after a stop",
    "asked_ready": "when asked whether you were ready",
    "asked_yes_no": "when asked yes or no",
    "asked_number": "when asked for a number",
    "asked_where": "when asked where it hurt",
    "asked_kind": "when asked which kind",
}
"""What was listened for when something was heard."""

ENDINGS: Mapping[str, str] = {
    "completed": "The session is complete.",
    "asked": "You ended the session.",
    "pain": "The session ended because of pain.",
    "red_flag": "The session ended because of how you felt, or may have felt. Please have that looked at.",
    "silence": "The session ended after a long silence.",
    "interrupted": "The session was broken off.",
    "not_today": "There was no session today.",
}
"""How a session ended."""


def trouble_words(what: str) -> str:
    """Return a trouble in words; one that has none of its own gives its name."""
    return TROUBLES.get(what, what.replace("_", " "))


def counted(count: int, thing: str) -> str:
    """Return how many there are of a thing, such as `1 set` or `2 sets`."""
    return f"{count} {thing}{'s' * (count != 1)}"
