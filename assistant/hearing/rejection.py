"""Rejection: whether a command that was recognized was meant for the coach, and if not, why.

Theory of operation. A recognizer with a grammar makes commands of anything: of what the canceller left of
the coach's own voice, of a radio, of talk between two people, of a fan. Each of these gives itself away in
another way, so a command has to pass one condition for each (`Reason` lists them), and the first that it
fails is the reason. None of them looks at the sound again: they rest on when there was near-end speech and
how loud it was, on what the coach said at that time, and on the other words of the utterance.

A command about safety is held to less. A stop for nothing is cheap and undone by "carry on"; one that is
missed is not. So it is refused only where it is unlikely to be about safety at all, where all of it may be
left over from the coach's own voice, or where the coach says these words itself at that time, unless they
are heard more often than the coach says them.

`verdict` only answers. What later verdicts depend on (how loud the person is, which of the coach's own words
were heard) changes in `note` alone.

Limits. Somebody else in the room who is as near and as loud as the person is not told from the person. The
place of a word inside a cue is estimated from its letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.coaching.events import Heard
from assistant.hearing.interpretation import Interpretation
from assistant.hearing.self_speech import NEAR_SECONDS, Repeats, Spoken, own_words
from assistant.hearing.speech_activity import NearEndActivity

ISOLATED_SECONDS = 0.12
"""Other speech this near to a phrase makes it part of a sentence that was not meant for us."""

LONGEST_WORD_SECONDS = 3.0
"""Nobody draws a word out like this; a steady noise that resembles one lasts longer."""

LEAST_SPEECH_SECONDS = 0.25
"""Shorter noises are not speech that was not understood."""

FAINT_DB = 10.0
"""A command weaker than the person by this is taken for something else.

Of 415 keywords of the training recordings in made-up noises 12 or 6 dB below them, none was; of four commands
that the noise was mistaken for, three were.
"""

_LOWERED_DB = 5.0
_FOLLOWED = 0.5
_ACTIVITY_MARGIN_SECONDS = 0.15


class Reason(StrEnum):
    """Why a command that was recognized is not acted on."""

    UNSURE = "unsure"
    """It is too likely to be something else."""
    NO_NEAR_END_SPEECH = "no_near_end_speech"
    """Nothing was heard at that time but the room."""
    RESIDUAL_ECHO = "residual_echo"
    """Nothing was heard at that time but what is left of the coach's voice."""
    SELF_SPEECH = "self_speech"
    """The coach says these words itself at that time."""
    DRAWN_OUT = "drawn_out"
    """It lasts longer than a person says it: a steady noise."""
    NOT_ALONE = "not_alone"
    """It is part of a longer sentence."""
    FAINT = "faint"
    """It is much weaker than the person: it comes from elsewhere in the room."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of a command."""

    because: Reason | None = None
    """Why it is refused; None where it is accepted."""

    @property
    def accepted(self) -> bool:
        """Whether it is acted on."""
        return self.because is None


@dataclass(frozen=True, slots=True)
class Refused:
    """A command was recognized that is not acted on."""

    heard: Heard
    because: Reason


class Loudness:
    """Remembers how loud the commands were that were taken; levels are in decibels of full scale.

    A person who has moved away, or speaks more softly, is heard when they say it again, at 20 dB less when
    they say it a third time. One shout does not make the next words faint.
    """

    def __init__(self) -> None:
        self._person_db: float | None = None

    def is_faint(self, level_db: float) -> bool:
        """Whether a command is too weak to come from the person."""
        return self._person_db is not None and level_db < self._person_db - FAINT_DB

    def refused(self) -> None:
        """Expect less of the next command: one was refused because it was faint."""
        if self._person_db is not None:
            self._person_db -= _LOWERED_DB

    def took(self, level_db: float) -> None:
        """Learn from a command that was taken."""
        known = level_db if self._person_db is None else self._person_db
        self._person_db = known + _FOLLOWED * (level_db - known)


