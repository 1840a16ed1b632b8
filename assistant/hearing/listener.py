"""From the microphone to what the coach handles: which words are taken as commands, and when.

One block of sound goes one way: canceller, near-end speech activity, endpointer, gain, voice activity,
recognizer. What the recognizer gives goes on one way, too: it is interpreted once, judged once, and becomes
`Heard` or `Refused`.

A command about safety does not wait for the end of the utterance. Partial results change their mind, so one
that holds such a command only says when to look closer: once the speech has ended, or once the command has
been stable for a moment, the utterance is weighed as if it ended here, which gives probabilities. What is
sure is taken at once, the rest is left to the final result.

Speech of which nothing is taken is told as not understood: at once, or where it may be a plea a moment later,
when it is known whether it was by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.coaching.events import SAFETY_COMMANDS, Command, Heard, NotUnderstood
from assistant.hearing.echo.canceller import Canceller
from assistant.hearing.gain import AutomaticGain
from assistant.hearing.interpretation import Interpretation, Interpreted, interpret
from assistant.hearing.near_voice import NearVoice
from assistant.hearing.partial_results import PartialStability, TakenEarly
from assistant.hearing.pleas import Pleas
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Recognizer, Utterance
from assistant.hearing.rejection import ISOLATED_SECONDS, Reason, Refused, Rejection
from assistant.hearing.self_speech import Spoken, nothing_spoken
from assistant.hearing.speech_activity import Endpointer, NearEndActivity
from assistant.hearing.verification import Verifier
from assistant.hearing.voice_activity import VoiceActivity, VoiceDetector
from assistant.sound import SAMPLE_RATE, Samples, power_db

ENDED_SECONDS = 0.05
"""Speech has ended when there has been none for so long. Chosen: three blocks."""

SURE_CONFIDENCE = 0.75
"""What a safety command in partial results must be heard with if the utterance ended there, to be taken.

