"""Every rule, applied to what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.checking.confusions import check_confusions
from assistant.checking.cues import check_named_cues, check_own_cues
from assistant.checking.finding import Finding
from assistant.checking.ladder import check_ladder
from assistant.checking.phrases import check_meanings, read_phrases
from assistant.checking.routines import check_notes, check_volumes
from assistant.checking.slots import Measure, check_slots, trials_of
from assistant.checking.subject import Subject
from assistant.checking.voices import check_commands, check_recordings
from assistant.hearing.recognition.matcher import Matcher
from assistant.library.loader import ReadVoice


def check(subject: Subject, measure_of: Callable[[ReadVoice], Measure]) -> Iterator[Finding]:
    """Apply every rule; some findings may come more than once.

    Args:
        subject: What was read.
        measure_of: Gives what measures how long a voice takes to say a cue.
    """
    for shelf in subject.shelves:
        yield from check_ladder(shelf)
        for routine in shelf.routines:
            yield from check_volumes(routine)
    exercises = [read for shelf in subject.shelves for read in shelf.exercises.values()]
    for voice in subject.voices:
        phrases, _ = read_phrases(voice.commands)
        obeyed = Matcher(phrases.commands)
        yield from check_named_cues(exercises, voice)
        yield from check_own_cues(voice, exercises, subject.usual, obeyed)
        for routine in (routine for shelf in subject.shelves for routine in shelf.routines):
            yield from check_notes(routine, obeyed)
        yield from check_recordings(voice)
        yield from check_commands(voice, subject.usual_commands)
        trials = (trial for shelf in subject.shelves for trial in trials_of(shelf))
        yield from check_slots(trials, voice, measure_of(voice))
    for read in subject.commands:
        phrases, findings = read_phrases(read)
        yield from findings
        yield from check_meanings(read, phrases)
        yield from check_confusions(read, phrases)
