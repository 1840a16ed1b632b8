"""Finding and reading what `imprint check` looks at; what can't be read is a finding like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, cast

from assistant.checking.finding import Finding, from_error
from assistant.checking.kinds import Kind, kind_by_fields, kind_by_place
from assistant.checking.subject import (
    ReadCommands,
    ReadExercise,
    ReadRoutine,
    ReadVoice,
    Shelf,
    Subject,
)
from assistant.cli.check_paths import everything, files_in, programme_files, shown, voice_folder
from assistant.errors import InputError
from assistant.library import CUE_FILES, find_inherited, read_cues
from assistant.places import searched, shipped
from assistant.programme.commands import CommandSet, parse_commands
from assistant.programme.exercise import parse_exercise
from assistant.programme.reading import Document
from assistant.programme.routine import make_plan
from assistant.programme.voice import parse_voice
from assistant.rehearsal.script import load_athlete
from assistant.routine_files import load_routine
from assistant.routine_script import is_script
from assistant.text_files import read_text

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found and read."""

    subject: Subject
    findings: tuple[Finding, ...]
    """What could not be read."""
    targets: frozenset[str]
    """The files that are looked at; others were read because they belong to it."""


class _AnyCue(Mapping[str, str]):
    """Every cue there could be: whether a voice has it is a rule of its own."""

    def __contains__(self, name: object) -> bool:
        return True

    def __getitem__(self, name: str) -> str:
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def gather(paths: Sequence[Path], voice: str | None) -> Gathered:
    """Read files and folders with everything that they are to be looked at with.

    Args:
        paths: What to look at; nothing means all that is shipped, ./scripts and ./voices.
        voice: The voice for exercises and routines; by default `en`, and those looked at.

    Raises:
        InputError: there is no such path or voice.
    """
    return _Gatherer().gather(paths, voice)


