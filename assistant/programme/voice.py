"""A voice pack: how the coach sounds, what it says and what it hears, checked and frozen."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import Field

from assistant.coaching.plan import Cue
from assistant.programme.commands import CommandSet
from assistant.programme.reading import Document, FileModel, settle
from assistant.programme.wording import (
    FEWEST_NUMBERS,
    MOST_NUMBERS,
    Recording,
    SaidModel,
    Wording,
    read_wording,
)

Counting: TypeAlias = Literal["words", "beeps", "both"]
"""How the lowering is counted: spoken, in tones that fall with the legs, or both at once."""


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
    inherits: str | None
    """The pack that says what this one does not, as this one names it."""

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


def inherited_name(pack: Document) -> str | None:
    """Return the name of the pack that another one inherits, if it does.

    Raises:
        InputError: so much is wrong in the pack's file that it has none.
    """
    if not pack.says("inherit"):
        return None
    return pack.need(_HeirModel).inherit


def parse_voice(
    pack: Document,
    cues: Sequence[Document],
    commands: CommandSet,
    inherited: VoicePack | None = None,
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
    known = None if inherited is None else Wording(inherited.numbers, inherited.cues, inherited.recordings)
    draft = pack.draft(model)
    numbers = {} if draft is None else draft.numbers
    if isinstance(numbers, list) and len(numbers) < FEWEST_NUMBERS:
        problem = f"there are fewer than {FEWEST_NUMBERS} numbers"
        pack.complain(("numbers",), problem, "Give all of them, or some as {3: word}")
    wording = read_wording(pack, numbers, cues, known)
    settle(pack, *cues)
    said = pack.need(model).model_dump(exclude_none=True, exclude={"inherit", "numbers"})
    said |= {"numbers": wording.numbers, "cues": wording.cues, "recordings": wording.recordings}
    if inherited is None:
        return VoicePack(**said, commands=commands, inherits=None)
    return dataclasses.replace(inherited, **said, commands=commands, inherits=inherited_name(pack))


PACK_MODELS: tuple[type[FileModel], ...] = (_PackModel, _HeirModel)
"""What a pack.yaml may be."""
