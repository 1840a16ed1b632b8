"""Rules for cues: those that are named exist, are of the kind that is meant, and hold no safety word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.checking.finding import Finding, at
from assistant.coaching.plan import Cue, CueKind
from assistant.coaching.script import PLACEHOLDERS, Line
from assistant.hearing.recognition.matcher import Matcher
from assistant.library.loader import ReadExercise, ReadVoice
from assistant.programme.calibration_lines import CalibrationLine
from assistant.programme.safety_words import safety_words
from assistant.programme.voice import placeholders

KINDS_OF_ROLE: Mapping[str, tuple[CueKind, ...]] = {
    "title": ("talk",),
    "release": ("release",),
    "checks": ("movement", "talk", "question"),
}
"""Role of a cue in an exercise to the kinds that fit; the others ask the body to move."""


def check_named_cues(exercises: Iterable[ReadExercise], voice: ReadVoice) -> Iterator[Finding]:
    """Look for the cues that exercises name, and at the kind of each."""
    for read in exercises:
        named = [(("cues", role), role, cue) for role, cue in read.exercise.cues.items()]
        named += [(("checks", i), "checks", cue) for i, cue in enumerate(read.exercise.checks)]
        for path, role, name in named:
            cue = voice.pack.cues.get(name)
            kinds = KINDS_OF_ROLE.get(role, ("movement",))
            concerns = frozenset(document.file for document in voice.cue_documents)
            if cue is None:
                problem = f"the voice {voice.pack.name!r} has no cue {name!r}"
                remedy = "Add it to the voice's movements.yaml, or name one that is there"
                yield at(read.document, path, "cue-missing", problem, remedy, concerns)
            elif cue.kind not in kinds:
                fitting = " or ".join(f"`{kind}:`" for kind in kinds)
                problem = f"{name!r} is under `{cue.kind}:`, and as {role} it has to be under {fitting}"
                remedy = "Move it there, or name another cue"
                yield at(read.document, path, "cue-kind", problem, remedy, concerns)


def check_own_cues(
    voice: ReadVoice, exercises: Iterable[ReadExercise], usual: Mapping[str, Cue], obeyed: Matcher
) -> Iterator[Finding]:
    """Look at a voice's cues: their kinds, whether anything says them, and their words.

    Of those that it inherits only what this voice obeys matters: the rest is for the other voice.

    Args:
        voice: Whose cues they are.
        exercises: Every exercise that may name them.
        usual: The coach's own lines as they are in the shipped voice.
        obeyed: What the coach hears.
    """
    named = {str(line) for line in (*Line, *CalibrationLine)}
    for read in exercises:
        named |= {*read.exercise.cues.values(), *read.exercise.checks}
    for cue in voice.pack.cues.values():
        document, path = voice.place_of(cue)
        own = document is not voice.pack_document
        if own and cue.name not in named:
            remedy = "Remove it, or name it in an exercise"
            yield at(document, path, "cue-unused", f"nothing says {cue.name!r}", remedy)
        known = usual.get(cue.name)
        if own and known is not None and known.kind != cue.kind:
            problem = f"the coach says {cue.name!r} as `{known.kind}:`, and it is under `{cue.kind}:`"
            yield at(document, path, "cue-kind", problem, "Move it there")
        filled = placeholders(known.text) if known is not None else frozenset[str]()
        if own and usual and (extra := placeholders(cue.text) - filled):
            problem = f"the coach fills nothing in for {_braced(extra)} here"
            remedy = f"Use {_braced(filled) or 'no placeholder'}"
            yield at(document, path, "cue-placeholder", problem, remedy)
        if cue.kind == "movement" and (words := obeyed_in(cue.text.format_map(PLACEHOLDERS), obeyed)):
            problem = f"the cue {cue.name!r}, for movement, holds what the coach obeys: {', '.join(words)}"
            yield at(document, path, "cue-safety-word", problem, "Say it in other words")


def obeyed_in(text: str, vocabulary: Matcher) -> list[str]:
    """Return the words of a text that the coach would obey for safety."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.lower().replace("\u2019", "'"))
    matches = [match for match in vocabulary.match(words, "moving") if match.safety]
    phrases = [" ".join(words[match.first : match.last + 1]) for match in matches]
    return [*dict.fromkeys([*safety_words(text), *phrases])]


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
