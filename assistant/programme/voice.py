"""A voice pack: how the coach sounds, what it says and what it hears, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import get_args

from pydantic import Field

from assistant.coaching.plan import Cue, CueKind
from assistant.coaching.script import PLACEHOLDERS, Line
from assistant.programme.commands import CommandSet
from assistant.programme.reading import Document, FileModel


@dataclass(frozen=True, slots=True)
class VoicePack:
    """One folder of voices/."""

    name: str
    language: str
    voice: str
    """espeak-ng voice."""
    words_per_minute: int
    pitch: int
    """0 to 99."""
    numbers: tuple[str, ...]
    cues: Mapping[str, Cue]
    commands: CommandSet

    @property
    def texts(self) -> Mapping[str, str]:
        """Cue name to text."""
        return {name: cue.text for name, cue in self.cues.items()}


class _PackModel(FileModel):
    name: str = Field(min_length=1)
    language: str = Field(min_length=2)
    voice: str = Field(min_length=1)
    words_per_minute: int = Field(ge=80, le=300)
    pitch: int = Field(ge=0, le=99)
    numbers: list[str] = Field(min_length=11, max_length=101)


class _CueModel(FileModel):
    say: str = Field(min_length=1)
    words_per_minute: int | None = Field(default=None, ge=80, le=300)


class _CuesModel(FileModel):
    movement: dict[str, str | _CueModel] = Field(default_factory=dict)
    release: dict[str, str | _CueModel] = Field(default_factory=dict)
    talk: dict[str, str | _CueModel] = Field(default_factory=dict)
    question: dict[str, str | _CueModel] = Field(default_factory=dict)


def parse_voice(pack: Document, cues: Sequence[Document], commands: CommandSet) -> VoicePack:
    """Put a voice pack together from its files.

    Args:
        pack: How it sounds.
        cues: What it says: the coach's own lines in the first, what exercises name in the others.
        commands: What it hears.

    Raises:
        InputError: naming the file, line and field, when something is wrong or a cue is missing.
    """
    model = pack.check(_PackModel)
    return VoicePack(
        name=model.name,
        language=model.language,
        voice=model.voice,
        words_per_minute=model.words_per_minute,
        pitch=model.pitch,
        numbers=tuple(model.numbers),
        cues=_cues(cues),
        commands=commands,
    )


def _cues(documents: Sequence[Document]) -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for document in documents:
        _add_cues(document, found)
    for line in Line:
        if line not in found:
            raise documents[0].error((), f"the cue {line.value!r} is missing", "Add it in its section")
    return found


def _add_cues(document: Document, found: dict[str, Cue]) -> None:
    model = document.check(_CuesModel)
    kinds: tuple[CueKind, ...] = get_args(CueKind)
    for kind in kinds:
        section: dict[str, str | _CueModel] = getattr(model, kind)
        for name, entry in section.items():
            path = (kind, name)
            if name in found:
                raise document.error(path, "the cue is there twice", "Keep one of them")
            text = entry if isinstance(entry, str) else entry.say
            _check_text(document, path, text)
            rate = None if isinstance(entry, str) else entry.words_per_minute
            found[name] = Cue(name, text, kind, rate)


def placeholders(text: str) -> frozenset[str]:
    """Give the names of what is to be filled into a cue's text.

    Raises:
        ValueError: one is unknown or is no plain name: a width, say, could ask for gigabytes of blanks.
    """
    found: set[str] = set()
    for _, name, layout, conversion in Formatter().parse(text):
        if name is None:
            continue
        if name not in PLACEHOLDERS or layout or conversion:
            known = name in PLACEHOLDERS
            raise ValueError(f"{name!r} stands alone" if known else f"there is no {name!r}")
        found.add(name)
    return frozenset(found)


def _check_text(document: Document, path: tuple[str, str], text: str) -> None:
    try:
        names = placeholders(text)
    except ValueError as error:
        raise document.error(
            path,
            f"the text has a placeholder that can't be filled in ({error})",
            f"Use only {', '.join('{' + name + '}' for name in PLACEHOLDERS)}",
        ) from error
    if not names and not any(character.isalnum() for character in text):
        raise document.error(path, "the cue says nothing", "Write the words to be spoken")


PACK_MODELS: tuple[type[FileModel], ...] = (_PackModel,)
"""What a pack.yaml may be."""

CUES_MODELS: tuple[type[FileModel], ...] = (_CuesModel,)
"""What a file of cues may be."""