class Rejection:
    """Judges commands by when and how loudly somebody spoke, and by what the coach said.

    Args:
        activity: When there was near-end speech.
        live: Whether a loudspeaker is heard, too: then everything needs near-end speech.
    """

    def __init__(self, activity: NearEndActivity, live: bool) -> None:
        self._activity = activity
        self._live = live
        self._loudness = Loudness()
        self._repeats = Repeats()

    def verdict(self, command: Interpretation, spoken: Sequence[Spoken], itself: bool = False) -> Verdict:
        """Return whether a command is acted on, and if not, why.

        Args:
            command: What was recognized.
            spoken: What the coach said in the last seconds.
            itself: Whether one about safety must be sure by itself: another was taken of the same words, so
                that it no longer matters whether there is any.
        """
        if (command.own_confidence if itself else command.confidence) < command.least_confidence:
            return Verdict(Reason.UNSURE)
        return Verdict(
            self._against_safety(command, spoken) if command.match.safety else self._against(command, spoken)
        )

    def note(self, command: Interpretation, verdict: Verdict, spoken: Sequence[Spoken]) -> None:
        """Learn from a command that was judged, for the next ones."""
        if command.match.safety:
            # A "stop" may be shouted; what is said calmly after it is as loud as what was before.
            own = own_words(spoken, command.words, command.start, command.end)
            if own and verdict.because in (None, Reason.SELF_SPEECH):
                self._repeats.add(command.match.command, command.start)
        elif verdict.accepted:
            self._loudness.took(self._level_db(command))
        elif verdict.because is Reason.FAINT:
            self._loudness.refused()

    def is_speech(self, start: float, end: float) -> bool:
        """Whether there was enough between two moments for somebody to have said something."""
        return (
            end - start >= LEAST_SPEECH_SECONDS
            and self._activity.seconds(start, end) >= LEAST_SPEECH_SECONDS / 2
        )

    def _against_safety(self, command: Interpretation, spoken: Sequence[Spoken]) -> Reason | None:
        # This is no gate on speaking over the coach: who does so stands out from the echo.
        while_speaking = any(
            cue.start - NEAR_SECONDS <= command.end and command.start <= cue.end + NEAR_SECONDS
            for cue in spoken
        )
        if while_speaking and not self._is_evident(command):
            return Reason.RESIDUAL_ECHO
        own = own_words(spoken, command.words, command.start, command.end)
        if own and self._repeats.count_with(command.match.command, command.start) <= own:
            return Reason.SELF_SPEECH
        return None

    def _against(self, command: Interpretation, spoken: Sequence[Spoken]) -> Reason | None:
        if not self._is_evident(command):
            return Reason.NO_NEAR_END_SPEECH
        if command.end - command.start > LONGEST_WORD_SECONDS * len(command.words):
            return Reason.DRAWN_OUT
        if own_words(spoken, command.words, command.start, command.end):
            return Reason.SELF_SPEECH
        if not self._is_alone(command):
            return Reason.NOT_ALONE
        return Reason.FAINT if self._loudness.is_faint(self._level_db(command)) else None

    def _is_alone(self, command: Interpretation) -> bool:
        return not any(
            word.end > command.start - ISOLATED_SECONDS
            and word.start < command.end + ISOLATED_SECONDS
            and self._activity.of_speech(word.start, word.end)
            for word in command.others
        )

    def _is_evident(self, command: Interpretation) -> bool:
        """Whether anybody made a sound there.

        The recognizer makes words even of the moment of quiet before the utterance is over: without this, an
        answer was heard that nobody gave.
        """
        return not self._live or self._activity.of_speech(
            command.start - _ACTIVITY_MARGIN_SECONDS, command.end + _ACTIVITY_MARGIN_SECONDS
        )

    def _level_db(self, command: Interpretation) -> float:
        return self._activity.loudest_db(command.start, command.end)
