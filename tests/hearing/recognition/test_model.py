from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.model import ModelFolder, find_model


@pytest.fixture
def copy(model: ModelFolder, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model.path, tmp_path / "model"))


def cut(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])


def change_settings(folder: Path, **fields: object) -> None:
    file = folder / "imprint.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


def test_the_shipped_model_is_whole(model: ModelFolder) -> None:
    assert model.settings is not None
    assert len(model.settings.phones) == 39
    assert model.phone_bigram.shape == (40, 40)


def test_a_copy_is_the_same_model(model: ModelFolder, copy: Path) -> None:
    assert find_model(copy).fingerprint == model.fingerprint


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (shutil.rmtree, "no such model folder"),
    "not Vosk": (lambda p: shutil.rmtree(p / "am"), "no Vosk model"),
    "no options": (lambda p: (p / "conf/model.conf").unlink(), "model.conf is missing"),
    "empty": (lambda p: cut(p / "am/final.mdl", 0), "no Kaldi acoustic model"),
    "half": (lambda p: cut(p / "am/final.mdl", 300_000), "cut short"),
    "last byte": (
        lambda p: cut(p / "am/final.mdl", (p / "am/final.mdl").stat().st_size - 1),
        "cut short",
    ),
    "longer": (
        lambda p: (p / "am/final.mdl").write_bytes((p / "am/final.mdl").read_bytes() + b"x"),
        "something follows",
    ),
    "other phones": (lambda p: change_settings(p, phones=["AA", "AE"]), "157 phones"),
    "other costs": (
        lambda p: np.save(p / "phone_bigram.npy", np.zeros((3, 3), np.float32)),
        "40 by 40",
    ),
    "no costs": (lambda p: cut(p / "phone_bigram.npy", 20), "can't be read"),
    "bad costs": (
        lambda p: np.save(p / "phone_bigram.npy", np.full((40, 40), np.nan, np.float32)),
        "40 by 40",
    ),
    "bad settings": (lambda p: (p / "imprint.json").write_text("{"), "can't be read"),
    "newer": (lambda p: change_settings(p, format=2), "1"),
    "unknown field": (lambda p: change_settings(p, colour="red"), "extra"),
    "bad option": (lambda p: (p / "conf/mfcc.conf").write_text("num-ceps 40\n"), "no option"),
    "fixed": (lambda p: (p / "imprint.json").unlink(), "vocabulary is fixed"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_wrong_with_a_model_is_said_before_vosk_sees_it(copy: Path, damage: str) -> None:
    spoil, problem = DAMAGES[damage]
    spoil(copy)
    with pytest.raises(InputError, match=problem) as raised:
        find_model(copy)
    assert raised.value.file is not None
    assert raised.value.file.startswith(str(copy))
    assert raised.value.remedy
