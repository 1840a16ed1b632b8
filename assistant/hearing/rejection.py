"""Whether words that were recognized were meant for the coach: said by a person, near by, at that time."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.hearing.evidence import Evidence
from assistant.hearing.interpretation import Understood
from assistant.hearing.loudness import Loudness
from assistant.hearing.recognition.matcher import Match
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.hearing.self_speech import NEAR_SECONDS, Repeats, Spoken, own_words
from assistant.sound import Samples

ISOLATED_SECONDS = 0.12
"""Other speech this near to a phrase makes it part of a sentence that was not meant for us."""

LEAST_CONFIDENCE = 0.5
"""Below this, a command that is not about safety is not taken."""

LONGEST_WORD_SECONDS = 3.0
"""Nobody draws a word out like this; a steady noise that resembles one lasts longer."""

LEAST_SPEECH_SECONDS = 0.25
"""Shorter noises are not speech that was not understood."""

_EVIDENCE_MARGIN_SECONDS = 0.15


class Rejection:
    """Judges words by when and how loudly somebody spoke, and by what the coach said.

    Args:
        live: Whether a loudspeaker is heard, too: then everything needs evidence that it is not that.
    """

    def __init__(self, live: bool) -> None:
        self._live = live
        self._evidence = Evidence()
        self._loudness = Loudness()
        self._repeats = Repeats()

    def add(self, now: float, speech: bool, block: Samples) -> None:
        """Take the block of sound, shape (n,), that ended at `now`, and whether somebody spoke in it."""
        self._evidence.add(now, speech, block)

    def spoke(self, start: float, end: float) -> bool:
        """Tell whether somebody spoke between two moments."""
        return self._evidence.of_speech(start, end)

    def span(self, utterance: Utterance, match: Match) -> tuple[tuple[Word, ...], float, float]:
        """Give the words of a phrase and when they began and ended.

        The recognizer draws the last sound of a word out into the silence after it, so the end is where
        the evidence of speech ends.
        """
        words = utterance.words[match.first : match.last + 1]
        start, end = words[0].start, words[-1].end
        return words, start, self._evidence.end_of_speech(start, end)

    def took(self, start: float, end: float) -> None:
        """Learn how loud the person is from a command that was taken."""
        self._loudness.took(self._evidence.loudest_db(start, end))

    def is_own_safety(self, utterance: Utterance, match: Match, spoken: Sequence[Spoken]) -> bool:
        """Tell whether a safety command is the coach's own; nothing else is held against one."""
        words, start, end = self.span(utterance, match)
        if self._is_echo(start, end, spoken):
            return True
        said = own_words(spoken, [word.text for word in words], start, end)
        return said > 0 and self._repeats.add(match.command, start) <= said

    def is_meant(self, understood: Understood, match: Match, spoken: Sequence[Spoken]) -> bool:
        """Tell whether a command that is not about safety is one."""
        utterance = understood.utterance
        words, start, end = self.span(utterance, match)
        return (
            self._is_evident(start, end)
            and understood.confidence(match) >= LEAST_CONFIDENCE
            and end - start <= LONGEST_WORD_SECONDS * len(words)
            and not own_words(spoken, [word.text for word in words], start, end)
            and self._is_isolated(understood, start, end)
            # Last, since a faint one that would be taken makes the next less so.
            and not self._loudness.is_faint(self._evidence.loudest_db(start, end))
        )

    def is_speech(self, start: float, end: float) -> bool:
        """Tell whether there was enough between two moments for somebody to have said something."""
        return (
            end - start >= LEAST_SPEECH_SECONDS
            and self._evidence.seconds(start, end) >= LEAST_SPEECH_SECONDS / 2
        )

    def _is_isolated(self, understood: Understood, start: float, end: float) -> bool:
        inside = {i for match in understood.matches for i in range(match.first, match.last + 1)}
        return not any(
            i not in inside
            and word.end > start - ISOLATED_SECONDS
            and word.start < end + ISOLATED_SECONDS
            and self._evidence.of_speech(word.start, word.end)
            for i, word in enumerate(understood.utterance.words)
        )

    def _is_echo(self, start: float, end: float, spoken: Sequence[Spoken]) -> bool:
        """Tell whether all that was heard while the coach spoke is what is left of its voice.

        This is no gate on speaking over the coach: whoever does so stands out from the echo.
        """
        while_speaking = any(
            cue.start - NEAR_SECONDS <= end and start <= cue.end + NEAR_SECONDS for cue in spoken
        )
        return while_speaking and not self._is_evident(start, end)

    def _is_evident(self, start: float, end: float) -> bool:
        """Tell whether anybody made a sound there.

        The recognizer makes words even of the moment of quiet before the gate closes: without this, an
        answer was heard that nobody gave.
        """
        return not self._live or self._evidence.of_speech(
            start - _EVIDENCE_MARGIN_SECONDS, end + _EVIDENCE_MARGIN_SECONDS
        )
