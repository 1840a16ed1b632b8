"""The coach's lines: which cues it knows by name, and how a voice words them."""

from __future__ import annotations

from collections import defaultdict
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
    LEFT_NOW = "left_now"
    RIGHT_NOW = "right_now"
    HOLD = "hold"
    BREATHE_IN = "breathe_in"
    LAST_ONE = "last_one"
    ONE_MORE = "one_more"
    FIRST_SIDE = "first_side"
    OTHER_SIDE = "other_side"
    THIS_SIDE = "this_side"
    RANGE_1 = "range_1"
    RANGE_2 = "range_2"
    RANGE_3 = "range_3"
    RANGE_4 = "range_4"
    SIDE_LEFT = "side_left"
    SIDE_RIGHT = "side_right"
    GREETING = "greeting"
    GREETING_AGAIN = "greeting_again"
    LIE_DOWN = "lie_down"
    HEARD_YOU = "heard_you"
    ANNOUNCE = "announce"
    ANNOUNCE_ONE = "announce_one"
    SAY_READY = "say_ready"
    STILL_SETTING_UP = "still_setting_up"
    SET_DONE = "set_done"
    REST = "rest"
    MORE_REST = "more_rest"
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
    BEHIND = "behind"
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
    MUSCLE_WORKING = "muscle_working"
    TO_GO = "to_go"
    SETS_TO_GO = "sets_to_go"
    MINUTES_TO_GO = "minutes_to_go"
    NEXT_IS = "next_is"
    NOTHING_NEXT = "nothing_next"
    ONLY_COOL_DOWN = "only_cool_down"
    LAST_REPETITION = "last_repetition"
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
    FAREWELL_EARLY = "farewell_early"
    ASK_READY = "ask_ready"
    ASK_WHERE = "ask_where"
    ASK_HOW_SORE = "ask_how_sore"
    ASK_ZERO = "ask_zero"
    ASK_HURT = "ask_hurt"
    ASK_RED_FLAG = "ask_red_flag"
    ASK_FINISH = "ask_finish"
    ASK_KIND = "ask_kind"
    ASK_HALF = "ask_half"
    ASK_EQUIPMENT = "ask_equipment"
    ASK_LATER = "ask_later"
    NOT_ASKED = "not_asked"
    FAULT_PINCH = "fault_pinch"
    FAULT_CLICK = "fault_click"
    FAULT_ARCHING = "fault_arching"
    FAULT_LOST_IT = "fault_lost_it"
    FAULT_FINE = "fault_fine"
    CLICK_AGAIN = "click_again"
    DRILL_START = "drill_start"
    DRILL_KEEP = "drill_keep"
    DRILL_DONE = "drill_done"
    ADVISE_TRAINER = "advise_trainer"
    FROM_HERE_HIGHER = "from_here_higher"
    FROM_HERE_EASIER = "from_here_easier"
    SETTLE = "settle"
    SET_ENDS_HERE = "set_ends_here"
    EQUALLY_GOOD = "equally_good"
    MUSCLE_TIRED = "muscle_tired"
    HALF = "half"
    AS_PLANNED = "as_planned"
    NEEDS_BALL = "needs_ball"
    NEEDS_BENCH = "needs_bench"
    NEEDS_BAR = "needs_bar"
    WITHOUT_IT = "without_it"
    SWITCHING = "switching"
    BOTH_TOGETHER = "both_together"
    LEGS_IN_TURN = "legs_in_turn"
    OTHER_SIDE_DONE = "other_side_done"
    MINUTE_TO_GO = "minute_to_go"
    UNDONE_EASIER = "undone_easier"
    UNDONE_HARDER = "undone_harder"
    UNDONE_SLOWER = "undone_slower"
    UNDONE_FASTER = "undone_faster"
    UNDONE_VOLUME = "undone_volume"
    UNDONE_TALK = "undone_talk"
    UNDONE_REST = "undone_rest"
    UNDONE_PAUSE = "undone_pause"
    NOTHING_UNDONE = "nothing_undone"
    STAYS = "stays"
    WHY_IMPRINT = "why_imprint"
    WHY_IMPRINT_LONG = "why_imprint_long"
    WHY_LIFT = "why_lift"
    WHY_LIFT_LONG = "why_lift_long"
    WHY_LOWER = "why_lower"
    WHY_LOWER_LONG = "why_lower_long"
    WHY_LEG_LIFTS = "why_leg_lifts"
    WHY_LEG_LIFTS_LONG = "why_leg_lifts_long"
    WHY_POSTURE_LONG = "why_posture_long"
    WHY_NAMES_LONG = "why_names_long"
    WHY_FAT_LONG = "why_fat_long"
    WHY_WAITING = "why_waiting"
    WHY_RANGE = "why_range"
    WHY_RANGE_LONG = "why_range_long"
    WHY_EXERCISE = "why_exercise"
    WHY_EXERCISE_LONG = "why_exercise_long"
    WHY_HARDER = "why_harder"
    WHY_HARDER_LONG = "why_harder_long"
    WHY_PINCH = "why_pinch"
    WHY_PINCH_LONG = "why_pinch_long"
    WHY_CLICK = "why_click"
    WHY_CLICK_LONG = "why_click_long"
    WHY_SHAKING = "why_shaking"
    WHY_SHAKING_LONG = "why_shaking_long"
    WHY_BURNING = "why_burning"
    WHY_BURNING_LONG = "why_burning_long"
    EDUCATIONAL = "educational"
    TEACH_TALK = "teach_talk"
    TEACH_HEARD = "teach_heard"
    TEACH_STOP = "teach_stop"
    TEACH_TRY = "teach_try"
    TEACH_READY = "teach_ready"
    TEACH_SORE = "teach_sore"
    TEACH_CHANGE = "teach_change"
    TEACH_IMPRINT = "teach_imprint"
    TEACH_LOWER = "teach_lower"
    TEACH_REST = "teach_rest"
    TEACH_END = "teach_end"
    SCREENING = "screening"
    SCREENED = "screened"
    DOCTOR_FIRST = "doctor_first"
    GENTLE_BACK = "gentle_back"
    LOCKED_TODAY = "locked_today"
    NOT_WELL_YET = "not_well_yet"
    LEFT_OFF = "left_off"
    LEFT_OFF_SIDE = "left_off_side"
    LEFT_OFF_BEFORE = "left_off_before"
    LEFT_OFF_OTHER = "left_off_other"
    LEFT_OFF_COOL_DOWN = "left_off_cool_down"
    START_EASIER = "start_easier"
    START_GENTLY = "start_gently"
    REST_DAY_RECENT = "rest_day_recent"
    REST_DAY_WEEK = "rest_day_week"
    GENTLE_DAY = "gentle_day"
    STEP_UP = "step_up"
    NO_STEP_UP = "no_step_up"
    NEED_ANSWER = "need_answer"
    WARM_UP = "warm_up"
    COOL_DOWN = "cool_down"
    SIDE_BRANCH = "side_branch"
    TWO_QUESTIONS = "two_questions"
    ONE_SET = "one_set"
    SETS = "sets"
    ONE_REPETITION = "one_repetition"
    REPETITIONS = "repetitions"
    DONE_SETS = "done_sets"
    DONE_REPETITIONS = "done_repetitions"
    DONE_AS_PLANNED = "done_as_planned"
    DONE_EARLY = "done_early"
    DONE_EASIER = "done_easier"
    DONE_SORE = "done_sore"
    DONE_HARDER = "done_harder"
    DONE_OTHERWISE = "done_otherwise"
    DONE_GENTLY = "done_gently"
    NEXT_TIME = "next_time"
    NEXT_TIME_SORE = "next_time_sore"
    ASK_WELL_AGAIN = "ask_well_again"
    ASK_SCREEN_HEART = "ask_screen_heart"
    ASK_SCREEN_BODY = "ask_screen_body"
    ASK_SCREEN_NERVES = "ask_screen_nerves"
    ASK_SCREEN_BACK = "ask_screen_back"
    ASK_YESTERDAY = "ask_yesterday"
    ASK_RESUME = "ask_resume"
    ASK_REST_DAY = "ask_rest_day"
    ASK_PROGRESS = "ask_progress"
    ASK_SIDE_BRANCH = "ask_side_branch"
    ASK_EFFORT = "ask_effort"
    ASK_SORENESS = "ask_soreness"


