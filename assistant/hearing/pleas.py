"""Pleas: which speech that is no command may be a person's who is in trouble, and is worth a question.

Theory of operation. People in pain do not always say a word that is listened for. What they say then is near
and short, and stands by itself; a partner or a television is farther away, or goes on and on. So speech may
be a plea only if a human voice is in it, if it is as loud as the commands that were taken before, if it is no
longer than a short sentence, and if no such voice is heard for a while before it and after it. All of that
is looked for only where the coach is silent: what is left of its voice in the microphone is a voice, too. A
count on each second leaves enough between two of them.

Limits. Another person as near and as loud as the one who trains, who says a short sentence and then nothing,
is not told from them. While a voice as loud as that goes on, a plea is not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.hearing.rejection import LEAST_VOICE, Loudness
from assistant.hearing.self_speech import Spoken
from assistant.hearing.speech_activity import NearEndActivity
from assistant.hearing.voice_activity import VOICED_SECONDS, VoiceActivity

LONGEST_SECONDS = 3.0
"""A plea is no longer than this: a short sentence. Chosen; of 100 orders for coffee half are."""

QUIET_SECONDS = 1.5
"""For so long nobody near speaks before a plea and after it. Chosen: who talks to somebody pauses less."""

LEAST_SECONDS = 0.25
"""So much near speech must fall where the coach is silent. Chosen, as the least that is speech at all."""

# How much longer than its cue the coach's voice is in the room; and how far the times of words may be wrong,
# which begin and end speech. Chosen.
_ECHO_SECONDS = 0.15
_MARGIN_SECONDS = 0.3


class Pleas:
    """Tells what may be a plea.

    Args:
        activity: When there was near-end speech, and its sound.
        voice: How likely a human voice sounded.
        loudness: How loud the person is.
    """

    def __init__(self, activity: NearEndActivity, voice: VoiceActivity, loudness: Loudness) -> None:
        self._activity = activity
        self._voice = voice
        self._loudness = loudness

    def may_be_one(self, start: float, end: float, spoken: Sequence[Spoken]) -> bool:
        """Whether speech between two moments, in seconds, may be a plea, if quiet follows.

        Args:
            start: When its first word began.
            end: When its last word ended.
            spoken: What the coach said in the last seconds.
        """
        if end - start > LONGEST_SECONDS:
            return False
        before = start - _MARGIN_SECONDS
        return self._is_near(start, end, spoken) and not self._is_near(before - QUIET_SECONDS, before, spoken)

    def is_over(self, end: float, now: float) -> bool:
        """Whether enough time has passed since speech ended to say whether quiet follows."""
        return now >= end + QUIET_SECONDS

    def is_followed_by_quiet(self, end: float, spoken: Sequence[Spoken]) -> bool:
        """Whether nobody near speaks on after speech that ended at a moment."""
        return not self._is_near(end + _MARGIN_SECONDS, end + QUIET_SECONDS, spoken)

    def _is_near(self, start: float, end: float, spoken: Sequence[Spoken]) -> bool:
        seconds, voice, level_db = 0.0, 0.0, -120.0
        for first, last in _silent(start, end, spoken):
            seconds += self._activity.seconds(first, last)
            likeliest = self._voice.likeliest(first, last)
            voice = max(voice, 1.0 if likeliest is None else likeliest)
            level_db = max(level_db, self._activity.loudest_db(first, last))
        return seconds >= LEAST_SECONDS and voice >= LEAST_VOICE and self._loudness.is_near(level_db)


def _silent(start: float, end: float, spoken: Sequence[Spoken]) -> Iterator[tuple[float, float]]:
    """Yield the parts of a time in which the coach is silent, each long enough for a voice."""
    for cue in sorted(spoken, key=lambda cue: cue.start):
        if cue.end + _ECHO_SECONDS <= start or cue.start >= end:
            continue
        if cue.start - start >= VOICED_SECONDS:
            yield start, cue.start
        start = cue.end + _ECHO_SECONDS
    if end - start >= VOICED_SECONDS:
        yield start, end
