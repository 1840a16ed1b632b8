"""The acoustic network: a time-delay net, 0.34 s back and 0.10 s ahead, one output in three frames."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from training.topology import MELS, OUTPUTS, SUBSAMPLING, Layer

FRAMES_BEFORE, FRAMES_AFTER = 34, 10

# Offsets of each layer's inputs, in frames. Few look ahead: each one is 10 ms later that "stop" acts.
_OFFSETS = (
    *((-2, -1, 0, 1, 2), (-2, -1, 0, 1, 2)),
    *((-3, 0, 3), (-3, 0, 3), (-6, -3, 0), (-6, -3, 0), (-6, -3, 0), (-6, -3, 0)),
)
_FIRST_WIDTH = 0.7


class Network(nn.Module):
    """MFCCs (batch, frames, MELS) to outputs (batch, frames // 3, OUTPUTS), less the context at the edges."""

    def __init__(self, width: int) -> None:
        super().__init__()
        first = round(_FIRST_WIDTH * width)
        sizes = [MELS, first, *[width] * (len(_OFFSETS) - 1)]
        self.layers = nn.ModuleList(
            nn.Conv1d(sizes[i], sizes[i + 1], len(offsets), stride=SUBSAMPLING if i == 1 else 1, bias=False)
            for i, offsets in enumerate(_OFFSETS)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(size) for size in sizes[1:])
        self.output = nn.Conv1d(width, OUTPUTS, 1)
        self.register_buffer("mean", torch.zeros(MELS))
        self.register_buffer("deviation", torch.ones(MELS))

    def forward(self, cepstra: torch.Tensor) -> torch.Tensor:
        """Return the outputs before any softmax."""
        hidden = ((cepstra - self.mean) / self.deviation).transpose(1, 2)
        for layer, norm in zip(self.layers, self.norms, strict=True):
            hidden = torch.relu(norm(layer(hidden)))
        return self.output(hidden).transpose(1, 2)

    def folded(self) -> list[Layer]:
        """Return the layers as plain affine ones."""
        found: list[Layer] = []
        for i, offsets in enumerate(_OFFSETS):
            norm = self.norms[i]
            scale = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
            weights = self.layers[i].weight.double() * scale[:, None, None]
            bias = norm.bias.double() - norm.running_mean.double() * scale
            if i == 0:
                bias = bias - (weights * (self.mean.double() / self.deviation.double())[None, :, None]).sum(
                    (1, 2)
                )
                weights = weights / self.deviation.double()[None, :, None]
            found.append(Layer(offsets, _flat(weights), _array(bias), True))
        found.append(Layer((0,), _flat(self.output.weight.double()), _array(self.output.bias), False))
        return found


def _flat(weights: torch.Tensor) -> npt.NDArray[np.float32]:
    """Kaldi appends all inputs of the first offset, then of the next."""
    return _array(weights.permute(0, 2, 1).reshape(weights.shape[0], -1))


def _array(values: torch.Tensor) -> npt.NDArray[np.float32]:
    return values.detach().numpy().astype(np.float32)
