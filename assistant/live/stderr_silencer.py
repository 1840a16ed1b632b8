"""Silencing what C libraries write to standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator


@contextlib.contextmanager
def silent_stderr() -> Generator[None]:
    """Drop what PortAudio and ALSA write to standard error; what Python writes there still comes out.

    They report there what they also return, a page of it for each device, and it would break the screen.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    before = sys.stderr
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        sys.stderr = os.fdopen(os.dup(kept), "w", encoding=before.encoding or "utf-8", errors="replace")
        yield
    finally:
        ours, sys.stderr = sys.stderr, before
        if ours is not before:
            ours.close()
        os.dup2(kept, 2)
        os.close(kept)
