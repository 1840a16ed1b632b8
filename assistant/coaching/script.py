"""The coach's lines: which cues it knows by name, and how a voice words them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.coaching.plan import Cue


class Line(StrEnum):
    """Every cue that the coach says of its own accord; exercises name further ones."""

    IMPRINT_LONG = "imprint_long"
    IMPRINT = "imprint"
    GET_READY = "get_ready"
    LIFT_LONG = "lift_long"
    LIFT = "lift"
    RETURN_LONG = "return_long"
    RETURN_UP = "return_up"
    HOLD = "hold"
    BREATHE_IN = "breathe_in"
    LAST_ONE = "last_one"
    FIRST_SIDE = "first_side"
    OTHER_SIDE = "other_side"
    RANGE_1 = "range_1"
    RANGE_2 = "range_2"
    RANGE_3 = "range_3"
    RANGE_4 = "range_4"
    SIDE_LEFT = "side_left"
    SIDE_RIGHT = "side_right"
    GREETING = "greeting"
    LIE_DOWN = "lie_down"
    HEARD_YOU = "heard_you"
    ANNOUNCE = "announce"
    SAY_READY = "say_ready"
    STILL_SETTING_UP = "still_setting_up"
    SET_DONE = "set_done"
    REST = "rest"
    REST_TEN = "rest_ten"
    NEXT_UP = "next_up"
    NEXT_EXERCISE_UP = "next_exercise_up"
    STOPPED = "stopped"
    STILL_STOPPED = "still_stopped"
    PAUSED = "paused"
    STILL_PAUSED = "still_paused"
    NO_SOUND = "no_sound"
    MICROPHONE_LOST = "microphone_lost"
    MICROPHONE_MUTED = "microphone_muted"
    LOUDSPEAKER_LOST = "loudspeaker_lost"
    CLIPPING = "clipping"
    DROWNED = "drowned"
    DEVICE_CHANGED = "device_changed"
    ASLEEP = "asleep"
    STILL_LOST = "still_lost"
    TROUBLE_OVER = "trouble_over"
    RESUME = "resume"
    NOT_YET = "not_yet"
    NOT_NOW = "not_now"
    LATER = "later"
    SORRY = "sorry"
    LOST_YOU = "lost_you"
    EASIER_RANGE = "easier_range"
    EASIER_RETURN = "easier_return"
    EASIER_EXERCISE = "easier_exercise"
    EASIEST = "easiest"
    HARDER_RANGE = "harder_range"
    HARDER_EXERCISE = "harder_exercise"
    HARDEST = "hardest"
    HARDER_REFUSED = "harder_refused"
    HARDER_WAIT = "harder_wait"
    SLOWER = "slower"
    SLOWEST = "slowest"
    FASTER = "faster"
    FASTEST = "fastest"
    EASIER_FIRST = "easier_first"
    MUSCLE_WORKING = "muscle_working"
    TO_GO = "to_go"
    SETS_TO_GO = "sets_to_go"
    MINUTES_TO_GO = "minutes_to_go"
    NEXT_IS = "next_is"
    NOTHING_NEXT = "nothing_next"
    WHERE_YOU_ARE = "where_you_are"
    OPTIONS = "options"
    VOLUME = "volume"
    TALK_LESS = "talk_less"
    TALK_MORE = "talk_more"
    ZERO_FINE = "zero_fine"
    SHALLOWER_FROM_HERE = "shallower_from_here"
    REGRESS_FROM_HERE = "regress_from_here"
    GO_ON_GENTLY = "go_on_gently"
    END_LIFTS = "end_lifts"
    END_SESSION = "end_session"
    EMERGENCY = "emergency"
    END_SILENCE = "end_silence"
    FAREWELL = "farewell"
    FAREWELL_EARLY = "farewell_early"
    ASK_READY = "ask_ready"
    ASK_WHERE = "ask_where"
    ASK_HOW_SORE = "ask_how_sore"
    ASK_ZERO = "ask_zero"
    ASK_HURT = "ask_hurt"
    ASK_RED_FLAG = "ask_red_flag"
    ASK_FINISH = "ask_finish"


PLACEHOLDERS: Mapping[str, str | int] = {"n": 1, "m": 1, "title": "title", "side": "side"}
"""What a cue's text may have filled in, with a value of each kind."""


@dataclass(frozen=True, slots=True)
class Script:
    """A voice's wording of every line, with the time that each takes to say."""

    cues: Mapping[str, Cue]
    numbers: tuple[str, ...]
    """Words for 0, 1, 2 …"""
    seconds_of: Callable[[Cue], float]
    """Length of a cue as it will be played, in seconds."""

    def cue(self, name: str, **filled: str | int) -> Cue:
        """Word one cue, its placeholders filled in."""
        cue = self.cues[name]
        if not filled:
            return cue
        words = {key: self.number(v) if isinstance(v, int) else v for key, v in filled.items()}
        text = cue.text.format_map(words)
        return replace(cue, text=text[:1].upper() + text[1:])

    def number(self, value: int) -> str:
        """Give the word for a number, or its digits beyond the voice's list."""
        return self.numbers[value] if value < len(self.numbers) else str(value)

    def count(self, value: int) -> Cue:
        """Word a number as a cue of its own."""
        return Cue(f"number_{value}", self.number(value), "movement")
