"""A measurement of hearing from beginning to end: what there is, what is tried, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.hearing.recognition.model import find_model
from assistant.library.session import load_voice
from assistant.places import cache_folder, shipped
from tests.benchmarks.hearing.ears import Setup
from tests.benchmarks.hearing.manifest import (
    PHRASE_CORPORA,
    Recorded,
    checked,
    of_corpora,
    read_recordings,
)
from tests.benchmarks.hearing.phrases import with_texts
from tests.benchmarks.hearing.plan import Material, plan_trials
from tests.benchmarks.hearing.processes import Progress, hear_trials
from tests.benchmarks.hearing.sets import SETS, WITHOUT_RECORDINGS
from tests.benchmarks.hearing.sphinx import is_installed
from tests.benchmarks.hearing.synthesizers import OTHER_VOICES, installed_voices
from tests.benchmarks.hearing.trials import OURS, Judged, Outcome


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be measured, and how."""

    data: tuple[Path, ...] = ()
    """Folders of recordings; none measure synthetic voices alone."""
    sets: tuple[str, ...] = ()
    """Names from SETS; none are all of them."""
    limit: int | None = None
    """Clips of a condition, at most."""
    jobs: int = 1
    """Processes that share the work."""
    model: Path | None = None
    """Folder of another model than the shipped one."""
    skip_broken: bool = False
    """Whether recordings that can't be heard are left out, each with a remark."""


def measure_hearing(wishes: Wishes, remark: Callable[[str], None], progress: Progress) -> list[Outcome]:
    """Hear everything that is wished for.

    Args:
        wishes: What, and how.
        remark: Called with a sentence about what can't be measured, before anything is.
        progress: Called with how much is done and how much there is.

    Raises:
        InputError: the recordings or a wish are wrong; it says which and what to do.
    """
    sets = _sets(wishes)
    model = find_model(wishes.model)
    pack = load_voice(str(shipped("voices") / "en"))
    corpora = {corpus for name in sets for corpus in (*SETS[name].corpora, *SETS[name].besides)}
    found = [recorded for folder in wishes.data for recorded in read_recordings(folder)]
    recordings = checked(of_corpora(found, *corpora), wishes.skip_broken, remark)
    for sentence in left_out(sets, recordings, bool(wishes.data)):
        remark(sentence)
    grammars = {name: with_texts(pack.commands, of_corpora(recordings, name)) for name in PHRASE_CORPORA}
    if not is_installed():
        remark("PocketSphinx is not installed, so it is not measured. ./run bench installs it.")
    others = installed_voices() if "sentences" in sets else ()
    if "sentences" in sets and (silent := [voice.name for voice in OTHER_VOICES if voice not in others]):
        remark(
            f"Measured without the voices {', '.join(silent)}: sentences. "
            "On Debian: sudo apt-get install flite festival festvox-kdlpc16k"
        )
    material = Material(
        pack.commands,
        recordings,
        (*OURS, "pocketsphinx") if is_installed() else OURS,
        wishes.limit,
        others,
    )
    trials = plan_trials(material, sets)
    if not trials:
        raise InputError(
            "there is nothing to measure in these recordings",
            remedy=f"Give recordings of: {', '.join(sets)}",
            file=", ".join(map(str, wishes.data)),
        )
    setup = Setup(model, pack, {"commands": pack.commands, **grammars}, cache_folder())
    return hear_trials(setup, trials, wishes.jobs, progress)


def left_out(sets: Sequence[str], recordings: Sequence[Recorded], given: bool) -> list[str]:
    """Say what of the sets can't be measured with these recordings."""
    there = {recorded.corpus for recorded in recordings}
    sentences: list[str] = []
    missing = [name for name in sets if SETS[name].corpora and there.isdisjoint(SETS[name].corpora)]
    if missing:
        why = "there are no recordings of them" if given else "they need recordings: give --data"
        sentences.append(f"Not measured: {', '.join(missing)}; {why}.")
    for name in sets:
        lacking = [one for one in (*SETS[name].corpora, *SETS[name].besides) if one not in there]
        if lacking and name not in missing:
            sentences.append(f"Measured without recordings of {', '.join(lacking)}: {name}.")
    return sentences


def error_lines(outcomes: Iterable[Outcome]) -> list[str]:
    """Return one JSON object, as a line, for each clip that was heard wrong."""
    return [
        json.dumps(
            {
                "set": outcome.place.set,
                "condition": outcome.place.condition,
                "system": outcome.system,
                "file": outcome.name,
                "said": outcome.said if isinstance(outcome, Judged) else None,
                "detail": outcome.place.detail,
                "heard": [found.text for found in outcome.heard],
                "commands": [found.command for found in outcome.heard],
            },
            ensure_ascii=False,
        )
        for outcome in outcomes
        if (not outcome.right if isinstance(outcome, Judged) else outcome.heard)
    ]


def _sets(wishes: Wishes) -> tuple[str, ...]:
    for name in wishes.sets:
        if name not in SETS:
            raise InputError(
                f"there is no set {name!r}", remedy=f"Use some of: {', '.join(SETS)}", field="--sets"
            )
    for name, value in (("--limit", wishes.limit), ("--jobs", wishes.jobs)):
        if value is not None and value < 1:
            raise InputError(f"{value} is too few", remedy="Give 1 or more", field=name)
    sets = wishes.sets or tuple(SETS)
    if not wishes.data and not set(sets) & set(WITHOUT_RECORDINGS):
        raise InputError(
            f"{', '.join(sets)} can only be measured on recordings",
            remedy=f"Give their folder with --data, or measure some of: {', '.join(WITHOUT_RECORDINGS)}",
            field="--sets",
        )
    return sets
