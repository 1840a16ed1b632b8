"""How soon the coach gives way to a voice, and how often to nobody.

Run by hand: `PYTHONPATH=.:models .venv/bin/python -m tests.benchmarks.giving_way [DATA...]`, with folders of
recordings as for `./run bench hearing`; without one, only synthetic voices speak over the coach, and there is
no noise. Nothing is recognized, so nothing is dismissed either.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.hearing.echo.convolution import PartitionedFilter
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.voice_activity import SileroDetector
from assistant.library.session import load_voice
from assistant.places import cache_folder, shipped
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, read_sound
from assistant.speaking.giving_way import GivingWay
from assistant.speaking.rendering import Pyttsx3Renderer
from tests.benchmarks.hearing.ears import Ears, Setup
from tests.benchmarks.hearing.manifest import read_recordings
from tests.benchmarks.hearing.measure import PHRASE_CORPORA, of_corpora, with_texts
from tests.benchmarks.hearing.plan import Material, plan_trials
from tests.benchmarks.hearing.sets import SETS
from tests.benchmarks.hearing.talk import Talk, nobody_talks
from tests.benchmarks.hearing.treatment import at_level, frame_powers
from tests.benchmarks.hearing.trials import OURS, NothingTrial, TalkTrial
from tests.stand_ins import ScriptedRecognizer

CLIPS, TALKS = 32, 30
BEGUN_DB = 20.0
"""A voice has begun with the first 20 ms that are at most so much weaker than its loudest."""

LATEST_SECONDS = 0.13
"""20 ms later the coach is down."""


def main() -> None:
    """Measure and print."""
    folders = [Path(folder) for folder in sys.argv[1:]]
    pack = load_voice(str(shipped("voices") / "en"))
    corpora = {name for one in ("over_coach", "noise") for name in (*SETS[one].corpora, *SETS[one].besides)}
    recordings = of_corpora([one for folder in folders for one in read_recordings(folder)], *corpora)
    material = Material(pack.commands, tuple(recordings), OURS, CLIPS)
    grammars = {name: with_texts(pack.commands, of_corpora(recordings, name)) for name in PHRASE_CORPORA}
    setup = Setup(find_model(None), pack, {"commands": pack.commands, **grammars}, cache_folder())
    vocabulary = Matcher(pack.commands)
    seconds: list[float] = []
    with Pyttsx3Renderer() as renderer:
        ears = Ears(setup, renderer)
        for trial in plan_trials(material, ("over_coach",)):
            assert isinstance(trial, TalkTrial)
            if trial.gives_way:
                talk, near = ears.talk_of(trial)
                spoken_to = _follow(talk, vocabulary)
                for one, (start, end) in zip(near, talk.near, strict=True):
                    within = spoken_to[round((start + _begins(one.samples)) * SAMPLE_RATE / BLOCK) :]
                    noticed = np.flatnonzero(within[: round((end - start) * SAMPLE_RATE / BLOCK)])
                    seconds.append(noticed[0] * BLOCK / SAMPLE_RATE if noticed.size else np.inf)
        alone = plan_trials(Material(pack.commands, (), OURS, TALKS), ("coach",))
        talks = [ears.talk_of(trial)[0] for trial in alone if isinstance(trial, TalkTrial)]
    soon = np.mean(np.asarray(seconds) <= LATEST_SECONDS)
    sys.stdout.write(
        f"{len(seconds)} words over the coach: noticed after {np.median(seconds):.2f} s (median), "
        f"within {LATEST_SECONDS} s {soon:.2f} of them, never {int(np.isinf(seconds).sum())}\n"
    )
    _tell("the coach alone", talks, vocabulary)
    noises = [
        nobody_talks(at_level(read_sound(one.file)[: trial.most], trial.level_db))
        for trial in plan_trials(material, ("noise",))
        if isinstance(trial, NothingTrial) and trial.level_db is not None
        if trial.place.condition == "moving" and trial.under is None
        for one in trial.recordings
    ]
    _tell("kitchens and household sounds", noises, vocabulary)


def _tell(what: str, talks: Sequence[Talk], vocabulary: Matcher) -> None:
    times, minutes = 0, 0.0
    for talk in talks:
        spoken_to = _follow(talk, vocabulary)
        times += int(np.sum(np.diff(spoken_to.astype(int), prepend=0) > 0))
        minutes += talk.far.size / SAMPLE_RATE / 60
    sys.stdout.write(f"{what}, {minutes:.1f} minutes: gave way {times} times\n")


def _follow(talk: Talk, vocabulary: Matcher) -> npt.NDArray[np.bool_]:
    """Return for each block whether somebody seems to speak."""
    canceller, detector = DelayTrackingCanceller(), SileroDetector()
    listener = Listener(ScriptedRecognizer([]), vocabulary, canceller, detector=detector)
    way, echo = GivingWay(), PartitionedFilter(talk.path)
    told: list[bool] = []
    for at in range(0, talk.far.size, BLOCK):
        way.lowered = listener.is_spoken_to
        far = way.process(talk.far[at : at + BLOCK])
        mic = np.clip(echo.process(far) + talk.others[at : at + BLOCK], -1.0, 1.0)
        listener.hear(mic, far, "moving")
        told.append(listener.is_spoken_to)
    return np.asarray(told)


def _begins(clip: Samples) -> float:
    powers = frame_powers(clip)
    return float(np.argmax(powers > powers.max(initial=0.0) * 10 ** (-BEGUN_DB / 10))) * 0.02


if __name__ == "__main__":
    main()
