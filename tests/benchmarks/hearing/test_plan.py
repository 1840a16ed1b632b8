"""Which trials a measurement is made of."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.commands import CONTEXTS, NOTHING
from assistant.programme.voice import VoicePack
from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import SAMPLE_RATE
from assistant.speaking.rendering import Voice
from tests.benchmarks.hearing.expectations import BARS
from tests.benchmarks.hearing.held_out import VARIANTS
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.phrases import wanted_phrases
from tests.benchmarks.hearing.plan import (
    COACH_ECHO_DB,
    EXPLANATIONS,
    NOISE_SECONDS,
    SAID_PER_TALK,
    Material,
    evenly,
    plan_trials,
)
from tests.benchmarks.hearing.sentence_list import load_sentences
from tests.benchmarks.hearing.sets import SETS, WITHOUT_RECORDINGS
from tests.benchmarks.hearing.strained import MANNERS
from tests.benchmarks.hearing.synthesizers import ESPEAK_VOICES
from tests.benchmarks.hearing.trials import OURS, ClipTrial, NothingTrial, Source, Synthetic, TalkTrial, Trial


def _recorded(corpus: str, count: int, text: str = "computer", recorder: str = "") -> list[Recorded]:
    names = [f"{corpus}/{text}{recorder}{i}" for i in range(count)]
    return [
        Recorded(corpus, name, Path(f"{name}.flac"), text, "m", i + 1, recorder)
        for i, name in enumerate(names)
    ]


RECORDINGS = (
    *_recorded("keywords", 40),
    *_recorded("keywords", 3, "jarvis"),
    *_recorded("words", 5, "cat"),
    *_recorded("digits", 5, "one"),
    *_recorded("orders", 3),
    *_recorded("noise", 1, "kitchen"),
    *_recorded("kitchens", 2, recorder="K"),
    *_recorded("kitchens", 1, recorder="J2"),
    *_recorded("esc50", 2),
    *_recorded("esc10", 1),
    *_recorded("speech_commands", 20, "stop"),
    *_recorded("speech_commands", 5, "yes"),
    *_recorded("an4", 2, "help"),
    *_recorded("an4", 1, "stop one"),
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
    mixed = ["clean", "kitchens 12 dB", "kitchens 6 dB"]
    assert conditions == {
        "keywords": ["clean", "kitchen0 12 dB", "kitchen0 6 dB", "quiet"],
        "words": ["clean", "quiet"],
        "digits": ["asked", "all commands"],
        "never_learnt": mixed,
        "commands": ["clean"],
        "safety": ["clean", "three times", "then talk", "kitchen0 6 dB", "echo +6 dB"],
        "safety_people": mixed,
        "talk_around": ["clean"],
        "talk_in_room": [f"talk {below} dB below" for below in (36, 24, 12, 6)],
        "strained": [
            condition
            for manner in ("whispered", "breathless", "shouted", "groaned")
            for condition in (f"{manner}, coach silent", f"{manner}: echo +6 dB")
        ],
        "sentences": list(BARS),
        "near_words": list(CONTEXTS),
        "orders": ["moving", "moving, 12 dB below the person", "moving, 6 dB below the person"],
        "noise": [
            f"{context}{under}{talk}"
            for context in CONTEXTS
            for under in ("", " -11 dB")
            for talk in (": talk", "")
        ],
        "coach": ["moving"],
        "over_coach": [
            f"{what}: echo {echo} dB{how}"
            for what in ("keywords", "commands")
            for echo in ("+0", "+6", "+12")
            for how in ("", ", not giving way")
        ],
    }


def test_others_who_talk_are_softer_than_the_person_who_has_said_something(
    trials: list[Trial], pack: VoicePack
) -> None:
    """A command that the session takes, so that it knows how loud they are; only a session learns that."""
    others = [trial for trial in _of(trials, "orders") if isinstance(trial, NothingTrial)][1:]
    assert [trial.level_db for trial in others] == [SPEECH_DB - 12, SPEECH_DB - 6]
    for trial in others:
        assert trial.systems == ("imprint",)
        assert trial.first is not None
        (match,) = Matcher(pack.commands).match(trial.first.text.split(), "moving")
        assert not match.safety


def test_pocketsphinx_hears_the_same_clips(trials: list[Trial]) -> None:
    """Those of recordings and of commands; the rest is about our own way of listening."""
    compared = {"keywords", "words", "digits", "never_learnt", "commands"}
    for trial in trials:
        if isinstance(trial, ClipTrial):
            ours = OURS[:1] if trial.place.set == "talk_in_room" else OURS
            assert trial.systems == ((*OURS, "pocketsphinx") if trial.place.set in compared else ours)


def test_asked_digits_are_answers_to_a_question_for_a_number(trials: list[Trial]) -> None:
    """And then again anything at all may be said."""
    digits = [trial for trial in _of(trials, "digits") if isinstance(trial, ClipTrial)]
    contexts = {(trial.place.condition, trial.context) for trial in digits}
    assert contexts == {("asked", "asked_number"), ("all commands", None)}


def test_every_command_is_said_fifty_times(trials: list[Trial], pack: VoicePack) -> None:
    """In many voices: each of its phrases, or fifty that are spread over all of them."""
    clips = [trial for trial in _of(trials, "commands") if isinstance(trial, ClipTrial)]
    counts = Counter(trial.wanted.command for trial in clips)
    for command in pack.commands.commands:
        if command.name == NOTHING:
            assert counts[command.name] == 0
            continue
        phrases = {
            wanted.text
            for wanted in wanted_phrases(Matcher(pack.commands), pack.commands, command, None, "command")
        }
        said = {trial.wanted.text for trial in clips if trial.wanted.command == command.name}
        assert said <= phrases
        assert len(said) == len(phrases) if len(phrases) <= 50 else len(said) > 25
        assert counts[command.name] == 50
        assert all(
            trial.place.detail == command.name for trial in clips if trial.wanted.command == command.name
        )


def test_safety_is_measured_300_times_while_moving(trials: list[Trial], pack: VoicePack) -> None:
    """Each time the same, without and with noise and echo."""
    names = {command.name for command in pack.commands.commands if command.safety}
    for condition in ("clean", "kitchen0 6 dB", "echo +6 dB"):
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
    spoken = [source for source in _sources(trials) if isinstance(source, Synthetic)]
    voices = {source.voice.name for source in spoken if source.manner != "whispered"}
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
    assert sorted(chain.from_iterable(names)) == sorted(
        one.name for one in RECORDINGS if one.corpus == "keywords"
    )
    assert max(map(len, names)) <= SAID_PER_TALK
    assert names[0][:2] == ["keywords/computer0", "keywords/computer3"]


def test_a_limit_takes_clips_evenly(trials: list[Trial], pack: VoicePack) -> None:
    """From the whole set, never more than the limit of a condition."""
    assert evenly(range(10), 4) == [0, 3, 6, 9]
    assert evenly(range(10), 10) == evenly(range(10), None) == list(range(10))
    limited = plan_trials(Material(pack.commands, RECORDINGS, OURS, 4), tuple(SETS))
    # A command is no condition of its own, a kitchen is.
    counts = Counter(
        (place.set, place.condition, "" if place.set == "commands" else place.detail)
        for place, sources in ((trial.place, _sources([trial])) for trial in limited)
        for _ in sources or (None,)
    )
    assert max(counts.values()) <= 4
    noises = [trial for trial in limited if isinstance(trial, NothingTrial) and trial.place.set == "noise"]
    seconds = [(trial.most or 0) * len(trial.recordings) / SAMPLE_RATE for trial in noises]
    assert seconds == pytest.approx([4 * NOISE_SECONDS] * len(noises), abs=0.01)
    rows = ({(trial.place.set, trial.place.condition) for trial in some} for some in (limited, trials))
    assert next(rows) == next(rows)


def test_without_noise_nothing_is_tried_in_noise(pack: VoicePack) -> None:
    """The rest is."""
    trials = plan_trials(Material(pack.commands, (), OURS, 4), tuple(SETS))
    rows = {(trial.place.set, trial.place.condition) for trial in trials}
    assert {name for name, _ in rows} == set(WITHOUT_RECORDINGS)
    assert ("safety", "clean") in rows
    assert not any(isinstance(trial, ClipTrial) and trial.noise for trial in trials)


def test_a_plan_is_the_same_each_time(trials: list[Trial], pack: VoicePack) -> None:
    """Voices, rooms and all."""
    again = plan_trials(Material(pack.commands, RECORDINGS, (*OURS, "pocketsphinx")), tuple(SETS))
    assert again == trials


def _clips(trials: list[Trial], name: str) -> list[ClipTrial]:
    return [trial for trial in _of(trials, name) if isinstance(trial, ClipTrial)]


def test_each_kitchen_has_a_row_of_its_own(trials: list[Trial]) -> None:
    """The published one, and each recorder's."""
    noisy = [trial for trial in _clips(trials, "safety_people") if trial.noise]
    assert {trial.place.detail: len(trial.noise.files) for trial in noisy if trial.noise} == {
        "kitchen0": 1,
        "kitchen K": 2,
        "kitchen J2": 1,
    }


