"""What the coach asks, and the one queue of questions that are still to be asked or answered.

A question is a row of `QUESTIONS`: its words, what is listened for meanwhile, which commands answer it,
whether it is asked once more in silence, which answers silence, "I don't know" and "I'm fine" count as, and
whether a number is read back. What follows from an answer stands in `commands/answers.py`.

Everything that is still open waits in one queue, in the order in which it came up, each under the occasion on
which it is asked:

- BODY: what the person feels. Such a question is asked at once and stays open, whatever comes between, until
  it is answered. The newest comes first: a red flag sets an open question about pain aside, and that comes
  back when the red flag is answered for.
- OPENING: before the first set. What is only told there, such as the tutorial, waits in the same line.
- REST: in the next rest, while nothing moves.
- CLOSING: after the last set.

Questions that are asked in passing ("Ready?", "Shall we stop here?", "Nine?") are never queued.

One utterance answers one question, and only one that had been put before it began. A question is put as soon
as its question clause has been spoken: the words up to the first question mark. What comes after that ("Yes
or no?") may be cut off. Where in the cue that is, is estimated from its text, since only the length of the
whole cue is known. A question that was put stays so while it is asked once more. What began before the last
answer was taken belongs to the same breath, and says the same thing again ("no, no").
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TypeAlias

from assistant.coaching.events import Command
from assistant.coaching.phases import Context
from assistant.coaching.script import Line

AHEAD_SECONDS = 0.3
"""An answer may begin so long before the question clause is over: its last syllable still sounds. Chosen."""

PAUSE_LETTERS = 5
"""A pause between two sentences lasts as long as so many letters: a third of a second in three voices."""

_SENTENCE_END = re.compile(r"[.!?](?=\s)")


class QuestionName(StrEnum):
    """Every question that the coach asks."""

    READY = "ready"
    FINISH = "finish"
    WHERE = "where"
    HOW_SORE = "how_sore"
    SURE = "sure"
    ZERO = "zero"
    HOW_NOW = "how_now"
    CRAMP = "cramp"
    HURT = "hurt"
    WAS_THAT_PAIN = "was_that_pain"
    UNWELL = "unwell"
    WHAT = "what"
    SIDE_BRANCH = "side_branch"
    KIND = "kind"
    HALF = "half"
    EQUIPMENT = "equipment"
    WAS_IT_SO = "was_it_so"
    WELL_AGAIN = "well_again"
    SCREEN_HEART = "screen_heart"
    SCREEN_BODY = "screen_body"
    SCREEN_NERVES = "screen_nerves"
    SCREEN_BACK = "screen_back"
    RESUME = "resume"
    PAIN_NOW = "pain_now"
    YESTERDAY = "yesterday"
    SORE_WHERE = "sore_where"
    GENTLE_TODAY = "gentle_today"
    REST_DAY = "rest_day"
    PROGRESS = "progress"
    EFFORT = "effort"
    RESERVE = "reserve"
    SORENESS = "soreness"


class Told(StrEnum):
    """What is told before the first set without asking anything."""

    LOCKED = "locked"
    EDUCATIONAL = "educational"
    TUTORIAL = "tutorial"
    SCREENING = "screening"
    LOWERED = "lowered"


Item: TypeAlias = QuestionName | Told


class Occasion(Enum):
    """When an open question is asked."""

    BODY = "body"
    OPENING = "opening"
    REST = "rest"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the coach asks and waits for."""

    line: Line
    context: Context
    """What is listened for meanwhile."""
    answers: frozenset[Command]
    """Commands that answer it."""
    repeated: bool = True
    """Whether it is asked a second time when there was no answer."""
    silence: Command | None = None
    """The answer that silence counts as; None where silence has a meaning of its own."""
    unsure: Command | None = None
    """The answer that "I don't know" counts as; None where it is told once how to answer, and is silence
    after that."""
    fine: Command | None = None
    """The answer that "I'm fine" counts as; None where it is asked again."""
    read_back: bool = False
    """Whether a number that was not surely heard is read back before anything follows from it."""


def _yes_no(
    line: Line,
    repeated: bool = True,
    silence: Command | None = None,
    unsure: Command | None = None,
    fine: Command | None = None,
) -> Question:
    answers = frozenset({Command.YES, Command.NO})
    return Question(line, Context.ASKED_YES_NO, answers, repeated, silence, unsure, fine)


def _number(
    line: Line, repeated: bool = True, silence: Command | None = None, read_back: bool = False
) -> Question:
    answers = frozenset({Command.NUMBER})
    return Question(line, Context.ASKED_NUMBER, answers, repeated, silence, read_back=read_back)


