"""Writing a file so that it is never seen half written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Generator
from pathlib import Path

from assistant.errors import InputError


def replace_file(path: Path, content: bytes, *, mode: int = 0o644, sync: bool = True) -> None:
    """Replace a file in one step: a reader, or the next start, finds the old one or the new one, whole.

    Args:
        path: The file; made where it is not there. Its folder has to be there.
        content: All of it.
        mode: Its rights; by default others may read it.
        sync: Whether it is on the disk before this returns, so that it outlives a power cut. What can be made
            again need not wait for the disk.

    Raises:
        OSError: it can't be written; then it is as it was.
    """
    unfinished = tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False)  # noqa: SIM115
    try:
        with unfinished:
            unfinished.write(content)
            if sync:
                unfinished.flush()
                os.fsync(unfinished.fileno())
        os.chmod(unfinished.name, mode)
        os.replace(unfinished.name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(unfinished.name)
        raise


@contextlib.contextmanager
def writing(path: Path, remedy: str) -> Generator[None]:
    """Say which file can't be written, and what to do.

    Raises:
        InputError: writing inside of it failed.
    """
    try:
        yield
    except OSError as error:
        problem = f"it can't be written ({error.strerror or error})"
        raise InputError(problem, remedy=remedy, file=str(path)) from error
