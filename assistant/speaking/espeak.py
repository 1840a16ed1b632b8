"""espeak-ng through pyttsx3: one engine that does what it is asked.

espeak-ng keeps its voice, its rate and its one output callback in globals, so a process has one
engine; `rendering` puts threads and a time limit around it.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib
import importlib.metadata
import io
import logging
import threading
import time
import wave
from collections.abc import Callable, Generator
from typing import Any

import numpy as np

from assistant.errors import AssistantError
from assistant.phonemes import find_library, sample_rate
from assistant.sound import Samples, resample
from assistant.speaking.voices import VoiceNames

_UTTERANCE_SECONDS, _PROPERTY_SECONDS = 20.0, 2.0
"""After which speaking, or setting a property, counts as failed; chosen, far above what it takes."""


@functools.cache
def identity() -> str:
    """Name the engines and their versions; a clip rendered by others is stale.

    Raises:
        AssistantError: one of them is missing.
    """
    try:
        pyttsx3_version = importlib.metadata.version("pyttsx3")
    except importlib.metadata.PackageNotFoundError as error:
        raise AssistantError("pyttsx3 is not installed. Install Imprint again.") from error
    return f"pyttsx3 {pyttsx3_version}, espeak-ng {find_library().version}"


class EspeakEngine:
    """pyttsx3 on espeak-ng, rendering one utterance at a time; not for two threads at once."""

    def __init__(self) -> None:
        library = find_library()
        with _substituted(library.handle):
            pyttsx3 = importlib.import_module("pyttsx3")
            driver = importlib.import_module("pyttsx3.drivers.espeak")
        # The driver reports each file on standard output, from espeak's own thread. Redirecting
        # sys.stdout instead would swallow what other threads print meanwhile.
        vars(driver)["print"] = _say_nothing
        # It logs to the root logger, which would set up logging to standard error for everyone.
        vars(driver)["logging"] = logging.getLogger("pyttsx3")
        functions = importlib.import_module("pyttsx3.drivers._espeak")
        vars(functions)["cSynth"] = sized(vars(functions)["cSynth"])
        # It can be started once, and may have been asked for phonemes before.
        vars(functions)["Initialize"] = _started
        # Neither has types of its own.
        self._driver: Any = functions
        self._finished = threading.Event()
        self._completed = False
        self._failure: Exception | None = None
        self._engine: Any = pyttsx3.init("espeak")
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.connect("error", self._on_error)
        self.names = VoiceNames(
            {
                str(voice.id): tuple(str(language) for language in voice.languages)
                for voice in self._engine.getProperty("voices")
            },
            tuple(path.name for path in (library.data / "voices" / "!v").iterdir()),
        )
        """What there is to choose from."""
        # The first utterance of a process loses properties that were set before it.
        self._utter("a")

    def render(self, text: str, voice: str, words_per_minute: int, pitch: int) -> Samples:
        """Speak text into samples; `pitch` from 0, deep, to 99, high.

        Raises:
            InputError: there is no such voice.
            AssistantError: the engine failed or did not answer in time.
        """
        self._set("voice", self.names.resolve(voice))
        self._set("rate", words_per_minute)
        self._set("pitch", pitch)
        return self._utter(text)

    def _set(self, name: str, value: str | int) -> None:
        wanted = value.lower() if isinstance(value, str) else value

        def holds() -> bool:
            # A property set while espeak's queue is busy is lost without a word.
            self._engine.setProperty(name, value)
            return bool(self._engine.getProperty(name) == wanted)

        problem = (
            f"The speech engine does not take {name} {value}. Start Imprint again, or choose another voice."
        )
        _wait_for(holds, 0.002, problem)

    def _utter(self, text: str) -> Samples:
        # A rate or a pitch still in espeak's queue would make `runAndWait` cancel the utterance.
        self._wait_until_idle()
        self._finished.clear()
        self._completed = False
        self._failure = None
        # The driver hands the name on to `wave`, which also writes into an open file: nothing
        # touches the disk, so a full disk can't stop a cue.
        recording = io.BytesIO()
        self._engine.save_to_file(text, recording)
        # It may return as soon as the utterance has started.
        self._engine.runAndWait()
        self._finished.wait(_UTTERANCE_SECONDS)
        if not self._completed:
            raise AssistantError(
                f"The speech engine could not say “{text}”. Start Imprint again, or choose another voice."
            ) from self._failure
        # "Finished" is said from inside espeak's callback, which has more to do.
        self._wait_until_idle()
        recording.seek(0)
        with wave.open(recording) as opened:
            frames = np.frombuffer(opened.readframes(opened.getnframes()), dtype="<i2")
            return resample(frames.astype(np.float32) / np.float32(32_768), opened.getframerate())

    def _wait_until_idle(self) -> None:
        stuck = "The speech engine is stuck. Start Imprint again."
        _wait_for(lambda: not self._driver.IsPlaying(), 0.0005, stuck)

    def _on_finished(self, name: object, completed: bool) -> None:
        self._completed = completed
        self._finished.set()

    def _on_error(self, name: object, exception: Exception) -> None:
        self._failure = exception


def _wait_for(is_so: Callable[[], bool], pause_seconds: float, problem: str) -> None:
    end = time.monotonic() + _PROPERTY_SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise AssistantError(problem)
        time.sleep(pause_seconds)


def sized(synthesize: Callable[..., int]) -> Callable[..., int]:
    """Return espeak_Synth with the true size of a text, its end included.

    pyttsx3 2.99 passes ten times as much, and espeak-ng copies all of that: where a text lies near the end of
    what the process has, it reads beyond and the process dies.
    """

    def synthesize_sized(text: bytes, size: int, *rest: object) -> int:
        return synthesize(text, len(text) + 1, *rest)

    return synthesize_sized


@functools.cache
def engine() -> EspeakEngine:
    """Return the process's one engine, started on first use and kept to the end.

    A second pyttsx3 engine would share espeak's globals, and the first one's end would unhook
    the second's output.

    Raises:
        AssistantError: espeak-ng or pyttsx3 is missing or does not start.
    """
    return EspeakEngine()


@contextlib.contextmanager
def _substituted(library: ctypes.CDLL) -> Generator[None]:
    # pyttsx3 looks for espeak under a fixed list of names, which has no entry for the bundled one.
    load = ctypes.cdll.LoadLibrary

    def choose(name: str) -> ctypes.CDLL:
        return library if "espeak" in name else load(name)

    vars(ctypes.cdll)["LoadLibrary"] = choose
    try:
        yield
    finally:
        del vars(ctypes.cdll)["LoadLibrary"]


def _started(*_: object) -> int:
    return sample_rate()


def _say_nothing(*_: object) -> None: ...
