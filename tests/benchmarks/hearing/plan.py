"""Which trials a measurement is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.programme.commands import Command, CommandSet
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.held_out import held_out_voices
from tests.benchmarks.hearing.manifest import Recorded, of_corpora
from tests.benchmarks.hearing.phrases import wanted_phrases
from tests.benchmarks.hearing.sets import SETS
from tests.benchmarks.hearing.treatment import QUIET_DB
from tests.benchmarks.hearing.trials import (
    OURS,
    ClipTrial,
    NothingTrial,
    Place,
    Rule,
    Said,
    Source,
    Synthetic,
    System,
    TalkTrial,
    Trial,
    Wanted,
)

SNRS_DB = (12.0, 6.0)
ECHOES_DB = (0.0, 6.0, 12.0)
COACH_ECHO_DB = 6.0

UTTERANCES_PER_COMMAND = 50
UTTERANCES_PER_SAFETY_COMMAND = 80
UTTERANCES_PER_COMMAND_OVER_COACH = 5
COACH_TALKS, COACH_TALK_SECONDS = 30, 60.0
EXPLANATIONS = (
    "I can't do this any more",
    "that is far too much for me",
    "somebody is at the door",
    "I need to fetch a towel",
    "the dog has come in",
)
"""What is said after a safety command in the same breath."""

SAID_PER_TALK = 16
"""Clips said over the coach in one room: the canceller learns it once for all of them."""

_Item = TypeVar("_Item")
_Clip = tuple[Recorded | Synthetic, Wanted]


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to measure with."""

    commands: CommandSet
    recordings: tuple[Recorded, ...]
    systems: tuple[System, ...]
    """Who hears clips of which others than we can make something."""
    limit: int | None = None
    """Clips of a condition, at most; taken evenly from all of them."""


def plan_trials(material: Material, sets: Sequence[str]) -> list[Trial]:
    """Return the trials of some sets, in the order of SETS."""
    planners: dict[str, Callable[[Material], list[Trial]]] = {
        "keywords": _keywords,
        "words": _words,
        "digits": _digits,
        "commands": _commands,
        "safety": _safety,
        "orders": lambda material: _nothing(material, "orders"),
        "noise": lambda material: _nothing(material, "noise"),
        "coach": _coach,
        "over_coach": _over_coach,
    }
    return [trial for name in SETS if name in sets for trial in planners[name](material)]


