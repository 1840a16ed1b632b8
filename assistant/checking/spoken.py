"""Rule for what is really heard: sentences are spoken by several voices, and heard in each of their contexts.

Not every sentence can be: each context has some room, which its templates share. A sentence counts as heard
where it comes out as what its words mean there; a slot that is not heard yet is no mistake, a wrong one is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from assistant.checking.finding import Finding, at
from assistant.checking.phrases import Phrases, Template
from assistant.checking.sampling import choose_sentences, share
from assistant.coaching.events import Slots
from assistant.hearing.recognition.matcher import Matcher
from assistant.library.loader import ReadCommands
from assistant.programme.commands import CONTEXTS, NOTHING
from assistant.speaking.rendering import Voice

MOST_IN_A_CONTEXT = 60
"""Sentences that are spoken in a context; each template has one at least. Chosen: minutes in all."""

_ENGLISH = ("en-us", "en-us+f3", "en-gb+m3", "en-gb-x-rp+f2")
_ELSEWHERE = ("", "+f3", "+m3")
"""Variants of the one voice that espeak-ng has for most languages."""

_WORDS_PER_MINUTE, _PITCH = 150, 50


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence that a voice says in a context."""

    words: tuple[str, ...]
    context: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Meaning:
    """A command and its slots, as they are heard or meant."""

    command: str
    slots: Slots = field(default_factory=dict[str, str | int])

    def __str__(self) -> str:
        """Write `number=9` for the slots behind the command."""
        return " ".join([self.command, *(f"{name}={value}" for name, value in self.slots.items())])

    def within(self, meant: Iterable[Meaning]) -> bool:
        """Whether it says nothing else than what was meant."""
        return any(self.command == one.command and self.slots.items() <= one.slots.items() for one in meant)


Hear: TypeAlias = Callable[[Sequence[Trial]], Iterable[tuple[Trial, list[Meaning]]]]
"""Says each trial and gives it with what was heard, in any order; a port, because it takes minutes."""


def voices_for(language: str) -> tuple[Voice, ...]:
    """Return the voices that speak a language."""
    english = language.partition("-")[0] == "en"
    names = _ENGLISH if english else tuple(language + variant for variant in _ELSEWHERE)
    return tuple(Voice(name, _WORDS_PER_MINUTE, _PITCH) for name in names)


def check_spoken(
    read: ReadCommands, phrases: Phrases, hear: Hear, most: int = MOST_IN_A_CONTEXT
) -> Iterator[Finding]:
    """Have sentences spoken, and look for those heard as something else, and for safety that is not heard.

    Args:
        read: The file.
        phrases: What can be said by it.
        hear: Speaks and hears.
        most: How many sentences are chosen in a context.
    """
    voices = voices_for(read.commands.language)
    matcher = Matcher(phrases.commands)
    wrong: dict[tuple[str, Template, str], _Wrong] = {}
    chosen: dict[tuple[tuple[str, ...], str], Template] = {
        (words, context): template
        for context in CONTEXTS
        for template, words in _chosen(phrases.templates, context, most)
    }
    trials = [Trial(words, context, voice) for words, context in chosen for voice in voices]
    for trial, heard in hear(trials):
        meant = _meant(matcher, trial)
        template = chosen[trial.words, trial.context]
        for what in _mistakes(meant, heard, matcher.safety):
            key = (" ".join(trial.words), template, what)
            one = wrong.setdefault(key, _Wrong(" and ".join(map(str, meant)) or NOTHING))
            one.contexts.add(trial.context)
            one.voices.add(trial.voice.name)
    for (words, template, what), one in sorted(
        wrong.items(), key=lambda item: (*read.document.spot(item[0][1].path).place, item[0][0], item[0][2])
    ):
        yield _finding(read, words, template, what, one, voices)
    said = sum(
        template.sentences
        for context in CONTEXTS
        for template in phrases.templates
        if context in template.contexts
    )
    names = ", ".join(voice.name for voice in voices)
    problem = f"{len(chosen):,} of {said:,} sentences, each counted in each context, were said by {names}"
    remedy = f"{len(wrong)} were not heard as what they mean"
    yield at(read.document, ("commands",), "spoken", problem, remedy, note=True)


@dataclass(slots=True)
class _Wrong:
    meant: str
    contexts: set[str] = field(default_factory=set[str])
    voices: set[str] = field(default_factory=set[str])


_UNHEARD = ""
"""What was heard of a safety command that was not heard."""


def _chosen(
    templates: Iterable[Template], context: str, most: int
) -> Iterator[tuple[Template, tuple[str, ...]]]:
    here = [template for template in templates if context in template.contexts]
    each = share([template.sentences for template in here], most)
    for template in here:
        for words in choose_sentences(template.grammar, template.phrase, each):
            yield template, words


def _meant(matcher: Matcher, trial: Trial) -> list[Meaning]:
    matches = matcher.match(trial.words, trial.context)
    return [Meaning(match.command, match.slots) for match in matches if match.command != NOTHING]


def _mistakes(meant: list[Meaning], heard: list[Meaning], safety: frozenset[str]) -> Iterator[str]:
    other = [one for one in heard if one.command != NOTHING and not one.within(meant)]
    if other:
        yield " and ".join(map(str, other))
    elif not {one.command for one in meant} & safety <= {one.command for one in heard}:
        yield _UNHEARD


def _finding(
    read: ReadCommands, words: str, template: Template, what: str, wrong: _Wrong, voices: Sequence[Voice]
) -> Finding:
    where = ", ".join(context for context in CONTEXTS if context in wrong.contexts)
    who = ", ".join(voice.name for voice in voices if voice.name in wrong.voices)
    heard, rule = (f"heard as {what}", "misheard") if what else ("not heard", "unheard")
    problem = f"“{words}” ({wrong.meant}) is {heard} in {where}, said by {who}"
    remedy = "Word it differently, take a context from it, or write how it is said under `pronunciations:`"
    return at(read.document, template.path, rule, problem, remedy)
