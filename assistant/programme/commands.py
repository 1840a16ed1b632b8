"""What people can say: voices/*/commands.yaml, checked and frozen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field, field_validator

from assistant.coaching.events import SAFETY_COMMANDS
from assistant.coaching.phases import Context
from assistant.errors import InputError, combined
from assistant.programme.reading import Document, FileModel, settle
from assistant.programme.yaml_text import Path

CONTEXTS = tuple(Context)
"""What the recognizer can be listening for, one at a time."""

NOTHING = "nothing"
"""The command whose sentences are likely to be said and explicitly mean nothing."""

FREE_KEYS = ";:'\"&%$(){}_|\\"
"""Keys that a command may have by `key:`; every other one has its meaning already."""

_PHONES = frozenset(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W "  # noqa: SIM905
    "Y Z ZH".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One template of a command and the contexts in which it is heard."""

    template: str
    contexts: frozenset[str]
    line: int


@dataclass(frozen=True, slots=True)
class Command:
    """A canonical command with everything that people can say for it."""

    name: str
    safety: bool
    sentences: tuple[Sentence, ...]
    key: str | None = None
    """One of FREE_KEYS that means the same; None where it has none, or one that Imprint itself gives it."""


@dataclass(frozen=True, slots=True)
class ListValue:
    """One entry of a list: the template that is said and the value it stands for."""

    template: str
    value: str | int
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A part of sentences that has a name."""

    template: str
    line: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Two phrases that sound alike, and that are listened for together all the same."""

    phrases: tuple[str, str]
    """Where whole sentences differ only in some words, these words."""
    contexts: frozenset[str]


@dataclass(frozen=True, slots=True)
class CommandSet:
    """Every command of one voice pack."""

    file: str
    language: str
    commands: tuple[Command, ...]
    lists: Mapping[str, tuple[ListValue, ...]]
    pronunciations: Mapping[str, tuple[str, ...]]
    """Word to ways of saying it, each a string of ARPAbet phones."""
    alike: tuple[Alike, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict[str, Rule])
    fillers: tuple[Sentence, ...] = ()
    """What may be said before and after a command and changes nothing, such as "please"."""
    negations: tuple[Sentence, ...] = ()
    """What takes the next command back, unless that is about safety, such as "don't"."""


class _ListValueModel(FileModel):
    said: str = Field(alias="in", min_length=1)
    out: str | int


class _SentenceModel(FileModel):
    say: str = Field(min_length=1)
    contexts: list[str] = Field(min_length=1)


class _CommandModel(FileModel):
    contexts: Literal["everywhere"] | list[str] = "everywhere"
    safety: bool = False
    sentences: list[str | _SentenceModel] = Field(min_length=1)
    key: str | None = Field(default=None, description="A key that means the same: one that is free.")


class _AlikeModel(FileModel):
    phrases: list[str] = Field(min_length=2, max_length=2)
    contexts: Literal["everywhere"] | list[str] = "everywhere"
    because: str = Field(min_length=10)


class CommandsModel(FileModel):
    """What people can say to the coach."""

    language: str = Field(default="en", description="Code of the language, such as en.")
    lists: dict[str, list[_ListValueModel]] = Field(
        default_factory=dict, description="Words of which one is said where a sentence has {name}."
    )
    rules: dict[str, str] = Field(
        default_factory=dict, description="Parts of sentences that are written as <name>."
    )
    fillers: list[str | _SentenceModel] = Field(
        default_factory=list[str | _SentenceModel],
        description="What may be said before and after a command and changes nothing.",
    )
    negations: list[str | _SentenceModel] = Field(
        default_factory=list[str | _SentenceModel],
        description="What takes the next command back, unless that is about safety.",
    )
    pronunciations: dict[str, list[str]] = Field(
        default_factory=dict, description="Word to the ways of saying it, each in ARPAbet phones."
    )
    alike: list[_AlikeModel] = Field(
        default_factory=list[_AlikeModel],
        description="Phrases that sound alike and are listened for together all the same, with the reason.",
    )
    commands: dict[str, _CommandModel] = Field(
        min_length=1, description="Command to the sentences that are heard as it, and when."
    )

    @field_validator("commands")
    @classmethod
    def _names_are_canonical(cls, commands: dict[str, _CommandModel]) -> dict[str, _CommandModel]:
        for name in commands:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                raise ValueError(f"{name!r} should be lower-case words joined by underscores")
        return commands


