"""Rules for what can be said: templates compile, words can be heard, and no sentence means two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.checking.finding import Finding, at, from_error
from assistant.checking.sampling import choose_sentences, count_sentences, share
from assistant.errors import InputError
from assistant.hearing.recognition.grammar import Grammar, Phrase
from assistant.hearing.recognition.lexicon import Lexicon, find_guesses, find_pronunciations
from assistant.library.loader import ReadCommands
from assistant.programme.commands import CONTEXTS, CommandSet, Sentence
from assistant.programme.reading import Path

MOST_LOOKED_UP = 20_000
"""Sentences of a file of which it is looked up what else they mean. Chosen: a few seconds."""

_States: TypeAlias = frozenset[int]


@dataclass(frozen=True, slots=True)
class Template:
    """One template that can be read, and what it means."""

    command: str
    safety: bool
    contexts: frozenset[str]
    everywhere: bool
    path: Path
    """Where it is written."""
    grammar: Grammar
    """Itself alone."""
    sentences: int
    """How many it is."""

    @property
    def phrase(self) -> Phrase:
        """Its place in its grammar."""
        return self.grammar.phrases[0]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence that can be said, and its template."""

    words: tuple[str, ...]
    template: Template


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything that can be said, as far as it can be read."""

    commands: CommandSet
    """Without the templates that can't be read."""
    templates: tuple[Template, ...]
    lexicon: Lexicon
    """The words whose pronunciation is known."""

    def choose(self, most: int) -> list[Said]:
        """Return sentences of every template: all of them, or about `most` that stand for them."""
        each = share([template.sentences for template in self.templates], most)
        return [
            Said(words, template)
            for template in self.templates
            for words in choose_sentences(template.grammar, template.phrase, each)
        ]


def read_phrases(read: ReadCommands) -> tuple[Phrases, list[Finding]]:
    """Compile every template, and look up how its words are said."""
    findings: dict[Finding, None] = {}
    templates: list[Template] = []
    lines: dict[str, int] = {}
    bare = replace(read.commands, commands=(), fillers=(), negations=())
    kept = bare

    def compiled(commands: CommandSet) -> Grammar | None:
        try:
            grammar = Grammar(commands)
        except InputError as error:
            column = read.document.column(error.line or 1)
            findings[from_error(error, read.document.file, "template", column)] = None
            return None
        for word, line in grammar.lines.items():
            lines.setdefault(word, line)
        return grammar

    for command in read.commands.commands:
        sound: list[Sentence] = []
        for i, sentence in enumerate(command.sentences):
            path = ("commands", command.name, "sentences", i)
            alone = replace(command, sentences=(sentence,))
            if (grammar := compiled(replace(bare, commands=(alone,)))) is None:
                continue
            sound.append(sentence)
            phrase = grammar.phrases[0]
            meant = (command.name, command.safety, phrase.contexts, phrase.everywhere, path)
            templates.append(Template(*meant, grammar, count_sentences(grammar, phrase)))
        if sound:
            kept = replace(kept, commands=(*kept.commands, replace(command, sentences=tuple(sound))))
    fillers = [one for one in read.commands.fillers if compiled(replace(bare, fillers=(one,)))]
    negations = [one for one in read.commands.negations if compiled(replace(bare, negations=(one,)))]
    kept = replace(kept, fillers=tuple(fillers), negations=tuple(negations))
    lexicon = find_pronunciations(lines, read.commands)
    findings |= dict.fromkeys(_words_not_in_a_dictionary(read, lines, lexicon))
    return Phrases(kept, tuple(templates), lexicon), list(findings)


