"""Everything that can be said as one graph of words, shared by the recognizer and the matcher.

A template is never expanded to its sentences: choices, optional words and lists stay branches, so
ten numbers in a row are a few hundred arcs and not ten to the tenth sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import InputError
from assistant.hearing.recognition.templates import TemplateCompiler
from assistant.programme.commands import CONTEXTS, CommandSet

_ASKED = "asked_"
_NUMBER = "number"
"""The command, and its slot, that answer how much something hurts or took out of one."""
_MOST = 10


@dataclass(frozen=True, slots=True)
class Phrase:
    """One template: the part of the graph between two states, and what it means."""

    command: str
    safety: bool
    contexts: frozenset[str]
    start: int
    final: int

    @property
    def everywhere(self) -> bool:
        """Whether it is heard in every context."""
        return len(self.contexts) == len(CONTEXTS)

    @property
    def answer(self) -> bool:
        """Whether it is heard only where the coach has asked something."""
        return all(context.startswith(_ASKED) for context in self.contexts)


class Grammar:
    """Every template of a voice pack as one acyclic graph of words.

    Raises:
        InputError: a template can't be read, names an unknown list, or could be said with no word
            at all, or a number with none from 0 to 10; the error names the file and the line.
    """

    def __init__(self, commands: CommandSet) -> None:
        self.file = commands.file
        compiler = TemplateCompiler(commands)
        self.lines = compiler.lines
        """Each word and the line on which it is written first."""
        sentences = [(command, sentence) for command in commands.commands for sentence in command.sentences]
        self.phrases = tuple(
            Phrase(command.name, command.safety, said.contexts, *compiler.compile(said.template, said.line))
            for command, said in sentences
        )
        self.arcs = tuple(map(tuple, compiler.arcs))
        for phrase, (_, said) in zip(self.phrases, sentences, strict=True):
            if phrase.command == _NUMBER:
                self._require_number(phrase, said.line)
        self._look_ahead()

    def phrases_in(self, context: str | None) -> tuple[Phrase, ...]:
        """Return the phrases that are heard in a context; None is all of them.

        Raises:
            InputError: there is no such context.
        """
        if context is None:
            return self.phrases
        if context not in CONTEXTS:
            raise InputError(f"there is no context {context!r}", remedy=f"Use one of: {', '.join(CONTEXTS)}")
        return tuple(phrase for phrase in self.phrases if context in phrase.contexts)

    def error(self, line: int | None, problem: str, remedy: str) -> InputError:
        """Return what to raise about a line of the commands."""
        return InputError(problem, remedy=remedy, file=self.file, line=line)

    def _require_number(self, phrase: Phrase, line: int) -> None:
        """See that every way through a phrase takes a number that the coach can do something with."""
        without = {phrase.start}
        for state in range(phrase.start, phrase.final):
            for arc in self.arcs[state] if state in without else ():
                name, value = arc.slot or ("", 0)
                if name != _NUMBER:
                    without.add(arc.target)
                elif not isinstance(value, int) or not 0 <= value <= _MOST:
                    raise self.error(
                        line,
                        f"a number said here stands for {value!r}, which is none from 0 to {_MOST}",
                        "Correct the `out:` of its list, or use another list",
                    )
        if phrase.final in without:
            raise self.error(
                line,
                "this can be said without saying which number",
                "Write {number}, the name of a list of numbers, or {that list:number}",
            )

    def _look_ahead(self) -> None:
        count = len(self.arcs)
        self.accepts = [False] * count
        """Whether a phrase may end at the state."""
        self.continues = [False] * count
        """Whether a further word may follow at the state."""
        self.sets_slots = [False] * count
        """Whether a slot may still be set after the state."""
        for phrase in self.phrases:
            self.accepts[phrase.final] = True
        for state in range(count - 1, -1, -1):
            for arc in self.arcs[state]:
                silent = arc.word is None
                self.accepts[state] |= silent and self.accepts[arc.target]
                self.continues[state] |= not silent or self.continues[arc.target]
                self.sets_slots[state] |= arc.slot is not None or self.sets_slots[arc.target]
