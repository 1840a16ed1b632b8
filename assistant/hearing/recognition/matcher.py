"""Which commands a row of words holds: the same graph that the recognizer listens with, walked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from assistant.coaching.events import Slots
from assistant.hearing.recognition.grammar import Grammar, Phrase, Slot
from assistant.programme.commands import NOTHING, CommandSet

_Place: TypeAlias = tuple[int, int, tuple[Slot, ...]]
"""A phrase's number, a state in it, and the slots set on the way there, by name."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in words."""

    command: str
    first: int
    """Index of the phrase's first word."""
    last: int
    """Index of the phrase's last word."""
    slots: Slots = field(default_factory=dict[str, str | int])
    safety: bool = False
    growing: bool = False
    """Whether further words could make it a longer phrase that means something else and is no safety
    command: one safety command is acted on at once, and on the other when it has been said."""


class Matcher:
    """Everything that can be said, as a matcher.

    Raises:
        InputError: a template can't be read; see Grammar.
    """

    def __init__(self, commands: CommandSet) -> None:
        self.grammar = Grammar(commands)
        self.safety = frozenset(phrase.command for phrase in self.grammar.phrases if phrase.safety)
        """The commands that are about safety."""
        self._begins: dict[str | None, dict[str, list[_Place]]] = {}
        self._steps: dict[int, dict[str, list[tuple[int, tuple[Slot, ...]]]]] = {}

    def match(self, words: Sequence[str], context: str | None) -> list[Match]:
        """Find the phrases in words, in order and not overlapping.

        A longer phrase goes before a shorter one, then a command before what is said between commands, then
        safety, then a command whose contexts are listed before one heard everywhere. A command that is not
        about safety and is the next behind a negation means nothing.

        Raises:
            InputError: there is no such context.
        """
        begins = self._begins_in(context)
        found: list[tuple[tuple[int, ...], Match, Phrase]] = []
        ahead: list[tuple[int, _Place]] = []
        for first, word in enumerate(words):
            places = begins.get(word, [])
            at = first
            while places:
                for place in places:
                    phrase = self.grammar.phrases[place[0]]
                    if self.grammar.accepts[place[1]]:
                        rank = (
                            *(first - at - 1, phrase.filler, not phrase.safety, phrase.everywhere),
                            place[0],
                        )
                        match = Match(phrase.command, first, at, dict(place[2]), phrase.safety)
                        found.append((rank, match, phrase))
                at += 1
                if at == len(words):
                    ahead += [(first, place) for place in places]
                    break
                places = self._walk(places, words[at])
        chosen: list[tuple[Match, Phrase]] = []
        for _, match, phrase in sorted(found, key=lambda ranked: ranked[0]):
            if all(match.last < other.first or match.first > other.last for other, _ in chosen):
                chosen.append((match, phrase))
        chosen.sort(key=lambda one: one[0].first)
        matches: list[Match] = []
        is_taken_back = False
        for match, phrase in chosen:
            if phrase.filler:
                # "I don't, um, want you to carry on."
                is_taken_back |= phrase.negation
                matches.append(match)
                continue
            grown = replace(match, growing=self._grows(match, ahead))
            taken_back = is_taken_back and not match.safety
            matches.append(replace(grown, command=NOTHING, slots={}) if taken_back else grown)
            is_taken_back &= match.safety
        return matches

    def _grows(self, match: Match, ahead: Sequence[tuple[int, _Place]]) -> bool:
        return any(
            first <= match.first
            and self.grammar.continues[state]
            and not self.grammar.phrases[number].safety
            and (
                self.grammar.phrases[number].command != match.command
                or self.grammar.sets_slots[state]
                or dict(slots) != match.slots
            )
            for first, (number, state, slots) in ahead
        )

    def _begins_in(self, context: str | None) -> dict[str, list[_Place]]:
        if context not in self._begins:
            wanted = set(self.grammar.phrases_in(context))
            begins: dict[str, list[_Place]] = {}
            for number, phrase in enumerate(self.grammar.phrases):
                for word, steps in self._steps_from(phrase.start).items() if phrase in wanted else ():
                    places = ((number, target, _set((), slots)) for target, slots in steps)
                    begins.setdefault(word, []).extend(places)
            self._begins[context] = begins
        return self._begins[context]

    def _walk(self, places: Sequence[_Place], word: str) -> list[_Place]:
        # A dict keeps each place once, in order.
        reached: dict[_Place, None] = {}
        for number, state, slots in places:
            for target, more in self._steps_from(state).get(word, ()):
                reached[number, target, _set(slots, more)] = None
        return list(reached)

    def _steps_from(self, state: int) -> dict[str, list[tuple[int, tuple[Slot, ...]]]]:
        """Return, for each word that may come next, the states behind it and the slots set before."""
        if state not in self._steps:
            steps = self._steps[state] = {}
            waiting: list[tuple[int, tuple[Slot, ...]]] = [(state, ())]
            seen = set(waiting)
            while waiting:
                at, slots = waiting.pop()
                for arc in self.grammar.arcs[at]:
                    more = slots if arc.slot is None else (*slots, arc.slot)
                    if arc.word is not None:
                        steps.setdefault(arc.word, []).append((arc.target, more))
                    elif (arc.target, more) not in seen:
                        seen.add((arc.target, more))
                        waiting.append((arc.target, more))
        return self._steps[state]


def _set(slots: tuple[Slot, ...], more: tuple[Slot, ...]) -> tuple[Slot, ...]:
    return tuple(sorted({**dict(slots), **dict(more)}.items())) if more else slots
