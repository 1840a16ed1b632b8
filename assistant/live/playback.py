"""Playing one sound to its end, outside of a session."""

from __future__ import annotations

import threading

from assistant.errors import AssistantError
from assistant.live.play_queue import PlayQueue
from assistant.live.streams import DeviceLoudspeaker
from assistant.sound import Samples

_START_SECONDS = 3.0
"""How long a loudspeaker may take to ask for its first samples. Chosen."""


def play_out(samples: Samples, wanted: str | None) -> None:
    """Play samples on a loudspeaker and return when they have been played.

    Args:
        samples: The sound.
        wanted: The device's number or name; None is the system's default.

    Raises:
        AssistantError: there is no such device, or it does not play.
    """
    queue, wake = PlayQueue(), threading.Event()
    queue.put(samples)
    loudspeaker = DeviceLoudspeaker(wanted, queue, wake)
    loudspeaker.open()
    if not wake.wait(_START_SECONDS):
        loudspeaker.close()
        raise AssistantError("The loudspeaker does not play. See `imprint devices`, and choose another.")
    loudspeaker.drain()
