"""A voice pack: how the coach sounds, what it says and what it hears, checked and frozen."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import Formatter
from typing import Literal, TypeAlias, get_args

from pydantic import Field

from assistant.coaching.plan import Cue, CueKind
from assistant.coaching.script import PLACEHOLDERS, Line
from assistant.programme.calibration_lines import CalibrationLine
from assistant.programme.commands import CommandSet
from assistant.programme.reading import Document, FileModel, settle
from assistant.programme.yaml_text import Path, field_name

FEWEST_NUMBERS, MOST_NUMBERS = 11, 101
"""Numbers of a voice: nought to ten at least, to a hundred at most."""


Counting: TypeAlias = Literal["words", "beeps", "both"]
"""How the lowering is counted: spoken, in tones that fall with the legs, or both at once."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file that is played in place of what the synthesizer would say."""

    sound: str
    """Its name, seen from the folder of the file that names it."""
    file: str
    """The file that names it."""
    line: int
    column: int
    """Line and column there are counted from 1."""
    field: str


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
    counting: Counting
    numbers: tuple[str, ...]
    """Words for 0, 1, 2 …"""
    cues: Mapping[str, Cue]
    recordings: Mapping[str, Recording]
    """What is played in place of rendered speech, by the cue's name; for a number, `number_3`."""
    commands: CommandSet
    inherits: str | None = None
    """The pack that says what this one does not, as this one names it."""

    @property
    def texts(self) -> Mapping[str, str]:
        """Cue name to text."""
        return {name: cue.text for name, cue in self.cues.items()}


class SaidModel(FileModel):
    """A number as it is written where it is not a word alone."""

    say: str = Field(min_length=1)
    clip: str | None = Field(default=None, min_length=1)


class _CueModel(SaidModel):
    words_per_minute: int | None = Field(default=None, ge=80, le=300)


class _CuesModel(FileModel):
    movement: dict[str, str | _CueModel] = Field(default_factory=dict)
    release: dict[str, str | _CueModel] = Field(default_factory=dict)
    talk: dict[str, str | _CueModel] = Field(default_factory=dict)
    question: dict[str, str | _CueModel] = Field(default_factory=dict)


CUES_MODELS: tuple[type[FileModel], ...] = (_CuesModel,)
"""What a file of cues may be."""

Said: TypeAlias = str | SaidModel


class _PackModel(FileModel):
    name: str = Field(min_length=1)
    language: str = Field(min_length=2)
    voice: str = Field(min_length=1)
    words_per_minute: int = Field(ge=80, le=300)
    pitch: int = Field(ge=0, le=99)
    counting: Counting = "words"
    numbers: list[str | SaidModel] = Field(min_length=FEWEST_NUMBERS, max_length=MOST_NUMBERS)


class _HeirModel(FileModel):
    name: str = Field(min_length=1)
    inherit: str = Field(min_length=1)
    language: str | None = Field(default=None, min_length=2)
    voice: str | None = Field(default=None, min_length=1)
    words_per_minute: int | None = Field(default=None, ge=80, le=300)
    pitch: int | None = Field(default=None, ge=0, le=99)
    counting: Counting | None = None
    numbers: list[str | SaidModel] | dict[str, str | SaidModel] = Field(
        default_factory=dict[str, str | SaidModel]
    )


PACK_MODELS: tuple[type[FileModel], ...] = (_PackModel, _HeirModel)
"""What a pack.yaml may be."""


def inherited_name(pack: Document) -> str | None:
    """Return the name of the pack that another one inherits, if it does.

    Raises:
        InputError: so much is wrong in the pack's file that it has none.
    """
    if not pack.says("inherit"):
        return None
    return pack.need(_HeirModel).inherit


def parse_voice(
    pack: Document, cues: Sequence[Document], commands: CommandSet, inherited: VoicePack | None = None
) -> VoicePack:
    """Put a voice pack together from its files.

    Args:
        pack: How it sounds.
        cues: What it says: the coach's own lines in the first, what exercises name in the others.
        commands: What it hears.
        inherited: The pack that it inherits, which has everything that it leaves out.

    Raises:
        InputError: naming the file, line and field, when something is wrong or a cue is missing; it tells of
            everything in all of the files.
    """
    model = _PackModel if inherited is None else _HeirModel
    draft = pack.draft(model)
    numbers = draft.numbers if draft else {}
    if isinstance(numbers, list) and len(numbers) < FEWEST_NUMBERS:
        problem = f"there are fewer than {FEWEST_NUMBERS} numbers"
        pack.complain(("numbers",), problem, "Give all of them, or some as {3: word}")
    recordings = dict(inherited.recordings) if inherited else {}
    words = _numbers(pack, numbers, inherited, recordings)
    known = {**(inherited.cues if inherited else {}), **_cues(cues, inherited, recordings)}
    if not cues[0].wrong:
        # Otherwise what is missing may only have been written wrongly.
        for line in (*Line, *CalibrationLine):
            if line not in known:
                cues[0].complain((), f"the cue {line.value!r} is missing", "Add it in its section")
    settle(pack, *cues)
    said = pack.need(model).model_dump(exclude_none=True, exclude={"inherit", "numbers"})
    said |= {"numbers": words, "cues": known, "recordings": recordings, "commands": commands}
    if inherited is None:
        return VoicePack(**said)
    return replace(inherited, **said, inherits=inherited_name(pack))


