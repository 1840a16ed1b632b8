"""Rules for what can be said: templates compile, words can be heard, and no sentence means two things."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.checking.finding import Finding, at, from_error
from assistant.errors import InputError
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.lexicon import Lexicon, find_pronunciations
from assistant.hearing.recognition.sentences import sentences_of
from assistant.library.loader import ReadCommands
from assistant.programme.commands import CONTEXTS, CommandSet, Sentence
from assistant.programme.reading import Path

MOST_SENTENCES = 500
"""Sentences of one template; more can't be compared with each other."""

MOST_IN_ALL = 2_000
"""Sentences of a file, from the same reason."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence that can be said, and what it means."""

    words: tuple[str, ...]
    command: str
    safety: bool
    contexts: frozenset[str]
    everywhere: bool
    path: Path
    """Where its template is written."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything that can be said, as far as it can be read."""

    commands: CommandSet
    """Without the templates that can't be read."""
    said: tuple[Said, ...]
    lexicon: Lexicon
    """The words whose pronunciation is known."""


def read_phrases(read: ReadCommands) -> tuple[Phrases, list[Finding]]:
    """Compile every template, and write its sentences out."""
    findings: dict[Finding, None] = {}
    said: list[Said] = []
    lines: dict[str, int] = {}
    kept = replace(read.commands, commands=())
    for command in read.commands.commands:
        sound: list[Sentence] = []
        for i, sentence in enumerate(command.sentences):
            path = ("commands", command.name, "sentences", i)
            alone = replace(command, sentences=(sentence,))
            try:
                grammar = Grammar(replace(read.commands, commands=(alone,)))
            except InputError as error:
                column = read.document.column(error.line or 1)
                findings[from_error(error, read.document.file, "template", column)] = None
                continue
            sound.append(sentence)
            phrase = grammar.phrases[0]
            written = list(itertools.islice(sentences_of(grammar, phrase), MOST_SENTENCES + 1))
            if len(written) > MOST_SENTENCES:
                problem = f"the template {sentence.template!r} is more than {MOST_SENTENCES} sentences"
                findings[at(read.document, path, "template", problem, "Split it, or leave some out")] = None
                continue
            if len(said) + len(written) > MOST_IN_ALL:
                problem = f"there are more than {MOST_IN_ALL} sentences by here"
                findings[at(read.document, path, "template", problem, "Leave some out")] = None
                continue
            for word, line in grammar.lines.items():
                lines.setdefault(word, line)
            meant = (command.name, command.safety, phrase.contexts, phrase.everywhere, path)
            said += [Said(tuple(words.split()), *meant) for words in dict.fromkeys(written)]
        if sound:
            kept = replace(kept, commands=(*kept.commands, replace(command, sentences=tuple(sound))))
    lexicon = find_pronunciations(lines, read.commands)
    for word, line in lines.items():
        if word not in lexicon:
            problem = f"the pronunciation of {word!r} is not known"
            remedy = f"Add it under `pronunciations:`, such as `{word}: [HH AH L OW]`, or use another word"
            column = read.document.column(line)
            found = Finding(read.document.file, line, column, "pronunciation", problem, remedy)
            findings[found] = None
    return Phrases(kept, tuple(said), lexicon), list(findings)


def check_meanings(read: ReadCommands, phrases: Phrases) -> Iterator[Finding]:
    """Look for sentences that mean two commands in a context, and commands that others cover.

    Where a sentence is in several, safety is taken first, then what is not listened for everywhere.
    """
    for context in CONTEXTS:
        meanings: dict[tuple[str, ...], list[Said]] = {}
        for said in phrases.said:
            if context in said.contexts:
                meanings.setdefault(said.words, []).append(said)
        reachable: set[str] = set()
        for words, several in meanings.items():
            several.sort(key=_precedence)
            taken = several[0]
            reachable.add(taken.command)
            for other in several[1:]:
                if other.command != taken.command and _precedence(other) == _precedence(taken):
                    problem = f"“{' '.join(words)}” is both {taken.command} and {other.command} in {context}"
                    yield at(read.document, other.path, "ambiguous", problem, "Keep it in one of them")
                    reachable.add(other.command)
        covered = {said.command: said for said in phrases.said if context in said.contexts}
        for command, said in covered.items():
            if command not in reachable:
                problem = f"all that is said for {command} in {context} is taken for another command first"
                remedy = "Add a sentence of its own, or take the context out"
                yield at(read.document, said.path, "covered", problem, remedy)


def _precedence(said: Said) -> tuple[bool, bool]:
    return not said.safety, said.everywhere
