"""Sharing trials out between processes; how they are shared changes nothing in what comes of them."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from assistant.errors import AssistantError
from assistant.speaking.rendering import Pyttsx3Renderer
from tests.benchmarks.hearing.ears import Ears, Setup
from tests.benchmarks.hearing.synthesizers import AllSynthesizers
from tests.benchmarks.hearing.trials import ClipTrial, Outcome, Trial, work

CLIPS_PER_CHUNK = 40

Progress = Callable[[float, float], None]
"""Called with how many seconds of sound are heard and how many there are, about."""

_ears: list[Ears] = []
"""This process's, once it has begun."""


def hear_trials(setup: Setup, trials: Sequence[Trial], jobs: int, progress: Progress) -> list[Outcome]:
    """Hear all trials and return what came of them, in their order.

    Args:
        setup: With what.
        trials: What is heard.
        jobs: How many processes share it; 1 is this one.
        progress: Called after each chunk.

    Raises:
        AssistantError: as `Ears` does, or a process ended.
    """
    parts = chunks(trials)
    outcomes: list[list[Outcome]] = [[] for _ in parts]
    done, total = 0.0, sum(map(work, trials))
    if jobs == 1:
        with Pyttsx3Renderer() as renderer:
            ears = Ears(setup, AllSynthesizers(renderer))
            for i, part in enumerate(parts):
                outcomes[i] = [outcome for trial in part for outcome in ears.hear(trial)]
                done += sum(map(work, part))
                progress(done, total)
        return [outcome for part in outcomes for outcome in part]
    # Spawned, because the speech engine must not be used on both sides of a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(setup,)) as pool:
        waiting = {pool.submit(_hear, part): i for i, part in enumerate(parts)}
        try:
            for future in as_completed(waiting):
                outcomes[waiting[future]] = future.result()
                done += sum(map(work, parts[waiting[future]]))
                progress(done, total)
        except BrokenProcessPool as error:
            raise AssistantError(
                "A process that was hearing has ended. Free some memory, or give a smaller --jobs."
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [outcome for part in outcomes for outcome in part]


def chunks(trials: Sequence[Trial]) -> list[list[Trial]]:
    """Cut trials into pieces that one process hears at a time: many clips, or one long trial."""
    parts: list[list[Trial]] = []
    for trial in trials:
        full = not parts or len(parts[-1]) == CLIPS_PER_CHUNK
        if full or not (isinstance(trial, ClipTrial) and isinstance(parts[-1][-1], ClipTrial)):
            parts.append([])
        parts[-1].append(trial)
    return parts


def _begin(setup: Setup) -> None:
    # Ctrl-C reaches every process of the terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _ears.append(Ears(setup, AllSynthesizers(Pyttsx3Renderer())))


def _hear(trials: Sequence[Trial]) -> list[Outcome]:
    return [outcome for trial in trials for outcome in _ears[0].hear(trial)]
