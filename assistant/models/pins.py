"""Which file each model was when it was first fetched."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import InputError
from assistant.models.part_file import cannot_write


class Pin(BaseModel):
    """The file that was fetched."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    address: str


_PINS = TypeAdapter(dict[str, Pin])


class Pins:
    """`pins.json` among the fetched models: one pin a model, by its name."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "pins.json"

    def read(self) -> dict[str, Pin]:
        """Give every pin.

        Raises:
            InputError: the file is damaged.
        """
        try:
            return _PINS.validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            field = None
            if isinstance(error, ValidationError):
                field = ".".join(map(str, error.errors(include_url=False)[0]["loc"])) or None
            raise InputError(
                "the list of known files can't be read",
                remedy="Correct it; or delete it, and the next fetch of each model is taken as it comes",
                file=str(self.path),
                field=field,
            ) from error

    def add(self, name: str, pin: Pin) -> None:
        """Keep a pin; the file is replaced as a whole.

        Raises:
            InputError: the file is damaged or can't be written.
        """
        pins = {**self.read(), name: pin}
        making = self.path.with_name(f".{self.path.name}-{os.getpid()}")
        try:
            making.write_bytes(_PINS.dump_json(pins, indent=2) + b"\n")
            os.replace(making, self.path)
        except OSError as error:
            making.unlink(missing_ok=True)
            raise cannot_write(self.path, error) from error
