"""Find and read what people edit: routines, exercises and voice packs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.coaching.plan import Exercise, Plan
from assistant.errors import InputError
from assistant.places import searched
from assistant.programme.commands import CommandSet, parse_commands, require_safety
from assistant.programme.exercise import parse_exercise
from assistant.programme.reading import Document
from assistant.programme.routine import make_plan
from assistant.programme.voice import VoicePack, inherited_name, parse_voice
from assistant.routine_files import find_routine, load_routine
from assistant.text_files import find, read_text


def load_commands(path: Path) -> CommandSet:
    """Read a file of the format of voices/en/commands.yaml."""
    return parse_commands(read_text(path), str(path))


CUE_FILES = ("cues.yaml", "movements.yaml")
"""Files of a voice pack: the coach's own lines, and what exercises name."""


def voice_folders() -> list[Path]:
    """Give the folders in which voice packs are looked for by name, those that win first."""
    return searched("voices")


def find_voices() -> dict[Path, str | None]:
    """Give the folder of each voice pack that is found by name, and which one hides it, if one does."""
    found: dict[Path, str | None] = {}
    for folder in voice_folders():
        for file in sorted(folder.glob("*/pack.yaml")):
            same = [other for other in found if other.name == file.parent.name]
            if not any(other.resolve() == file.parent.resolve() for other in same):
                found[file.parent] = str(same[0]) if same else None
    return found


def load_voice(name: str) -> VoicePack:
    """Read a voice pack: a folder, or the name of one in ./voices, the person's own or the shipped ones.

    Raises:
        InputError: naming the file, line and field, when there is none or something in it is wrong.
    """
    return _read_voice(find(name, voice_folders(), "", "voice pack", "pack.yaml"), ())


def _read_voice(folder: Path, heirs: tuple[Path, ...]) -> VoicePack:
    pack = Document(read_text(folder / "pack.yaml"), str(folder / "pack.yaml"))
    parent_folder = find_inherited(pack, folder, heirs)
    parent = None if parent_folder is None else _read_voice(parent_folder, (*heirs, folder))
    cues = [read_cues(folder / name, optional=parent is not None) for name in CUE_FILES]
    words = folder / "commands.yaml"
    if parent is not None and not words.is_file():
        return parse_voice(pack, cues, parent.commands, parent)
    commands = load_commands(words)
    require_safety(commands)
    return parse_voice(pack, cues, commands, parent)


def read_cues(file: Path, optional: bool) -> Document:
    """Read a file of cues; one that may be missing, because its pack inherits, then holds none.

    Raises:
        InputError: the file can't be read or is no YAML.
    """
    return Document("{}" if optional and not file.is_file() else read_text(file), str(file))


def find_inherited(pack: Document, folder: Path, heirs: Sequence[Path]) -> Path | None:
    """Find the pack that another one inherits: beside it, in ./voices, the person's own or the shipped ones.

    A pack may inherit one of its own name: that is the next one in this order.

    Args:
        pack: The pack's own file.
        folder: Where that is.
        heirs: The folders of those that inherit this one, if any.

    Raises:
        InputError: naming the file and the line, when there is none, or it inherits this one.
    """
    name = inherited_name(pack)
    if name is None:
        return None
    asked = ("inherit",)
    here = folder.resolve()
    chain = {here, *(heir.resolve() for heir in heirs)}
    places = dict.fromkeys(place / name for place in (here.parent, *voice_folders()))
    # Of its own name, whatever has inherited it so far is not meant; of another, that would be a circle.
    others = chain if name == here.name else {here}
    there = [
        place for place in places if os.path.isfile(place / "pack.yaml") and place.resolve() not in others
    ]
    if not there:
        raise pack.error(
            asked, f"there is no voice pack {name!r} to inherit", f"Give one of: {known_voices()}"
        )
    if there[0].resolve() in chain:
        raise pack.error(asked, f"{name!r} inherits this pack in its turn", "Leave out one of the two")
    return there[0]


def known_voices() -> str:
    """Name the voice packs that can be found by name, for people."""
    return ", ".join(sorted({folder.name for folder in find_voices()}))


@dataclass(frozen=True, slots=True)
class Session:
    """A plan and the voice that coaches it."""

    plan: Plan
    voice: VoicePack
    routine_file: Path


def load_session(
    routine: str, voice: str = "en", level: int | None = None, equipment: frozenset[str] = frozenset()
) -> Session:
    """Read a routine with everything that it needs.

    Args:
        routine: A file, or the name of one in ./scripts, the person's own or the shipped ones.
        voice: A voice pack's folder or name.
        level: Where to start on the ladder; by default where the routine says.
        equipment: What there is of `ball`, `bench` and `bar`.

    Raises:
        InputError: naming the file, line and field, when anything in them is wrong.
    """
    pack = load_voice(voice)
    path = find_routine(routine)
    exercises = load_exercises(pack, path.parent)
    return Session(make_plan(load_routine(path), exercises, level, equipment), pack, path)


def exercise_folders(beside: Path) -> list[Path]:
    """Give the folders of exercises, those of the last win: shipped, the person's own, beside a routine."""
    _, own, shipped = searched("scripts")
    return [folder / "exercises" for folder in (shipped, own, beside)]


def load_exercises(pack: VoicePack, beside: Path) -> Mapping[str, Exercise]:
    """Read every exercise: the shipped ones, the person's own, and those beside a routine, which win."""
    folders = exercise_folders(beside)
    files = {path.stem: path for folder in folders for path in sorted(folder.glob("[!.]*.yaml"))}
    found: dict[str, Exercise] = {}
    for path in files.values():
        exercise = parse_exercise(read_text(path), str(path), pack.texts)
        if exercise.name != path.stem:
            raise InputError(
                f"the exercise calls itself {exercise.name!r}",
                remedy=f"Give it the file's name, {path.stem!r}",
                file=str(path),
                line=1,
                field="name",
            )
        found[exercise.name] = exercise
    for name, exercise in found.items():
        for field, to in (("regression", exercise.regression), ("progression", exercise.progression)):
            if to is not None and (wrong := _wrong_link(field, exercise, to, found)):
                raise Document(read_text(files[name]), str(files[name])).error((field,), *wrong)
    return found


def _wrong_link(
    field: str, exercise: Exercise, to: str, found: Mapping[str, Exercise]
) -> tuple[str, str] | None:
    """Say what is wrong and what to do, unless easier leads down to what can be done there, and harder up."""
    if to not in found:
        return f"there is no exercise {to!r}", "Correct the name"
    other, up = found[to], field == "progression"
    # A regression that led up or round could be followed for ever.
    if other.level == exercise.level or (other.level > exercise.level) is not up:
        return (
            f"{to} is at level {other.level}, and this exercise at level {exercise.level}",
            f"A {field} leads {'up' if up else 'down'} the ladder: name another or correct a level",
        )
    if up:
        return None
    if missing := [thing for thing in other.equipment if thing not in exercise.equipment]:
        return (
            f"{to} needs a {missing[0]}, which may not be there",
            "Name an easier exercise that needs nothing more",
        )
    if other.range_steps[0] > exercise.range_steps[0]:
        return (
            f"{to} begins at range {other.range_steps[0]}, deeper than this exercise",
            "Name one that begins no deeper: easier never goes lower",
        )
    return None
