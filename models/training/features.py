"""The sound of an utterance as the network sees it: log mel energies, and their cosine transform."""

from __future__ import annotations

import kaldi_native_fbank as knf
import numpy as np
import numpy.typing as npt

from training.topology import MELS, SAMPLE_RATE

Frames = npt.NDArray[np.float32]
"""Log mel energies, shape (frames, MELS), of samples in 16-bit integer scale."""

_PEAK = 16_000.0
_LIFTER = 22


def log_mels(samples: npt.NDArray[np.float32]) -> Frames:
    """Return the features before the cosine transform, with the options of conf/mfcc.conf.

    Args:
        samples: 16 kHz, one channel, in 16-bit integer scale.
    """
    options = knf.FbankOptions()
    options.frame_opts.dither = 0
    options.frame_opts.samp_freq = SAMPLE_RATE
    options.mel_opts.num_bins = MELS
    options.mel_opts.low_freq = 20
    options.mel_opts.high_freq = -400
    options.use_energy = False
    bank = knf.OnlineFbank(options)
    bank.accept_waveform(SAMPLE_RATE, samples.astype(np.float32))
    bank.input_finished()
    return np.stack([bank.get_frame(i) for i in range(bank.num_frames_ready)])


def to_cepstra() -> npt.NDArray[np.float32]:
    """Return the matrix (MELS, MELS) that turns log mels, from the right, into Kaldi's MFCCs."""
    order = np.arange(MELS)
    cosine = np.sqrt(2 / MELS) * np.cos(np.pi / MELS * np.outer(order, order + 0.5))
    cosine[0] = np.sqrt(1 / MELS)
    lifter = 1 + 0.5 * _LIFTER * np.sin(np.pi * order / _LIFTER)
    return (cosine * lifter[:, None]).T.astype(np.float32)


def of_utterance(
    samples: npt.NDArray[np.float32],
    rng: np.random.Generator,
    margin_seconds: float = 0.02,
    quiet_db: float = -42.0,
) -> Frames:
    """Return the features of an utterance: silence at its edges cut off, at one loudness.

    Args:
        samples: 16 kHz, one channel, full scale 1.
        rng: For a noise of a third of a 16-bit step, so that digital silence is no bottomless pit.
        margin_seconds: What is left before and after the sound.
        quiet_db: Below this, relative to the loudest 20 ms, an edge is silence.
    """
    power = np.convolve(np.square(samples), np.ones(320) / 320, "same")
    loud = np.nonzero(power > power.max() * 10 ** (quiet_db / 10))[0]
    margin = round(margin_seconds * SAMPLE_RATE)
    cut = samples[max(0, int(loud[0]) - margin) : int(loud[-1]) + margin]
    cut = cut / (float(np.abs(cut).max()) + 1e-9) * _PEAK
    return log_mels(cut + rng.normal(0, 0.3, cut.size).astype(np.float32))
