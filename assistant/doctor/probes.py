"""Looking at one thing after another, each within its time, whatever goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from assistant.errors import AssistantError

USUAL_SECONDS = 10.0
"""How long looking at one thing may take where nothing else is said; chosen."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of looking at one thing."""

    what: str
    ok: bool
    said: str
    """What was found, or what is wrong, in a sentence or less."""
    paste: str | None = None
    """The line that puts it right; None where nothing is wrong."""


class ProbeError(Exception):
    """Raised when something is wrong.

    Args:
        said: What is wrong.
        paste: The line that puts it right.
    """

    def __init__(self, said: str, paste: str) -> None:
        super().__init__(said)
        self.said = said
        self.paste = paste


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing to look at."""

    what: str
    look: Callable[[], str]
    """Says what was found; raises `ProbeError` or `AssistantError` where something is wrong."""
    paste: str = "imprint doctor --json"
    """The line that helps where the error itself names none."""
    needs: str | None = None
    """Another thing: where that is wrong, looking at this one would say nothing new."""
    seconds: float = USUAL_SECONDS
    """After which it counts as stuck."""


def examine(probes: Sequence[Probe], stuck: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """Look at one thing after another and return what was found; nothing is ever raised.

    Args:
        probes: What to look at.
        stuck: Called when one of them did not end in time; its thread is left behind.
    """
    wrong: set[str] = set()
    for probe in probes:
        if probe.needs in wrong:
            wrong.add(probe.what)
            continue
        finding = _within_time(probe, stuck)
        if not finding.ok:
            wrong.add(probe.what)
        yield finding


def _within_time(probe: Probe, stuck: Callable[[], None]) -> Finding:
    answer: Future[Finding] = Future()
    # A daemon, because a device that hangs must not keep the program from ending.
    thread = threading.Thread(target=lambda: answer.set_result(_looked(probe)), daemon=True)
    thread.start()
    try:
        return answer.result(probe.seconds)
    except TimeoutError:
        stuck()
        return Finding(probe.what, False, f"no answer within {probe.seconds:g} seconds", probe.paste)


def _looked(probe: Probe) -> Finding:
    try:
        return Finding(probe.what, True, probe.look())
    except ProbeError as error:
        return Finding(probe.what, False, error.said, error.paste)
    except AssistantError as error:
        return Finding(probe.what, False, str(error), probe.paste)
    except BaseException as error:
        # Whatever a broken library comes up with, the person is told and the next thing is looked at.
        return Finding(probe.what, False, f"{type(error).__name__}: {error}".rstrip(": "), probe.paste)