def evenly(items: Sequence[_Item], limit: int | None) -> list[_Item]:
    """Take every k-th item, so that there are at most `limit`."""
    step = 1 if limit is None else max(-(-len(items) // limit), 1)
    return list(items[::step])


def synthetic_clips(
    commands: CommandSet, command: Command, context: str | None, rule: Rule, count: int
) -> list[_Clip]:
    """Have a command said at least so often in held-out voices, each of its phrases in turn."""
    phrases = wanted_phrases(commands, command, context, rule)
    times = -(-count // max(len(phrases), 1))
    # All of them where there are more phrases than that.
    said = (phrases * times)[: max(count, len(phrases))]
    voices = held_out_voices(chance_of("voices", command.name))
    return [(Synthetic(wanted.text, voice), wanted) for wanted, voice in zip(said, voices, strict=False)]


def _recorded_clips(material: Material, name: str) -> list[_Clip]:
    found = of_corpora(material.recordings, name)
    return [(recorded, Wanted("text", recorded.text)) for recorded in evenly(found, material.limit)]


def _noise(material: Material) -> Recorded | None:
    noises = of_corpora(material.recordings, "noise")
    return noises[0] if noises else None


def _clean(
    material: Material, clips: Sequence[_Clip], place: Place, grammar: str, context: str | None = None
) -> list[Trial]:
    return [ClipTrial(place, material.systems, grammar, context, source, wanted) for source, wanted in clips]


def _noisy(
    material: Material,
    clips: Sequence[_Clip],
    snr_db: float,
    name: str,
    grammar: str,
    context: str | None = None,
    systems: tuple[System, ...] = OURS,
) -> list[Trial]:
    noise = _noise(material)
    if noise is None:
        return []
    place = Place(name, f"{noise.file.stem} {snr_db:g} dB")
    return [
        ClipTrial(place, systems, grammar, context, source, wanted, noise.file, snr_db)
        for source, wanted in clips
    ]


def _quiet(material: Material, clips: Sequence[_Clip], name: str) -> list[Trial]:
    place = Place(name, "quiet")
    return [
        ClipTrial(place, material.systems, name, None, source, wanted, gain_db=QUIET_DB)
        for source, wanted in clips
    ]


def _keywords(material: Material) -> list[Trial]:
    clips = _recorded_clips(material, "keywords")
    trials = _clean(material, clips, Place("keywords", "clean"), "keywords")
    for snr_db in SNRS_DB:
        trials += _noisy(material, clips, snr_db, "keywords", "keywords", systems=material.systems)
    return trials + _quiet(material, clips, "keywords")


def _words(material: Material) -> list[Trial]:
    clips = _recorded_clips(material, "words")
    return _clean(material, clips, Place("words", "clean"), "words") + _quiet(material, clips, "words")


def _digits(material: Material) -> list[Trial]:
    clips = _recorded_clips(material, "digits")
    asked = _clean(material, clips, Place("digits", "asked"), "digits", "asked_number")
    return asked + _clean(material, clips, Place("digits", "all commands"), "digits")


def _commands(material: Material) -> list[Trial]:
    clips = [
        (command.name, clip)
        for command in material.commands.commands
        for clip in synthetic_clips(material.commands, command, None, "command", UTTERANCES_PER_COMMAND)
    ]
    return [
        ClipTrial(Place("commands", "clean", name), material.systems, "commands", None, source, wanted)
        for name, (source, wanted) in evenly(clips, material.limit)
    ]


def _safety(material: Material) -> list[Trial]:
    safety = [command for command in material.commands.commands if command.safety]
    clips = evenly(
        [
            clip
            for command in safety
            for clip in synthetic_clips(
                material.commands, command, "moving", "safety", UTTERANCES_PER_SAFETY_COMMAND
            )
        ],
        material.limit,
    )
    quiet: list[Trial] = [
        ClipTrial(Place("safety", condition), OURS, "commands", "moving", worded(source), wanted)
        for condition, worded in (("clean", _once), ("three times", _thrice), ("then talk", _then_talk))
        for source, wanted in clips
    ]
    noisy = _noisy(material, clips, SNRS_DB[-1], "safety", "commands", "moving")
    return quiet + noisy + _talks(clips, COACH_ECHO_DB, "safety", "", "commands", "moving")


def _once(source: Source) -> Source:
    return source


def _thrice(source: Source) -> Source:
    """Have it said three times in one breath, as a frightened person does."""
    assert isinstance(source, Synthetic)
    return replace(source, text=" ".join([source.text] * 3))


def _then_talk(source: Source) -> Source:
    """Have more said in the same breath, as a person who explains themselves does."""
    assert isinstance(source, Synthetic)
    chance = chance_of("talk after it", source.text, source.voice.name)
    return replace(source, text=f"{source.text} {EXPLANATIONS[chance.integers(len(EXPLANATIONS))]}")


def _nothing(material: Material, name: str) -> list[Trial]:
    found = evenly(of_corpora(material.recordings, name), material.limit)
    return [NothingTrial(Place(name, "moving"), "moving", tuple(found))] if found else []


def _coach(material: Material) -> list[Trial]:
    return [
        TalkTrial(
            Place("coach", "moving"), "commands", "moving", number, COACH_ECHO_DB, seconds=COACH_TALK_SECONDS
        )
        for number in evenly(range(COACH_TALKS), material.limit)
    ]


def _over_coach(material: Material) -> list[Trial]:
    people = _recorded_clips(material, "keywords")
    synthetic: list[_Clip] = []
    for command in material.commands.commands:
        clips = synthetic_clips(material.commands, command, None, "command", UTTERANCES_PER_COMMAND)
        order = chance_of("over coach", command.name).permutation(len(clips))
        synthetic += [clips[i] for i in order[:UTTERANCES_PER_COMMAND_OVER_COACH]]
    synthetic = evenly(synthetic, material.limit)
    trials: list[Trial] = []
    for echo_db in ECHOES_DB:
        trials += _talks(people, echo_db, "over_coach", "keywords: ", "keywords", None)
    for echo_db in ECHOES_DB:
        trials += _talks(synthetic, echo_db, "over_coach", "commands: ", "commands", None)
    return trials


def _talks(
    clips: Sequence[_Clip], echo_db: float, name: str, what: str, grammar: str, context: str | None
) -> list[Trial]:
    place = Place(name, f"{what}echo {echo_db:+g} dB")
    talks = -(-len(clips) // SAID_PER_TALK)
    return [
        TalkTrial(
            place,
            grammar,
            context,
            number,
            echo_db,
            # Dealt out, so that neighbours in the list are not said in the same room.
            tuple(Said(source, wanted) for source, wanted in clips[number::talks]),
        )
        for number in range(talks)
    ]