QUESTIONS: Mapping[str, Question] = {
    QuestionName.READY: Question(Line.ASK_READY, Context.ASKED_READY, frozenset({Command.READY})),
    QuestionName.WHERE: Question(
        Line.ASK_WHERE,
        Context.ASKED_WHERE,
        frozenset({Command.PLACE, Command.PAIN}),
        fine=Command.FINE,
    ),
    QuestionName.HOW_SORE: _number(Line.ASK_HOW_SORE, read_back=True),
    # Whoever doubts that all is fine, or has not said yes to it, is asked for the number again.
    QuestionName.ZERO: _yes_no(Line.ASK_ZERO, unsure=Command.NO),
    QuestionName.HOW_NOW: _number(Line.ASK_HOW_NOW, read_back=True),
    QuestionName.CRAMP: _yes_no(Line.ASK_CRAMP, unsure=Command.NO, fine=Command.YES),
    QuestionName.SURE: _yes_no(Line.ASK_SURE),
    QuestionName.HURT: _yes_no(Line.ASK_HURT, unsure=Command.YES, fine=Command.NO),
    QuestionName.WAS_THAT_PAIN: _yes_no(Line.ASK_WAS_THAT_PAIN, unsure=Command.YES, fine=Command.NO),
    QuestionName.UNWELL: _yes_no(Line.ASK_RED_FLAG, unsure=Command.UNSURE, fine=Command.FINE),
    QuestionName.WHAT: Question(
        Line.ASK_WHAT, Context.ASKED_WHERE, frozenset({Command.PLACE}), fine=Command.FINE
    ),
    QuestionName.FINISH: _yes_no(Line.ASK_FINISH, repeated=False, silence=Command.NO),
    QuestionName.KIND: Question(
        Line.ASK_KIND,
        Context.ASKED_KIND,
        frozenset({Command.MUSCLE, Command.JOINT}),
        silence=Command.JOINT,
        fine=Command.FINE,
    ),
    QuestionName.HALF: _yes_no(Line.ASK_HALF, silence=Command.NO),
    QuestionName.EQUIPMENT: _yes_no(Line.ASK_EQUIPMENT),
    QuestionName.SIDE_BRANCH: _yes_no(Line.ASK_SIDE_BRANCH, silence=Command.NO),
    QuestionName.WAS_IT_SO: _yes_no(Line.ASK_WAS_IT_SO, fine=Command.NO),
    QuestionName.WELL_AGAIN: _yes_no(
        Line.ASK_WELL_AGAIN, silence=Command.NO, unsure=Command.NO, fine=Command.YES
    ),
    # A red flag that is not ruled out is one.
    QuestionName.SCREEN_HEART: _yes_no(Line.ASK_SCREEN_HEART, unsure=Command.YES),
    QuestionName.SCREEN_BODY: _yes_no(Line.ASK_SCREEN_BODY),
    QuestionName.SCREEN_NERVES: _yes_no(Line.ASK_SCREEN_NERVES, unsure=Command.YES),
    QuestionName.SCREEN_BACK: _yes_no(Line.ASK_SCREEN_BACK),
    QuestionName.RESUME: _yes_no(Line.ASK_RESUME),
    QuestionName.REST_DAY: _yes_no(Line.ASK_REST_DAY, silence=Command.NO),
    QuestionName.PROGRESS: _yes_no(Line.ASK_PROGRESS, silence=Command.NO),
    QuestionName.PAIN_NOW: _number(Line.ASK_PAIN_NOW, silence=Command.NUMBER, read_back=True),
    QuestionName.YESTERDAY: _number(Line.ASK_YESTERDAY, silence=Command.NUMBER, read_back=True),
    # Without an answer the back counts as sore.
    QuestionName.SORE_WHERE: Question(
        Line.ASK_SORE_WHERE,
        Context.ASKED_WHERE,
        frozenset({Command.PLACE}),
        silence=Command.PLACE,
        fine=Command.FINE,
    ),
    QuestionName.GENTLE_TODAY: _yes_no(Line.ASK_GENTLE_TODAY, silence=Command.NO, unsure=Command.NO),
    # Nothing is locked or changed by these three: at most a harder step is not offered next time.
    QuestionName.EFFORT: _number(Line.ASK_EFFORT, repeated=False),
    QuestionName.RESERVE: _number(Line.ASK_RESERVE, repeated=False),
    QuestionName.SORENESS: _number(Line.ASK_SORENESS, repeated=False),
}
"""Every question by name."""


