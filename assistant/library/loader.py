"""Reading what people write, for sessions and checks: each file once, and everything that is wrong in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from assistant.coaching.plan import Cue, Exercise, Plan
from assistant.errors import InputError, combined
from assistant.library.script import is_script, run_script
from assistant.library.text_files import find, read_text
from assistant.places import searched, shown
from assistant.programme.commands import CommandSet, as_commands
from assistant.programme.exercise import as_exercise
from assistant.programme.extension import extended
from assistant.programme.reading import Document, settle
from assistant.programme.routine import Routine, checked, drafted, extends, make_plan
from assistant.programme.voice import VoicePack, inherited_name, parse_voice
from assistant.programme.yaml_text import Path as FieldPath

CUE_FILES = ("cues.yaml", "movements.yaml")
"""Files of a voice pack: the coach's own lines, and what exercises name."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class ReadExercise:
    """An exercise and its file."""

    exercise: Exercise
    document: Document
    called: str
    """What it calls itself, which has to be the file's name; here it goes by that."""


@dataclass(frozen=True, slots=True)
class ReadCommands:
    """What can be said, and its file."""

    commands: CommandSet
    document: Document


@dataclass(frozen=True, slots=True)
class ReadVoice:
    """A voice pack and its files."""

    pack: VoicePack
    pack_document: Document
    cue_documents: tuple[Document, ...]
    commands: ReadCommands

    def place_of(self, cue: Cue) -> tuple[Document, FieldPath]:
        """Return where a cue is written; for an inherited one, where that pack is named."""
        for document in self.cue_documents:
            if cue.name in (document.value.get(cue.kind) or ()):
                return document, (cue.kind, cue.name)
        return self.pack_document, ("inherit",)


@dataclass(frozen=True, slots=True)
class ReadRoutine:
    """A routine, and as it is placed on the ladder."""

    plan: Plan
    routine: Routine


@dataclass(frozen=True, slots=True)
class Exercises:
    """The exercises that a routine can name."""

    read: Mapping[str, ReadExercise]
    unreadable: frozenset[str]
    """Names of those whose files can't be read."""

    @property
    def known(self) -> Mapping[str, Exercise]:
        """Name to exercise."""
        return {name: one.exercise for name, one in self.read.items()}


