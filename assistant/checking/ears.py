"""Speaking sentences and hearing them as `imprint hear` does, shared out between processes."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.checking.spoken import Meaning, Trial
from assistant.errors import AssistantError
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.recordings import hear_recording
from assistant.hearing.verification import open_verifier
from assistant.hearing.voice_activity import SileroDetector
from assistant.programme.commands import CommandSet
from assistant.sound import SAMPLE_RATE
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Pyttsx3Renderer

_AT_A_TIME = 20
"""Trials that a process takes at once; those of a context stand together, so that it seldom loads another."""

_BEFORE_SECONDS, _AFTER_SECONDS = 0.3, 0.7
"""Silence around what is said. Chosen."""

Progress = Callable[[int, int], None]
"""Called with how many trials are heard and how many there are."""


@dataclass(frozen=True, slots=True)
class Setup:
    """With what is heard."""

    commands: CommandSet
    cache: Path
    jobs: int


class Ears:
    """Speaks and hears in one process."""

    def __init__(self, setup: Setup) -> None:
        self._model = find_model()
        self._recognizer = VoskRecognizer(self._model, setup.commands, setup.cache / "graphs")
        self._matcher = Matcher(setup.commands)
        self._verifier = open_verifier(self._model, setup.commands)
        # espeak-ng says nothing twice in quite the same way: once said, it is kept, so that a change of the
        # words is compared on the same sound.
        self._store = ClipStore(Pyttsx3Renderer(), setup.cache / "spoken")

    def hear(self, trial: Trial) -> list[Meaning]:
        """Return what is heard of one trial.

        Raises:
            AssistantError: it can't be said or heard.
        """
        clip = self._store.clip(" ".join(trial.words), trial.voice).samples
        around = (round(_BEFORE_SECONDS * SAMPLE_RATE), round(_AFTER_SECONDS * SAMPLE_RATE))
        heard = hear_recording(
            np.pad(clip, around),
            self._recognizer,
            self._matcher,
            trial.context,
            SileroDetector(),
            self._verifier,
        )
        return [Meaning(event.command, event.slots) for event in heard]


def hear_trials(
    setup: Setup, trials: Sequence[Trial], progress: Progress
) -> Iterator[tuple[Trial, list[Meaning]]]:
    """Say and hear trials; they come as they are done.

    Raises:
        AssistantError: something can't be said or heard, or a process ended.
    """
    parts = [trials[i : i + _AT_A_TIME] for i in range(0, len(trials), _AT_A_TIME)]
    # Spawned, because the speech engine must not be used on both sides of a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(setup.jobs, context, initializer=_begin, initargs=(setup,)) as pool:
        waiting = {pool.submit(_hear, part): part for part in parts}
        done = 0
        try:
            for future in as_completed(waiting):
                yield from zip(waiting[future], future.result(), strict=True)
                done += len(waiting[future])
                progress(done, len(trials))
        except BrokenProcessPool as error:
            raise AssistantError(
                "A process that was hearing has ended. Free some memory, or give a smaller --jobs."
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_ears: list[Ears] = []
"""This process's, once it has begun."""


def _begin(setup: Setup) -> None:
    # Ctrl-C reaches every process of the terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _ears.append(Ears(setup))


def _hear(trials: Sequence[Trial]) -> list[list[Meaning]]:
    return [_ears[0].hear(trial) for trial in trials]