PLACEHOLDERS: Mapping[str, str | int] = {
    "n": 1,
    "m": 1,
    "set": 1,
    "title": "title",
    "side": "side",
    "word": "word",
}
"""What a cue's text may have filled in, with a value of each kind."""


LONG_ENOUGH_LETTERS = 20
"""From here on a cue's length tells how fast the voice is; shorter ones are slower by the letter. Chosen."""

USUAL_SECONDS_PER_LETTER = 0.08
"""Where no cue tells: about 150 words of six letters a minute."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long each cue takes to say: a table that is made before a session, and nothing is rendered later.

    What is not in the table is taken to last as long as the slowest of its cues would, letter by letter, so
    that no other cue is said into it.
    """

    seconds: Mapping[Cue, float]
    seconds_per_letter: float

    @classmethod
    def measured(cls, seconds: Mapping[Cue, float]) -> Lengths:
        """Return the lengths of a voice whose cues have been measured, in seconds."""
        paces = [s / len(cue.text) for cue, s in seconds.items() if len(cue.text) >= LONG_ENOUGH_LETTERS]
        return cls(seconds, max(paces, default=USUAL_SECONDS_PER_LETTER))

    def of(self, cue: Cue) -> float:
        """Return how long a cue takes to say, in seconds."""
        known = self.seconds.get(cue)
        return self.seconds_per_letter * len(cue.text) if known is None else known


@dataclass(frozen=True, slots=True)
class Script:
    """A voice's wording of every line, with the time that each takes to say."""

    cues: Mapping[str, Cue]
    numbers: tuple[str, ...]
    """Words for 0, 1, 2 …"""
    seconds_of: Callable[[Cue], float]
    """Length of a cue as it will be played, in seconds."""

    def cue(self, name: str, **filled: str | int) -> Cue:
        """Word one cue, its placeholders filled in; one that is not known here is left out."""
        cue = self.cues[name]
        if "{" not in cue.text:
            return cue
        words = {key: self.number(v) if isinstance(v, int) else v for key, v in filled.items()}
        text = cue.text.format_map(defaultdict(str, words))
        return replace(cue, text=text[:1].upper() + text[1:])

    def number(self, value: int) -> str:
        """Give the word for a number, or its digits beyond the voice's list."""
        return self.numbers[value] if value < len(self.numbers) else str(value)

    def counted(self, count: int, one: Line, more: Line) -> str:
        """Word a count with its noun, to be put in the middle of a sentence."""
        text = self.cue(one).text if count == 1 else self.cue(more, n=count).text
        return text[:1].lower() + text[1:]

    def count(self, value: int) -> Cue:
        """Word a number as a cue of its own."""
        return Cue(f"number_{value}", self.number(value), "movement")