def as_commands(document: Document) -> CommandSet:
    """Check a commands file.

    Raises:
        InputError: naming the file, line and field, when something in it is wrong; it tells of everything.
    """
    model = document.need(CommandsModel)
    for word, ways in model.pronunciations.items():
        path = ("pronunciations", word)
        if not ways or not all(map(str.split, ways)):
            document.complain(path, "there is no pronunciation", "Write its phones, or leave it out")
        for way in ways:
            if unknown := [phone for phone in way.split() if phone not in _PHONES]:
                remedy = f"Use ARPAbet without stress marks, from: {' '.join(sorted(_PHONES))}"
                document.complain(path, f"{unknown[0]!r} is no phone", remedy)
    commands = tuple(
        Command(name, command.safety, _sentences(document, name, command), command.key)
        for name, command in model.commands.items()
    )
    for i, command in enumerate(commands):
        if command.key is not None and command.key not in _free_keys(commands[:i]):
            remedy = f"Use one of: {' '.join(_free_keys(commands))}"
            path = ("commands", command.name, "key")
            raise document.error(path, f"{command.key!r} is not a free key", remedy)
    lists = {
        name: tuple(
            ListValue(value.said, value.out, document.line(("lists", name, i)))
            for i, value in enumerate(values)
        )
        for name, values in model.lists.items()
    }
    pronunciations = {word.lower(): tuple(ways) for word, ways in model.pronunciations.items()}
    alike = tuple(
        Alike((pair.phrases[0], pair.phrases[1]), _contexts(document, ("alike", i), pair.contexts))
        for i, pair in enumerate(model.alike)
    )
    rules = {name: Rule(template, document.line(("rules", name))) for name, template in model.rules.items()}
    everywhere = frozenset(CONTEXTS)
    fillers = _said(document, ("fillers",), model.fillers, everywhere)
    negations = _said(document, ("negations",), model.negations, everywhere)
    settle(document)
    return CommandSet(
        document.file,
        model.language,
        commands,
        lists,
        pronunciations,
        alike,
        rules,
        fillers,
        negations,
    )


def _free_keys(commands: tuple[Command, ...]) -> list[str]:
    taken = {command.key for command in commands}
    return [key for key in FREE_KEYS if key not in taken]


def require_safety(commands: CommandSet) -> None:
    """See that stop, pain, red flags and help can be said at any moment.

    Raises:
        InputError: some are missing, are not marked as safety, or are not listened for everywhere.
    """
    known = {command.name: command for command in commands.commands}
    wrong: list[InputError] = []
    for name in sorted(SAFETY_COMMANDS):
        command = known.get(name)
        if command is None:
            problem = "is missing, which keeps people safe"
        elif not command.safety:
            problem = "is not marked as safety"
        elif not any(sentence.contexts == frozenset(CONTEXTS) for sentence in command.sentences):
            problem = "is not listened for everywhere"
        else:
            continue
        error = InputError(
            f"the command '{name}' {problem}",
            remedy=f"Write `{name}:` with `safety: true`, `contexts: everywhere` and its sentences",
            file=commands.file,
            line=1 if command is None else command.sentences[0].line,
            field=f"commands.{name}",
        )
        wrong.append(error)
    if wrong:
        raise combined(wrong)


def _sentences(document: Document, name: str, command: _CommandModel) -> tuple[Sentence, ...]:
    own = _contexts(document, ("commands", name), command.contexts)
    return _said(document, ("commands", name, "sentences"), command.sentences, own)


def _said(
    document: Document, of: Path, given: list[str | _SentenceModel], own: frozenset[str]
) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for i, sentence in enumerate(given):
        path = (*of, i)
        if isinstance(sentence, str):
            text, contexts = sentence, own
        else:
            text, contexts = sentence.say, _contexts(document, path, sentence.contexts)
        sentences.append(Sentence(text, contexts, document.line(path)))
    return tuple(sentences)


def _contexts(document: Document, of: Path, given: str | list[str]) -> frozenset[str]:
    if isinstance(given, str):
        return frozenset(CONTEXTS)
    path = (*of, "contexts")
    if not given:
        document.complain(path, "there is no context", "Name some, or leave the field out: everywhere")
    for context in given:
        if context not in CONTEXTS:
            document.complain(path, f"there is no context {context!r}", f"Use one of: {', '.join(CONTEXTS)}")
    return frozenset(given)
