"""Recordings that are played in place of rendered cues: read, checked and shaped as those are."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from assistant.errors import InputError
from assistant.programme.voice import Recording
from assistant.sound import Samples, read_sound
from assistant.speaking import shaping

LONGEST_SECONDS = 30.0
"""A longer cue is a mistake: it would hold up the session; chosen."""

_SILENT = 10 ** (-50 / 20)
"""Peak below which a recording counts as silent; chosen."""


def read_recording(recording: Recording) -> Samples:
    """Read a recording of any rate, trimmed and levelled as rendered speech is; for reading only.

    Raises:
        InputError: naming the line that names it, when it is missing, unreadable, silent or too long.
    """
    path = Path(recording.file).parent / recording.sound
    place = {name: getattr(recording, name) for name in ("file", "line", "column", "field")}
    wrong = partial(InputError, **place)
    try:
        if path.is_file() and soundfile.info(str(path)).duration > LONGEST_SECONDS:
            raise wrong(f"{path} is longer than {LONGEST_SECONDS:g} seconds", remedy="Cut it, or say less")
        sound = read_sound(path)
    except InputError as error:
        if error.file != str(path):
            raise
        raise wrong(f"{path}: {error.problem}", remedy=error.remedy) from error
    except (OSError, RuntimeError) as error:
        remedy = "Give a WAV or FLAC file"
        raise wrong(f"{path} can't be read as sound ({error})", remedy=remedy) from error
    if float(np.abs(sound).max(initial=0.0)) < _SILENT:
        raise wrong(f"{path} is silent", remedy="Record it again, louder, or leave out the clip")
    shaped = shaping.shape(sound)
    shaped.setflags(write=False)
    return shaped
