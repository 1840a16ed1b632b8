"""Which trials a measurement is made of."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from assistant.programme.voice import VoicePack
from tests.benchmarks.hearing.held_out import VARIANTS
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.phrases import wanted_phrases
from tests.benchmarks.hearing.plan import (
    COACH_ECHO_DB,
    EXPLANATIONS,
    SAID_PER_TALK,
    Material,
    evenly,
    plan_trials,
)
from tests.benchmarks.hearing.sets import SETS
from tests.benchmarks.hearing.trials import OURS, ClipTrial, NothingTrial, Source, Synthetic, TalkTrial, Trial


def _recorded(name: str, count: int) -> list[Recorded]:
    return [
        Recorded(name, f"{name}/{i}", Path(f"{name}/{i}.flac"), "computer", "m", i + 1) for i in range(count)
    ]


RECORDINGS = tuple(
    chain.from_iterable(
        _recorded(name, count)
        for name, count in (("keywords", 40), ("words", 5), ("digits", 5), ("orders", 3), ("noise", 1))
    )
)


@pytest.fixture(scope="module")
def trials(pack: VoicePack) -> list[Trial]:
    """A whole measurement, both systems."""
    return plan_trials(Material(pack.commands, RECORDINGS, (*OURS, "pocketsphinx")), tuple(SETS))


def _of(trials: list[Trial], name: str, condition: str = "") -> list[Trial]:
    return [
        trial
        for trial in trials
        if trial.place.set == name and (not condition or trial.place.condition == condition)
    ]


def _sources(trials: list[Trial]) -> list[Source]:
    found: list[Source] = []
    for trial in trials:
        match trial:
            case ClipTrial():
                found.append(trial.source)
            case TalkTrial():
                found += [said.source for said in trial.said]
            case NothingTrial():
                found += trial.recordings
    return found


def test_every_condition_is_there(trials: list[Trial]) -> None:
    """Of each set."""
    rows = dict.fromkeys((trial.place.set, trial.place.condition) for trial in trials)
    conditions = {name: [condition for of, condition in rows if of == name] for name in SETS}
    assert conditions == {
        "keywords": ["clean", "0 12 dB", "0 6 dB", "quiet"],
        "words": ["clean", "quiet"],
        "digits": ["asked", "all commands"],
        "commands": ["clean"],
        "safety": ["clean", "three times", "then talk", "0 6 dB", "echo +6 dB"],
        "orders": ["moving"],
        "noise": ["moving"],
        "coach": ["moving"],
        "over_coach": [
            *(f"keywords: echo {echo} dB" for echo in ("+0", "+6", "+12")),
            *(f"commands: echo {echo} dB" for echo in ("+0", "+6", "+12")),
        ],
    }


def test_pocketsphinx_hears_the_same_clips(trials: list[Trial]) -> None:
    """Those of recordings and of commands; the rest is about our own way of listening."""
    compared = {"keywords", "words", "digits", "commands"}
    for trial in trials:
        if isinstance(trial, ClipTrial):
            assert trial.systems == ((*OURS, "pocketsphinx") if trial.place.set in compared else OURS)


def test_asked_digits_are_answers_to_a_question_for_a_number(trials: list[Trial]) -> None:
    """And then again anything at all may be said."""
    digits = [trial for trial in _of(trials, "digits") if isinstance(trial, ClipTrial)]
    contexts = {(trial.place.condition, trial.context) for trial in digits}
    assert contexts == {("asked", "asked_number"), ("all commands", None)}


def test_every_phrase_of_every_command_is_said(trials: list[Trial], pack: VoicePack) -> None:
    """And every command fifty times at least, in many voices."""
    clips = [trial for trial in _of(trials, "commands") if isinstance(trial, ClipTrial)]
    counts = Counter(trial.wanted.command for trial in clips)
    for command in pack.commands.commands:
        assert counts[command.name] >= 50
        phrases = {wanted.text for wanted in wanted_phrases(pack.commands, command, None, "command")}
        assert {trial.wanted.text for trial in clips if trial.wanted.command == command.name} == phrases
        assert all(
            trial.place.detail == command.name for trial in clips if trial.wanted.command == command.name
        )


def test_safety_is_measured_300_times_while_moving(trials: list[Trial], pack: VoicePack) -> None:
    """Each time the same, without and with noise and echo."""
    names = {command.name for command in pack.commands.commands if command.safety}
    for condition in ("clean", "0 6 dB", "echo +6 dB"):
        of = _of(trials, "safety", condition)
        assert len(_sources(of)) >= 300
        assert set(_sources(of)) == set(_sources(_of(trials, "safety", "clean")))
        for trial in of:
            assert not isinstance(trial, NothingTrial)
            assert trial.context == "moving"
            wanted = [trial.wanted] if isinstance(trial, ClipTrial) else [said.wanted for said in trial.said]
            assert {(one.rule, one.command in names) for one in wanted} == {("safety", True)}


@pytest.mark.parametrize("condition", ["three times", "then talk"])
def test_safety_is_measured_said_again_and_again_and_explained(trials: list[Trial], condition: str) -> None:
    """By the same voices, in one breath."""
    once, more = (
        [source for source in _sources(_of(trials, "safety", of)) if isinstance(source, Synthetic)]
        for of in ("clean", condition)
    )
    assert [source.voice for source in more] == [source.voice for source in once]
    said = {after.text.removeprefix(f"{before.text} ") for before, after in zip(once, more, strict=True)}
    if condition == "then talk":
        assert said == set(EXPLANATIONS)
    else:
        assert said == {f"{source.text} {source.text}" for source in once}


def test_only_held_out_voices_speak(trials: list[Trial]) -> None:
    """To the coach; its own voice is another matter."""
    voices = {source.voice.name for source in _sources(trials) if isinstance(source, Synthetic)}
    assert {voice.partition("+")[2] for voice in voices} == set(VARIANTS)


def test_the_coach_talks_for_half_an_hour_in_many_rooms(trials: list[Trial]) -> None:
    """Each room another."""
    talks = [trial for trial in _of(trials, "coach") if isinstance(trial, TalkTrial)]
    assert sum(talk.seconds for talk in talks) == 1800
    assert len({talk.number for talk in talks}) == len(talks) > 10
    assert {(talk.echo_db, talk.said, talk.context) for talk in talks} == {(COACH_ECHO_DB, (), "moving")}


def test_clips_over_the_coach_are_dealt_out_to_rooms(trials: list[Trial]) -> None:
    """Every one once for each echo, few in a room, neighbours apart."""
    talks = [
        trial for trial in _of(trials, "over_coach", "keywords: echo +6 dB") if isinstance(trial, TalkTrial)
    ]
    names = [[said.source.name for said in talk.said] for talk in talks]
    assert sorted(chain.from_iterable(names)) == sorted(one.name for one in _recorded("keywords", 40))
    assert max(map(len, names)) <= SAID_PER_TALK
    assert names[0][:2] == ["keywords/0", "keywords/3"]


def test_a_limit_takes_clips_evenly(pack: VoicePack) -> None:
    """From the whole set, never more than the limit."""
    assert evenly(range(10), 4) == [0, 3, 6, 9]
    assert evenly(range(10), 10) == evenly(range(10), None) == list(range(10))
    limited = plan_trials(Material(pack.commands, RECORDINGS, OURS, 4), tuple(SETS))
    counts = Counter(
        (trial.place.set, trial.place.condition) for trial in limited for _ in _sources([trial]) or (None,)
    )
    assert max(counts.values()) <= 4
    assert len(counts) == 23


def test_without_noise_nothing_is_tried_in_noise(pack: VoicePack) -> None:
    """The rest is."""
    trials = plan_trials(Material(pack.commands, (), OURS, 4), tuple(SETS))
    rows = {(trial.place.set, trial.place.condition) for trial in trials}
    assert {name for name, _ in rows} == {"commands", "safety", "coach", "over_coach"}
    assert ("safety", "clean") in rows
    assert not any(isinstance(trial, ClipTrial) and trial.noise for trial in trials)


def test_a_plan_is_the_same_each_time(trials: list[Trial], pack: VoicePack) -> None:
    """Voices, rooms and all."""
    again = plan_trials(Material(pack.commands, RECORDINGS, (*OURS, "pocketsphinx")), tuple(SETS))
    assert again == trials
