"""The folder of a speech model, checked before Vosk sees it.

Kaldi ends the process on some broken files, so what can be known beforehand is looked at here.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InputError
from assistant.hearing.recognition.fst import MAGIC, decode_fst
from assistant.places import data_folder, shipped

MARK = "imprint.json"
"""The file that says that we can build static graphs for the model."""

ACOUSTIC = Path("am/final.mdl")
"""Kaldi's nnet3 acoustic model: `\\0B`, the transition model, the network, its priors."""

BIGRAM = Path("phone_bigram.npy")
"""float32 (phones + 1, phones + 1): -log p(column | row); index 0 is silence or an edge."""

_FIRST = b"\0B<TransitionModel> <Topology> \x04"
_LAST = re.compile(
    rb"</Nnet3> <LeftContext> \x04.{4}<RightContext> \x04.{4}<Priors> FV \x04(.{4})", re.DOTALL
)
"""What follows the network: two integers, and the priors, whose number comes first."""


class GraphSettings(BaseModel):
    """`imprint.json`: what the graphs of a model are made from; costs are negative logarithms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    phones: tuple[str, ...] = Field(min_length=2)
    """ARPAbet phones in the order of the model's outputs; silence comes before them."""
    phrase_cost: float = Field(ge=0, le=50)
    """Price of beginning any phrase, [unk] included."""
    unk_cost: float = Field(ge=-50, le=50)
    """Price of beginning [unk] instead of a phrase: less gives fewer false actions, more misses."""
    unk_costs: dict[str, float] = Field(default_factory=dict[str, float])
    """The same for contexts in which one or the other matters more."""
    unk_scale: float = Field(default=1.0, ge=0, le=2)
    """What of a phone's cost counts from the fourth of [unk] on: at less, a long phrase must prove more."""
    again_cost: float = Field(ge=0, le=50)
    """Price of a second phrase in the same utterance."""
    safety_again_cost: float = Field(default=7.0, ge=0, le=50)
    """The same of a safety phrase after another, as a frightened person says them."""
    safety_talk_cost: float = Field(default=7.0, ge=0, le=50)
    """The same of `[unk]`, other talk, after a safety phrase that is heard everywhere."""
    talk_safety_cost: float = Field(default=7.0, ge=0, le=50)
    """The same of a safety phrase that is heard everywhere, after other talk."""
    filler_cost: float = Field(default=1.0, ge=0, le=50)
    """The same of a command after a filler, such as "please", and of a filler after a command."""
    safety_bonus: float = Field(ge=0, le=20)
    """What a safety phrase costs less, so that a doubtful one is taken as safety."""
    answer_bonus: float = Field(default=0.0, ge=0, le=20)
    """What an answer costs less where it is asked for: who was asked for a number says one."""


