"""The coach's lines: which cues it knows by name, and how a voice words them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.coaching.history import PastSession
from assistant.coaching.plan import Cue

Line = StrEnum(
    "Line",
    """
    IMPRINT_LONG IMPRINT GET_READY CURL_UP_LONG CURL_UP COME_UP_BEFORE LIFT_LONG LIFT
    RETURN_LONG RETURN_UP LEFT_NOW RIGHT_NOW HOLD
    BREATHE_IN LAST_ONE ONE_MORE
    FIRST_SIDE OTHER_SIDE THIS_SIDE RANGE_1 RANGE_2 RANGE_3 RANGE_4 SIDE_LEFT SIDE_RIGHT
    GREETING GREETING_AGAIN LIE_DOWN HEARD_YOU ANNOUNCE ANNOUNCE_ONE SAY_READY STILL_SETTING_UP
    SET_DONE REST MORE_REST REST_TEN NEXT_UP NEXT_EXERCISE_UP
    STOPPED STILL_STOPPED PAUSED STILL_PAUSED NO_SOUND
    MICROPHONE_LOST MICROPHONE_MUTED LOUDSPEAKER_LOST CLIPPING DROWNED DEVICE_CHANGED ASLEEP BEHIND
    STILL_LOST TROUBLE_OVER
    RESUME NOT_YET NOT_NOW LATER SORRY OTHER_WORDS
    EASIER_RANGE EASIER_RETURN EASIER_EXERCISE EASIEST HARDER_RANGE HARDER_EXERCISE HARDEST
    HARDER_REFUSED HARDER_WAIT SLOWER SLOWEST FASTER FASTEST MUSCLE_WORKING
    TO_GO SETS_TO_GO MINUTES_TO_GO NEXT_IS NOTHING_NEXT ONLY_COOL_DOWN LAST_REPETITION WHERE_YOU_ARE
    OPTIONS
    VOLUME TALK_LESS TALK_MORE
    ZERO_FINE SHALLOWER_FROM_HERE REGRESS_FROM_HERE GO_ON_GENTLY GO_ON_NECK
    GO_ON_SHOULDER GO_ON_KNEE GO_ON_STOMACH WARM_UP_LEFT WARM_UP_LEFT_EASIER END_LIFTS END_SESSION EMERGENCY
    END_SILENCE FAREWELL_EARLY
    ASK_READY ASK_WHERE ASK_HOW_SORE ASK_SURE ASK_ZERO ASK_HOW_NOW ASK_CRAMP CRAMP ASK_HURT
    ASK_RED_FLAG ASK_WHAT ASK_FINISH ASK_KIND
    ASK_HALF ASK_WAS_THAT_PAIN ASK_EQUIPMENT ASK_LATER NOT_ASKED
    SORE_PLACE PLACE_BACK PLACE_HIP PLACE_KNEE PLACE_ANKLE PLACE_FOOT PLACE_CALF PLACE_THIGH PLACE_GROIN
    PLACE_SHOULDER PLACE_NECK PLACE_STOMACH PLACE_RIBS PLACE_WRIST PLACE_ELSEWHERE BODY
    FLAG_CHEST FLAG_DIZZY FLAG_FAINT FLAG_UNWELL FLAG_BREATHLESS FLAG_NUMB FLAG_TINGLING FLAG_WEAK_LEG
    FLAG_SHOOTING FLAG_UNNAMED
    ONE_OR_TWO GIVE_A_NUMBER HOW_YES_NO HOW_NUMBER HOW_WHERE HOW_KIND TAKE_YOUR_TIME WHEN_YOU_LIKE
    FAULT_PINCH FAULT_CLICK FAULT_ARCHING FAULT_LOST_IT FAULT_FINE CLICK_AGAIN DRILL_START
    DRILL_KEEP DRILL_DONE ADVISE_TRAINER FROM_HERE_HIGHER FROM_HERE_EASIER SETTLE SET_ENDS_HERE
    EQUALLY_GOOD MUSCLE_TIRED HALF AS_PLANNED
    NEEDS_BALL NEEDS_BENCH NEEDS_BAR WITHOUT_IT
    SWITCHING BOTH_TOGETHER LEGS_IN_TURN OTHER_SIDE_DONE MINUTE_TO_GO
    UNDONE_EASIER UNDONE_HARDER UNDONE_SLOWER UNDONE_FASTER UNDONE_VOLUME UNDONE_TALK UNDONE_REST
    UNDONE_PAUSE NOTHING_UNDONE STAYS
    WHY_IMPRINT WHY_IMPRINT_LONG WHY_LIFT WHY_LIFT_LONG WHY_LOWER WHY_LOWER_LONG WHY_LEG_LIFTS
    WHY_LEG_LIFTS_LONG WHY_POSTURE_LONG WHY_NAMES_LONG WHY_FAT_LONG WHY_WAITING WHY_RANGE
    WHY_RANGE_LONG WHY_EXERCISE WHY_EXERCISE_LONG WHY_HARDER WHY_HARDER_LONG WHY_PINCH
    WHY_PINCH_LONG WHY_CLICK WHY_CLICK_LONG WHY_SHAKING WHY_SHAKING_LONG WHY_BURNING
    WHY_BURNING_LONG
    EDUCATIONAL TEACH_TALK TEACH_HEARD TEACH_STOP TEACH_TRY TEACH_READY TEACH_SORE TEACH_CHANGE
    TEACH_IMPRINT TEACH_LOWER TEACH_REST TEACH_END
    SCREENING SCREENED DOCTOR_FIRST GENTLE_BACK LOCKED_TODAY NOT_WELL_YET
    LEFT_OFF LEFT_OFF_SIDE LEFT_OFF_BEFORE LEFT_OFF_OTHER LEFT_OFF_COOL_DOWN
    HURT_TODAY HURT_YESTERDAY HURT_LAST_TIME HURT_TODAY_UNRATED HURT_YESTERDAY_UNRATED
    HURT_LAST_TIME_UNRATED NO_LIFTS_YET NO_LIFTS_TODAY REST_TODAY
    LOWERED_PAIN LOWERED_PAIN_AGAIN LOWERED_AWAY LOWERED_LONG_AWAY LOWERED_VERY_LONG_AWAY
    START_EASIER START_GENTLY REST_DAY_RECENT REST_DAY_WEEK GENTLE_DAY STEP_UP NO_STEP_UP
    NEED_ANSWER WARM_UP COOL_DOWN SIDE_BRANCH FEW_QUESTIONS
    ONE_SET SETS ONE_REPETITION REPETITIONS DONE_SETS DONE_REPETITIONS DONE_AS_PLANNED DONE_EARLY
    DONE_EASIER DONE_SORE DONE_HARDER DONE_OTHERWISE DONE_GENTLY NEXT_TIME NEXT_TIME_SORE
    ASK_WAS_IT_SO ASK_WELL_AGAIN ASK_SCREEN_HEART ASK_SCREEN_BODY ASK_SCREEN_NERVES ASK_SCREEN_BACK
    ASK_PAIN_NOW ASK_YESTERDAY ASK_SORE_WHERE ASK_GENTLE_TODAY ASK_RESERVE ASK_RESUME
    ASK_REST_DAY ASK_PROGRESS ASK_SIDE_BRANCH ASK_EFFORT ASK_SORENESS
    """,
)
"""Every cue that the coach says of its own accord: its name in small letters is that of the voice's cue."""


