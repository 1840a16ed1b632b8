"""The phrases that are listened for and said: every command's, and the words of a set of recordings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.errors import InputError
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.lexicon import look_up_words
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.sentences import sentences_within
from assistant.programme.commands import CONTEXTS, Command, CommandSet, Sentence
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.trials import Rule, Wanted

ADDED = "said_in_a_recording"
"""The command that the words of a set of recordings become."""

MOST_SENTENCES = 5_000
"""Of one command, or of all together for PocketSphinx: more are never written out."""


def with_texts(commands: CommandSet, recordings: Iterable[Recorded]) -> CommandSet:
    """Add what is said in recordings as one more command, as far as it can't be said already.

    Args:
        commands: What can be said.
        recordings: Their texts are added.

    Raises:
        InputError: a word has no pronunciation; it names the manifest, the line and the field.
    """
    known = set(sentences(commands))
    first: dict[str, Recorded] = {}
    for recorded in recordings:
        if recorded.text not in known:
            first.setdefault(recorded.text, recorded)
    if not first:
        return commands
    for manifest in dict.fromkeys(one.manifest for one in first.values()):
        of_file = [one for one in first.values() if one.manifest == manifest]
        alone = replace(commands, file=manifest, commands=(_added(of_file),))
        try:
            look_up_words(Grammar(alone), alone)
        except InputError as error:
            raise InputError(
                error.problem,
                remedy="Use a word of English letters, or take the line out",
                file=error.file,
                line=error.line,
                field="text",
            ) from error
    return replace(commands, commands=(*commands.commands, _added(first.values())))


def _added(recordings: Iterable[Recorded]) -> Command:
    contexts = frozenset(CONTEXTS)
    return Command(ADDED, False, tuple(Sentence(one.text, contexts, one.line) for one in recordings))


def sentences(commands: CommandSet, context: str | None = None) -> list[str]:
    """Write out every sentence that can be said, sorted.

    Raises:
        InputError: there are too many, or there is no such context.
    """
    found = sentences_within(Grammar(commands), context, MOST_SENTENCES)
    if found is None:
        raise InputError(
            f"there are more than {MOST_SENTENCES} sentences",
            remedy="Measure with shorter lists",
            file=commands.file,
        )
    return found


def wanted_phrases(commands: CommandSet, command: Command, context: str | None, rule: Rule) -> list[Wanted]:
    """Return every phrase of a command that means this command in a context.

    A phrase that another command takes there ("no" while moving) is left out: heard, it would not be this
    command.
    """
    vocabulary = Matcher(commands)
    found: list[Wanted] = []
    for text in sentences(replace(commands, commands=(command,)), context):
        words = text.split()
        matches = vocabulary.match(words, context)
        if len(matches) == 1 and (matches[0].first, matches[0].last) == (0, len(words) - 1):
            match = matches[0]
            if match.command == command.name:
                found.append(Wanted(rule, text, command.name, tuple(sorted(match.slots.items()))))
    return found