def test_words_that_were_never_learnt_are_listened_for_beside_the_commands(trials: list[Trial]) -> None:
    """Of the keywords these alone."""
    clips = _clips(trials, "never_learnt")
    assert {(trial.wanted.text, trial.grammar, trial.context) for trial in clips} == {
        ("jarvis", "keywords", None)
    }


def test_safety_words_of_people_end_the_movement(trials: list[Trial]) -> None:
    """Said alone; whichever safety command they are taken for."""
    clips = _clips(trials, "safety_people")
    assert {(trial.wanted.text, trial.wanted.rule) for trial in clips} == {
        ("stop", "ended"),
        ("help", "ended"),
    }
    assert {trial.context for trial in clips} == {"moving"}


def test_near_words_are_no_command_where_they_are_heard(trials: list[Trial]) -> None:
    """ "Yes" is none while moving, and an answer to a question; "stop" is one everywhere."""
    clips = _clips(trials, "near_words")
    said = {
        str(context): {one.wanted.text for one in clips if one.context == context} for context in CONTEXTS
    }
    assert said["moving"] == {"yes", "cat"}
    assert said["asked_yes_no"] == {"cat"}
    assert {trial.wanted.rule for trial in clips} == {"nothing"}


def test_noise_is_as_loud_as_a_person_and_softer_under_a_word(trials: list[Trial]) -> None:
    """In every context; the word is no command in any."""
    noises = [trial for trial in _of(trials, "noise") if isinstance(trial, NothingTrial)]
    assert {trial.level_db for trial in noises if not trial.under} == {SPEECH_DB}
    assert {trial.level_db for trial in noises if trial.under} == {SPEECH_DB - 11}
    for context in CONTEXTS:
        kinds = [trial.place.detail for trial in noises if trial.place.condition == context]
        assert kinds == ["kitchen0", "kitchen K", "kitchen J2", "household"]