PLACEHOLDERS: Mapping[str, str | int] = {
    "n": 1,
    "m": 1,
    "set": 1,
    "title": "title",
    "side": "side",
    "place": "place",
    "flag": "flag",
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

    def sore_place(self, where: str, side: str | None) -> Cue:
        """Word a place of the body with its side, as it is spoken back."""
        return self.cue(Line.SORE_PLACE, place=self._place(self.cue(f"place_{where}").text, side))

    def your_place(self, where: str | None, side: str | None) -> str:
        """Return what "your" goes before: a place of the body with its side, or the body itself."""
        known = where is not None and where != "elsewhere"
        return self._place(self.cue(f"place_{where}" if known else Line.BODY).text, side)

    def last_pain(self, last: PastSession) -> Cue:
        """Word what hurt in a session, when that was, and how much."""
        assert last.pain is not None
        complaint, score = last.pain.complaint, last.pain.score
        when = {0: Line.HURT_TODAY, 1: Line.HURT_YESTERDAY}.get(last.days_ago, Line.HURT_LAST_TIME)
        place = self.your_place(complaint.where, complaint.side)
        if score is None:
            return self.cue(f"{when}_unrated", place=place)
        return self.cue(when, place=place, n=score)

    def _place(self, place: str, side: str | None) -> str:
        return place if side is None else f"{self.cue(f'side_{side}').text} {place}"

    def flag(self, flag: str) -> str:
        """Return the words for a red flag; those for feeling unwell where it has none."""
        return self.cue(f"flag_{flag}" if f"flag_{flag}" in self.cues else Line.FLAG_UNNAMED).text

    def number(self, value: int) -> str:
        """Return the word for a number, or its digits beyond the voice's list."""
        return self.numbers[value] if value < len(self.numbers) else str(value)

    def counted(self, count: int, one: Line, more: Line) -> str:
        """Word a count with its noun, to be put in the middle of a sentence."""
        text = self.cue(one).text if count == 1 else self.cue(more, n=count).text
        return text[:1].lower() + text[1:]

    def count(self, value: int) -> Cue:
        """Word a number as a cue of its own."""
        return Cue(f"number_{value}", self.number(value), "movement")
