"""A download that is not whole yet: what is here of it, and what it is a part of."""

from __future__ import annotations

import fcntl
import hashlib
import io
from pathlib import Path
from types import TracebackType

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import InputError


class WrongFileError(InputError):
    """Raised when a file that came is not what was wanted and is of no use for going on."""


class Origin(BaseModel):
    """What a server said about the file when it began to send it."""

    model_config = ConfigDict(frozen=True, strict=True)

    address: str
    validator: str | None
    """A strong ETag or the date of the last change: the same file has the same."""
    bytes: int | None
    """Size of the whole file, if the server told."""


class PartFile:
    """The bytes so far, held by one program at a time, with a note beside them of where they come from.

    Raises:
        InputError: it can't be written, or another program is fetching the same.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = path.with_name(path.name + ".json")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file = io.FileIO(path, "a+")
        except OSError as error:
            raise cannot_write(path, error) from error
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.file.close()
            raise InputError(
                "another program is fetching this model", remedy="Wait until it is done", file=str(path)
            ) from error
        except OSError:
            # Not every file system has locks.
            return

    def __enter__(self) -> PartFile:
        """Hold the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file; what is in it stays."""
        if self.size == 0:
            self.remove()
        self.file.close()

    @property
    def size(self) -> int:
        """Bytes that are here."""
        return self.file.seek(0, 2)

    def origin(self, address: str) -> Origin | None:
        """Give what is known of where the bytes come from; None if that is not the address."""
        try:
            origin = Origin.model_validate_json(self._note.read_bytes())
        except (OSError, ValidationError):
            return None
        return origin if origin.address == address else None

    def restart(self, origin: Origin) -> None:
        """Forget the bytes and begin with those of another file.

        Raises:
            InputError: it can't be written.
        """
        try:
            self._note.unlink(missing_ok=True)
            self.file.truncate(0)
            self._note.write_text(origin.model_dump_json(), encoding="utf-8")
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def append(self, data: bytes) -> None:
        """Add the next bytes.

        Raises:
            InputError: they can't be written.
        """
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self.file.write(rest) :]
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def sha256(self) -> str:
        """Give the hexadecimal digest of what is here."""
        self.file.seek(0)
        return hashlib.file_digest(self.file, "sha256").hexdigest()

    def remove(self) -> None:
        """Delete the bytes and the note."""
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> InputError:
    """Say that a fetched file can't be kept, and what to do."""
    return InputError(
        f"it can't be written ({error.strerror or error})",
        remedy=(
            "Make room and fetch again, it goes on where it stopped; or set IMPRINT_DATA to a folder that "
            "can be written"
        ),
        file=str(path),
    )
