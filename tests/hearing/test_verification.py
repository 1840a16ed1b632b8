"""The second opinion: words are believed where they were said, and nowhere else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.model import ModelFolder, find_model
from assistant.hearing.rejection import LEAST_RED_FLAG_OPINION
from assistant.hearing.verification import (
    VERIFIER,
    PhoneVerifier,
    VerifierModel,
    log_mels,
    open_verifier,
    read_verifier,
)
from assistant.programme.commands import CommandSet
from assistant.sound import SAMPLE_RATE, Samples
from tests.hearing.conftest import Say

LIKELY = UNLIKELY = LEAST_RED_FLAG_OPINION


@pytest.fixture(scope="module")
def verifier(model: ModelFolder, commands: CommandSet) -> PhoneVerifier:
    """The shipped one."""
    found = open_verifier(model, commands)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def trained(model: ModelFolder) -> VerifierModel:
    """What the shipped one was trained to."""
    found = read_verifier(model)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def said(say: Say) -> Callable[..., Samples]:
    """Speak a text with as much around it as a verifier gets."""

    def speak(text: str, voice: str = "en-us") -> Samples:
        return say(text, voice, before=0.2, after=0.2)

    return speak


SPOKEN = ("stop", "help me", "chest pain", "i can't breathe", "my leg is numb", "it hurts", "i feel dizzy")


@pytest.mark.parametrize("text", SPOKEN)
@pytest.mark.parametrize("voice", ["en-us", "en-gb+f3"])
def test_words_that_were_said_are_believed(
    verifier: PhoneVerifier, said: Callable[..., Samples], text: str, voice: str
) -> None:
    assert verifier.verify(said(text, voice), text.split()) > LIKELY


@pytest.mark.parametrize(
    ("text", "taken_for"),
    [
        ("cat", "chest pain"),
        ("down", "numb"),
        ("sheila", "i feel faint"),
        ("computer", "i can't breathe"),
        ("yellow", "help"),
        ("house", "it hurts"),
        ("smart mirror", "my leg is numb"),
    ],
)
def test_words_that_only_resemble_them_are_not_believed(
    verifier: PhoneVerifier, said: Callable[..., Samples], text: str, taken_for: str
) -> None:
    assert verifier.verify(said(text, "en-gb+f3"), taken_for.split()) < UNLIKELY


def clatter() -> Samples:
    """Two seconds of plates: blows that ring at some pitches and die away."""
    dice = np.random.default_rng(3)
    sound = dice.normal(0, 1e-3, 2 * SAMPLE_RATE)
    for at in dice.integers(0, sound.size - 4800, 9):
        times = np.arange(4800) / SAMPLE_RATE
        rings = sum(
            dice.uniform(0.2, 1) * np.sin(2 * np.pi * hertz * times) for hertz in dice.uniform(900, 6000, 5)
        )
        sound[at : at + 4800] += 0.1 * rings * np.exp(-times / dice.uniform(0.01, 0.06))
    return sound.astype(np.float32)


@pytest.mark.parametrize("text", ["pain", "numb", "help", "my chest hurts", "tingling"])
def test_clatter_and_noise_say_nothing(verifier: PhoneVerifier, text: str) -> None:
    hiss = np.random.default_rng(0).normal(0, 0.05, SAMPLE_RATE).astype(np.float32)
    for sound in (clatter(), hiss, np.zeros(SAMPLE_RATE, np.float32)):
        assert verifier.verify(sound, text.split()) < UNLIKELY


def test_words_are_found_between_others(verifier: PhoneVerifier, say: Say) -> None:
    said = [say(text, before=0.0, after=0.0) for text in ("okay", "chest pain", "please")]
    assert verifier.verify(np.concatenate(said), ["chest", "pain"]) > LIKELY


def test_a_pause_between_words_is_none_of_them(verifier: PhoneVerifier, said: Callable[..., Samples]) -> None:
    paused = np.concatenate([said("chest"), said("pain")])
    assert verifier.verify(paused, ["chest", "pain"]) > LIKELY


def test_it_is_no_matter_how_loud_they_are(verifier: PhoneVerifier, said: Callable[..., Samples]) -> None:
    sound = said("chest pain")
    soft = verifier.verify(sound * np.float32(0.1), ["chest", "pain"])
    assert soft == pytest.approx(verifier.verify(sound, ["chest", "pain"]), abs=1e-3)


def test_too_little_sound_says_nothing(verifier: PhoneVerifier, said: Callable[..., Samples]) -> None:
    assert verifier.verify(np.zeros(0, np.float32), ["stop"]) == 0
    assert verifier.verify(said("stop")[:300], ["stop"]) == 0
    # Each phone needs an output of its own.
    assert verifier.verify(said("stop")[:2000], ["my", "leg", "is", "tingling"]) == 0


def test_any_way_of_saying_a_word_will_do(
    trained: VerifierModel, model: ModelFolder, said: Callable[..., Samples]
) -> None:
    assert model.settings is not None
    right, wrong = ("S", "T", "AA", "P"), ("K", "IY", "V", "UW")
    sound = said("stop")

    def verified(*ways: tuple[str, ...]) -> float:
        assert model.settings is not None
        return PhoneVerifier(trained, model.settings.phones, {"stop": ways}).verify(sound, ["stop"])

    assert verified(wrong, right) == verified(right) > LIKELY
    assert verified(wrong) < UNLIKELY


def test_log_mels_are_those_that_kaldi_computes() -> None:
    """Of two tones, by kaldi-native-fbank 1.22, in 32 bits, with the options of conf/mfcc.conf."""
    times = np.arange(560) / SAMPLE_RATE
    tones = 0.1 * np.sin(2 * np.pi * 440 * times) + 0.05 * np.sin(2 * np.pi * 3000 * times)
    frames = log_mels(tones.astype(np.float32))
    assert frames.shape == (2, 40)
    assert frames[1] == pytest.approx(KALDI, abs=0.02)


KALDI = [
    *(7.988, 7.216, 9.226, 10.367, 11.991, 15.865, 21.502, 22.144, 19.319, 12.017),
    *(10.639, 8.263, 7.360, 6.439, 5.447, 4.743, 4.370, 4.133, 4.111, 4.320),
    *(4.794, 5.476, 6.380, 7.753, 9.861, 13.733, 24.316, 24.117, 12.746, 9.064),
    *(6.929, 5.356, 4.100, 3.051, 2.113, 1.275, 0.505, -0.219, -0.937, -1.628),
]


def test_a_model_of_other_people_has_none(model: ModelFolder, commands: CommandSet, tmp_path: Path) -> None:
    shutil.copytree(model.path, tmp_path / "model")
    (tmp_path / "model" / VERIFIER).unlink()
    assert open_verifier(find_model(tmp_path / "model"), commands) is None
    assert open_verifier(replace(model, settings=None), commands) is None


def test_a_damaged_file_is_named(model: ModelFolder, commands: CommandSet, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model.path, folder)
    file = folder / VERIFIER
    whole = file.read_bytes()
    for damaged in (b"", whole[:1000], whole[:-20000], b"\0" * 500):
        file.write_bytes(damaged)
        with pytest.raises(InputError, match="can't be read") as caught:
            open_verifier(find_model(folder), commands)
        assert caught.value.file == str(file)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("inner", np.zeros(3, np.float32)),
        ("weights2", np.zeros((7, 7), np.float16)),
        ("bigram", np.full((40, 40), np.nan, np.float32)),
        ("durations", None),
    ],
)
def test_numbers_that_can_not_be_are_named(
    model: ModelFolder, tmp_path: Path, name: str, value: np.ndarray | None
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model.path, folder)
    with np.load(folder / VERIFIER) as held:
        arrays = {key: held[key] for key in held.files if key != name}
    np.savez(folder / VERIFIER, allow_pickle=False, **arrays, **({} if value is None else {name: value}))
    with pytest.raises(InputError, match="should be") as caught:
        read_verifier(find_model(folder))
    assert (caught.value.file, caught.value.field) == (str(folder / VERIFIER), name)


def test_it_is_small(model: ModelFolder) -> None:
    """The whole model is at most 6 MB."""
    assert (model.path / VERIFIER).stat().st_size <= 1_100_000
    assert sum(file.stat().st_size for file in model.path.rglob("*") if file.is_file()) <= 6_000_000