def test_safety_phrases_stand_inside_other_talk(trials: list[Trial], pack: VoicePack) -> None:
    """Every sentence holds one, with a word before or after it, and six voices say each."""
    clips = _clips(trials, "talk_around")
    matcher = Matcher(pack.commands)
    said = Counter(trial.wanted.text for trial in clips)
    assert (len(said), set(said.values())) == (54, {6})
    for text in said:
        words = text.lower().split()
        parts = [words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
        whole = matcher.match(words, "moving")
        assert any(one.safety for part in parts for one in matcher.match(part, "moving")), text
        assert not (len(whole) == 1 and whole[0].last - whole[0].first + 1 == len(words)), text


def test_people_and_voices_say_safety_words_over_talk(trials: list[Trial]) -> None:
    """Thirty-two at each level, half of them people where there are so many."""
    clips = _clips(trials, "talk_in_room")
    for below_db in (36.0, 24.0, 12.0, 6.0):
        sources = [trial.source for trial in clips if trial.snr_db == below_db]
        people = [source for source in sources if isinstance(source, Recorded)]
        assert 28 <= len(sources) <= 32
        assert 10 <= len(people) <= 16


def test_the_same_words_are_said_under_every_strain(trials: list[Trial]) -> None:
    """In voices that fit it, beside a silent coach and one who talks."""
    for condition in ("{}, coach silent", "{}: echo +6 dB"):
        said = [_sources(_of(trials, "strained", condition.format(manner))) for manner in MANNERS]
        words = [sorted(one.text for one in of if isinstance(one, Synthetic)) for of in said]
        assert all(one == words[0] for one in words)
        assert 30 <= len(words[0]) <= 48


def test_sentences_are_said_by_every_voice_that_is_there(pack: VoicePack) -> None:
    """In their contexts, spelled as the voice needs it; a limit takes some of each voice."""
    flite = Voice("flite:slt", 160, 50)
    whole = plan_trials(Material(pack.commands, (), OURS, others=(flite,)), ("sentences",))
    clips = _clips(whole, "sentences")
    said = load_sentences()
    assert len(clips) == len(said) * (len(ESPEAK_VOICES) + 1)
    assert {(one.wanted.text, one.context) for one in clips} == {(one.text, one.context) for one in said}
    assert {one.wanted.rule for one in clips} == {"sentence"}
    assert {one.wanted.voice for one in clips} == {voice.name for voice in (*ESPEAK_VOICES, flite)}
    ow = [one.source for one in clips if one.wanted.text == "ow ow ow" and one.wanted.voice == flite.name]
    assert {one.text for one in ow if isinstance(one, Synthetic)} == {"aow aow aow"}
    some = _clips(plan_trials(Material(pack.commands, (), OURS, 40, (flite,)), ("sentences",)), "sentences")
    assert max(Counter(one.place.condition for one in some).values()) <= 40
    assert min(Counter(one.wanted.voice for one in some).values()) > 30
    assert len({one.wanted.text for one in some}) > 200
