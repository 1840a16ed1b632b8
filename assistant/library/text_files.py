"""Text files that people write: found by name or path, and read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.programme.reading import LARGEST_TEXT


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
        problem = f"it can't be read ({getattr(error, 'strerror', None) or error})"
        raise InputError(problem, remedy="Give a readable text file", file=str(path)) from error


def find(
    name: str, folders: list[Path], suffix: str, what: str, inside: str = "", without: Sequence[Path] = ()
) -> Path:
    """Find what is given by its path, or by its name in the first folder that has it.

    Args:
        name: What was given.
        folders: Where a name is looked for, in order.
        suffix: What a name lacks of a file's name.
        what: What is looked for, for complaints.
        inside: A file that has to be in it, where it is a folder.
        without: Files that are not meant.

    Raises:
        InputError: it is nowhere; it says where it was looked for.
    """
    given = Path(name)
    candidates = [given, *(folder / f"{name}{suffix}" for folder in folders)]
    others = {other.resolve() for other in without}
    for candidate in candidates:
        if os.path.isfile(candidate / inside) and candidate.resolve() not in others:
            return candidate
    if os.path.exists(given) and not without:
        raise InputError(f"this is no {what}", remedy="Give one as shipped in scripts/ or voices/", file=name)
    known = sorted({path.stem for folder in folders for path in folder.glob(f"[!.]*{suffix}")})
    known = [stem for stem in known if stem not in ("exercises", "athletes", "examples")]
    looked = ", ".join(dict.fromkeys(map(str, folders)))
    problem = f"there is no {what} {name!r}; looked in {looked}"
    raise InputError(problem, remedy=f"Give a path, or one of: {', '.join(known)}")
