"""From the microphone to what the coach handles: which words are taken as commands, and when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.coaching.events import Heard, NotUnderstood
from assistant.hearing.echo.canceller import Canceller
from assistant.hearing.gain import AutomaticGain
from assistant.hearing.interpretation import Understood
from assistant.hearing.partial_stability import PartialStability
from assistant.hearing.recognition.matcher import Match, Matcher
from assistant.hearing.recognition.recognizer import Recognizer, Utterance
from assistant.hearing.rejection import Rejection
from assistant.hearing.self_speech import NEAR_SECONDS, Spoken
from assistant.hearing.speech_activity import Endpointer
from assistant.sound import SAMPLE_RATE, Samples, power_db

ENDED_SECONDS = 0.05
"""Speech has ended when there has been no evidence of it for so long."""

SURE_CONFIDENCE = 0.75
"""What a safety command in partial results must be heard with if the utterance ended there, to be taken.

Of 305 that held-out voices said, 302 were at 0.99 or above when they were weighed first, and the others at
nothing; in 880 s of people who ordered coffee there was none to weigh.
"""

TAIL_SECONDS = 1.0
"""Speech that goes on this soon after a command belongs to it (the rest of "stop it please")."""

LONGEST_AGAIN_SECONDS = 1.0
"""What a command that is said again adds at most to the breath in which that counts as once."""

REMEMBERED_SECONDS = 30.0
"""How long what was taken from a partial result is known: longer than any utterance."""

Sound: TypeAlias = Heard | NotUnderstood


@dataclass(frozen=True, slots=True)
class _Taken:
    """A safety command that was taken from a partial result, with what repeated it in the same breath."""

    command: str
    start: float
    end: float


class Listener:
    """Decides what of the recognized words was meant for the coach.

    Args:
        recognizer: Gives the words; made together with the listener, so that they share the clock.
        vocabulary: Gives the commands in the words.
        canceller: Takes the coach's voice out of the microphone; with it the listener is live: quiet
            speech is raised and only sound that is not the coach's echo goes to the recognizer. None
            for recordings.
        quietest_db: In a recording, only what is louder than this goes to the recognizer, in decibels of
            full scale.
        level: Raises quiet speech, where the listener is live.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        vocabulary: Matcher,
        canceller: Canceller | None = None,
        quietest_db: float = -math.inf,
        level: AutomaticGain | None = None,
    ) -> None:
        self._quietest_db = quietest_db
        self._recognizer = recognizer
        self._vocabulary = vocabulary
        self._canceller = canceller
        self._received = 0
        self._patience = PartialStability()
        self._taken: list[_Taken] = []
        self._meant = Rejection(live=canceller is not None)
        self._gate = Endpointer()
        self._level = level or AutomaticGain()

    @property
    def now(self) -> float:
        """Seconds of microphone sound received."""
        return self._received / SAMPLE_RATE

    def hear(self, mic: Samples, far: Samples, context: str | None, spoken: Sequence[Spoken]) -> list[Sound]:
        """Take one block and give what was heard by now.

        Args:
            mic: The microphone, shape (BLOCK,).
            far: What the loudspeaker played in the same block, shape (BLOCK,).
            context: What can be said now; None is everything.
            spoken: What the coach said in the last seconds, the cue in progress included.

        Raises:
            InputError: there is no such context.
        """
        self._received += mic.size
        if self._canceller is None:
            clean, speech = mic, power_db(mic) > self._quietest_db
        else:
            clean, speech = self._canceller.process(mic, far)
        self._recognizer.listen(context)
        return self._judge(self._recognize(clean, speech), context, spoken)

    def _recognize(self, clean: Samples, speech: bool) -> list[Utterance]:
        self._meant.add(self.now, speech, clean)
        passed = self._gate.process(clean, speech)
        utterances: list[Utterance] = []
        for block in passed.blocks:
            raised = block if self._canceller is None else self._level.process(block)
            utterances += self._recognizer.accept(raised)
        if passed.closed:
            utterances += self._recognizer.end()
        if passed.skipped:
            self._recognizer.skip(passed.skipped)
        return utterances

    def forget(self) -> None:
        """Drop what is being said: it was no person, but a device that went or came."""
        self._recognizer.end()
        self._recognizer.skip(self._gate.forget())
        self._patience.forget()

    def finish(self, context: str | None, spoken: Sequence[Spoken] = ()) -> list[Sound]:
        """Give what is left when the sound has ended."""
        return self._judge(self._recognizer.finish(), context, spoken)

    def _judge(
        self, utterances: Sequence[Utterance], context: str | None, spoken: Sequence[Spoken]
    ) -> list[Sound]:
        sounds: list[Sound] = []
        for utterance in utterances:
            if not utterance.partial:
                self._patience.forget()
                sounds += self._judge_final(Understood(utterance, self._vocabulary, context), spoken)
            elif taken := self._judge_partial(utterance, context, spoken):
                self._patience.forget()
                sounds.append(taken)
        return sounds

    def _judge_partial(
        self,
        utterance: Utterance,
        context: str | None,
        spoken: Sequence[Spoken],
    ) -> Heard | None:
        for match in self._vocabulary.match([word.text for word in utterance.words], context):
            if not match.safety or self._was_taken(utterance, match):
                continue
            if not self._meant.is_own_safety(utterance, match, spoken):
                ended = not self._meant.spoke(self.now - ENDED_SECONDS, self.now)
                if not self._patience.see(match, len(utterance.words), self.now, ended):
                    return None
                if sure := self._sure(context):
                    return sure
                self._patience.doubt(self.now)
                return None
        self._patience.forget()
        return None

    def _sure(self, context: str | None) -> Heard | None:
        """Give the safety command that would be heard, and clearly, if the utterance ended here."""
        weighed = self._recognizer.weigh()
        if weighed is None:
            return None
        understood = Understood(weighed, self._vocabulary, context)
        for match in understood.matches:
            if not match.safety or self._was_taken(understood.utterance, match):
                continue
            if self._confidence(understood, match) >= SURE_CONFIDENCE:
                # Its times are better than the estimates that a partial result has.
                taken = replace(self._take(understood, match), partial=True)
                self._taken = [one for one in self._taken if one.end > self.now - REMEMBERED_SECONDS]
                self._taken.append(_Taken(match.command, taken.start, taken.end))
                return taken
        return None

    def _judge_final(self, understood: Understood, spoken: Sequence[Spoken]) -> list[Sound]:
        sounds: list[Sound] = []
        utterance = understood.utterance
        for match in understood.matches:
            if self._was_taken(utterance, match):
                continue
            if match.safety:
                sure = self._confidence(understood, match) >= understood.least_safety_confidence
                wanted = sure and not self._meant.is_own_safety(utterance, match, spoken)
            else:
                wanted = self._meant.is_meant(understood, match, spoken)
            if wanted:
                sounds.append(self._take(understood, match))
        if not understood.matches and (lost := self._not_understood(utterance)):
            sounds.append(lost)
        return sounds

    def _confidence(self, understood: Understood, match: Match) -> float:
        """Give how sure a safety command is: that there is any, which ends the exercise.

        Where one was taken of the same words that has happened: another must be sure by itself, or the coach
        asks about pain that nobody has.
        """
        return understood.confidence(match, itself=self._is_of_taken(understood.utterance, match))

    def _was_taken(self, utterance: Utterance, match: Match) -> bool:
        """Tell whether words were taken from a partial result already.

        Another safety command in the same words is news all the same: "pain … in my chest". The same one,
        said again and again in one breath, is none.
        """
        _, start, end = self._meant.span(utterance, match)
        for i, taken in enumerate(self._taken):
            if not _is_near(taken, start, end):
                continue
            if not match.safety:
                return True
            if match.command == taken.command:
                # A word in progress is drawn out, as long as nothing follows.
                reach = min(end, start + LONGEST_AGAIN_SECONDS)
                self._taken[i] = replace(taken, end=max(taken.end, reach))
                return True
        return False

    def _is_of_taken(self, utterance: Utterance, match: Match) -> bool:
        """Tell whether a command stands where one was taken from a partial result."""
        _, start, end = self._meant.span(utterance, match)
        return any(_is_near(taken, start, end) for taken in self._taken)

    def _take(self, understood: Understood, match: Match) -> Heard:
        words, start, end = self._meant.span(understood.utterance, match)
        if not match.safety:
            # A "stop" may be shouted; what is said calmly after it is as loud as what was before.
            self._meant.took(start, end)
        return Heard(
            command=match.command,
            slots=match.slots,
            text=" ".join(word.text for word in words),
            start=start,
            end=end,
            confidence=understood.confidence(match),
        )

    def _not_understood(self, utterance: Utterance) -> NotUnderstood | None:
        if not utterance.words:
            return None
        start, end = utterance.words[0].start, utterance.words[-1].end
        if any(start < taken.end + TAIL_SECONDS for taken in self._taken):
            return None
        return NotUnderstood(start, end) if self._meant.is_speech(start, end) else None


def _is_near(taken: _Taken, start: float, end: float) -> bool:
    return start < taken.end + NEAR_SECONDS and end > taken.start - NEAR_SECONDS