class Loader:
    """Reads files; what is wrong with one is noted, and what depends on it is passed over.

    Attributes:
        wrong: What could not be read, each with the file that was wanted; it may lie in another.
    """

    def __init__(self) -> None:
        self.wrong: list[tuple[Path, InputError]] = []
        self._documents: dict[Path, Document | InputError] = {}
        self._checked: dict[Path, Document] = {}
        self._exercises: dict[Path, ReadExercise | None] = {}
        self._voices: dict[Path, ReadVoice | None] = {}
        self._commands: dict[Path, ReadCommands | None] = {}

    def whole(self, read: _Read | None) -> _Read:
        """Return what was read, unless anything at all was wrong.

        Raises:
            InputError: something was; it tells of everything.
        """
        if self.wrong:
            raise combined([error for _, error in self.wrong])
        assert read is not None, "what can't be read is noted"
        return read

    def attempt(self, file: Path, read: Callable[[], _Read]) -> _Read | None:
        """Return what is read; where it can't be, note why and return None."""
        try:
            return read()
        except InputError as error:
            self.wrong += [(file, one) for one in error.each]
            return None

    def document(self, file: Path) -> Document:
        """Return a file taken apart, or what a script says; it is read once.

        Raises:
            InputError: it can't be read, or is no YAML.
        """
        whole = Path(os.path.abspath(file))
        if whole not in self._documents:
            try:
                read = run_script(file) if is_script(file) else Document(read_text(file), str(file))
            except InputError as error:
                read = error
            self._documents[whole] = read
        found = self._documents[whole]
        if isinstance(found, InputError):
            raise found
        return found

    def commands(self, file: Path) -> ReadCommands | None:
        """Return what can be said by a file of the format of voices/en/commands.yaml."""

        def read() -> ReadCommands:
            document = self.document(file)
            return ReadCommands(as_commands(document), document)

        if file not in self._commands:
            self._commands[file] = self.attempt(file, read)
        return self._commands[file]

    def voice(self, folder: Path, heirs: tuple[Path, ...] = ()) -> ReadVoice | None:
        """Return the voice pack of a folder, and what it inherits.

        Args:
            folder: Where its pack.yaml is.
            heirs: The folders of those that inherit it, if any.
        """
        if folder not in self._voices:
            self._voices[folder] = self._read_voice(folder, heirs)
        return self._voices[folder]

    def _read_voice(self, folder: Path, heirs: tuple[Path, ...]) -> ReadVoice | None:
        file, words = folder / "pack.yaml", folder / "commands.yaml"

        def begin() -> tuple[Document, Path | None]:
            pack = self.document(file)
            return pack, find_inherited(pack, folder, heirs)

        if (begun := self.attempt(file, begin)) is None:
            return None
        pack, inherits = begun
        parent = None if inherits is None else self.voice(inherits, (*heirs, folder))
        if inherits is not None and parent is None:
            return None  # The inherited pack's own files are those to correct.
        cues = [self._cues(folder / name, optional=parent is not None) for name in CUE_FILES]
        written = tuple(one for one in cues if one is not None)
        commands = self.commands(words) if parent is None or words.is_file() else parent.commands
        if len(written) < len(CUE_FILES):
            return None
        if commands is None:
            # What it says is looked at all the same.
            commands = ReadCommands(CommandSet(str(words), "en", (), {}, {}), pack)
        inherited = None if parent is None else parent.pack
        voice = self.attempt(file, lambda: parse_voice(pack, written, commands.commands, inherited))
        return None if voice is None else ReadVoice(voice, pack, written, commands)

    def _cues(self, file: Path, *, optional: bool) -> Document | None:
        if optional and not file.is_file():
            return Document("{}", str(file))
        return self.attempt(file, lambda: self.document(file))

    def exercises(
        self, beside: Path, titles: Mapping[str, str] | None = None, own: Iterable[Path] = ()
    ) -> Exercises:
        """Return every exercise: the shipped ones, the person's own, and those beside a routine, which win.

        Args:
            beside: The routine's folder.
            titles: Cue name to spoken text, of the voice in use; where it is None, every cue counts as there.
            own: Files of exercises elsewhere, which win, too.
        """
        _, own_folder, shipped = searched("scripts")
        folders = dict.fromkeys(shown(home) / "exercises" for home in (shipped, own_folder, beside))
        files = [file for folder in folders for file in sorted(folder.glob("[!.]*.yaml"))]
        last = {file.stem: file for file in [*files, *own]}
        read = {stem: self._exercise(file, titles) for stem, file in last.items()}
        found = {stem: one for stem, one in read.items() if one is not None}
        return Exercises(found, frozenset(read) - frozenset(found))

    def _exercise(self, file: Path, titles: Mapping[str, str] | None) -> ReadExercise | None:
        def read() -> ReadExercise:
            document = self.document(file)
            exercise = as_exercise(document, titles)
            return ReadExercise(replace(exercise, name=file.stem), document, exercise.name)

        if file not in self._exercises:
            self._exercises[file] = self.attempt(file, read)
        return self._exercises[file]

    def routine(
        self,
        path: Path,
        exercises: Exercises,
        level: int | None = None,
        equipment: frozenset[str] = frozenset(),
    ) -> ReadRoutine | None:
        """Return the routine of a file, or of a script that was given instead, placed on the ladder.

        Args:
            path: The file; what it extends is read, too.
            exercises: Those that it can name. That one can't be read is not told of again.
            level: Where to start on the ladder; by default where the routine says.
            equipment: What there is of `ball`, `bench` and `bar`.
        """

        def read() -> ReadRoutine | None:
            routine = self._routine(path, ())
            wrong, plan = [*routine.document.wrong], None
            try:
                plan = make_plan(routine, exercises.known, level, equipment)
            except InputError as error:
                named = [repr(name) for name in exercises.unreadable]
                wrong += [one for one in error.each if not any(name in one.problem for name in named)]
            if wrong:
                raise combined(wrong)
            return None if plan is None else ReadRoutine(plan, routine)

        return self.attempt(path, read)

    def _routine(self, path: Path, extending: tuple[Path, ...]) -> Routine:
        """Read a routine.

        Args:
            path: The file.
            extending: The files that led to it, each extending the next.
        """
        whole = Path(os.path.abspath(path))
        if whole not in self._checked:
            self._checked[whole] = checked(self.document(path))
        document = self._checked[whole]
        name = extends(document)
        if name is None:
            return drafted(document)
        chain = (*extending, path)
        try:
            file = _find_base(name, document, chain)
            if file.resolve() in [one.resolve() for one in chain]:
                names = " to ".join(map(str, (*chain, file)))
                raise document.error(("extends",), f"the routines extend each other: {names}", "Name another")
            base = self._routine(file, chain).document
            settle(base)
        except InputError as error:
            raise combined([*document.wrong, error]) from error
        return drafted(extended(document, base))