def _numbers(
    pack: Document,
    numbers: Sequence[Said] | Mapping[str, Said],
    inherited: VoicePack | None,
    recordings: dict[str, Recording],
) -> tuple[str, ...]:
    if not isinstance(numbers, Mapping):
        for name in [name for name in recordings if name.startswith("number_")]:
            del recordings[name]
        for i, entry in enumerate(numbers):
            _record(pack, ("numbers", i), f"number_{i}", entry, recordings)
        return tuple(_text(entry) for entry in numbers)
    words = dict(enumerate(inherited.numbers if inherited else ()))
    for digits, entry in numbers.items():
        path = ("numbers", digits)
        if not digits.isdecimal() or not digits.isascii() or len(digits) > 3 or int(digits) >= MOST_NUMBERS:
            pack.complain(path, f"{digits!r} is no number from 0 to {MOST_NUMBERS - 1}", "Write its digits")
            continue
        words[int(digits)] = _text(entry)
        _record(pack, path, f"number_{int(digits)}", entry, recordings)
    for number in range(max(words, default=-1) + 1):
        if number not in words:
            pack.complain(("numbers",), f"the number {number} is missing", "Add it: there are no gaps")
    return tuple(words[number] for number in sorted(words))


def _cues(
    documents: Sequence[Document], inherited: VoicePack | None, recordings: dict[str, Recording]
) -> dict[str, Cue]:
    kinds: tuple[CueKind, ...] = get_args(CueKind)
    found: dict[str, Cue] = {}
    for document in documents:
        model = document.draft(_CuesModel) or _CuesModel()
        for kind in kinds:
            section: dict[str, str | _CueModel] = getattr(model, kind)
            for name, entry in section.items():
                path = (kind, name)
                if name in found:
                    document.complain(path, "the cue is there twice", "Keep one of them")
                    continue
                if inherited is not None:
                    _check_heir(document, path, inherited.cues, own_lines=document is documents[0])
                text = _text(entry)
                filled = _check_text(document, path, text)
                rate = None if isinstance(entry, str) else entry.words_per_minute
                _record(document, path, name, entry, recordings)
                if name in recordings and (filled or rate is not None):
                    said = "can't have {} filled in" if filled else "has its own rate"
                    unfit = "the placeholder" if filled else "words_per_minute"
                    document.complain(path, f"a recording {said}", f"Leave out {unfit}, or the clip")
                found[name] = Cue(name, text, kind, rate)
    return found


def _check_heir(
    document: Document, path: tuple[CueKind, str], inherited: Mapping[str, Cue], own_lines: bool
) -> None:
    """Refuse what can't be meant by a pack that changes cues of another one."""
    kind, name = path
    if name in inherited:
        if (known := inherited[name].kind) != kind:
            document.complain(path, f"the inherited cue is under `{known}:`, not `{kind}:`", "Move it there")
    elif own_lines:
        near = difflib.get_close_matches(name, inherited, n=1)
        meant = f" (did you mean {near[0]!r}?)" if near else ""
        remedy = "Correct the name; what exercises of your own name goes into movements.yaml"
        document.complain(path, f"no cue of that name is inherited{meant}", remedy)


def _text(entry: Said) -> str:
    return entry if isinstance(entry, str) else entry.say


def _record(document: Document, path: Path, name: str, entry: Said, recordings: dict[str, Recording]) -> None:
    """Note a cue's recording; words without one end that of an inherited cue."""
    if isinstance(entry, str) or entry.clip is None:
        recordings.pop(name, None)
        return
    clip = (*path, "clip")
    recordings[name] = Recording(entry.clip, document.file, *document.place(clip), field_name(clip))


def placeholders(text: str) -> frozenset[str]:
    """Return the names of what is to be filled into a cue's text.

    Raises:
        ValueError: one is unknown or is no plain name: a width, say, could ask for gigabytes of blanks.
    """
    found: set[str] = set()
    for _, name, layout, conversion in Formatter().parse(text):
        if name is None:
            continue
        if name not in PLACEHOLDERS:
            raise ValueError(f"there is no {name!r}")
        if layout or conversion:
            raise ValueError(f"{name!r} stands alone")
        found.add(name)
    return frozenset(found)


def _check_text(document: Document, path: tuple[str, str], text: str) -> frozenset[str]:
    try:
        names = placeholders(text)
    except ValueError as error:
        problem = f"the text has a placeholder that can't be filled in ({error})"
        document.complain(path, problem, f"Use only {', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}")
        return frozenset()
    if not names and not any(character.isalnum() for character in text):
        document.complain(path, "the cue says nothing", "Write the words to be spoken")
    return names
