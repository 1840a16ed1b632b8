"""What has happened, told to the coach: frozen, past tense, times in seconds on the sample clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

Slots: TypeAlias = Mapping[str, str | int]
"""What a command carries: `{"where": "back"}`, `{"number": 2}`."""


class Command(StrEnum):
    """Everything that the coach acts on when it is said, by the names of voices/*/commands.yaml."""

    STOP = "stop"
    PAIN = "pain"
    RED_FLAG = "red_flag"
    HELP = "help"
    PINCH = "pinch"
    CLICK = "click"
    ARCHING = "arching"
    LOST_IT = "lost_it"
    BURNING = "burning"
    SHAKING = "shaking"
    EASIER = "easier"
    HARDER = "harder"
    SLOWER = "slower"
    FASTER = "faster"
    PAUSE = "pause"
    CARRY_ON = "carry_on"
    READY = "ready"
    NOT_READY = "not_ready"
    NEXT_SET = "next_set"
    SKIP = "skip"
    NEXT_EXERCISE = "next_exercise"
    REPEAT = "repeat"
    MORE_REST = "more_rest"
    SWITCH_LEGS = "switch_legs"
    FINISH = "finish"
    HOW_MANY_LEFT = "how_many_left"
    HOW_LONG = "how_long"
    WHAT_IS_NEXT = "what_is_next"
    WHERE_AM_I = "where_am_i"
    WHAT_CAN_I_SAY = "what_can_i_say"
    HOW_DO_I_DO_THIS = "how_do_i_do_this"
    WHY = "why"
    SAY_THAT_AGAIN = "say_that_again"
    LOUDER = "louder"
    QUIETER = "quieter"
    LESS_TALK = "less_talk"
    MORE_TALK = "more_talk"
    I_DIDNT_SAY_THAT = "i_didnt_say_that"
    YES = "yes"
    NO = "no"
    NUMBER = "number"
    PLACE = "place"
    MUSCLE = "muscle"
    JOINT = "joint"
    VAGUE = "vague"
    UNSURE = "unsure"
    FINE = "fine"


SAFETY_COMMANDS: frozenset[str] = frozenset({Command.STOP, Command.PAIN, Command.RED_FLAG, Command.HELP})
"""Listened for in every state and acted on first."""


@dataclass(frozen=True, slots=True)
class Started:
    """The person has started the session."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A command was recognized in what the microphone heard."""

    command: str
    """A `Command`; a voice may listen for others, which are answered but not acted on."""
    slots: Slots = field(default_factory=dict[str, str | int])
    """Values of the template's lists."""
    text: str = ""
    """The words that were recognized."""
    start: float = 0.0
    """Seconds at which the words began."""
    end: float = 0.0
    """Seconds at which the words ended."""
    confidence: float = 1.0
    """The recognizer's confidence, 0 to 1."""
    partial: bool = False
    """Whether it was taken before the utterance had ended."""
    key: str = ""
    """The key that was pressed instead; empty where it was said."""
    also: tuple[Heard, ...] = ()
    """What was heard after it in the same utterance."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The person spoke, but not a command that was understood."""

    start: float
    """Seconds at which the speech began."""
    end: float
    """Seconds at which the speech ended."""
    plea: bool = False
    """Whether it may be a plea: a near voice, short and by itself, while the coach was silent."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The person ended the session from outside it (Ctrl-C): at once, without another word."""


Trouble: TypeAlias = Literal[
    "microphone_lost",
    "loudspeaker_lost",
    "microphone_muted",
    "loudspeaker_muted",
    "clipping",
    "drowned",
    "device_changed",
    "asleep",
    "behind",
    "lifeless",
]
"""What keeps the coach from hearing or being heard."""

LOST: frozenset[Trouble] = frozenset({"microphone_lost", "loudspeaker_lost"})
"""Troubles in which a session can't go on."""


@dataclass(frozen=True, slots=True)
class TroubleBegan:
    """The coach can't hear, or can't be heard, as it could before."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class TroubleEnded:
    """What kept the coach from hearing or being heard is over."""

    trouble: Trouble


Happening: TypeAlias = Started | NotUnderstood | Interrupted | TroubleBegan | TroubleEnded
"""Everything but a command."""

Event: TypeAlias = Heard | Happening
"""Everything that the coach handles besides the passing of time."""