def _words_not_in_a_dictionary(
    read: ReadCommands, lines: dict[str, int], lexicon: Lexicon
) -> Iterator[Finding]:
    guesses = find_guesses(lines, read.commands)
    for word, line in lines.items():
        here = (read.document.file, line, read.document.column(line), "pronunciation")
        if word not in lexicon:
            problem = f"the pronunciation of {word!r} is not known"
            remedy = f"Add it under `pronunciations:`, such as `{word}: [HH AH L OW]`, or use another word"
            yield Finding(*here, problem, remedy)
        elif word in guesses:
            ways = ", ".join(" ".join(way) for way in guesses[word])
            problem = f"“{word}” is not in the dictionary, and is listened for as [{ways}]"
            remedy = "Write it under `pronunciations:` where that is wrong"
            yield Finding(*here, problem, remedy, note=True)


def check_meanings(read: ReadCommands, phrases: Phrases) -> Iterator[Finding]:
    """Look for sentences that mean two commands in a context, and commands that others cover.

    Where a sentence is in several, safety is taken first, then what is not listened for everywhere.
    """
    acceptor = _Acceptor(phrases.templates)
    ambiguous: dict[tuple[Path, str], tuple[str, Template, list[str]]] = {}
    reachable: set[tuple[str, str]] = set()
    for words in dict.fromkeys(said.words for said in phrases.choose(MOST_LOOKED_UP)):
        meanings = sorted(acceptor.accepting(words), key=_precedence)
        for context in CONTEXTS:
            here = [template for template in meanings if context in template.contexts]
            reachable |= {(one.command, context) for one in here if _precedence(one) == _precedence(here[0])}
            for other in here[1:]:
                if other.command != here[0].command and _precedence(other) == _precedence(here[0]):
                    key = (other.path, here[0].command)
                    _, _, contexts = ambiguous.setdefault(key, (" ".join(words), other, []))
                    if context not in contexts:
                        contexts.append(context)
    for (path, command), (words, other, contexts) in ambiguous.items():
        problem = f"“{words}” is both {command} and {other.command} in {', '.join(contexts)}"
        yield at(read.document, path, "ambiguous", problem, "Keep it in one of them")
    for context in CONTEXTS:
        last = {template.command: template for template in phrases.templates if context in template.contexts}
        for command, template in last.items():
            if (command, context) not in reachable:
                problem = f"all that is said for {command} in {context} is taken for another command first"
                remedy = "Add a sentence of its own, or take the context out"
                yield at(read.document, template.path, "covered", problem, remedy)


def _precedence(template: Template) -> tuple[bool, bool]:
    return not template.safety, template.everywhere


class _Acceptor:
    """Tells which templates a sentence is of, however many sentences they are."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self._templates = tuple(templates)
        self._steps: list[dict[_States, dict[str, _States]]] = [{} for _ in self._templates]
        self._begins: dict[str, list[int]] = {}
        for i, template in enumerate(self._templates):
            for word in self._after(i, frozenset({template.phrase.start})):
                self._begins.setdefault(word, []).append(i)

    def accepting(self, words: tuple[str, ...]) -> Iterator[Template]:
        """Yield the templates of a sentence, in the order of the file."""
        for i in self._begins.get(words[0], ()):
            template = self._templates[i]
            states = frozenset({template.phrase.start})
            for word in words:
                states = self._after(i, states).get(word, frozenset[int]())
                if not states:
                    break
            if any(template.grammar.accepts[state] for state in states):
                yield template

    def _after(self, i: int, states: _States) -> dict[str, _States]:
        """Return the words that may come next, and where each leads."""
        if states not in self._steps[i]:
            arcs = self._templates[i].grammar.arcs
            reached: dict[str, set[int]] = {}
            waiting, seen = list(states), set(states)
            while waiting:
                for arc in arcs[waiting.pop()]:
                    if arc.word is not None:
                        reached.setdefault(arc.word, set()).add(arc.target)
                    elif arc.target not in seen:
                        seen.add(arc.target)
                        waiting.append(arc.target)
            self._steps[i][states] = {word: frozenset(targets) for word, targets in reached.items()}
        return self._steps[i][states]
