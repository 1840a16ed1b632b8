"""What is understood of perfect words: the sentences that people say, through the listener without sound.

It says what the grammar lacks within seconds. What a voice, a room and a recognizer take away comes on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.coaching.events import Heard
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.programme.commands import CommandSet
from assistant.sound import SAMPLE_RATE
from tests.benchmarks.hearing.expectations import BARS
from tests.benchmarks.hearing.found import Found
from tests.benchmarks.hearing.sentence_list import SaidThere
from tests.benchmarks.hearing.trials import Judged, Place, sentence_rows
from tests.stand_ins import ScriptedRecognizer

WORD_SECONDS = 0.3
"""Of each word; nothing depends on it. Chosen."""

_LOUD = np.full(round(WORD_SECONDS * SAMPLE_RATE), 0.1, np.float32)


@dataclass(frozen=True, slots=True)
class Understood:
    """A sentence and what was heard of its words."""

    said: SaidThere
    heard: tuple[Found, ...]

    @property
    def is_right(self) -> bool:
        """Whether it is what should be heard."""
        return self.said.expectation.is_right(self.heard)


def understand(commands: CommandSet, sentences: Iterable[SaidThere]) -> list[Understood]:
    """Hear the words of sentences, each in its context."""
    matcher = Matcher(commands)
    return [Understood(said, hear_words(said.text, matcher, said.context)) for said in sentences]


def hear_words(text: str, matcher: Matcher, context: str) -> tuple[Found, ...]:
    """Return what a session hears where a recognizer is sure of every word.

    Raises:
        InputError: there is no such context.
    """
    words = tuple(
        Word(_as_listened_for(word, matcher), i * WORD_SECONDS, (i + 1) * WORD_SECONDS)
        for i, word in enumerate(text.lower().split())
    )
    listener = Listener(ScriptedRecognizer([(len(words) * WORD_SECONDS, Utterance(words))]), matcher)
    sounds = [sound for _ in words for sound in listener.hear(_LOUD, _LOUD, context)]
    sounds += listener.finish(context)
    return tuple(
        Found(one.text, one.command, one.slots, one.start, one.end, one.end, one.command in matcher.safety)
        for one in sounds
        if isinstance(one, Heard)
    )


def outcomes(understood: Sequence[Understood]) -> list[Judged]:
    """Return what came of the sentences as a measurement's outcomes, bar by bar."""
    return [
        Judged(
            place := Place("sentences", bar, f"{one.said.part}: {one.said.meaning}"),
            "words",
            one.said.text,
            one.said.text,
            one.heard,
            one.is_right,
            sentence_rows(place, "words", one.said.expectation, one.heard),
        )
        for bar in BARS
        for one in understood
        if one.said.expectation.bar == bar
    ]


def misunderstood_lines(understood: Iterable[Understood]) -> list[str]:
    """Say of each sentence that is not understood right what was heard and what should be."""
    groups: dict[tuple[str, str, str], list[Understood]] = {}
    for one in understood:
        if not one.is_right:
            groups.setdefault((one.said.part, one.said.meaning, one.said.context), []).append(one)
    lines: list[str] = []
    for (part, meaning, context), those in groups.items():
        where = "" if part == context else f" ({context})"
        right = ", ".join(map(str, those[0].said.expectation.right))
        lines.append(f"{part}: {meaning}{where}, right: {right}")
        lines += [f"    {one.said.text}: {_heard(one.heard)}" for one in those]
    return lines


def _heard(heard: Sequence[Found]) -> str:
    return (
        ", ".join(
            " ".join([one.command, *(f"{name}={value}" for name, value in one.slots.items())])
            for one in heard
        )
        or "nothing"
    )


def _as_listened_for(word: str, matcher: Matcher) -> str:
    """Return a word as the grammar spells it: "my knee's sore" sounds like "my knees sore"."""
    known = matcher.grammar.lines
    plural = word.replace("'s", "s")
    return plural if word not in known and plural in known else word
