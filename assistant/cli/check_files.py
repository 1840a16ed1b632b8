"""Finding and reading what `imprint check` looks at; what can't be read is a finding like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from assistant.checking.finding import Finding, from_error
from assistant.checking.subject import Shelf, Subject
from assistant.cli.check_paths import everything, files_in, programme_files
from assistant.library.kinds import Kind, kind_by_fields, kind_by_place
from assistant.library.loader import Loader, find_voice
from assistant.library.script import is_script
from assistant.places import shipped, shown
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
        found = dict.fromkeys(file for path in paths or everything() for file in files_in(path))
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
            programme = programme_files(everything())
        voices = [self._loader.voice(folder) for folder in dict.fromkeys(packs)]
        commands = [self._loader.commands(file) for file in _of(files, "commands")]
        usual = self._loader.voice(shown(shipped("voices") / "en"))
        subject = Subject(
            shelves=tuple(self._shelves(programme)),
            voices=tuple(read for read in voices if read is not None),
            commands=tuple(read for read in commands if read is not None),
            usual={} if usual is None else usual.pack.cues,
            usual_commands=frozenset(
                () if usual is None else (command.name for command in usual.pack.commands.commands)
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
            exercises = self._loader.exercises(
                home, own=[file for file in files if programme[file] == "exercise"]
            )
            routines = [
                self._loader.routine(file, exercises) for file in files if programme[file] == "routine"
            ]
            yield Shelf(
                exercises.read, tuple(one for one in routines if one is not None), exercises.unreadable
            )


def _of(files: Mapping[Path, Kind], *kinds: Kind) -> list[Path]:
    return [file for file, kind in files.items() if kind in kinds]
