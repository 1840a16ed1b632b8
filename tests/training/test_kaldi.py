"""The acoustic model as Kaldi reads it."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.library.session import load_commands
from assistant.places import shipped
from assistant.sound import BLOCK, SAMPLE_RATE
from training.kaldi import acoustic_model, affine_layers, compressed
from training.topology import MELS, OUTPUTS, Layer

HEADER = struct.Struct("<ffii")


def read_compressed(data: bytes) -> npt.NDArray[np.float64]:
    """Read a matrix back as Kaldi's CompressedMatrix does (one byte with column headers)."""
    assert data[:3] == b"CM "
    lowest, span, rows, columns = HEADER.unpack_from(data, 3)
    at = 3 + HEADER.size
    marks = lowest + np.frombuffer(data, "<u2", 4 * columns, at).reshape(columns, 4) / 65535 * span
    codes = np.frombuffer(data, np.uint8, rows * columns, at + 8 * columns).reshape(columns, rows).astype(int)
    low, first, third, high = marks[:, [0]], marks[:, [1]], marks[:, [2]], marks[:, [3]]
    lowest_quarter = low + (first - low) * codes / 64
    middle = first + (third - first) * (codes - 64) / 128
    highest_quarter = third + (high - third) * (codes - 192) / 63
    values = middle
    values[codes <= 64] = lowest_quarter[codes <= 64]
    values[codes > 192] = highest_quarter[codes > 192]
    return values.T


def layers(width: int, seed: int) -> list[Layer]:
    """Return a network of random weights that hears nothing in particular."""
    dice = np.random.default_rng(seed)

    def layer(outputs: int, inputs: int, offsets: tuple[int, ...], rectified: bool) -> Layer:
        weights = dice.normal(0, (inputs * len(offsets)) ** -0.5, (outputs, inputs * len(offsets)))
        return Layer(
            offsets, weights.astype(np.float32), dice.normal(0, 0.1, outputs).astype(np.float32), rectified
        )

    return [
        layer(width, MELS, (-2, -1, 0, 1, 2), True),
        layer(width, width, (-6, -3, 0), True),
        layer(OUTPUTS, width, (0,), False),
    ]


@pytest.mark.parametrize("shape", [(5, 1), (64, 30), (80, 576)])
def test_eight_bits_lose_less_than_a_64th_of_a_quarter(shape: tuple[int, int]) -> None:
    """Each quarter of a column's values has a scale of its own, of 63 steps or more."""
    matrix = np.random.default_rng(shape[0]).standard_t(4, shape).astype(np.float32)
    matrix *= np.random.default_rng(1).uniform(0.1, 10, shape[1]).astype(np.float32)
    ordered = np.sort(matrix, axis=0)
    rows = shape[0]
    marks = ordered[[0, rows // 4, 3 * (rows // 4), rows - 1]]
    step = np.diff(marks, axis=0).max(0) / 63 + 4 * float(np.ptp(matrix)) / 65535
    assert np.all(np.abs(read_compressed(compressed(matrix)) - matrix) <= step)


def test_equal_values_come_back() -> None:
    """No stretch of the scale is empty, or Kaldi would divide by nought."""
    np.testing.assert_allclose(read_compressed(compressed(np.full((8, 3), 0.5, np.float32))), 0.5, atol=1e-3)
    np.testing.assert_allclose(read_compressed(compressed(np.zeros((8, 3), np.float32))), 0.0, atol=1e-3)


def test_what_was_written_is_read_back() -> None:
    """The networks one after the other, then the last layers side by side, averaged."""
    networks = [layers(8, seed) for seed in (1, 2)]
    hidden = [layer for network in networks for layer in network[:-1]]
    *read, (weights, bias) = affine_layers(acoustic_model(networks))
    assert len(read) == len(hidden)
    for (found, offset), layer in zip(read, hidden, strict=True):
        np.testing.assert_allclose(found, layer.weights, atol=0.02)
        np.testing.assert_array_equal(offset, layer.bias)
    last = [network[-1] for network in networks]
    np.testing.assert_allclose(weights, np.concatenate([layer.weights for layer in last], 1) / 2, atol=0.02)
    np.testing.assert_allclose(bias, np.mean([layer.bias for layer in last], 0), atol=1e-6)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_vosk_reads_one_network_or_the_average_of_several(tmp_path: Path, count: int) -> None:
    """The folder passes our own checks, and Kaldi computes its outputs."""
    folder = tmp_path / "model"
    shutil.copytree(shipped("models") / "en", folder)
    (folder / "am" / "final.mdl").write_bytes(acoustic_model([layers(8 + i, i) for i in range(count)]))
    words = load_commands(shipped("voices") / "en" / "commands.yaml")
    recognizer = VoskRecognizer(find_model(folder), words, tmp_path / "cache")
    recognizer.listen("asked_yes_no")
    dice = np.random.default_rng(2)
    for _ in range(0, 2 * SAMPLE_RATE, BLOCK):
        recognizer.accept(dice.normal(0, 0.1, BLOCK).astype(np.float32))
    recognizer.finish()


def test_the_context_is_the_sum_of_the_layers() -> None:
    """Kaldi takes the frames before and after from the file."""
    data = acoustic_model([layers(8, 0)])
    tail = data[data.rindex(b"<LeftContext> ") :]
    (before,) = struct.unpack_from("<i", tail, len(b"<LeftContext> \x04"))
    (after,) = struct.unpack_from("<i", tail, tail.index(b"<RightContext> ") + len(b"<RightContext> \x04"))
    assert (before, after) == (8, 2)