@dataclass(frozen=True)
class ModelFolder:
    """A model that was found and looks whole."""

    path: Path
    settings: GraphSettings | None
    """None for a model that was built elsewhere, whose graphs we can't build."""

    @cached_property
    def fingerprint(self) -> str:
        """Hexadecimal digest of the acoustic model and its settings."""
        digest = hashlib.sha256()
        for name in (ACOUSTIC, Path("conf/mfcc.conf"), Path("conf/model.conf")):
            digest.update((self.path / name).read_bytes())
        return digest.hexdigest()

    @cached_property
    def phone_bigram(self) -> npt.NDArray[np.float32]:
        """Costs of one phone after another; see BIGRAM.

        Raises:
            InputError: the file is missing, damaged, or belongs to another list of phones.
        """
        file = self.path / BIGRAM
        assert self.settings is not None
        size = len(self.settings.phones) + 1
        try:
            costs = np.load(file, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise _wrong(file, "the phone costs are missing or can't be read") from error
        if costs.shape != (size, size) or not np.all(np.isfinite(costs)):
            raise _wrong(file, f"the phone costs should be {size} by {size} numbers")
        return np.asarray(costs, np.float32)


def fetched_models() -> Path:
    """Return the folder in which each fetched model has a folder of its name."""
    return data_folder() / "models"


def find_model(path: Path | None = None) -> ModelFolder:
    """Find a Vosk model folder, the shipped one unless another is given.

    Args:
        path: The model's folder, or the name of one that was fetched or shipped.

    Raises:
        InputError: there is no such folder, it holds no Vosk model, or a file in it is damaged.
    """
    folder = shipped("models") / "en" if path is None else _by_name(path)
    if not folder.is_dir():
        raise _wrong(
            folder,
            "there is no such model folder",
            "Give the folder of an unpacked Vosk model or a name that `imprint models list` shows as here, "
            "or leave --model out",
        )
    for name in (ACOUSTIC, Path("conf/mfcc.conf"), Path("conf/model.conf")):
        if not (folder / name).is_file():
            problem = f"this is no Vosk model: {name} is missing"
            raise _wrong(folder, problem, "Give the folder that has am/ and conf/ in it")
    settings = _read_settings(folder / MARK)
    _check_acoustic(folder / ACOUSTIC, settings)
    for name in ("mfcc.conf", "model.conf"):
        _check_options(folder / "conf" / name)
    model = ModelFolder(folder.resolve(), settings)
    if settings is not None:
        _ = model.phone_bigram
    elif not all((folder / "graph" / name).is_file() for name in ("HCLr.fst", "Gr.fst")):
        raise _wrong(
            folder,
            "this model's vocabulary is fixed (it has no HCLr.fst and Gr.fst)",
            "Use a small Vosk model with a dynamic graph, or leave --model out",
        )
    else:
        for name in ("HCLr.fst", "Gr.fst"):
            _check_graph(folder / "graph" / name)
    return model


def _by_name(path: Path) -> Path:
    """Return the folder that a bare name means; a folder of that name here comes first."""
    if len(path.parts) == 1 and not path.is_dir():
        for home in (fetched_models(), shipped("models")):
            if (home / path).is_dir():
                return home / path
    return path


def _wrong(file: Path, problem: str, remedy: str = "Unpack or install the model again") -> InputError:
    return InputError(problem, remedy=remedy, file=str(file))


def _read_settings(file: Path) -> GraphSettings | None:
    if not file.exists():
        return None
    try:
        return GraphSettings.model_validate(json.loads(file.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InputError(
            first["msg"][0].lower() + first["msg"][1:],
            remedy="Unpack or install the model again, or correct the field",
            file=str(file),
            field=".".join(str(part) for part in first["loc"]) or None,
        ) from error
    except (OSError, ValueError) as error:
        raise _wrong(file, f"the model's settings can't be read ({error})") from error


def _check_options(file: Path) -> None:
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise _wrong(file, "the options can't be read as text") from error
    for number, line in enumerate(text.splitlines(), 1):
        option = line.partition("#")[0].strip()
        if option and not (option.startswith("--") and option.partition("=")[2]):
            raise InputError(
                f"{option!r} is no option", remedy="Write --name=value", file=str(file), line=number
            )


def _check_graph(file: Path) -> None:
    """Look through a graph; one cut short would end the process when it is used."""
    try:
        data = file.read_bytes()
        if not data.startswith(MAGIC):
            raise ValueError("no OpenFst file")
        # The other types, such as olabel_lookahead, do not say how long they are.
        if data.startswith((b"vector", b"const"), len(MAGIC) + 4):
            decode_fst(data)
    except (OSError, ValueError) as error:
        raise _wrong(file, f"the graph can't be read ({error})") from error


def _check_acoustic(file: Path, settings: GraphSettings | None) -> None:
    """Look at both ends of the acoustic model, which a file cut short does not have."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _wrong(file, f"the acoustic model can't be read ({error.strerror})") from error
    if not data.startswith(_FIRST):
        raise _wrong(file, "this is no Kaldi acoustic model")
    end = _LAST.match(data, max(data.rfind(b"</Nnet3> "), 0))
    if end is None:
        raise _wrong(file, "the acoustic model is cut short")
    (priors,) = struct.unpack("<i", end[1])
    if len(data) != end.end() + 4 * priors:
        raise _wrong(file, "the acoustic model is cut short, or something follows it")
    (phones,) = struct.unpack_from("<i", data, len(_FIRST))
    if settings is not None and phones != 1 + 4 * len(settings.phones):
        raise _wrong(file, f"the acoustic model has {phones} phones, {MARK} names {len(settings.phones)}")
