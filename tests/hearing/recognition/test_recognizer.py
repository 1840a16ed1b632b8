from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.hearing.gain import AutomaticGain
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.recognizer import Utterance, VoskRecognizer
from assistant.hearing.recordings import hear_recording
from assistant.hearing.verification import open_verifier
from assistant.hearing.voice_activity import SileroDetector
from assistant.programme.commands import CommandSet
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, power_db

Say = Callable[..., Samples]
VOICES = ("en-us", "en-gb", "en-us+f3")


def blocks(samples: Samples) -> list[Samples]:
    whole = np.pad(samples, (0, -samples.size % BLOCK))
    return list(whole.reshape(-1, BLOCK))


def finals(utterances: list[Utterance]) -> list[str]:
    return [
        " ".join(word.text for word in utterance.words) for utterance in utterances if not utterance.partial
    ]


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize(
    ("text", "context", "command", "slots"),
    [
        ("stop", "moving", "stop", {}),
        ("my lower back hurts", "moving", "pain", {"where": "back"}),
        ("i feel dizzy", "resting", "red_flag", {"flag": "dizzy"}),
        ("how many left", "moving", "how_many_left", {}),
        ("too hard", "resting", "easier", {}),
        ("next exercise", "setup", "next_exercise", {}),
        ("carry on", "paused", "carry_on", {}),
        ("seven", "asked_number", "number", {"number": 7}),
        ("yes please", "asked_yes_no", "yes", {}),
        ("the other leg please", "asked_kind", None, {}),
        ("the joint", "asked_kind", "joint", {}),
    ],
)
def test_commands_are_heard_in_synthetic_voices(
    recognizer: VoskRecognizer,
    vocabulary: Matcher,
    model: ModelFolder,
    commands: CommandSet,
    say: Say,
    voice: str,
    text: str,
    context: str,
    command: str | None,
    slots: dict[str, str | int],
) -> None:
    verifier = open_verifier(model, commands)
    heard = hear_recording(say(text, voice), recognizer, vocabulary, context, SileroDetector(), verifier)
    if command is None:
        assert heard == []
        return
    (event,) = heard
    assert (event.command, event.slots) == (command, slots)
    assert event.start == pytest.approx(0.5, abs=0.25)
    assert event.start < event.end


def test_a_recording_may_hold_several_commands_of_any_context(
    recognizer: VoskRecognizer, vocabulary: Matcher, say: Say
) -> None:
    samples = np.concatenate([say("next set"), say("louder"), say("stop")])
    heard = hear_recording(samples, recognizer, vocabulary)
    assert [event.command for event in heard] == ["next_set", "louder", "stop"]
    assert hear_recording(samples, recognizer, vocabulary) == heard, "and the same every time"


def test_stop_is_heard_within_four_tenths_of_a_second(
    recognizer: VoskRecognizer, vocabulary: Matcher, say: Say
) -> None:
    samples = say("stop", after=1.5)
    end = samples.size / SAMPLE_RATE - 1.5
    listener = Listener(recognizer, vocabulary)
    silence = np.zeros(BLOCK, np.float32)
    for block in blocks(samples):
        if listener.hear(block, silence, "moving"):
            break
    recognizer.finish()
    assert listener.now - end < 0.4


@pytest.mark.parametrize("power", [-90.0, -60.0, -40.0])
def test_silence_and_hiss_are_no_words(recognizer: VoskRecognizer, vocabulary: Matcher, power: float) -> None:
    hiss = np.random.default_rng(1).normal(0, 10 ** (power / 20), 15 * SAMPLE_RATE)
    assert hear_recording(hiss.astype(np.float32), recognizer, vocabulary) == []
    assert hear_recording(np.zeros(5 * SAMPLE_RATE, np.float32), recognizer, vocabulary) == []


