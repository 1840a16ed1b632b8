"""Which trials a measurement is made of."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path
from typing import TypeVar

from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.commands import CONTEXTS, Command, CommandSet
from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import SAMPLE_RATE
from assistant.speaking.rendering import Voice
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.expectations import BARS
from tests.benchmarks.hearing.held_out import held_out_voices
from tests.benchmarks.hearing.manifest import Recorded, of_corpora
from tests.benchmarks.hearing.phrases import wanted_phrases
from tests.benchmarks.hearing.sentence_list import load_sentences
from tests.benchmarks.hearing.sets import KITCHENS, PEOPLE, SETS
from tests.benchmarks.hearing.strained import MANNERS, Manner, strained_voice
from tests.benchmarks.hearing.synthesizers import ESPEAK_VOICES, spelled
from tests.benchmarks.hearing.treatment import QUIET_DB
from tests.benchmarks.hearing.trials import (
    OURS,
    ClipTrial,
    Noise,
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

NEVER_LEARNT = ("jarvis", "snow boy")
"""Keywords that are in no training."""

SAFETY_WORDS_OF_PEOPLE = ("stop", "no", "help")
"""Those that people say in recordings; in a movement each ends it."""

TALK_AROUND = Path(__file__).with_name("talk_around.txt")
"""Sentences with a safety phrase inside other talk, one a line."""

VOICES_AROUND = 6

WORDS_IN_ROOM, TALK_BELOW_DB, TALK_AROUND_SECONDS = 32, (36.0, 24.0, 12.0, 6.0), 4.0
"""Safety words over people who talk in the room; how much softer these are; for how long before and after."""

UTTERANCES_PER_MANNER = 48

NOISE_SECONDS = 5.0
"""Of most recordings of noise."""

TALK = "talk"
"""What people say to others, as a kind of noise."""

UNDER_A_WORD_DB = -11.0
"""Noise under a spoken word, relative to it."""

NO_COMMAND, A_COMMAND = "computer", "how many left"
"""A word that is no command in any context, and a command that moves nothing."""

OTHERS_BELOW_DB = (12.0, 6.0)
"""How much softer than the person another is who talks in the room. Chosen: as those in TALK_BELOW_DB."""

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
    others: tuple[Voice, ...] = ()
    """Voices of other synthesizers than the product's, which say the sentences, too."""


def plan_trials(material: Material, sets: Sequence[str]) -> list[Trial]:
    """Return the trials of some sets, in the order of SETS."""
    planners: dict[str, Callable[[Material], list[Trial]]] = {
        "keywords": _keywords,
        "words": _words,
        "digits": _digits,
        "never_learnt": _never_learnt,
        "commands": _commands,
        "safety": _safety,
        "safety_people": _safety_people,
        "talk_around": _talk_around,
        "talk_in_room": _talk_in_room,
        "strained": _strained,
        "sentences": _sentences,
        "near_words": _near_words,
        "orders": _orders,
        "noise": _noise,
        "coach": _coach,
        "over_coach": _over_coach,
    }
    return [trial for name in SETS if name in sets for trial in planners[name](material)]


