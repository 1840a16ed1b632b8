"""What the coach says, rendered once, shaped for the beat and kept."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from assistant.errors import InputError
from assistant.files import replace_file
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking import shaping
from assistant.speaking.rendering import Renderer, Voice

_FULL_SCALE = 32_768
"""Of 16-bit samples."""

_DIGEST_BYTES = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Speech that is ready to be played: it begins at sample 0."""

    text: str
    samples: Samples
    """Read only: the store gives the same array to everyone who asks."""

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return self.samples.size / SAMPLE_RATE


class ClipStore:
    """Gives clips: from memory, else from the folder, else rendered and kept in both.

    A file is named by everything that its sound depends on and ends with a digest of its
    content, so a stale or damaged one is never played. Several stores may share a folder.

    Args:
        renderer: What speaks.
        folder: Where clips are kept; made when there is something to keep.
    """

    def __init__(self, renderer: Renderer, folder: Path) -> None:
        self._renderer = renderer
        self._folder = folder
        self._memory: dict[tuple[str, Voice], Clip] = {}

    def clip(self, text: str, voice: Voice, must_keep: bool = False) -> Clip:
        """Return the clip of a text in a voice.

        What can't be kept is played all the same: a disk that fills up in the middle of a session is no
        reason to end it.

        Args:
            text: What is said.
            voice: How it sounds.
            must_keep: Whether it is an error all the same.

        Raises:
            InputError: nothing in the text can be spoken, or there is no such voice.
            AssistantError: the engine is missing or failed.
        """
        if (text, voice) not in self._memory:
            self._memory[text, voice] = Clip(text, self._samples(text, voice, must_keep))
        return self._memory[text, voice]

    def prepare(
        self, requests: Iterable[tuple[str, Voice]], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Make clips ahead of time, each once, so that none is rendered in mid-session.

        Args:
            requests: Texts and their voices.
            progress: Called with how many are ready and how many there are, after each.

        Raises:
            InputError, AssistantError: as `clip` does, or the folder can't be written: there is time now to
                do something about it. What was made until then is kept.
        """
        wanted = tuple(dict.fromkeys(requests))
        for ready, (text, voice) in enumerate(wanted, start=1):
            self.clip(text, voice, must_keep=True)
            if progress is not None:
                progress(ready, len(wanted))

    def _samples(self, text: str, voice: Voice, must_keep: bool) -> Samples:
        path = self._folder / f"{self._fingerprint(text, voice)}.wav"
        frames = _read(path)
        if frames is None:
            shaped = shaping.shape(self._renderer.render(text, voice))
            if shaped.size == 0:
                raise InputError(
                    f"the voice “{voice.name}” finds nothing to speak in “{text}”",
                    remedy="Write it in words, or choose another voice",
                )
            frames = np.round(shaped * _FULL_SCALE).astype(np.int16)
            try:
                self._keep(path, frames)
            except InputError:
                if must_keep:
                    raise
        # Also when just rendered, so that a clip is the same on its first day as on any other.
        samples = frames.astype(np.float32) / np.float32(_FULL_SCALE)
        samples.setflags(write=False)
        return samples

    def _fingerprint(self, text: str, voice: Voice) -> str:
        facts = (self._renderer.identity, shaping.VERSION, text, voice)
        return hashlib.sha256(repr(facts).encode()).hexdigest()

    def _keep(self, path: Path, frames: npt.NDArray[np.int16]) -> None:
        recording = io.BytesIO()
        soundfile.write(recording, frames, SAMPLE_RATE, format="WAV", subtype="PCM_16")
        content = recording.getvalue()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(path, content + hashlib.sha256(content).digest(), mode=0o600, sync=False)
        except OSError as error:
            raise InputError(
                f"the coach's speech can't be kept there ({error.strerror or error})",
                remedy="Free some space, or choose another folder with IMPRINT_CACHE",
                file=str(self._folder),
            ) from error


def _read(path: Path) -> npt.NDArray[np.int16] | None:
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    # Players ignore what follows the sound, so the file still is an ordinary WAV.
    content, digest = kept[:-_DIGEST_BYTES], kept[-_DIGEST_BYTES:]
    if hashlib.sha256(content).digest() != digest:
        return None
    frames, _ = soundfile.read(io.BytesIO(content), dtype="int16")
    return np.asarray(frames, dtype=np.int16)