def seconds_until_put(text: str, seconds: float) -> float:
    """Return how long after its beginning a question is put: its clause has been heard, all but a syllable.

    Args:
        text: All that is said with it.
        seconds: How long that takes.
    """
    mark = text.find("?")
    clause = text[: mark + 1] if mark >= 0 else text
    share = _letters(clause, text) / _letters(text, text)
    return max(seconds * share - AHEAD_SECONDS, seconds * share / 2)


def _letters(spoken: str, text: str) -> int:
    """Return how many letters the beginning of a text lasts, with its pauses."""
    pauses = sum(end.start() < len(spoken) - 1 for end in _SENTENCE_END.finditer(text))
    return len(spoken) + PAUSE_LETTERS * pauses


@dataclass(slots=True)
class Questions:
    """The question that is being asked, and the queue of those that are open."""

    asked: QuestionName | None = None
    """The question that an answer would answer now."""
    is_repeated: bool = False
    """Whether it is being asked a second time."""
    put_at: float = math.inf
    """Seconds at which it was put, or will be: an answer to it begins then or later."""
    breath_until: float = -math.inf
    """Seconds at which an answer was dealt with last: what began by then was said in the same breath."""
    is_explained: bool = False
    """Whether it has been said how to answer it."""
    doubted: tuple[QuestionName, int] | None = None
    """The question that was answered with a number that is being read back, and the number."""
    queue: list[tuple[Occasion, Item]] = field(default_factory=list[tuple[Occasion, Item]])
    """What is open, with the occasion on which it is asked."""

    def ask(self, name: QuestionName, repeated: bool, now: float, put_at: float) -> None:
        """Take note that a question is being asked; one that was put before stays so."""
        if name is not self.asked or self.put_at > now:
            self.put_at = put_at
        if name is not self.asked:
            self.is_explained = False
        self.asked, self.is_repeated = name, repeated

    def cut_off(self, now: float) -> None:
        """Take note that the coach has fallen silent: a question that was not put yet will not be."""
        if self.put_at > now:
            self.put_at = math.inf

    def deal_with(self, now: float) -> None:
        """Take note that an answer was taken, or turned down: the rest of the breath is no other answer."""
        self.breath_until = now

    def put_by(self) -> None:
        """Take note that no question is being asked any more; one in the queue stays open."""
        self.asked = None

    def first(self, occasion: Occasion) -> Item | None:
        """Return what comes first on an occasion, or None."""
        return next((name for when, name in self.queue if when is occasion), None)

    def has(self, name: Item) -> bool:
        """Return whether something is in the queue."""
        return any(queued == name for _, queued in self.queue)

    def add(self, occasion: Occasion, *names: Item) -> None:
        """Put something last on its occasion, if it is not in the queue already."""
        self.queue += [(occasion, name) for name in names if not self.has(name)]

    def drop(self, *names: Item) -> None:
        """Take something out of the queue; nothing happens where it is not in it."""
        self.queue = [(when, queued) for when, queued in self.queue if queued not in names]

    def replace_first(self, occasion: Occasion, name: QuestionName) -> None:
        """Let a question take the place of what comes first on an occasion."""
        self.drop(name)
        place = next(i for i, (when, _) in enumerate(self.queue) if when is occasion)
        self.queue[place] = (occasion, name)

    def keep(self, occasion: Occasion, wanted: Callable[[Item], bool]) -> None:
        """Leave in the queue only what is wanted on an occasion."""
        self.queue = [(when, name) for when, name in self.queue if when is not occasion or wanted(name)]

    # -- about the body

    @property
    def body(self) -> Item | None:
        """The question about the body that is open, the newest first."""
        return self.first(Occasion.BODY)

    def open_body(self, name: QuestionName) -> None:
        """Let a question about the body take the place of the one that is open."""
        self.close_body()
        self.set_aside(name)

    def set_aside(self, name: QuestionName) -> None:
        """Let a question about the body come before the one that is open, which comes back after it."""
        self.queue.insert(0, (Occasion.BODY, name))

    def close_body(self) -> None:
        """Close the question about the body that is open."""
        if (name := self.body) is not None:
            self.queue.remove((Occasion.BODY, name))

    def replace_aside(self, name: QuestionName) -> None:
        """Let a question about the body wait behind the one that is open, in place of any that does."""
        newest = self.body
        self.keep(Occasion.BODY, lambda queued: queued == newest)
        self.add(Occasion.BODY, name)
