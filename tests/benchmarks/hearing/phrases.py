"""The phrases that are listened for and said: every command's, and the words of a set of recordings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.checking.sampling import choose_sentences, count_sentences, share
from assistant.errors import InputError
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.lexicon import look_up_words
from assistant.hearing.recognition.matcher import Match, Matcher
from assistant.programme.commands import CONTEXTS, NOTHING, Command, CommandSet, Sentence
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.trials import Rule, Wanted

ADDED = "said_in_a_recording"
"""The command that the words of a set of recordings become."""

MOST_SENTENCES = 5_000
"""Of all commands together, for PocketSphinx; of more, these stand for the others."""

MOST_WANTED = 500
"""The same of one command, of which fifty are said."""


def with_texts(commands: CommandSet, recordings: Iterable[Recorded]) -> CommandSet:
    """Add what is said in recordings as one more command, as far as it can't be said already.

    Args:
        commands: What can be said.
        recordings: Their texts are added.

    Raises:
        InputError: a word has no pronunciation; it names the manifest, the line and the field.
    """
    vocabulary = Matcher(commands)
    first: dict[str, Recorded] = {}
    for recorded in recordings:
        if (match := _meaning(vocabulary, recorded.text, None)) is None or match.command == NOTHING:
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


def sentences(commands: CommandSet, context: str | None = None, most: int = MOST_SENTENCES) -> list[str]:
    """Write out the sentences that can be said, sorted, or about `most` that stand for them.

    Raises:
        InputError: there is no such context.
    """
    grammar = Grammar(commands)
    phrases = grammar.phrases_in(context)
    each = share([count_sentences(grammar, phrase) for phrase in phrases], most)
    return sorted(
        {" ".join(words) for phrase in phrases for words in choose_sentences(grammar, phrase, each)}
    )


def wanted_phrases(
    vocabulary: Matcher, commands: CommandSet, command: Command, context: str | None, rule: Rule
) -> list[Wanted]:
    """Return every phrase of a command that means this command in a context, by what all commands match.

    A phrase that another command takes there ("no" while moving) is left out: heard, it would not be this
    command. What means nothing is never wanted.
    """
    if command.name == NOTHING:
        return []
    found: list[Wanted] = []
    for text in sentences(replace(commands, commands=(command,)), context, MOST_WANTED):
        match = _meaning(vocabulary, text, context)
        if match is not None and match.command == command.name:
            found.append(Wanted(rule, text, command.name, tuple(sorted(match.slots.items()))))
    return found


def _meaning(vocabulary: Matcher, text: str, context: str | None) -> Match | None:
    """Return the one command that all words of a text are; None where they are no command, or several."""
    words = text.split()
    matches = vocabulary.match(words, context)
    return matches[0] if [(one.first, one.last) for one in matches] == [(0, len(words) - 1)] else None
