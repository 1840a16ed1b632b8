"""A zip file from the internet, unpacked without trusting it."""

from __future__ import annotations

import io
import re
import shutil
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from assistant.files import writing
from assistant.models.download import MAKE_ROOM, WrongFileError

MOST_ENTRIES = 1_000
"""Files and folders in an archive; a Vosk model has some twenty."""

MOST_BYTES = 8 * 10**9
"""Bytes of everything unpacked; chosen, twice the largest download."""

MOST_RATIO = 50
"""Times the archive's own size that it may unpack to; models shrink to a half or a third."""

# Names that some systems open as a device whatever folder they are in.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
_ENCRYPTED = 1


def unpack(archive: io.FileIO, into: Path, source: str) -> None:
    """Unpack an archive into a folder that does not exist yet.

    Everything is looked at before the first file is written.

    Args:
        archive: The zip file, open for reading.
        into: The folder to make.
        source: The archive's name or address, for the errors.

    Raises:
        WrongFileError: it is not a zip file, is damaged, or holds what a model does not need.
        InputError: the folder can't be written.
    """
    size = archive.seek(0, 2)
    try:
        with writing(into, MAKE_ROOM), zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
            _check(entries, size, source)
            for entry in entries:
                _write(opened, entry, into)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError) as error:
        problem = f"this is not a zip file, or it is damaged ({error})"
        remedy = "Fetch it again, or correct the address in the manifest"
        raise WrongFileError(problem, remedy=remedy, file=source) from error


def _check(entries: list[zipfile.ZipInfo], size: int, source: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _unsafe(source, f"it has {len(entries)} entries, more than {MOST_ENTRIES}")
    total = sum(entry.file_size for entry in entries)
    if total > min(MOST_BYTES, MOST_RATIO * size):
        raise _unsafe(source, f"it would become {total} bytes, out of {size}")
    files: set[str] = set()
    folders: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if (problem := _problem(entry)) is not None:
            raise _unsafe(source, f"{name!r} in it {problem}")
        # Compared without case: some file systems know no other names.
        path = PurePosixPath(name.casefold())
        above = {str(folder) for folder in path.parents}
        if str(path) in files | (set() if entry.is_dir() else folders) or above & files:
            raise _unsafe(source, f"{name!r} in it is there twice")
        (folders if entry.is_dir() else files).add(str(path))
        folders |= above


def _problem(entry: zipfile.ZipInfo) -> str | None:
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or "\\" in name or ":" in name:
        return "has an absolute path"
    if any(part in ("", ".", "..") for part in parts):
        return "leads out of its folder"
    if not name.isprintable() or any(part[-1] in " ." or len(part.encode()) > 255 for part in parts):
        return "has a name that no file should have"
    if any(_DEVICE.fullmatch(part) for part in parts):
        return "has the name of a device"
    # The upper half holds the kind of file where the archive was made on Unix, and else 0.
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that is not read here"
    return None


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path) -> None:
    file = into / entry.orig_filename
    if entry.is_dir():
        file.mkdir(parents=True, exist_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # Reading ends at the size that the entry declares, and fails if the checksum differs.
    with opened.open(entry) as packed, file.open("xb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)


def _unsafe(source: str, problem: str) -> WrongFileError:
    remedy = "Fetch another model, and report this one to its makers"
    return WrongFileError(f"this archive is not unpacked: {problem}", remedy=remedy, file=source)