@pytest.mark.parametrize("quieter_db", [20, 30])
def test_quiet_speech_is_heard(
    recognizer: VoskRecognizer, vocabulary: Matcher, say: Say, quieter_db: float
) -> None:
    samples = say("how many left", "en-gb") * 10 ** (-quieter_db / 20)
    heard = hear_recording(samples.astype(np.float32), recognizer, vocabulary, "moving")
    assert [event.command for event in heard] == ["how_many_left"]


def test_words_spoken_across_a_switch_are_heard_at_their_time(recognizer: VoskRecognizer, say: Say) -> None:
    """The number begins while the recognizer still listens for a moving person."""
    samples = say("seven", before=1.0, after=1.2)
    heard: list[Utterance] = []
    recognizer.listen("moving")
    for i, block in enumerate(blocks(samples)):
        if i * BLOCK >= 1.2 * SAMPLE_RATE:
            recognizer.listen("asked_number")
        heard += recognizer.accept(block)
    heard += recognizer.finish()
    assert finals(heard) == ["seven"]
    (word,) = next(utterance.words for utterance in heard if not utterance.partial)
    assert word.start == pytest.approx(1.0, abs=0.15)


def test_an_utterance_that_is_ended_is_given_and_the_clock_goes_on(
    recognizer: VoskRecognizer, say: Say
) -> None:
    recognizer.listen("moving")
    heard: list[Utterance] = []
    first = say("next set", before=0.3, after=0.1)
    for block in blocks(first):
        heard += recognizer.accept(block)
    heard += recognizer.end()
    assert finals(heard) == ["next set"]
    recognizer.skip(2 * SAMPLE_RATE)
    for block in blocks(say("how many left", before=0.5, after=1.2)):
        heard += recognizer.accept(block)
    heard += recognizer.finish()
    assert finals(heard) == ["next set", "how many left"]
    begun = -(-first.size // BLOCK) * BLOCK / SAMPLE_RATE + 2
    last = [utterance for utterance in heard if not utterance.partial][-1]
    assert last.words[0].start == pytest.approx(begun + 0.5, abs=0.15)


def test_the_words_so_far_grow_until_the_utterance_ends(recognizer: VoskRecognizer, say: Say) -> None:
    recognizer.listen("moving")
    heard: list[Utterance] = []
    for block in blocks(say("how many left", after=1.2)):
        heard += recognizer.accept(block)
    heard += recognizer.finish()
    end = next(i for i, utterance in enumerate(heard) if not utterance.partial)
    texts = [" ".join(word.text for word in utterance.words) for utterance in heard[: end + 1]]
    assert texts[-1] == texts[-2] == "how many left"
    assert "how many" in texts
    # Of what it takes the first sound for, only what it stays with has a time worth keeping.
    (start,) = {said.words[0].start for said in heard if said.partial and said.words[0].text == "how"}
    assert start == pytest.approx(0.5, abs=0.2)


def test_a_cache_that_cannot_be_written_is_named(
    model: ModelFolder, commands: CommandSet, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file stands in the way")
    with pytest.raises(InputError, match="can't be kept") as raised:
        VoskRecognizer(model, commands, cache).prepare(["moving"])
    assert raised.value.file == str(cache)
    assert "IMPRINT_CACHE" in raised.value.remedy


def test_a_graph_in_the_cache_is_used_again_and_mended_when_damaged(
    model: ModelFolder, commands: CommandSet, tmp_path: Path
) -> None:
    VoskRecognizer(model, commands, tmp_path).prepare(["asked_kind"])
    (graph,) = tmp_path.glob("hearing/*/graph/HCLG.fst")
    before = graph.stat().st_ino, graph.read_bytes()
    VoskRecognizer(model, commands, tmp_path).prepare(["asked_kind"])
    assert graph.stat().st_ino == before[0]
    graph.write_bytes(before[1][:1000])
    VoskRecognizer(model, commands, tmp_path).prepare(["asked_kind"])
    assert graph.read_bytes() == before[1]
    assert [path.name for path in (tmp_path / "hearing").iterdir()] == [graph.parts[-3]]


def test_nothing_is_printed(
    recognizer: VoskRecognizer,
    model: ModelFolder,
    commands: CommandSet,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    fresh = VoskRecognizer(model, commands, tmp_path)
    fresh.listen("moving")
    fresh.accept(np.zeros(SAMPLE_RATE, np.float32))
    fresh.finish()
    assert capfd.readouterr() == ("", "")


def test_the_level_keeper_raises_quiet_speech_and_nothing_else() -> None:
    random = np.random.default_rng(0)

    def level_after(db: float, floor_db: float = -75.0) -> float:
        keeper = AutomaticGain()
        last = np.zeros(0, np.float32)
        for i in range(200):
            power = db if i % 20 < 10 else floor_db
            block = random.normal(0, 10 ** (power / 20), 768).astype(np.float32)
            keeper.follow(block)
            out = keeper.process(block)
            if i % 20 < 10:
                last = out
        return power_db(last)

    assert level_after(-20) == pytest.approx(-20, abs=0.5)
    assert level_after(-45) == pytest.approx(-30, abs=3)
    assert level_after(-70) < -60, "what hardly stands out from the room is no speech"
    assert level_after(-45, floor_db=-58) == pytest.approx(-45, abs=0.5), "a noisy room stays so"


def test_an_utterance_that_is_weighed_goes_on(recognizer: VoskRecognizer, say: Say) -> None:
    """What has been said so far is given with probabilities, and the end is heard together with it."""
    recognizer.listen("moving")
    said = blocks(say("how many left", "en-us"))
    weighed: list[Utterance] = []
    heard: list[Utterance] = []
    for i, block in enumerate(said):
        heard += recognizer.accept(block)
        if i % 25 == 24 and (utterance := recognizer.weigh()) is not None:
            weighed.append(utterance)
    heard += recognizer.finish()
    assert weighed
    assert not any(utterance.partial for utterance in weighed)
    assert finals(heard) == ["how many left"]
    assert recognizer.weigh() is None


def test_an_utterance_comes_with_what_else_it_may_have_been(recognizer: VoskRecognizer, say: Say) -> None:
    """Each way once, the likeliest first, and all probabilities together are one."""
    recognizer.listen("moving")
    one = say("help me", "en-us")
    several = 0
    # Two people at once, near equally loud, are doubtful, whatever the synthesizer makes of them.
    for text, share in product(("harder", "easier", "faster", "pause"), (0.45, 0.5, 0.55)):
        other = say(text, "en-us")
        length = min(one.size, other.size)
        both = (share * one[:length] + (1 - share) * other[:length]).astype(np.float32)
        for heard in (*recognizer.accept(both), *recognizer.finish()):
            ways = () if heard.partial else (heard, *heard.others)
            several += len(ways) > 1
            probabilities = [way.probability for way in ways]
            assert len({tuple(word.text for word in way.words) for way in ways}) == len(ways)
            assert not ways or sum(probabilities) == pytest.approx(1.0)
            assert probabilities == sorted(probabilities, reverse=True)
            assert all(word.start < word.end for way in ways for word in way.words)
    assert several > 0


def test_a_cache_that_is_lost_meanwhile_does_not_end_the_hearing(
    model: ModelFolder, commands: CommandSet, say: Say, tmp_path: Path
) -> None:
    """What is not in it yet is kept in memory; where nothing was heard yet it has to be mended."""
    recognizer = VoskRecognizer(model, commands, tmp_path)
    recognizer.prepare(["setup"])
    (tmp_path / "hearing").rename(tmp_path / "gone")
    (tmp_path / "hearing").touch()
    recognizer.listen("moving")
    heard = [utterance for block in blocks(say("stop")) for utterance in recognizer.accept(block)]
    assert finals(heard + recognizer.finish()) == ["stop"]
    with pytest.raises(InputError, match="can't be kept there"):
        VoskRecognizer(model, commands, tmp_path).prepare(["moving"])
