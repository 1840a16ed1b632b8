"""What was measured, kept for each pair of devices, and used where a session with them begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.calibration.measured import Measured
from assistant.errors import InputError
from assistant.files import replace_file, writing
from assistant.hearing.echo.delay import MOST_DELAY_SECONDS

FILE_NAME = "calibrations.json"

LEAST_ABOVE_NOISE_DB = 12.0
"""A voice that was nearer to the noise than this is taken as this much above it: what was so when it was
measured must not count as drowned."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a session knows of its devices before it begins; None is not known."""

    delay_seconds: float | None = None
    noise_db: float | None = None
    voice_db: float | None = None

    @property
    def drowned_db(self) -> float | None:
        """The level of speech by which it is judged whether noise drowns it."""
        if self.voice_db is None or self.noise_db is None:
            return None
        return max(self.voice_db, self.noise_db + LEAST_ABOVE_NOISE_DB)


UNKNOWN = Calibration()
"""Nothing was measured before."""


class _Pair(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    microphone: str
    loudspeaker: str
    at: str
    delay_seconds: float | None = Field(default=None, ge=0, le=MOST_DELAY_SECONDS)
    echo_db: float | None = Field(default=None, ge=-120, le=20)
    noise_db: float | None = Field(default=None, ge=-120, le=20)
    voice_db: float | None = Field(default=None, ge=-120, le=20)


class _File(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    format: int = Field(ge=1, le=1)
    pairs: list[_Pair]


def calibration_of(folder: Path, microphone: str, loudspeaker: str) -> Calibration:
    """Return what is kept of two devices; without it, nothing is known.

    Args:
        folder: The person's own.
        microphone: Its name.
        loudspeaker: Its name.

    Raises:
        InputError: the file is damaged.
    """
    for pair in _read(folder / FILE_NAME):
        if (pair.microphone, pair.loudspeaker) == (microphone, loudspeaker):
            return Calibration(pair.delay_seconds, pair.noise_db, pair.voice_db)
    return UNKNOWN


def keep(folder: Path, microphone: str, loudspeaker: str, measured: Measured, at: datetime) -> Path:
    """Keep what was measured of two devices in place of what was kept before, and give the file.

    Raises:
        InputError: the file can't be written.
    """
    path = folder / FILE_NAME
    try:
        pairs = _read(path)
    except InputError:
        # A damaged file is replaced: what was measured now is of use.
        pairs = []
    pairs = [pair for pair in pairs if (pair.microphone, pair.loudspeaker) != (microphone, loudspeaker)]
    pair = _Pair(
        microphone=microphone,
        loudspeaker=loudspeaker,
        at=at.isoformat(timespec="seconds"),
        delay_seconds=_rounded(measured.delay_seconds, 4),
        echo_db=_rounded(measured.played.echo_db, 1),
        noise_db=_rounded(measured.quiet.noise_db, 1),
        voice_db=_rounded(measured.voice_db, 1),
    )
    with writing(path, "Make room and make the folder writable, then calibrate again"):
        folder.mkdir(parents=True, exist_ok=True)
        text = _File(format=1, pairs=[*pairs, pair]).model_dump_json(indent=2) + "\n"
        replace_file(path, text.encode(), mode=0o600)
    return path


def _read(path: Path) -> list[_Pair]:
    try:
        return _File.model_validate_json(path.read_bytes()).pairs
    except FileNotFoundError:
        return []
    except (OSError, ValidationError) as error:
        problem = "what was measured of your devices can't be read"
        remedy = "Measure again with: imprint calibrate"
        raise InputError(problem, remedy=remedy, file=str(path)) from error


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
