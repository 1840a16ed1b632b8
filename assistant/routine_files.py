"""Routines as they lie in files: found, read, and put together with what they extend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.places import searched
from assistant.programme.extension import extended
from assistant.programme.reading import Document
from assistant.programme.routine import Routine, as_routine
from assistant.programme.routine_model import checked, extends
from assistant.routine_script import is_script, run_script
from assistant.text_files import find, read_text


def find_routine(name: str) -> Path:
    """Find a routine: a file, or the name of one in ./scripts, the person's own or the shipped ones.

    Raises:
        InputError: it is in none of them.
    """
    return find(name, searched("scripts"), ".yaml", "routine")


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
    file = _find_base(base, document, chain)
    if file.resolve() in [one.resolve() for one in chain]:
        names = " to ".join(map(str, (*chain, file)))
        raise document.error(("extends",), f"the routines extend each other: {names}", "Name another")
    return as_routine(extended(document, load_routine(file, chain).document))


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
