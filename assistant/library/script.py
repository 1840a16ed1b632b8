"""Runs a person's Python script for the routine that it defines; only ever one that was given by its path."""

from __future__ import annotations

import contextlib
import runpy
import sys
import traceback
from pathlib import Path

from assistant.errors import InputError
from assistant.programme.reading import Document
from assistant.routines import Routine

SUFFIX = ".py"

RUN_AS = "imprint_routine"
"""The script's `__name__`, so that what is under `if __name__ == "__main__":` is left alone."""

_REMEDY = "Correct the script"


def is_script(path: Path) -> bool:
    """Whether a file is a Python script."""
    return path.suffix == SUFFIX


def run_script(path: Path) -> Document:
    """Run a script and return what its `routine` says, with the lines of the script.

    What it prints goes to standard error: standard output belongs to the command that asked.

    Raises:
        InputError: the script fails or defines no routine; it names the script's line.
    """
    folder = str(path.resolve().parent)
    sys.path.insert(0, folder)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            defined = runpy.run_path(str(path), run_name=RUN_AS)
    except SyntaxError as error:
        raise InputError(
            f"this is no valid Python: {error.msg}",
            remedy=_REMEDY,
            file=str(path) if error.filename in (None, str(path)) else error.filename,
            line=error.lineno,
            column=error.offset,
        ) from error
    except InputError as error:
        raise _failed(path, error, error.problem, error.remedy) from error
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        said = str(error).strip().splitlines()
        problem = f"{type(error).__name__}{f': {said[0]}' if said else ''}"
        raise _failed(path, error, problem, _REMEDY) from error
    finally:
        if folder in sys.path:
            sys.path.remove(folder)
    routine: object = defined.get("routine")
    if not isinstance(routine, Routine):
        problem = f"`routine` is of type {type(routine).__name__}"
        remedy = "Make it with `from assistant.routines import Routine`"
        if routine is None:
            problem = "the script defines no `routine`"
            remedy = "Write: routine = Routine(...), with `from assistant.routines import Routine`"
        raise InputError(problem, remedy=remedy, file=str(path))
    try:
        return routine.document()
    except RecursionError as error:
        raise InputError("`routine` holds itself", remedy=_REMEDY, file=str(path)) from error


def _failed(path: Path, error: BaseException, problem: str, remedy: str) -> InputError:
    """Return an error that names the last line of the script that led to it."""
    frames = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)
    return InputError(problem, remedy=remedy, file=str(path), line=line)
