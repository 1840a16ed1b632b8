"""Find and read what people edit: routines, exercises and voice packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.coaching.plan import Exercise, Plan
from assistant.errors import InputError
from assistant.places import searched
from assistant.programme.commands import CommandSet, parse_commands
from assistant.programme.exercise import parse_exercise
from assistant.programme.extension import extended
from assistant.programme.reading import LARGEST_TEXT, Document
from assistant.programme.routine import Routine, as_routine, make_plan
from assistant.programme.routine_model import checked, extends
from assistant.programme.voice import VoicePack, parse_voice
from assistant.routine_script import is_script, run_script


def read_text(path: Path) -> str:
    """Read a UTF-8 text file.

    Raises:
        InputError: the file is missing, a folder, unreadable, far too large or no UTF-8 text.
    """
    try:
        if path.stat().st_size > 4 * LARGEST_TEXT:
            raise InputError("the file is far too large", remedy="Split it", file=str(path))
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError("there is no such file", remedy="Check the name", file=str(path)) from error
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        raise InputError(
            "it can't be read (it is no UTF-8 text)",
            remedy="Save it as plain UTF-8 text",
            file=str(path),
            line=before.count(b"\n") + 1,
            column=len(before) - before.rfind(b"\n"),
        ) from error
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or error
        raise InputError(
            f"it can't be read ({problem})", remedy="Give a readable text file", file=str(path)
        ) from error


def load_commands(path: Path) -> CommandSet:
    """Read a file of the format of voices/en/commands.yaml."""
    return parse_commands(read_text(path), str(path))


def load_voice(name: str) -> VoicePack:
    """Read a voice pack: a folder, or the name of one in ./voices, the person's own or the shipped ones."""
    folder = _find(name, searched("voices"), "", "voice pack", "pack.yaml")
    return parse_voice(
        Document(read_text(folder / "pack.yaml"), str(folder / "pack.yaml")),
        [Document(read_text(folder / name), str(folder / name)) for name in ("cues.yaml", "movements.yaml")],
        load_commands(folder / "commands.yaml"),
    )


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


def find_routine(name: str) -> Path:
    """Find a routine: a file, or the name of one in ./scripts, the person's own or the shipped ones.

    Raises:
        InputError: it is in none of them.
    """
    return _find(name, searched("scripts"), ".yaml", "routine")


def load_routine(path: Path, extending: tuple[Path, ...] = ()) -> Routine:
    """Read a routine file, or run the script that was given instead of one, and read what it extends.

    Args:
        path: The file.
        extending: The files that led to it, each extending the next.

    Raises:
        InputError: something in it is wrong, or it extends itself by way of others.
    """
    document = checked(run_script(path) if is_script(path) else Document(read_text(path), str(path)))
    base = extends(document)
    if base is None:
        return as_routine(document)
    chain = (*extending, path)
    file = _find_base(base, document, path)
    if file.resolve() in [one.resolve() for one in chain]:
        names = " to ".join(map(str, (*chain, file)))
        raise document.error(("extends",), f"the routines extend each other: {names}", "Name another")
    return as_routine(extended(document, load_routine(file, chain).document))


def _find_base(name: str, document: Document, path: Path) -> Path:
    """Find the routine that another extends: a file beside it, or a name.

    Its own name means the next routine of that name on the way, so that a shipped one can be changed.
    """
    if is_script(Path(name)):
        problem = "a script is only run where it is given itself"
        raise document.error(("extends",), problem, "Write it as a routine file (`Routine.text()` does)")
    beside = path.parent / name
    if Path(name).suffix and beside.is_file():
        return beside
    try:
        what = "other routine" if name == path.stem else "routine"
        return _find(name, [path.parent, *searched("scripts")], ".yaml", what, without=path)
    except InputError as error:
        raise document.error(("extends",), error.problem, error.remedy) from error


def exercise_folders(beside: Path) -> list[Path]:
    """Give the folders of exercises, those of the last win: shipped, the person's own, beside a routine."""
    _, own, shipped = searched("scripts")
    return [folder / "exercises" for folder in (shipped, own, beside)]


def load_exercises(pack: VoicePack, beside: Path) -> Mapping[str, Exercise]:
    """Read every exercise: the shipped ones, the person's own, and those beside a routine, which win."""
    folders = exercise_folders(beside)
    files = {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}
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


def _find(
    name: str, folders: list[Path], suffix: str, what: str, inside: str = "", without: Path | None = None
) -> Path:
    given = Path(name)
    candidates = [given, *(folder / f"{name}{suffix}" for folder in folders)]
    for candidate in candidates:
        if (candidate / inside).is_file() and not (without and candidate.resolve() == without.resolve()):
            return candidate
    if given.exists() and not without:
        raise InputError(f"this is no {what}", remedy="Give one as shipped in scripts/ or voices/", file=name)
    known = sorted({path.stem for folder in folders for path in folder.glob(f"*{suffix}" if suffix else "*")})
    known = [stem for stem in known if stem not in ("exercises", "athletes", "examples")]
    looked = ", ".join(dict.fromkeys(map(str, folders)))
    raise InputError(
        f"there is no {what} {name!r}; looked in {looked}",
        remedy=f"Give a path, or one of: {', '.join(known)}",
    )
