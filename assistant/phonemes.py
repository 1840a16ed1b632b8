"""espeak-ng's library: where it is, its one start in a process, and the phonemes that it says words with.

espeak-ng keeps everything in globals and can be started once: whoever speaks and whoever asks how a word is
said share it, one at a time.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib
import os
import threading
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from assistant.errors import AssistantError

AMERICAN, BRITISH = "en-us", "en-gb-x-rp"
"""Voices whose phonemes are asked for."""

_SYSTEM_LIBRARIES = (
    "libespeak-ng.so.1",
    "/opt/homebrew/lib/libespeak-ng.1.dylib",
    "/usr/local/lib/libespeak-ng.1.dylib",
)

_LIMIT_SECONDS = 30.0
"""How long another use of espeak-ng is waited for; chosen, as long as the longest text may take."""

_RETRIEVAL, _BUFFER_MS = 1, 1_000
"""Sound is handed back and not played, in pieces of a second at most; as pyttsx3 has it."""

_UTF8, _IPA, _SEPARATOR = 1, 0x02, "_"
_STRESS = "ˈˌ"

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class EspeakLibrary:
    """The espeak-ng that this process uses."""

    handle: ctypes.CDLL
    version: str
    data: Path
    """Folder with its voices, dictionaries and phonemes."""


@functools.cache
def find_library() -> EspeakLibrary:
    """Load espeak-ng: the system's where it is whole, otherwise the one from `espeakng_loader`.

    Raises:
        AssistantError: there is neither.
    """
    for name in _SYSTEM_LIBRARIES:
        with contextlib.suppress(OSError, AttributeError):
            library = _inspect(ctypes.CDLL(name))
            # Without its data espeak-ng would end the whole process when it is initialised.
            if (library.data / "phontab").is_file():
                return library
    try:
        loader = importlib.import_module("espeakng_loader")
        os.environ["ESPEAK_DATA_PATH"] = str(loader.get_data_path())
        return _inspect(ctypes.CDLL(str(loader.get_library_path())))
    except (ImportError, OSError, RuntimeError) as error:
        raise AssistantError(
            "The speech engine espeak-ng was not found. Install it, for example with "
            "`apt install espeak-ng` or `brew install espeak-ng`."
        ) from error


def _inspect(handle: ctypes.CDLL) -> EspeakLibrary:
    info = cast("Callable[..., bytes]", handle.espeak_Info)
    handle.espeak_Info.restype = ctypes.c_char_p
    folder = ctypes.c_char_p()
    handle.espeak_ng_InitializePath(None)
    version = info(ctypes.byref(folder))
    return EspeakLibrary(handle, version.decode(), Path(os.fsdecode(folder.value or b"")))


@contextlib.contextmanager
def one_at_a_time() -> Generator[None]:
    """Have espeak-ng to oneself.

    Raises:
        AssistantError: another use of it does not end.
    """
    if not _one_at_a_time.acquire(timeout=_LIMIT_SECONDS):
        raise AssistantError("The speech engine is stuck. Start Imprint again.")
    try:
        yield
    finally:
        _one_at_a_time.release()


@functools.cache
def sample_rate() -> int:
    """Start espeak-ng, once in a process, and return its sample rate; for whoever has it to themselves.

    Raises:
        AssistantError: there is none, or it does not start.
    """
    rate = int(find_library().handle.espeak_Initialize(_RETRIEVAL, _BUFFER_MS, None, 0))
    if rate <= 0:
        raise AssistantError("The speech engine espeak-ng does not start. Install it again.")
    return rate


def phonemes(words: Iterable[str], voice: str) -> dict[str, tuple[str, ...]]:
    """Return the phonemes that a voice says each word with, in IPA without stress; 0.03 ms a word.

    Raises:
        AssistantError: espeak-ng is missing, stuck, or has no such voice.
    """
    with one_at_a_time():
        sample_rate()
        handle = find_library().handle
        if handle.espeak_SetVoiceByName(voice.encode()) != 0:
            raise AssistantError(f"The speech engine has no voice {voice!r}. Install espeak-ng again.")
        return {word: _phonemes(handle, word) for word in words}


def _phonemes(handle: ctypes.CDLL, word: str) -> tuple[str, ...]:
    translate = cast("Callable[..., bytes | None]", handle.espeak_TextToPhonemes)
    handle.espeak_TextToPhonemes.restype = ctypes.c_char_p
    text = ctypes.c_char_p(word.encode())
    found: list[str] = []
    # Each call takes a clause, and moves on to the next one.
    while text.value is not None:
        said = translate(ctypes.byref(text), _UTF8, _IPA | ord(_SEPARATOR) << 8) or b""
        plain = said.decode().translate(dict.fromkeys(map(ord, _STRESS)))
        found += [phoneme for phoneme in plain.replace(" ", _SEPARATOR).split(_SEPARATOR) if phoneme]
    return tuple(found)
