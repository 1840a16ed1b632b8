"""Kaldi's binary form of an acoustic model, nnet3 with chain topology, written without Kaldi.

Formats: https://kaldi-asr.org/doc/io.html, dnn3_code_data_types.html and the sources of hmm/transition-model,
hmm/hmm-topology, nnet3/nnet-simple-component and matrix/compressed-matrix (Apache-2.0).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from training.topology import MELS, PHONES, Layer

_POSITIONS = 4
_MOST = 65535
# What the four marks of a column are in 8 bits.
_CODES = (0, 64, 192, 255)


def acoustic_model(networks: Sequence[Sequence[Layer]]) -> bytes:
    """Return `final.mdl` of networks whose outputs are averaged."""
    return b"\0B" + _transitions() + _nnet3(networks)


def compressed(matrix: npt.NDArray[np.float32]) -> bytes:
    """Return a matrix in 8 bits: each column on a scale of its own, bent at its quartiles."""
    lowest = float(matrix.min())
    span = float(matrix.max()) - lowest or 1.0
    rows, columns = matrix.shape
    ordered = np.sort(matrix, axis=0)
    quarter = rows // 4
    marks = np.stack([ordered[0], ordered[quarter], ordered[3 * quarter], ordered[-1]])
    steps = np.clip((marks - lowest) / span * _MOST + 0.499, 0, _MOST).astype(np.int64)
    # The four must differ, so that none of the three stretches is empty.
    steps[0] = np.minimum(steps[0], _MOST - 3)
    for i, highest in ((1, _MOST - 2), (2, _MOST - 1), (3, _MOST)):
        steps[i] = np.clip(steps[i], steps[i - 1] + 1, highest)
    low, first, third, high = lowest + steps / _MOST * span
    codes = np.where(
        matrix < first,
        np.clip((matrix - low) / (first - low) * 64 + 0.5, 0, 64),
        np.where(
            matrix < third,
            64 + np.clip((matrix - first) / (third - first) * 128 + 0.5, 0, 128),
            192 + np.clip((matrix - third) / (high - third) * 63 + 0.5, 0, 63),
        ),
    ).astype(np.uint8)
    header = struct.pack("<ffii", lowest, span, rows, columns)
    return b"CM " + header + steps.T.astype("<u2").tobytes() + codes.T.tobytes()


def decompressed(data: bytes, at: int) -> tuple[npt.NDArray[np.float32], int]:
    """Return a matrix that `compressed` wrote at a place of a file, and the place after it."""
    lowest, span, rows, columns = struct.unpack_from("<ffii", data, at + 3)
    at += 3 + 16
    steps = np.frombuffer(data, "<u2", 4 * columns, at).reshape(columns, 4).astype(np.float64)
    at += steps.size * 2
    codes = np.frombuffer(data, np.uint8, rows * columns, at).reshape(columns, rows)
    marks = lowest + steps / _MOST * span
    values = [np.interp(codes[i], _CODES, marks[i]) for i in range(columns)]
    return np.stack(values, 1).astype(np.float32), at + codes.size


def affine_layers(model: bytes) -> list[tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]:
    """Return weights and biases of a `final.mdl` that `acoustic_model` wrote, in its order."""
    found: list[tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]] = []
    before, between = _token("<LinearParams>"), _token("<BiasParams>") + b"FV \x04"
    at = 0
    while (at := model.find(before, at)) >= 0:
        weights, at = decompressed(model, at + len(before))
        (size,) = struct.unpack_from("<i", model, at + len(between))
        bias = np.frombuffer(model, "<f4", size, at + len(between) + 4)
        found.append((weights, bias.copy()))
    return found


def _token(name: str) -> bytes:
    return name.encode() + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _ints(values: Sequence[int]) -> bytes:
    return _int(len(values)) + np.asarray(values, "<i4").tobytes()


def _vector(values: Sequence[float] | npt.NDArray[np.float32]) -> bytes:
    return b"FV " + _int(len(values)) + np.asarray(values, "<f4").tobytes()


def _transitions() -> bytes:
    """Silence is phone 1, then each phone at the begin, end, inside and as the whole of a word."""
    count = 1 + _POSITIONS * len(PHONES)
    phones = range(1, count + 1)
    # One entry for all: state 0 has a forward output and a self-loop output; state 1 is final.
    topology = _ints(list(phones)) + _ints([-1] + [0] * count) + _int(-1) + _int(1) + _int(2)
    topology += _int(0) + _int(1) + _int(2) + _int(0) + _float(0.5) + _int(1) + _float(0.5)
    topology += _int(-1) + _int(-1) + _int(0)
    tuples = b""
    for phone in phones:
        number = 0 if phone == 1 else (phone - 2) // _POSITIONS + 1
        tuples += _int(phone) + _int(0) + _int(2 * number) + _int(2 * number + 1)
    chances = _vector([0.0] + [math.log(0.5)] * (2 * count))
    return b"".join(
        (
            _token("<TransitionModel>"), _token("<Topology>"), topology, _token("</Topology>"),
            _token("<Tuples>"), _int(count), tuples, _token("</Tuples>"),
            _token("<LogProbs>"), chances, _token("</LogProbs>"), _token("</TransitionModel>"),
        )
    )  # fmt: skip


def _nnet3(networks: Sequence[Sequence[Layer]]) -> bytes:
    config = [f"input-node name=input dim={MELS}"]
    components: list[tuple[str, bytes]] = []

    def add(name: str, component: bytes, source: str) -> str:
        config.append(f"component-node name={name} component={name} input={source}")
        components.append((name, component))
        return name

    tops: list[str] = []
    for number, layers in enumerate(networks):
        node = "input"
        for depth, layer in enumerate(layers[:-1]):
            node = add(
                f"n{number}.l{depth}.affine",
                _affine(layer.weights, layer.bias),
                _appended(node, layer.offsets),
            )
            node = add(f"n{number}.l{depth}.relu", _rectifier(layer.bias.size), node)
        tops.append(node)
    last = [layers[-1] for layers in networks]
    weights = np.concatenate([layer.weights for layer in last], 1) / len(networks)
    bias = np.mean([layer.bias for layer in last], 0)
    top = add(
        "output.affine", _affine(weights, bias), f"Append({', '.join(tops)})" if len(tops) > 1 else tops[0]
    )
    config.append(f"output-node name=output input={top} objective=linear")
    body = b"".join(_token("<ComponentName>") + _token(name) + component for name, component in components)
    before, after = (
        max(sum(end(layer.offsets) for layer in layers) for layers in networks) for end in (_back, max)
    )
    return b"".join(
        (
            _token("<Nnet3>"), b"\n", ("\n".join(config) + "\n\n").encode(),
            _token("<NumComponents>"), _int(len(components)), body, _token("</Nnet3>"),
            _token("<LeftContext>"), _int(before), _token("<RightContext>"), _int(after),
            _token("<Priors>"), _vector([]),
        )
    )  # fmt: skip


def _back(offsets: Sequence[int]) -> int:
    return -min(offsets)


def _appended(node: str, offsets: Sequence[int]) -> str:
    parts = [node if offset == 0 else f"Offset({node}, {offset})" for offset in offsets]
    return f"Append({', '.join(parts)})" if len(parts) > 1 else parts[0]


def _affine(weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> bytes:
    return b"".join(
        (
            _token("<FixedAffineComponent>"), _token("<LinearParams>"), compressed(weights),
            _token("<BiasParams>"), _vector(bias), _token("</FixedAffineComponent>"),
        )
    )  # fmt: skip


def _rectifier(size: int) -> bytes:
    return b"".join(
        (
            _token("<RectifiedLinearComponent>"), _token("<Dim>"), _int(size),
            _token("<ValueAvg>"), _vector([]), _token("<DerivAvg>"), _vector([]),
            _token("<Count>"), _float(0),
            _token("<OderivRms>"), _vector([]), _token("<OderivCount>"), _float(0),
            _token("<NumDimsSelfRepaired>"), _float(0), _token("<NumDimsProcessed>"), _float(0),
            _token("</RectifiedLinearComponent>"),
        )
    )  # fmt: skip