def evenly(items: Sequence[_Item], limit: int | None) -> list[_Item]:
    """Take every k-th item, so that there are at most `limit`."""
    step = 1 if limit is None else max(-(-len(items) // limit), 1)
    return list(items[::step])


def synthetic_clips(
    vocabulary: Matcher, commands: CommandSet, command: Command, context: str | None, rule: Rule, count: int
) -> list[_Clip]:
    """Have a command said so often in held-out voices, each of its phrases in turn, or some evenly."""
    phrases = evenly(wanted_phrases(vocabulary, commands, command, context, rule), count)
    times = -(-count // max(len(phrases), 1))
    said = (phrases * times)[:count]
    voices = held_out_voices(chance_of("voices", command.name))
    return [(Synthetic(wanted.text, voice), wanted) for wanted, voice in zip(said, voices, strict=False)]


def _recorded_clips(
    material: Material, corpora: Sequence[str], rule: Rule = "text", texts: Container[str] | None = None
) -> list[_Clip]:
    """Return recordings of some corpora, all of them or those of some texts."""
    found = of_corpora(material.recordings, *corpora)
    said = [recorded for recorded in found if texts is None or recorded.text in texts]
    return [(recorded, Wanted(rule, recorded.text)) for recorded in evenly(said, material.limit)]


def _clips(
    place: Place,
    clips: Sequence[_Clip],
    grammar: str,
    context: str | None,
    systems: tuple[System, ...] = OURS,
    noise: Noise | None = None,
    snr_db: float = 0.0,
) -> list[Trial]:
    return [
        ClipTrial(place, systems, grammar, context, source, wanted, noise, snr_db) for source, wanted in clips
    ]


def _kitchens(material: Material) -> list[Noise]:
    """Return the published kitchens, then those of each recorder."""
    return [
        Noise(kind, tuple(recorded.file for recorded in recordings))
        for kind, recordings in _by_kind(material, KITCHENS).items()
    ]


def _by_kind(material: Material, corpora: Sequence[str]) -> dict[str, list[Recorded]]:
    kinds: dict[str, list[Recorded]] = {}
    for recorded in of_corpora(material.recordings, *corpora):
        if recorded.corpus == "kitchens":
            kind = f"kitchen {recorded.recorder}".strip()
        elif recorded.corpus == "noise":
            kind = recorded.file.stem
        else:
            kind = TALK if recorded.corpus == "orders" else "household"
        kinds.setdefault(kind, []).append(recorded)
    return kinds


def _in_kitchen(
    material: Material,
    clips: Sequence[_Clip],
    snr_db: float,
    name: str,
    grammar: str,
    context: str | None = None,
    systems: tuple[System, ...] = OURS,
) -> list[Trial]:
    """Return trials in the first published kitchen."""
    published = of_corpora(material.recordings, "noise")
    if not published:
        return []
    kitchen = Noise(published[0].file.stem, (published[0].file,))
    place = Place(name, f"{kitchen.name} {snr_db:g} dB")
    return _clips(place, clips, grammar, context, systems, kitchen, snr_db)


def _in_all_kitchens(
    material: Material,
    clips: Sequence[_Clip],
    name: str,
    grammar: str,
    context: str | None,
    systems: tuple[System, ...] = OURS,
) -> list[Trial]:
    """Return trials in quiet and in each kitchen, which has a row of its own beside the one for all."""
    trials = _clips(Place(name, "clean"), clips, grammar, context, systems)
    for snr_db in SNRS_DB:
        for kitchen in _kitchens(material):
            place = Place(name, f"kitchens {snr_db:g} dB", kitchen.name)
            trials += _clips(place, clips, grammar, context, systems, kitchen, snr_db)
    return trials


def _quiet(material: Material, clips: Sequence[_Clip], name: str) -> list[Trial]:
    place = Place(name, "quiet")
    return [
        ClipTrial(place, material.systems, name, None, source, wanted, gain_db=QUIET_DB)
        for source, wanted in clips
    ]


def _keywords(material: Material) -> list[Trial]:
    clips = _recorded_clips(material, ["keywords"])
    trials = _clips(Place("keywords", "clean"), clips, "keywords", None, material.systems)
    for snr_db in SNRS_DB:
        trials += _in_kitchen(material, clips, snr_db, "keywords", "keywords", systems=material.systems)
    return trials + _quiet(material, clips, "keywords")


def _words(material: Material) -> list[Trial]:
    clips = _recorded_clips(material, ["words"])
    clean = _clips(Place("words", "clean"), clips, "words", None, material.systems)
    return clean + _quiet(material, clips, "words")


def _digits(material: Material) -> list[Trial]:
    clips = _recorded_clips(material, ["digits"])
    asked = _clips(Place("digits", "asked"), clips, "digits", "asked_number", material.systems)
    return asked + _clips(Place("digits", "all commands"), clips, "digits", None, material.systems)


def _never_learnt(material: Material) -> list[Trial]:
    clips = _recorded_clips(material, ["keywords"], texts=NEVER_LEARNT)
    return _in_all_kitchens(material, clips, "never_learnt", "keywords", None, material.systems)


def _commands(material: Material) -> list[Trial]:
    vocabulary, count = Matcher(material.commands), UTTERANCES_PER_COMMAND
    clips = [
        (command.name, clip)
        for command in material.commands.commands
        for clip in synthetic_clips(vocabulary, material.commands, command, None, "command", count)
    ]
    return [
        ClipTrial(Place("commands", "clean", name), material.systems, "commands", None, source, wanted)
        for name, (source, wanted) in evenly(clips, material.limit)
    ]


def _safety_clips(material: Material, rule: Rule, limit: int | None) -> list[_Clip]:
    """Have all safety commands said, each as often, and take so many of them evenly."""
    vocabulary, count = Matcher(material.commands), UTTERANCES_PER_SAFETY_COMMAND
    return evenly(
        [
            (source, replace(wanted, rule=rule))
            for command in material.commands.commands
            if command.safety
            for source, wanted in synthetic_clips(
                vocabulary, material.commands, command, "moving", "safety", count
            )
        ],
        limit,
    )


def _safety(material: Material) -> list[Trial]:
    clips = _safety_clips(material, "safety", material.limit)
    quiet = [
        trial
        for condition, worded in (("clean", _once), ("three times", _thrice), ("then talk", _then_talk))
        for trial in _clips(
            Place("safety", condition),
            [(worded(source), wanted) for source, wanted in clips],
            "commands",
            "moving",
        )
    ]
    noisy = _in_kitchen(material, clips, SNRS_DB[-1], "safety", "commands", "moving")
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


def _safety_people(material: Material) -> list[Trial]:
    clips = _recorded_clips(material, PEOPLE, "ended", SAFETY_WORDS_OF_PEOPLE)
    return _in_all_kitchens(material, clips, "safety_people", "commands", "moving")


def _talk_around(material: Material) -> list[Trial]:
    sentences = TALK_AROUND.read_text(encoding="utf-8").splitlines()
    voices = list(islice(held_out_voices(chance_of("talk around")), VOICES_AROUND))
    clips: list[_Clip] = [
        (Synthetic(text, voice), Wanted("ended", text)) for text in sentences for voice in voices
    ]
    return _clips(Place("talk_around", "clean"), evenly(clips, material.limit), "commands", "moving")


def _talk_in_room(material: Material) -> list[Trial]:
    files = tuple(recorded.file for recorded in of_corpora(material.recordings, "orders"))
    if not files:
        return []
    everybody = replace(material, limit=WORDS_IN_ROOM // 2)
    people = _recorded_clips(everybody, PEOPLE, "ended soon", SAFETY_WORDS_OF_PEOPLE)
    words = people + _safety_clips(material, "ended soon", WORDS_IN_ROOM - len(people))
    return [
        ClipTrial(
            Place("talk_in_room", f"talk {below_db:g} dB below"),
            ("imprint",),
            "commands",
            "moving",
            source,
            wanted,
            Noise(TALK, files),
            below_db,
            around_seconds=TALK_AROUND_SECONDS,
        )
        for below_db in TALK_BELOW_DB
        for source, wanted in evenly(words, material.limit)
    ]


def _strained(material: Material) -> list[Trial]:
    count = UTTERANCES_PER_MANNER if material.limit is None else min(UTTERANCES_PER_MANNER, material.limit)
    normal = _safety_clips(material, "ended", count)
    trials: list[Trial] = []
    for manner in MANNERS:
        clips = [(_strain(source, manner), wanted) for source, wanted in normal]
        trials += _clips(Place("strained", f"{manner}, coach silent"), clips, "commands", "moving")
        trials += _talks(clips, COACH_ECHO_DB, "strained", f"{manner}: ", "commands", "moving")
    return trials


def _strain(source: Source, manner: Manner) -> Source:
    assert isinstance(source, Synthetic)
    return replace(source, voice=strained_voice(manner, source.voice), manner=manner)


def _sentences(material: Material) -> list[Trial]:
    sentences = load_sentences()
    trials: list[Trial] = []
    for bar in BARS:
        clips = [
            (said, voice)
            for said in sentences
            if said.expectation.bar == bar
            for voice in (*ESPEAK_VOICES, *material.others)
        ]
        # Shuffled, so that a limit takes as much of each voice and of each meaning.
        order = chance_of("sentences", bar).permutation(len(clips))
        trials += [
            ClipTrial(
                Place("sentences", bar, f"{said.part}: {said.meaning}"),
                OURS,
                "commands",
                said.context,
                Synthetic(spelled(said.text, voice), voice),
                Wanted("sentence", said.text, expectation=said.expectation, voice=voice.name),
            )
            for said, voice in evenly([clips[int(i)] for i in order], material.limit)
        ]
    return trials


def _near_words(material: Material) -> list[Trial]:
    matcher = Matcher(material.commands)
    found = of_corpora(material.recordings, "speech_commands", "words")
    trials: list[Trial] = []
    for context in CONTEXTS:
        strange = [one for one in found if not matcher.match(one.text.split(), context)]
        clips = [(one, Wanted("nothing", one.text)) for one in evenly(strange, material.limit)]
        trials += _clips(Place("near_words", context), clips, "commands", context)
    return trials


def _orders(material: Material) -> list[Trial]:
    found = tuple(evenly(of_corpora(material.recordings, "orders"), material.limit))
    if not found:
        return []
    person = Synthetic(A_COMMAND, next(held_out_voices(chance_of("orders"))))
    return [
        NothingTrial(Place("orders", "moving"), "moving", found),
        *(
            NothingTrial(
                Place("orders", f"moving, {below_db:g} dB below the person"),
                "moving",
                found,
                SPEECH_DB - below_db,
                first=person,
                systems=("imprint",),
            )
            for below_db in OTHERS_BELOW_DB
        ),
    ]


def _noise(material: Material) -> list[Trial]:
    """Return each kind of noise in each context, as loud as a person, and under a word of one."""
    voice = next(held_out_voices(chance_of("noise")))
    word = Synthetic(NO_COMMAND, voice)
    levels = (("", 0.0, None), (f" {UNDER_A_WORD_DB:g} dB", UNDER_A_WORD_DB, word))
    kinds = _by_kind(material, SETS["noise"].corpora)
    trials: list[Trial] = []
    for context, (how, louder_db, under), kind in product(CONTEXTS, levels, kinds):
        some = tuple(evenly(kinds[kind], material.limit))
        # Of a single long recording, only as much is heard as so many clips have.
        most = material.limit and round(material.limit * NOISE_SECONDS / len(some) * SAMPLE_RATE)
        # People who talk are counted apart from things that sound.
        place = Place("noise", f"{context}{how}", kind)
        if kind == TALK:
            place = Place("noise", f"{context}{how}: {kind}")
        trials.append(NothingTrial(place, context, some, SPEECH_DB + louder_db, under, most))
    return trials


def _coach(material: Material) -> list[Trial]:
    return [
        TalkTrial(
            Place("coach", "moving"), "commands", "moving", number, COACH_ECHO_DB, seconds=COACH_TALK_SECONDS
        )
        for number in evenly(range(COACH_TALKS), material.limit)
    ]


def _over_coach(material: Material) -> list[Trial]:
    people = _recorded_clips(material, ["keywords"])
    synthetic: list[_Clip] = []
    vocabulary, count = Matcher(material.commands), UTTERANCES_PER_COMMAND
    for command in material.commands.commands:
        clips = synthetic_clips(vocabulary, material.commands, command, None, "command", count)
        order = chance_of("over coach", command.name).permutation(len(clips))
        synthetic += [clips[i] for i in order[:UTTERANCES_PER_COMMAND_OVER_COACH]]
    synthetic = evenly(synthetic, material.limit)
    trials: list[Trial] = []
    for (clips, what), echo_db in product(((people, "keywords"), (synthetic, "commands")), ECHOES_DB):
        talks = _talks(clips, echo_db, "over_coach", f"{what}: ", what, None)
        trials += talks
        for talk in talks:
            place = replace(talk.place, condition=f"{talk.place.condition}, not giving way")
            trials.append(replace(talk, place=place, gives_way=False))
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
