"""What can be measured: each set, the recordings that it needs, and what the model had learnt of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KITCHENS = ("noise", "kitchens")
"""Corpora of kitchens: the published recording, and clips by several recorders."""

HOUSEHOLD = ("esc50", "esc10", "household")
"""Corpora of other sounds of a home."""

PEOPLE = ("speech_commands", "an4")
"""Corpora of strangers who say single words, some of them ours."""


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """One set of trials."""

    counted: str
    """What is counted, as a heading."""
    learnt: str
    """Which words, voices and rooms the shipped model had learnt from."""
    corpora: tuple[str, ...] = ()
    """Recordings of which it is made; none where synthetic voices alone speak."""
    besides: tuple[str, ...] = ()
    """Recordings that add conditions to it."""


SETS: Mapping[str, MeasuredSet] = {
    "keywords": MeasuredSet(
        "heard right", "half of the words learnt, people and noise new", ("keywords",), ("noise",)
    ),
    "words": MeasuredSet("heard right", "most words learnt, people new", ("words",)),
    "digits": MeasuredSet("heard right", "words learnt, people new", ("digits",)),
    "never_learnt": MeasuredSet("heard right", "words, people and noise new", ("keywords",), KITCHENS),
    "commands": MeasuredSet("heard right", "words learnt, voices new"),
    "safety": MeasuredSet("heard right", "words learnt, voices and noise new", (), ("noise",)),
    "safety_people": MeasuredSet(
        "ended the movement", "words learnt, people and noise new", PEOPLE, KITCHENS
    ),
    "talk_around": MeasuredSet("ended the movement", "safety words learnt, sentences and voices new"),
    "talk_in_room": MeasuredSet(
        "ended the movement within a second", "words learnt, people and voices new", ("orders",), PEOPLE
    ),
    "strained": MeasuredSet("ended the movement", "words learnt, voices and ways to speak new"),
    "sentences": MeasuredSet(
        "understood right, or what the row names", "words learnt, espeak's and festival's voices new"
    ),
    "near_words": MeasuredSet(
        "taken for a command", "most words learnt as no command, people new", ("speech_commands", "words")
    ),
    "orders": MeasuredSet("false actions", "such orders learnt, people new", ("orders",)),
    "noise": MeasuredSet("false actions", "recorders and people new", (*KITCHENS, *HOUSEHOLD, "orders")),
    "coach": MeasuredSet("false actions", "rooms made up"),
    "over_coach": MeasuredSet(
        "heard right", "words as above, people and voices new, rooms made up", (), ("keywords",)
    ),
}
"""Everything that can be measured, in the order in which it is shown."""

WITHOUT_RECORDINGS = tuple(name for name, one in SETS.items() if not one.corpora)
"""Sets of which there is something to measure in synthetic voices alone."""