Of 305 that held-out voices said, 302 were at 0.99 or above when they were weighed first, and the others at
nothing; in 880 s of people who ordered coffee there was none to weigh.
"""

_DOUBTS = (Reason.NO_VOICE, Reason.SECOND_OPINION)

_UNCLEAR = (Reason.UNSURE, Reason.NOT_ALONE, Reason.SECOND_OPINION)
"""Why a command is refused that a person said in other words, or said as a part of other words."""

Sound: TypeAlias = Heard | NotUnderstood | Refused

SpokenLately: TypeAlias = Callable[[], Sequence[Spoken]]
"""Gives what the coach said in the last seconds, the cue in progress included."""


class Listener:
    """Decides what of the recognized words was meant for the coach.

    Args:
        recognizer: Gives the words; made together with the listener, so that they share the clock.
        matcher: Gives the commands in the words.
        canceller: Takes the coach's voice out of the microphone; with it the listener is live: quiet
            speech is raised and only sound that is not the coach's echo goes to the recognizer. None
            for recordings.
        quietest_db: In a recording, only what is louder than this goes to the recognizer, in decibels of
            full scale.
        gain: Raises quiet speech, where the listener is live.
        detector: Tells whether a voice sounds in what the recognizer gets; without one everything may be
            a voice.
        verifier: Gives a second opinion on safety commands that need one.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        matcher: Matcher,
        canceller: Canceller | None = None,
        quietest_db: float = -math.inf,
        gain: AutomaticGain | None = None,
        detector: VoiceDetector | None = None,
        verifier: Verifier | None = None,
    ) -> None:
        self._recognizer = recognizer
        self._matcher = matcher
        self._canceller = canceller
        self._quietest_db = quietest_db
        self._gain = gain or AutomaticGain()
        self._received = 0
        self._activity = NearEndActivity()
        self._endpointer = Endpointer()
        self._stability = PartialStability()
        self._early = TakenEarly()
        self._voice = VoiceActivity(detector)
        self._near_voice = NearVoice()
        self._rejection = Rejection(self._activity, self._voice, canceller is not None, verifier)
        self._pleas = Pleas(self._activity, self._voice, self._rejection.loudness)
        self._unclear: _Unclear | None = None

    @property
    def now(self) -> float:
        """Seconds of microphone sound received."""
        return self._received / SAMPLE_RATE

    @property
    def is_spoken_to(self) -> bool:
        """Whether a person near seems to be speaking, told before any word is understood."""
        return self._near_voice.speaks

    def hear(
        self, mic: Samples, far: Samples, context: str | None, spoken: SpokenLately = nothing_spoken
    ) -> list[Sound]:
        """Take one block and return what was heard by now, and what was recognized but is not acted on.

        Args:
            mic: The microphone, shape (BLOCK,).
            far: What the loudspeaker played in the same block, shape (BLOCK,).
            context: What can be said now; None is everything.
            spoken: Is asked only where a command was recognized.

        Raises:
            InputError: there is no such context.
        """
        self._received += mic.size
        if self._canceller is None:
            clean, near_end = mic, power_db(mic) > self._quietest_db
        else:
            clean, near_end = self._canceller.process(mic, far)
        sounds = self._judge(self._recognize(clean, near_end, context), context, spoken)
        return sounds + self._settle(spoken)

    def forget(self) -> None:
        """Drop what is being said: it was no person, but a device that went or came."""
        self._recognizer.end()
        self._recognizer.skip(self._endpointer.forget())
        self._voice.ended()
        self._stability.forget()
        self._unclear = None

    def finish(self, context: str | None, spoken: SpokenLately = nothing_spoken) -> list[Sound]:
        """Return what is left when the sound has ended."""
        sounds = self._judge(self._recognizer.finish(), context, spoken)
        return sounds + self._settle(spoken, ended=True)

    def _recognize(self, clean: Samples, near_end: bool, context: str | None) -> list[Utterance]:
        self._activity.add(self.now, near_end, clean)
        self._gain.follow(clean)
        passed = self._endpointer.process(clean, near_end)
        blocks = passed.blocks if self._canceller is None else [*map(self._gain.process, passed.blocks)]
        self._voice.add(self.now, blocks)
        self._near_voice.follow(near_end, self._voice.latest)
        self._recognizer.listen(context)
        utterances = [utterance for block in blocks for utterance in self._recognizer.accept(block)]
        if passed.closed:
            utterances += self._recognizer.end()
            self._voice.ended()
        if passed.skipped:
            self._recognizer.skip(passed.skipped)
        return utterances

    def _judge(
        self, utterances: Sequence[Utterance], context: str | None, spoken: SpokenLately
    ) -> list[Sound]:
        sounds: list[Sound] = []
        for utterance in utterances:
            interpreted = self._interpret(utterance, context)
            lately = spoken() if interpreted.commands else ()
            if not utterance.partial:
                self._stability.forget()
                judged = self._judge_final(interpreted, lately)
                if not any(isinstance(one, Heard) for one in judged):
                    self._near_voice.dismiss()
                sounds += judged + self._not_understood(interpreted, judged, spoken)
            elif (safety := self._safety_in(interpreted, lately)) is None:
                self._stability.forget()
            elif (sure := self._weigh(safety, len(utterance.words), context)) is not None:
                self._stability.forget()
                sounds.append(sure)
        return sounds

    def _interpret(self, utterance: Utterance, context: str | None) -> Interpreted:
        return interpret(utterance, self._matcher, context, self._activity.end_of_speech)

    def _judge_final(self, interpreted: Interpreted, spoken: Sequence[Spoken]) -> list[Sound]:
        sounds: list[Sound] = []
        for command, confidence in self._early.news(interpreted.commands):
            because = self._rejected(command, confidence, spoken)
            if because is None and self._rejection.is_doubted(command, confidence):
                because = Reason.SECOND_OPINION
            heard = _heard(command)
            if because is None:
                sounds.append(heard)
            elif because in _DOUBTS and self._rejection.still_stops(command, confidence):
                sounds.append(_as_stop(heard))
            else:
                sounds.append(Refused(replace(heard, confidence=confidence), because))
        return _with_the_rest(_beside_talk(sounds))

    def _not_understood(
        self, interpreted: Interpreted, judged: Sequence[Sound], spoken: SpokenLately
    ) -> list[Sound]:
        """Return what is told at once of an utterance, where nothing of it is taken."""
        words, refused = interpreted.utterance.words, [one for one in judged if isinstance(one, Refused)]
        if interpreted.understood and not interpreted.commands:
            return []
        if len(refused) < max(len(judged), len(interpreted.commands)):
            return []
        start, end = words[0].start, words[-1].end
        if self._early.covers(start) or not self._activity.is_speech(start, end):
            return []
        if any(one.because not in _UNCLEAR for one in refused):
            return []
        if self._pleas.may_be_one(start, end, spoken()):
            self._unclear = _Unclear(start, end, bool(refused))
            return []
        return [] if refused else [NotUnderstood(start, end)]

    def _settle(self, spoken: SpokenLately, ended: bool = False) -> list[Sound]:
        """Return what may have been a plea, once it is known whether quiet followed."""
        unclear = self._unclear
        if unclear is None or not (ended or self._pleas.is_over(unclear.end, self.now)):
            return []
        self._unclear = None
        plea = self._pleas.is_followed_by_quiet(unclear.end, spoken())
        return [NotUnderstood(unclear.start, unclear.end, plea)] if plea or not unclear.refused else []

    def _safety_in(self, interpreted: Interpreted, spoken: Sequence[Spoken]) -> Interpretation | None:
        """Return the first safety command of a partial result that is news, and not the coach's own."""
        for command, confidence in self._early.news(interpreted.commands):
            if command.match.safety and self._rejected(command, confidence, spoken) is None:
                return command
        return None

    def _rejected(
        self, command: Interpretation, confidence: float, spoken: Sequence[Spoken]
    ) -> Reason | None:
        verdict = self._rejection.verdict(command, confidence, spoken)
        self._rejection.note(command, verdict)
        return verdict.because

    def _weigh(self, safety: Interpretation, words: int, context: str | None) -> Heard | None:
        """Return what is heard, and clearly, if the utterance ends here, as soon as that is worth a look."""
        self._stability.see(safety.match, words, self.now)
        ended = not self._activity.of_speech(self.now - ENDED_SECONDS, self.now)
        if not self._stability.is_stable(self.now, ended):
            return None
        weighed = self._recognizer.weigh()
        commands = self._interpret(weighed, context).commands if weighed else ()
        for command, confidence in self._early.news(commands):
            if not command.match.safety or confidence < SURE_CONFIDENCE:
                continue
            lacking = self._rejection.lacks_voice(command, confidence)
            doubted = lacking or self._rejection.is_doubted(command, confidence)
            if not doubted or self._rejection.still_stops(command, confidence):
                self._early.add(command, self.now)
                # Its times are better than the estimates that a partial result has.
                heard = replace(_heard(command), partial=True)
                return _as_stop(heard) if doubted else heard
        self._stability.doubt(self.now)
        return None


