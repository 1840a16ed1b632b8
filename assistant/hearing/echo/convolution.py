"""A long filter over a stream of blocks."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.sound import BLOCK, Samples

Spectrum: TypeAlias = npt.NDArray[np.complex64]


def power(spectrum: Spectrum) -> npt.NDArray[np.float32]:
    """Return the power of each of its frequencies."""
    return np.square(spectrum.real) + np.square(spectrum.imag)


class Spectra:
    """The spectra of the last few pairs of blocks, newest first: what overlap-save needs.

    `history` has shape (count, block + 1), complex64; row k is the spectrum of blocks k + 1 and k
    before now, joined.
    """

    def __init__(self, count: int, block: int = BLOCK) -> None:
        self.history: Spectrum = np.zeros((count, block + 1), np.complex64)
        self._pair = np.zeros(2 * block, np.float32)
        self._block = block

    def push(self, block: Samples) -> None:
        """Take the next block, shape (block,)."""
        self._pair[: self._block] = self._pair[self._block :]
        self._pair[self._block :] = block
        self.history[1:] = self.history[:-1]
        self.history[0] = np.fft.rfft(self._pair)


class PartitionedFilter:
    """Convolves a stream with an impulse response, block by block and without delay.

    The response is cut into blocks, each applied by overlap-save in the frequency domain. Source:
    Stockham, "High-speed convolution and correlation" (1966); partitions: Kulp (1988).

    Args:
        impulse_response: Shape (m,), m at least 1.
        block: Samples in a block.
    """

    def __init__(self, impulse_response: Samples, block: int = BLOCK) -> None:
        if impulse_response.size == 0:
            raise ValueError("an impulse response has at least one sample")
        count = -(-impulse_response.size // block)
        parts = np.zeros((count, 2 * block), np.float32)
        padded = np.zeros(count * block, np.float32)
        padded[: impulse_response.size] = impulse_response
        parts[:, :block] = padded.reshape(count, block)
        self._response = np.fft.rfft(parts, axis=1).astype(np.complex64)
        self._spectra = Spectra(count, block)
        self._block = block

    def process(self, block: Samples) -> Samples:
        """Return the next output block, shape (block,), for the next input block, same shape."""
        self._spectra.push(block)
        summed = (self._response * self._spectra.history).sum(axis=0)
        return np.fft.irfft(summed)[self._block :].astype(np.float32)
