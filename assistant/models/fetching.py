"""From a name in a manifest to a model folder that is whole, or nothing."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.files import replace_file, writing
from assistant.hearing.recognition.model import ACOUSTIC, fetched_models, find_model
from assistant.models.download import MAKE_ROOM, Onlooker, PartFile, WrongFileError, download
from assistant.models.manifest import LARGEST_BYTES, PINS, Downloadable, Pin, pins_path, read_pins
from assistant.models.unpacking import unpack


@dataclass(frozen=True, slots=True)
class Fetched:
    """A model that is here now."""

    folder: Path
    sha256: str | None
    """Of the file that came; None if the model was here already."""
    pinned: Path | None
    """The file in which its SHA-256 was written down just now, if it was."""


def fetch_model(wanted: Downloadable, onlooker: Onlooker) -> Fetched:
    """Download a model, check it, and put it among the fetched ones, all of it or none.

    What was downloaded when it was interrupted stays, and is gone on with the next time.

    Raises:
        InputError: it can't be fetched or written, or a folder is in its place.
        WrongFileError: the file is another than it should be, or holds no model; it is removed.
    """
    home = fetched_models()
    target = home / wanted.name
    if _is_here(target):
        return Fetched(target, None, None)
    with PartFile(home / f"{wanted.name}.zip.part") as part:
        # Another program may have finished since the first look.
        if _is_here(target):
            part.remove()
            return Fetched(target, None, None)
        try:
            download(wanted.address, part, onlooker, wanted.bytes or LARGEST_BYTES)
            pin = None if wanted.sha256 is not None else read_pins().get(wanted.name)
            sha256 = _check(wanted, part, pin)
            new = wanted.sha256 is None and pin is None
            _put(wanted, part, target, Pin(sha256=sha256, address=wanted.address) if new else None)
        except WrongFileError:
            part.remove()
            raise
        part.remove()
    return Fetched(target, sha256, pins_path() if new else None)


def _is_here(target: Path) -> bool:
    if not target.exists():
        return False
    try:
        find_model(target)
    except InputError as error:
        problem = f"something is in the model's place, but it can't be used: {error.problem}"
        raise InputError(problem, remedy="Delete it and fetch again", file=str(target)) from error
    return True


def _check(wanted: Downloadable, part: PartFile, pin: Pin | None) -> str:
    """Compare the file with what is known of it, and return its SHA-256."""
    came, sha256 = "the file that came", part.sha256()
    place: tuple[str, int | None, str | None] = (wanted.file, wanted.line, None)
    if wanted.bytes is not None and part.size != wanted.bytes:
        problem = f"{came} has {part.size} bytes, and should have {wanted.bytes}"
        remedy = "Fetch it again; if it stays so, the address or the size in the manifest is wrong"
    elif wanted.sha256 is not None and sha256 != wanted.sha256:
        problem = f"{came} is another one: its SHA-256 is {sha256}, not {wanted.sha256}"
        remedy = "It was removed. Fetch it again; if it stays so, the file was changed"
    elif pin is not None and pin.sha256 != sha256:
        problem = f"{came} is not the one of the first time: its SHA-256 is {sha256}, not {pin.sha256}"
        remedy = "It was removed. If its makers say that they changed it, delete this entry and fetch again; "
        remedy += "else don't use it"
        place = (str(pins_path()), None, wanted.name)
    else:
        return sha256
    file, line, field = place
    raise WrongFileError(problem, remedy=remedy, file=file, line=line, field=field)


def _put(wanted: Downloadable, part: PartFile, target: Path, pin: Pin | None) -> None:
    """Unpack beside the place, look at the model, write down a new pin, and move it in."""
    making = target.with_name(f".unpacking-{wanted.name}")
    try:
        # Left by a program that was killed: no other program can be here, the part file is ours.
        shutil.rmtree(making, ignore_errors=True)
        unpack(part.file, making, wanted.address)
        model = _model_in(making, wanted.address)
        if pin is not None:
            with writing(pins_path(), MAKE_ROOM):
                replace_file(pins_path(), PINS.dump_json({**read_pins(), wanted.name: pin}, indent=2) + b"\n")
        with writing(target, MAKE_ROOM):
            os.replace(model, target)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _model_in(folder: Path, source: str) -> Path:
    """Find the one model of an archive: at its top, or in a folder there."""
    inside = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    found = [path for path in (folder, *inside) if (path / ACOUSTIC).is_file()]
    if len(found) != 1:
        problem = "no Vosk model" if not found else "more than one model"
        remedy = "Correct the address in the manifest, or fetch another model"
        raise WrongFileError(f"there is {problem} in this archive", remedy=remedy, file=source)
    try:
        find_model(found[0])
    except InputError as error:
        problem = f"the model in this archive can't be used: {error.problem}"
        remedy = "Fetch another of `imprint models list`"
        raise WrongFileError(problem, remedy=remedy, file=source) from error
    return found[0]
