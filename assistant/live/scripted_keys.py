"""Keys that are pressed as a script says, for tests and rehearsals."""

from __future__ import annotations

from collections.abc import Iterable


class ScriptedKeys:
    """Keys from a script; by the number of looks, since a look carries no time.

    Args:
        script: Each key with how many looks come before the one that gives it.
    """

    def __init__(self, script: Iterable[tuple[int, str]]) -> None:
        self._script = list(script)
        self._looks = 0

    def read(self) -> list[str]:
        """Give the keys of this look."""
        pressed = [key for look, key in self._script if look == self._looks]
        self._looks += 1
        return pressed