@dataclass(frozen=True, slots=True)
class _Unclear:
    """Speech that may have been a plea; what follows it decides."""

    start: float
    end: float
    refused: bool
    """Whether a command was recognized in it, and refused: then nothing else is told of it."""


def _beside_talk(sounds: Sequence[Sound]) -> list[Sound]:
    """Refuse ordinary commands right beside what only sounded like one: all of it is other talk."""
    talk = [
        sound.heard
        for sound in sounds
        if isinstance(sound, Refused) and sound.because in (Reason.UNSURE, Reason.SECOND_OPINION)
    ]

    def judge(sound: Sound) -> Sound:
        if not isinstance(sound, Heard) or sound.command in SAFETY_COMMANDS:
            return sound
        near = any(
            other.end > sound.start - ISOLATED_SECONDS and other.start < sound.end + ISOLATED_SECONDS
            for other in talk
        )
        return Refused(sound, Reason.NOT_ALONE) if near else sound

    return [judge(sound) for sound in sounds]


def _heard(command: Interpretation) -> Heard:
    return Heard(
        command=command.match.command,
        slots=command.match.slots,
        text=" ".join(command.words),
        start=command.start,
        end=command.end,
        confidence=command.confidence,
    )


def _with_the_rest(sounds: list[Sound]) -> list[Sound]:
    """Let everything that was heard know what was heard after it in the same utterance."""
    told: list[Sound] = []
    for i, sound in enumerate(sounds):
        also = tuple(later for later in sounds[i + 1 :] if isinstance(later, Heard))
        told.append(replace(sound, also=also) if isinstance(sound, Heard) else sound)
    return told


def _as_stop(red_flag: Heard) -> Heard:
    return replace(red_flag, command=Command.STOP, slots={})