def find_voices() -> dict[Path, str | None]:
    """Return the folder of each voice pack that is found by name, and which one hides it, if one does."""
    found: dict[Path, str | None] = {}
    for folder in searched("voices"):
        for file in sorted(folder.glob("*/pack.yaml")):
            same = [other for other in found if other.name == file.parent.name]
            if not any(other.resolve() == file.parent.resolve() for other in same):
                found[file.parent] = str(same[0]) if same else None
    return found


def find_voice(name: str) -> Path:
    """Return a voice pack's folder: a path, or a name in ./voices, the person's own or the shipped ones.

    Raises:
        InputError: no pack has that name.
    """
    return find(name, searched("voices"), "", "voice pack", "pack.yaml")


def find_inherited(pack: Document, folder: Path, heirs: Sequence[Path]) -> Path | None:
    """Find the pack that another one inherits: beside it, in ./voices, the person's own or the shipped ones.

    A pack may inherit one of its own name: that is the next one in this order.

    Args:
        pack: The pack's own file.
        folder: Where that is.
        heirs: The folders of those that inherit this one, if any.

    Raises:
        InputError: naming the file and the line, when it is not there, or inherits this one.
    """
    name = inherited_name(pack)
    if name is None:
        return None
    asked = ("inherit",)
    here = folder.resolve()
    chain = {here, *(heir.resolve() for heir in heirs)}
    places = dict.fromkeys(place / name for place in (here.parent, *searched("voices")))
    # A pack of the same name means the next one in the order; one that inherits this in its turn is a circle.
    others = chain if name == here.name else {here}
    there = [
        place for place in places if os.path.isfile(place / "pack.yaml") and place.resolve() not in others
    ]
    if not there:
        known = ", ".join(sorted({folder.name for folder in find_voices()}))
        pack.complain(asked, f"there is no voice pack {name!r} to inherit", f"Give one of: {known}")
    elif there[0].resolve() in chain:
        pack.complain(asked, f"{name!r} inherits this pack in its turn", "Leave out one of the two")
    else:
        return shown(there[0])
    raise combined(pack.wrong)


def find_routine(name: str) -> Path:
    """Find a routine: a file, or the name of one in ./scripts, the person's own or the shipped ones.

    Raises:
        InputError: it is in none of them.
    """
    return find(name, searched("scripts"), ".yaml", "routine")


def _find_base(name: str, document: Document, chain: Sequence[Path]) -> Path:
    """Find the routine that the last of a chain extends: a file beside it, or a name.

    Its own name means the next routine of that name on the way, so that a shipped one can be changed.
    """
    path = chain[-1]
    if is_script(Path(name)):
        problem = "a script is only run where it is given itself"
        raise document.error(("extends",), problem, "Write it as a routine file (`Routine.text()` does)")
    beside = path.parent / name
    if Path(name).suffix and beside.is_file():
        return beside
    try:
        what, without = ("other routine", chain) if name == path.stem else ("routine", [path])
        return find(name, [path.parent, *searched("scripts")], ".yaml", what, without=without)
    except InputError as error:
        raise document.error(("extends",), error.problem, error.remedy) from error
