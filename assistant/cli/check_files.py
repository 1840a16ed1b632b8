"""Finding and reading what `imprint check` looks at; what can't be read is a finding like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from assistant.checking.finding import Finding, from_error
from assistant.checking.subject import Shelf, Subject
from assistant.errors import InputError
from assistant.library.loader import Loader, find_voice
from assistant.library.schemas import Kind, kind_by_fields, kind_by_place
from assistant.library.script import is_script
from assistant.places import searched, shipped, shown
from assistant.rehearsal.script import load_athlete


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found and read."""

    subject: Subject
    findings: tuple[Finding, ...]
    """What could not be read."""
    targets: frozenset[str]
    """The files that are looked at; others were read because they belong to it."""


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
        self._loader = Loader()
        self._unknown: dict[Finding, None] = {}

    def gather(self, paths: Sequence[Path], voice: str | None) -> Gathered:
        found = dict.fromkeys(file for path in paths or _everything() for file in _files_in(path))
        files: dict[Path, Kind] = {}
        for file in found:
            if (kind := self._kind(file)) is not None:
                files[file] = kind
        for file in _of(files, "athlete"):
            self._loader.attempt(file, lambda file=file: load_athlete(file))
        folders = [file.parent for file in _of(files, "pack", "cues")]
        packs = [folder for folder in dict.fromkeys(folders) if (folder / "pack.yaml").is_file()]
        programme: dict[Path, Kind] = {file: files[file] for file in _of(files, "routine", "exercise")}
        if programme and (voice is not None or not packs):
            packs.insert(0, shown(find_voice(voice or "en")))
        if packs and not programme:
            programme = _programme_files()
        voices = [self._loader.voice(folder) for folder in dict.fromkeys(packs)]
        commands = [self._loader.commands(file) for file in _of(files, "commands")]
        usual = self._loader.voice(shown(shipped("voices") / "en"))
        subject = Subject(
            shelves=tuple(self._shelves(programme)),
            voices=tuple(read for read in voices if read is not None),
            commands=tuple(read for read in commands if read is not None),
            usual=usual.pack.cues if usual else {},
            usual_commands=frozenset(
                command.name for command in (usual.pack.commands.commands if usual else ())
            ),
        )
        # What a file extends may be in another one; what is wrong there is told all the same.
        unread = (
            replace(from_error(error, str(file), "invalid"), concerns=frozenset({str(file)}))
            for file, error in self._loader.wrong
        )
        return Gathered(subject, tuple(dict.fromkeys([*self._unknown, *unread])), frozenset(map(str, found)))

    def _kind(self, file: Path) -> Kind | None:
        kind = kind_by_place(file.name, file.parent.name)
        if kind == "cues" and not (file.parent / "pack.yaml").is_file():
            self._refuse(file, "cues are only of use in a voice pack", "Put it beside a pack.yaml")
            return None
        if kind is not None:
            return kind
        if is_script(file):
            return "routine"
        document = self._loader.attempt(file, lambda: self._loader.document(file))
        if document is None:
            return None
        fields = cast(Iterable[str], document.value if isinstance(document.value, dict) else ())
        kind = kind_by_fields(fields)
        if kind is None or kind in ("pack", "cues"):
            self._refuse(file, "Imprint reads no file of this kind", "See the shipped files, or move it away")
            return None
        return kind

    def _refuse(self, file: Path, problem: str, remedy: str) -> None:
        self._unknown[Finding(str(file), 1, 1, "unknown", problem, remedy)] = None

    def _shelves(self, programme: Mapping[Path, Kind]) -> Iterator[Shelf]:
        homes: dict[Path, list[Path]] = {}
        for file, kind in programme.items():
            in_folder = kind == "exercise" and file.parent.name == "exercises"
            homes.setdefault(file.parent.parent if in_folder else file.parent, []).append(file)
        for home, files in homes.items():
            own = [file for file in files if programme[file] == "exercise"]
            exercises = self._loader.exercises(home, own=own)
            read = [self._loader.routine(file, exercises) for file in files if programme[file] == "routine"]
            routines = tuple(routine for routine in read if routine is not None)
            yield Shelf(exercises.read, routines, exercises.unreadable)


def _of(files: Mapping[Path, Kind], *kinds: Kind) -> list[Path]:
    return [file for file, kind in files.items() if kind in kinds]


def _everything() -> list[Path]:
    """Return the folders that are looked at where no others are named."""
    folders = [folder for name in ("scripts", "voices") for folder in searched(name)]
    return [shipped("scripts"), shipped("voices"), *(path for path in folders if path.is_dir())]


def _programme_files() -> dict[Path, Kind]:
    """Return the routines and exercises of scripts/, which a voice is looked at with."""
    kinds: dict[str, Kind] = {"[!.]*.yaml": "routine", "exercises/[!.]*.yaml": "exercise"}
    scripts = [path for path in _everything() if path.name == "scripts"]
    return {
        shown(file): kind
        for path in scripts
        for pattern, kind in kinds.items()
        for file in sorted(path.glob(pattern))
    }


def _files_in(path: Path) -> list[Path]:
    """Return the YAML files of a folder and those below it, or the file itself.

    Raises:
        InputError: there is no such file or folder.
    """
    if not path.exists():
        raise InputError("there is no such file or folder", remedy="Check the name", file=str(path))
    if not path.is_dir():
        return [shown(path)]
    inside = [file for file in sorted(path.rglob("*.y*ml")) if file.suffix in (".yaml", ".yml")]
    hidden = {file for file in inside if any(part[0] == "." for part in file.relative_to(path).parts)}
    return [shown(file) for file in inside if file not in hidden]
