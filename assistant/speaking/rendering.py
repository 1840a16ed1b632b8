"""Turning text into speech: the port, and pyttsx3 behind it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, Self

from assistant.errors import AssistantError, InputError
from assistant.phonemes import one_at_a_time
from assistant.sound import Samples
from assistant.speaking import espeak

SLOWEST, FASTEST = 80, 450
"""Words per minute that espeak-ng speaks; it clamps others without a word."""

HIGHEST_PITCH = 99

_LIMIT_SECONDS, _CLOSING_SECONDS = 30.0, 2.0
"""How long one text may take, and how long closing waits for it; chosen, far above what it takes."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a text is to sound.

    Raises:
        InputError: the rate or the pitch is out of range.
    """

    name: str
    """espeak-ng's voice, such as "en-us" or "gmw/en-us", with a variant as "en-us+f3"."""
    words_per_minute: int
    """From 80 to 450."""
    pitch: int
    """From 0, deep, to 99, high; 50 is usual."""

    def __post_init__(self) -> None:
        if not SLOWEST <= self.words_per_minute <= FASTEST:
            raise InputError(
                f"a voice can't speak {self.words_per_minute} words per minute",
                remedy=f"Give a rate from {SLOWEST} to {FASTEST}",
            )
        if not 0 <= self.pitch <= HIGHEST_PITCH:
            raise InputError(
                f"a voice can't have the pitch {self.pitch}", remedy=f"Give a pitch from 0 to {HIGHEST_PITCH}"
            )


class Renderer(Protocol):
    """Turns text into speech.

    It is a port because synthesis is the slow, machine-dependent step: rehearsals and tests of
    everything behind it run on tones that are the same everywhere.
    """

    @property
    def identity(self) -> str:
        """Names of the engines and their versions: a clip rendered by others is stale."""
        ...

    def render(self, text: str, voice: Voice) -> Samples:
        """Speak text into samples, silence around the words included.

        Raises:
            InputError: there is nothing to say or no such voice.
            AssistantError: the engine is missing or failed.
        """
        ...


class Engine(Protocol):
    """What a `Pyttsx3Renderer` drives from its thread.

    It is a port because an engine that hangs or fails can't be had on demand from espeak-ng.
    """

    def render(self, text: str, voice: str, words_per_minute: int, pitch: int) -> Samples:
        """Speak text into samples."""
        ...


class Pyttsx3Renderer:
    """pyttsx3 on espeak-ng, on a thread of its own that starts with the first text.

    Callers of any thread may render. No sound device is needed. A process that forks must not
    use in the child what it used in the parent.

    Args:
        engine: Returns the engine; called on the renderer's thread.
        limit_seconds: How long an answer may take before the engine counts as stuck.
    """

    def __init__(
        self, engine: Callable[[], Engine] = espeak.engine, limit_seconds: float = _LIMIT_SECONDS
    ) -> None:
        self._engine = engine
        self._limit_seconds = limit_seconds
        self._requests: queue.SimpleQueue[tuple[str, Voice, Future[Samples]] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    @property
    def identity(self) -> str:
        """Names of the engines and their versions: a clip rendered by others is stale.

        Raises:
            AssistantError: pyttsx3 or espeak-ng is missing.
        """
        return espeak.identity()

    def render(self, text: str, voice: Voice) -> Samples:
        """Speak text into samples, silence around the words included.

        Raises:
            InputError: there is nothing to say or no such voice.
            AssistantError: the engine is missing, failed or is stuck.
        """
        if not text.strip():
            raise InputError("there is nothing to say", remedy="Give at least one word")
        self._start()
        answer = Future[Samples]()
        self._requests.put((text, voice, answer))
        try:
            return answer.result(self._limit_seconds)
        except TimeoutError as error:
            answer.cancel()
            raise AssistantError(
                f"The speech engine did not answer within {self._limit_seconds:g} seconds. "
                "Start Imprint again."
            ) from error

    def close(self) -> None:
        """End the renderer's thread, left behind if it is stuck; rendering again starts another."""
        with self._starting:
            if self._thread is not None:
                self._requests.put(None)
                self._thread.join(_CLOSING_SECONDS)
                self._thread = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                # A daemon, because a stuck engine must not keep the program from ending.
                self._thread = threading.Thread(target=self._work, name="renderer", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while (request := self._requests.get()) is not None:
            text, voice, answer = request
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(self._speak(text, voice))
            except Exception as error:
                # Whatever it was, the one who asked must hear of it.
                answer.set_exception(error)

    def _speak(self, text: str, voice: Voice) -> Samples:
        try:
            with one_at_a_time():
                return self._engine().render(text, voice.name, voice.words_per_minute, voice.pitch)
        except AssistantError:
            raise
        except Exception as error:
            # pyttsx3 and ctypes raise all kinds; none of them tells a person what to do.
            raise AssistantError(
                f"The speech engine failed ({error}). Install espeak-ng again, for example with "
                "`apt install espeak-ng`, and start Imprint again."
            ) from error
