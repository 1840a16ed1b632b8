"""Rejection: whether a command that was recognized was meant for the coach, and if not, why.

Theory of operation. A recognizer with a grammar makes commands of anything: of what the canceller left of
the coach's own voice, of a radio, of talk between two people, of a fan. Each of these gives itself away in
another way, so a command has to pass one condition for each (`Reason` lists them), and the first that it
fails is the reason. None of them looks at the sound again: they rest on when there was near-end speech, how
loud it was and whether a voice was in it, on what the coach said at that time, and on the other words of the
utterance.

A command about safety is held to less. A stop for nothing is cheap and undone by "carry on"; one that is
missed is not. So it is refused only where it is unlikely to be about safety at all, where all of it may be
left over from the coach's own voice, or where the coach says these words itself at that time, unless they
are heard more often than the coach says them. Where no voice sounds it must be surer; not a stop, though,
which may be whispered or groaned. A wrong red flag is not cheap: it needs a voice, and a better second
opinion. One that lacks these, and has what pain must have, is a stop.

`verdict` only answers. What later verdicts depend on (how loud the person is, which of the coach's own words
were heard) changes in `note` alone.

Limits. Another person who is as near and as loud is not told from the one who trains. The place of a word
inside a cue is estimated from its letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.coaching.events import Command, Heard
from assistant.hearing.gain import TARGET_DB
from assistant.hearing.interpretation import Interpretation
from assistant.hearing.self_speech import NEAR_SECONDS, Repeats, Spoken, own_words
from assistant.hearing.speech_activity import NearEndActivity
from assistant.hearing.verification import Verifier
from assistant.hearing.voice_activity import VoiceActivity

LEAST_VOICE = 0.5
"""A command was not said aloud if in no 0.1 s of it a voice is as likely as this.

Of 250 single words of the training set's people 247 had as much, alone and over a kitchen 12 dB below them;
245 at 6 dB, 238 at 0 dB. In 659 s of the training set's kitchens, as loud as a person, 36 commands were heard
by the networks before while moving, and in none a voice was likelier than 0.384; where yes or no was asked 52
were heard, and in one of them a voice was as likely as this. Nobody had said any of them.
"""

SURE_WITHOUT_VOICE = 0.9
"""What pain, help or the answer no must be heard with where no voice sounds.

Of those 36 and 52, 31 were pain or help and 9 no: 10 and 1 were as sure as this. Nearly all that held-out
voices said is at 0.99 or above (`SURE_CONFIDENCE` of the listener).
"""

OPINION_MARGIN_SECONDS = 0.25
"""Sound on either side of a command that is looked at with it: its times are not exact. Chosen."""

PLAIN = 0.99
"""What is heard as surely as this, alone and in a voice, needs no second opinion, unless it is a red flag.

Of 130 single words of the tuning split that are no command 10 ended the movement where this held from 0.9 on,
8 from 0.99 on, 6 where it held for none; of 60 words of safety in kitchens 6 dB below them 52 were heard each
time, of 42 clean ones 40. Of 83 times that held-out voices said "help" or pain as surely as this, 6 would be
refused.
"""

LEAST_OPINION, LEAST_RED_FLAG_OPINION, LEAST_OPINION_IN_TALK = 0.15, 0.3, 0.4
"""What the second opinion must at least be: of a safety command, of a red flag, of both inside other talk.

Of 526 safety phrases in noise 6 to 30 dB below them 505 are kept at the first, 491 at the second and 482 at
the third; of 600 other words, pieces of talk and noises, each held against the phrase that fits best of 24 by
chance, 198, 75 and 53 are. Alone, a missed stop is worse than a false one; talk is mostly not meant for us.
The people are those of the tuning split; the synthetic voices were trained on.
"""

LEAST_OPINION_OF_WORDS = 0.25
"""What the second opinion must at least be of a safety command of several words, however surely it is heard.

With thousands of sentences some fit to any talk. Of what six synthetic voices said of the list, 64 of the
68 such commands that were meant had as much, and 9 of 28 that were not.
"""

LEAST_ORDINARY_OPINION = 0.4
"""The same of any other command of several words.

133 of 136 that were meant had as much, and 14 of 32 that were not.
"""

ISOLATED_SECONDS = 0.12
"""Other speech this near to a phrase makes it part of a sentence that was not meant for us. Chosen."""

LONGEST_WORD_SECONDS = 3.0
"""No person draws a word out like this; a steady noise that resembles one lasts longer. Chosen."""

FAINT_DB = 10.0
"""A command weaker than the person by this is taken for something else.