class _Gatherer:
    def __init__(self) -> None:
        self._findings: dict[Finding, None] = {}
        self._exercises: dict[Path, ReadExercise | None] = {}
        self._voices: dict[Path, ReadVoice | None] = {}
        self._heard: dict[Path, ReadCommands | None] = {}

    def gather(self, paths: Sequence[Path], voice: str | None) -> Gathered:
        found = dict.fromkeys(file for path in paths or everything() for file in files_in(path))
        kinds = {file: self._kind(file) for file in found}
        files = {file: kind for file, kind in kinds.items() if kind is not None}
        for file, kind in files.items():
            if kind == "athlete":
                self._attempt(file, lambda file=file: load_athlete(file))
        folders = [file.parent for file, kind in files.items() if kind in ("pack", "cues")]
        packs = [folder for folder in dict.fromkeys(folders) if (folder / "pack.yaml").is_file()]
        programme: dict[Path, Kind] = {
            file: kind for file, kind in files.items() if kind in ("routine", "exercise")
        }
        if programme and (voice is not None or not packs):
            packs.insert(0, voice_folder(voice or "en"))
        if packs and not programme:
            programme = programme_files(everything())
        voices = [read for folder in dict.fromkeys(packs) if (read := self._voice(folder))]
        commands = [self._commands(file) for file, kind in files.items() if kind == "commands"]
        usual = self._voice(shown(shipped("voices") / "en"))
        subject = Subject(
            shelves=tuple(self._shelves(programme)),
            voices=tuple(voices),
            commands=tuple(read for read in commands if read is not None),
            usual={} if usual is None else usual.pack.cues,
            usual_commands=frozenset(
                () if usual is None else (command.name for command in usual.pack.commands.commands)
            ),
        )
        return Gathered(subject, tuple(self._findings), frozenset(map(str, found)))

    def _attempt(self, file: Path, read: Callable[[], _Read]) -> _Read | None:
        try:
            return read()
        except InputError as error:
            # What it extends may be in another file; it is told all the same.
            found = replace(from_error(error, str(file), "invalid"), concerns=frozenset({str(file)}))
            self._findings[found] = None
            return None

    def _kind(self, file: Path) -> Kind | None:
        kind = kind_by_place(file.name, file.parent.name)
        if kind == "cues" and not (file.parent / "pack.yaml").is_file():
            problem, remedy = "cues are only of use in a voice pack", "Put it beside a pack.yaml"
            self._findings[Finding(str(file), 1, 1, "unknown", problem, remedy)] = None
            return None
        if kind is not None:
            return kind
        if is_script(file):
            return "routine"
        document = self._attempt(file, lambda: Document(read_text(file), str(file)))
        if document is None:
            return None
        fields = cast(Iterable[str], document.value if isinstance(document.value, dict) else ())
        kind = kind_by_fields(fields)
        if kind is None or kind in ("pack", "cues"):
            problem, remedy = "this is nothing that Imprint reads", "See the shipped files, or move it away"
            self._findings[Finding(str(file), 1, 1, "unknown", problem, remedy)] = None
            return None
        return kind

    def _shelves(self, programme: Mapping[Path, Kind]) -> Iterator[Shelf]:
        common = [shown(folder) for folder in reversed(searched("scripts")[1:])]
        homes: dict[Path, list[Path]] = {}
        for file, kind in programme.items():
            in_folder = kind == "exercise" and file.parent.name == "exercises"
            homes.setdefault(file.parent.parent if in_folder else file.parent, []).append(file)
        for home, files in homes.items():
            own = [file for file in files if programme[file] == "exercise"]
            folders = dict.fromkeys([*common, home])
            beside = [
                file for folder in folders for file in sorted((folder / "exercises").glob("[!.]*.yaml"))
            ]
            read = {file.stem: self._exercise(file) for file in [*beside, *own]}
            exercises = {stem: one for stem, one in read.items() if one is not None}
            unreadable = frozenset(stem for stem, one in read.items() if one is None)
            routines = [
                self._routine(file, exercises, unreadable) for file in files if programme[file] == "routine"
            ]
            yield Shelf(exercises, tuple(one for one in routines if one is not None), unreadable)

    def _exercise(self, file: Path) -> ReadExercise | None:
        def read() -> ReadExercise:
            text = read_text(file)
            exercise = parse_exercise(text, str(file), _AnyCue())
            named = replace(exercise, name=file.stem)
            return ReadExercise(named, Document(text, str(file)), exercise.name)

        if file not in self._exercises:
            self._exercises[file] = self._attempt(file, read)
        return self._exercises[file]

    def _routine(
        self, file: Path, exercises: Mapping[str, ReadExercise], unreadable: frozenset[str]
    ) -> ReadRoutine | None:
        def read() -> ReadRoutine | None:
            routine = load_routine(file)
            known = {name: one.exercise for name, one in exercises.items()}
            try:
                return ReadRoutine(make_plan(routine, known), routine)
            except InputError as error:
                if any(repr(name) in error.problem for name in unreadable):
                    return None  # The exercise's own file is the one to correct.
                raise

        return self._attempt(file, read)

    def _voice(self, folder: Path, heirs: tuple[Path, ...] = ()) -> ReadVoice | None:
        if folder not in self._voices:
            self._voices[folder] = self._read_voice(folder, heirs)
        return self._voices[folder]

    def _read_voice(self, folder: Path, heirs: tuple[Path, ...]) -> ReadVoice | None:
        file = folder / "pack.yaml"
        pack = self._attempt(file, lambda: Document(read_text(file), str(file)))
        if pack is None:
            return None
        try:
            parent_folder = find_inherited(pack, folder, heirs)
        except InputError as error:
            self._findings[from_error(error, str(file), "invalid")] = None
            return None
        parent = None
        if parent_folder is not None:
            parent = self._voice(shown(parent_folder), (*heirs, folder))
            if parent is None:
                return None  # The inherited pack's own files are those to correct.
        cues = [self._cues(folder / name, optional=parent is not None) for name in CUE_FILES]
        written = tuple(one for one in cues if one is not None)
        words = folder / "commands.yaml"
        commands = self._commands(words) if parent is None or words.is_file() else parent.commands
        if len(written) < len(CUE_FILES):
            return None
        if commands is None:
            # What it says is looked at all the same.
            commands = ReadCommands(CommandSet(str(words), "en", (), {}, {}), pack)
        inherited = None if parent is None else parent.pack
        voice = self._attempt(file, lambda: parse_voice(pack, written, commands.commands, inherited))
        return None if voice is None else ReadVoice(voice, pack, written, commands)

    def _cues(self, file: Path, optional: bool) -> Document | None:
        return self._attempt(file, lambda: read_cues(file, optional))

    def _commands(self, file: Path) -> ReadCommands | None:
        def read() -> ReadCommands:
            text = read_text(file)
            return ReadCommands(parse_commands(text, str(file)), Document(text, str(file)))

        if file not in self._heard:
            self._heard[file] = self._attempt(file, read)
        return self._heard[file]
