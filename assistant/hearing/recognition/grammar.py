"""Everything that can be said: hassil's sentence templates as one graph of words.

The recognizer and the matcher share it.

A template is never expanded to its sentences: choices, optional words and lists stay branches, so
ten numbers in a row are a few hundred arcs and not ten to the tenth sentences.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError

from assistant.errors import InputError
from assistant.programme.commands import CONTEXTS, NOTHING, CommandSet

LONGEST_TEMPLATE = 2_000
"""Characters of one template; a longer one belongs into a list. Chosen."""

MOST_ARCS = 50_000
"""Arcs of all templates together; what is larger would not be recognized well anyway. Chosen."""

MOST_PERMUTED = 5
"""Parts of an `(a;b;c)`, which is written out in every order: 120 of five. Chosen."""

Slot: TypeAlias = tuple[str, str | int]
"""A slot's name and the value that it takes."""

_ASKED = "asked_"
_NUMBER = "number"
"""The command, and its slot, that answer how much something hurts or took out of one."""
_MOST = 10
_SPACE = " "
_PUNCTUATION = '.,!?;:…¡¿"“”'
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")


_parse = lru_cache(maxsize=4096)(parse_sentence)
"""Rules and lists come up again in one sentence after the other."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A step through the grammar: one word, or none; entering a list's value sets its slot."""

    target: int
    word: str | None = None
    slot: Slot | None = None