Of 415 keywords of the training recordings in made-up noises 12 or 6 dB below them, none was; of four commands
that the noise was mistaken for, three were.
"""

# By how much a refusal lowers what is expected; which share of a change in level is followed at once; and the
# time around a command in which near-end speech counts for it. Chosen.
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
    NO_VOICE = "no_voice"
    """No human voice sounded at that time: a plate, a drawer, a tap."""
    SECOND_OPINION = "second_opinion"
    """A second look at the sound found other phones in it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a command and against it."""

    near_end: bool
    """Whether a person made a sound at that time."""
    alone: bool
    """Whether it is no part of a longer sentence."""
    level_db: float
    """How loud it was, in decibels of full scale."""
    while_speaking: bool
    """Whether the coach spoke at that time."""
    own: int
    """How often the coach says these words at about that time."""
    voice: float | None
    """How likely a human voice sounded at that time, 0 to 1; None where nothing tells."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of a command."""

    evidence: Evidence
    because: Reason | None
    """Why it is refused; None where it is accepted."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A command was recognized that is not acted on."""

    heard: Heard
    """What it would have been, with the confidence that it was judged by."""
    because: Reason


NEAR_DB = 5.0
"""A voice that is softer than the person by more than this is not near.

Chosen: twice as far from the microphone is 6 dB softer.
"""

MOVED_AWAY_COMMANDS = 5
"""After so many commands in a row that were not near the person has moved. Chosen: others make fewer."""

USUAL_DB = TARGET_DB
"""How loud a person is of whom nothing was heard yet: what the recognizer is used to."""


class Loudness:
    """Remembers how loud the commands were that were taken; levels are in decibels of full scale.

    A person who has moved away, or speaks more softly, is heard when they say it again, at 20 dB less when
    they say it a third time. One shout does not make the next words faint.
    """

    def __init__(self) -> None:
        self._person_db: float | None = None
        self._near_db: float | None = None
        self._farther = 0

    def is_near(self, level_db: float) -> bool:
        """Whether a voice is about as loud as the commands that were taken.

        Of those only near ones count, unless there are no others any more: another person in the room is
        sometimes taken for this one.
        """
        return level_db >= (USUAL_DB if self._near_db is None else self._near_db) - NEAR_DB

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
        self._farther = 0 if self.is_near(level_db) else self._farther + 1
        if self._near_db is None or self._farther == MOVED_AWAY_COMMANDS:
            self._near_db, self._farther = level_db, 0
        elif not self._farther:
            self._near_db += _FOLLOWED * (level_db - self._near_db)


class Rejection:
    """Judges commands by when and how loudly the person spoke, and by what the coach said.

    Args:
        activity: When there was near-end speech.
        voice: How likely a human voice sounded.
        live: Whether a loudspeaker is heard, too: then everything needs near-end speech.
        verifier: Gives a second opinion; without one there is none.
    """

    def __init__(
        self,
        activity: NearEndActivity,
        voice: VoiceActivity,
        live: bool,
        verifier: Verifier | None = None,
    ) -> None:
        self.loudness = Loudness()
        """How loud the person is."""
        self._activity = activity
        self._voice = voice
        self._live = live
        self._verifier = verifier
        self._repeats = Repeats()

    def verdict(self, command: Interpretation, confidence: float, spoken: Sequence[Spoken]) -> Verdict:
        """Return whether a command is acted on, and if not, why.

        Args:
            command: What was recognized.
            confidence: How sure it is, 0 to 1.
            spoken: What the coach said in the last seconds.
        """
        evidence = self._gather(command, spoken)
        if confidence < command.least_confidence:
            return Verdict(evidence, Reason.UNSURE)
        against = self._against_safety if command.match.safety else self._against
        return Verdict(evidence, against(command, confidence, evidence))

    def lacks_voice(self, command: Interpretation, confidence: float) -> bool:
        """Whether no voice sounds in a command that, as sure as it is, needs one. A stop never does."""
        voice, name = self._voice_in(command), command.match.command
        if voice is None or voice >= LEAST_VOICE or name == Command.STOP:
            return False
        may_be_whispered = name == Command.NO or (command.match.safety and name != Command.RED_FLAG)
        return not may_be_whispered or confidence < SURE_WITHOUT_VOICE

    def is_doubted(self, command: Interpretation, confidence: float) -> bool:
        """Whether a second look at the sound speaks against a command that needs one.

        One word about safety that is plainly heard, alone and in a voice, needs none, unless it is a red
        flag; no other single word does.
        """
        name, several = command.match.command, len(command.words) > 1
        if not command.match.safety:
            return several and self._opinion(command) < LEAST_ORDINARY_OPINION
        if name != Command.RED_FLAG and confidence >= PLAIN and not command.others:
            voice = self._voice_in(command)
            if voice is None or voice >= LEAST_VOICE:
                return several and self._opinion(command) < LEAST_OPINION_OF_WORDS
        red_flag = name == Command.RED_FLAG and not command.others
        return self._opinion(command) < (LEAST_RED_FLAG_OPINION if red_flag else _least_opinion(command))

    def still_stops(self, command: Interpretation, confidence: float) -> bool:
        """Whether a red flag that lacks a voice or is doubted has what pain, unsurely heard, must have."""
        if command.match.command != Command.RED_FLAG:
            return False
        voice = self._voice_in(command)
        sure = voice is None or voice >= LEAST_VOICE or confidence >= SURE_WITHOUT_VOICE
        return sure and self._opinion(command) >= _least_opinion(command)

    def note(self, command: Interpretation, verdict: Verdict) -> None:
        """Learn from a command that was judged, for the next ones."""
        evidence, because = verdict.evidence, verdict.because
        if command.match.safety:
            # A "stop" may be shouted; what is said calmly after it is as loud as what was before.
            if evidence.own and because in (None, Reason.SELF_SPEECH):
                self._repeats.add(command.match.command, command.start)
        elif because is None:
            self.loudness.took(evidence.level_db)
        elif because is Reason.FAINT:
            self.loudness.refused()

    def _opinion(self, command: Interpretation) -> float:
        if self._verifier is None:
            return 1.0
        margin = OPINION_MARGIN_SECONDS
        sound = self._activity.sound(command.start - margin, command.end + margin)
        return self._verifier.verify(sound, command.words)

    def _gather(self, command: Interpretation, spoken: Sequence[Spoken]) -> Evidence:
        start, end = command.start, command.end
        # The recognizer makes words even of the moment of quiet before the utterance is over: an answer was
        # heard that no person gave.
        first, last = start - _ACTIVITY_MARGIN_SECONDS, end + _ACTIVITY_MARGIN_SECONDS
        return Evidence(
            near_end=not self._live or self._activity.of_speech(first, last),
            alone=not any(
                word.end > start - ISOLATED_SECONDS
                and word.start < end + ISOLATED_SECONDS
                and self._activity.of_speech(word.start, word.end)
                for word in command.others
            ),
            level_db=self._activity.loudest_db(start, end),
            while_speaking=any(
                cue.start - NEAR_SECONDS <= end and start <= cue.end + NEAR_SECONDS for cue in spoken
            ),
            own=own_words(spoken, command.words, start, end),
            voice=self._voice_in(command),
        )

    def _voice_in(self, command: Interpretation) -> float | None:
        return self._voice.likeliest(
            command.start - _ACTIVITY_MARGIN_SECONDS, command.end + _ACTIVITY_MARGIN_SECONDS
        )

    def _against_safety(
        self, command: Interpretation, confidence: float, evidence: Evidence
    ) -> Reason | None:
        # This is no gate on speaking over the coach: who does so stands out from the echo.
        if evidence.while_speaking and not evidence.near_end:
            return Reason.RESIDUAL_ECHO
        repeats = self._repeats.count_with(command.match.command, command.start)
        if evidence.own > 0 and repeats <= evidence.own:
            return Reason.SELF_SPEECH
        return Reason.NO_VOICE if self.lacks_voice(command, confidence) else None

    def _against(self, command: Interpretation, confidence: float, evidence: Evidence) -> Reason | None:
        drawn_out = command.end - command.start > LONGEST_WORD_SECONDS * len(command.words)
        conditions = (
            (not evidence.near_end, Reason.NO_NEAR_END_SPEECH),
            (drawn_out, Reason.DRAWN_OUT),
            (evidence.own > 0, Reason.SELF_SPEECH),
            (not evidence.alone, Reason.NOT_ALONE),
            (self.lacks_voice(command, confidence), Reason.NO_VOICE),
            (self.loudness.is_faint(evidence.level_db), Reason.FAINT),
        )
        return next((reason for fails, reason in conditions if fails), None)


def _least_opinion(command: Interpretation) -> float:
    if command.others:
        return LEAST_OPINION_IN_TALK
    return LEAST_OPINION_OF_WORDS if len(command.words) > 1 else LEAST_OPINION