class TemplateCompiler:
    """Adds templates to a graph of words.

    Args:
        commands: Whose lists the templates use.
    """

    def __init__(self, commands: CommandSet) -> None:
        self.arcs: list[list[Arc]] = []
        """The arcs that leave each state; states are numbered so that every arc leads to a higher one."""
        self.lines: dict[str, int] = {}
        """Each word and the line on which it is written first."""
        self._commands = commands
        self._count = 0

    def compile(self, template: str, line: int) -> tuple[int, int]:
        """Add a template; give its first and its last state.

        Raises:
            InputError: the template can't be read, names an unknown list, or could be said with no
                word at all; the error names the file and the line.
        """
        start = self._state()
        final = self._template(template, start, line, ())
        self._check_words_apart(start, line)
        return start, final

    def _state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def _step(self, source: int, word: str | None = None, slot: Slot | None = None) -> int:
        """Add an arc to a new state; give that state."""
        target = self._state()
        self._join(source, Arc(target, word, slot))
        return target

    def _join(self, source: int, arc: Arc) -> None:
        self.arcs[source].append(arc)
        self._count += 1

    def _error(self, line: int, problem: str, remedy: str) -> InputError:
        return InputError(problem, remedy=remedy, file=self._commands.file, line=line)

    def _template(self, template: str, start: int, line: int, inside: tuple[str, ...]) -> int:
        """Add a template that begins at `start`; give the state at its end, which has no arcs."""
        end = self._step(self._expanded(template, start, line, inside))
        if self._silent_path(start, end):
            raise self._error(
                line,
                f"{template!r} could be said without a word",
                "Keep at least one word outside of [ ] and of empty choices",
            )
        return end

    def _expanded(self, template: str, at: int, line: int, inside: tuple[str, ...]) -> int:
        """Add the parts of a template; give the state behind them."""
        if len(template) > LONGEST_TEMPLATE:
            raise self._error(
                line,
                f"the template has {len(template)} characters, more than {LONGEST_TEMPLATE}",
                "Move its words into a list or a rule",
            )
        try:
            return self._add(_parse(template).expression, at, line, inside)
        except (ParseError, AssertionError, RecursionError) as error:
            raise self._error(
                line,
                f"the template {template!r} can't be read",
                "Close every ( [ and {, and put something between them",
            ) from error

    def _silent_path(self, start: int, end: int) -> bool:
        reached = {start}
        for state in range(start, end):
            if state in reached:
                reached.update(arc.target for arc in self.arcs[state] if arc.word in (None, _SPACE))
        return end in reached

    def _check_words_apart(self, start: int, line: int) -> None:
        """Turn the spaces into plain steps, after checking that one stands between any two words."""
        begins: dict[int, str] = {}
        for state in range(len(self.arcs) - 1, start - 1, -1):
            for i, arc in enumerate(self.arcs[state]):
                if arc.word == _SPACE:
                    self.arcs[state][i] = Arc(arc.target)
                elif arc.target in begins and arc.word is None:
                    begins[state] = begins[arc.target]
                elif arc.word is not None:
                    if arc.target in begins:
                        raise self._error(
                            line,
                            f"{arc.word!r} and {begins[arc.target]!r} run together",
                            "Put a space between words, and write (turn|turning) for turn[ing]",
                        )
                    begins[state] = arc.word

    def _add(self, expression: Expression, at: int, line: int, inside: tuple[str, ...]) -> int:
        if self._count > MOST_ARCS:
            raise self._error(
                line,
                f"the templates have more than {MOST_ARCS} branches by here",
                "Shorten the lists, or use them fewer times in one template",
            )
        match expression:
            case TextChunk():
                return self._text(expression.original_text, at, line)
            case ListReference():
                return self._list(expression, at, line, inside)
            case RuleReference():
                return self._rule(expression.rule_name, at, line, inside)
            case Permutation() if len(expression.items) > MOST_PERMUTED:
                raise self._error(
                    line,
                    f"more than {MOST_PERMUTED} parts are joined by ;",
                    "Write the usual orders as sentences of their own",
                )
            case Permutation():
                orders = itertools.permutations(expression.items)
            case Alternative():
                orders = zip(expression.items)
            case Group():
                return self._sequence(expression.items, at, line, inside)
            case _:
                raise TypeError(f"hassil gave an unknown expression: {expression!r}")
        return self._meet([self._sequence(items, self._step(at), line, inside) for items in orders])

    def _sequence(self, items: Sequence[Expression], at: int, line: int, inside: tuple[str, ...]) -> int:
        for item in items:
            at = self._add(item, at, line, inside)
        return at

    def _meet(self, ends: Sequence[int]) -> int:
        meeting = self._state()
        for end in ends:
            self._join(end, Arc(meeting))
        return meeting

    def _text(self, text: str, at: int, line: int) -> int:
        for piece in re.findall(r"\s+|\S+", text):
            if piece.isspace():
                at = self._step(at, _SPACE)
                continue
            word = piece.lower().replace("\u2019", "'").strip(_PUNCTUATION)
            if not word:
                continue
            if not _WORD.fullmatch(word):
                raise self._error(
                    line, f"{piece!r} is no word", "Use letters, apostrophes and hyphens, as the word is said"
                )
            self.lines.setdefault(word, line)
            at = self._step(at, word)
        return at

    def _list(self, reference: ListReference, at: int, line: int, inside: tuple[str, ...]) -> int:
        name = reference.list_name
        values = self._commands.lists.get(name)
        if values is None:
            known = ", ".join(sorted(self._commands.lists)) or "none yet"
            raise self._error(line, f"there is no list {name!r}", f"Add it under `lists:` (there: {known})")
        if f"{{{name}}}" in inside:
            raise self._error(
                line, f"the list {name!r} contains itself", "Write the words out in the inner list"
            )
        if not values:
            raise self._error(line, f"the list {name!r} is empty", "Give it a value")
        ends: list[int] = []
        for value in values:
            entry = self._step(at, slot=(reference.slot_name, value.value))
            ends.append(self._template(value.template, entry, value.line, (*inside, f"{{{name}}}")))
        return self._meet(ends)

    def _rule(self, name: str, at: int, line: int, inside: tuple[str, ...]) -> int:
        rule = self._commands.rules.get(name)
        if rule is None:
            known = ", ".join(sorted(self._commands.rules)) or "none yet"
            raise self._error(line, f"there is no rule {name!r}", f"Add it under `rules:` (there: {known})")
        if f"<{name}>" in inside:
            raise self._error(
                line, f"the rule {name!r} contains itself", "Write the words out in the inner rule"
            )
        return self._expanded(rule.template, at, rule.line, (*inside, f"<{name}>"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One template: the part of the graph between two states, and what it means."""

    command: str
    safety: bool
    contexts: frozenset[str]
    start: int
    final: int
    filler: bool = False
    """Whether it may be said before and after a command and changes nothing."""
    negation: bool = False
    """Whether it takes the next command back, unless that is about safety."""

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
        sentences = [
            (
                Phrase(
                    command.name, command.safety, said.contexts, *compiler.compile(said.template, said.line)
                ),
                said,
            )
            for command in commands.commands
            for said in command.sentences
        ]
        between = [
            Phrase(NOTHING, False, said.contexts, *compiler.compile(said.template, said.line), True, negates)
            for given, negates in ((commands.fillers, False), (commands.negations, True))
            for said in given
        ]
        self.phrases = (*(phrase for phrase, _ in sentences), *between)
        """The sentences of all commands, then what is said between them."""
        self.arcs = tuple(map(tuple, compiler.arcs))
        for phrase, said in sentences:
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

    def words_of(self, phrase: Phrase) -> Iterator[str]:
        """Yield the words of a phrase, in the order in which they are written."""
        for state in range(phrase.start, phrase.final):
            yield from (arc.word for arc in self.arcs[state] if arc.word is not None)

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
