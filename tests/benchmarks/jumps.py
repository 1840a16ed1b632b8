"""How soon an echo that jumps is taken out again, and how long it is taken for a person who talks.

Run by hand: `.venv/bin/python tests/benchmarks/jumps.py [ROOMS]`; the coach talks for 90 s in each simulated
room, and every 9 to 16 s the device loses sound or puts some in: the echo comes 12 to 250 ms sooner or later,
often after a gap. Then the same once more with a person in a synthetic voice who says a word just after each
jump, and says it again two seconds later.
"""

from __future__ import annotations

import itertools
import math
import sys
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assistant.coaching.events import Heard
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.verification import open_verifier
from assistant.library.session import load_voice
from assistant.places import cache_folder, shipped
from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db
from assistant.speaking.rendering import Pyttsx3Renderer
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.ears import listen_to
from tests.benchmarks.hearing.synthesizers import ESPEAK_VOICES
from tests.benchmarks.hearing.talk import make_talk

SECONDS = 90.0
ECHO_DB = 6.0
EARLIEST_SECONDS, LATEST_SECONDS = 0.0, 0.45
SHORTEST_SECONDS, LONGEST_SECONDS = 0.012, 0.25
"""By how much the echo jumps."""

RECOVERED_DB = 10.0
"""The echo is taken out again when so much of it was over RECOVERED_BLOCKS in which it sounded."""

RECOVERED_BLOCKS = 12

SAID = ("stop", "pain", "help", "easier", "my back hurts")
SAID_SECONDS, AGAIN_SECONDS = 0.1, 2.0
"""When a word begins after a jump, and when it is said again after its end."""

_ACTIVE_POWER = 1e-5


@dataclass(frozen=True, slots=True)
class Jump:
    """What came of one jump."""

    recovered_seconds: float
    """Until the echo was taken out again, the coach's pauses included; infinite if it never was."""
    mistaken_seconds: float
    """In which it was taken for a person, until the next jump."""


def main() -> None:
    """Measure and print."""
    rooms = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    pack, model = load_voice(str(shipped("voices") / "en")), find_model(None)
    jumps: list[Jump] = []
    recognizer = VoskRecognizer(model, pack.commands, cache_folder() / "graphs")
    matcher, verifier = Matcher(pack.commands), open_verifier(model, pack.commands)
    heard: Counter[str] = Counter()
    with Pyttsx3Renderer() as renderer:
        for room in range(rooms):
            dice = chance_of("jumps", room)
            talk = make_talk(pack, renderer.render, [], SECONDS, ECHO_DB, dice)
            mic, places = _jumping(talk.mic, dice)
            # None is cut off by the end.
            places = [place for place in places if place < mic.size - 6 * SAMPLE_RATE]
            jumps += _measure(mic, talk.far, places)
            voices = itertools.cycle(ESPEAK_VOICES)
            words = [renderer.render(SAID[i % len(SAID)], next(voices)) for i in range(len(places))]
            times = _say_twice(mic, places, words)
            events = listen_to(
                *(replace(talk, mic=mic), recognizer, matcher, DelayTrackingCanceller()),
                *("moving", verifier),
            )
            commands = [event for event, _ in events if isinstance(event, Heard)]
            for i, both in enumerate(times):
                wanted = matcher.match(SAID[i % len(SAID)].split(), "moving")[0].command
                first, again = (
                    any(one.command == wanted and begin < one.end and one.start < end for one in commands)
                    for begin, end in both
                )
                heard["first"] += first
                heard["again"] += again and not first
                heard["never"] += not (first or again)
    recovered = np.asarray([jump.recovered_seconds for jump in jumps])
    mistaken = float(np.mean([jump.mistaken_seconds for jump in jumps]))
    sys.stdout.write(
        f"{len(jumps)} jumps in {rooms} rooms: taken out again after {np.median(recovered):.1f} s (median), "
        f"{np.quantile(recovered, 0.9):.1f} s (9 of 10); taken for talk for {mistaken:.2f} s (mean)\n"
        f"words said twice just after them, not giving way: {heard['first']} heard the first time, "
        f"{heard['again']} the second, {heard['never']} never\n"
    )


def _say_twice(mic: Samples, places: list[int], words: list[Samples]) -> list[list[tuple[float, float]]]:
    """Add a word after each jump, twice, as loud as people speak; return when, in seconds."""
    times: list[list[tuple[float, float]]] = []
    for place, word in zip(places, words, strict=True):
        said = word * np.float32(10 ** ((SPEECH_DB - active_db(word)) / 20))
        first = place + round(SAID_SECONDS * SAMPLE_RATE)
        begins = (first, first + said.size + round(AGAIN_SECONDS * SAMPLE_RATE))
        for begin in begins:
            mic[begin : begin + said.size] += said[: max(mic.size - begin, 0)]
        times.append([(begin / SAMPLE_RATE, (begin + said.size) / SAMPLE_RATE) for begin in begins])
    return times


def _jumping(mic: Samples, dice: np.random.Generator) -> tuple[Samples, list[int]]:
    """Return a microphone whose sound jumps now and then, and the samples at which it does."""
    moved = np.zeros_like(mic)
    places: list[int] = []
    start, later = 0, dice.uniform(EARLIEST_SECONDS, LONGEST_SECONDS)
    while start < mic.size:
        end = min(start + round(dice.uniform(9, 16) * SAMPLE_RATE), mic.size)
        from_where = np.arange(start, end) - round(later * SAMPLE_RATE)
        moved[start:end] = np.where(from_where >= 0, mic[np.maximum(from_where, 0)], 0)
        if start and dice.random() < 0.6:
            moved[start : start + round(dice.uniform(0.05, 0.4) * SAMPLE_RATE)] = 0
        if start:
            places.append(start)
        before, start = later, end
        while abs(later - before) < SHORTEST_SECONDS or not EARLIEST_SECONDS <= later <= LATEST_SECONDS:
            later = before + float(dice.choice([-1, 1])) * math.exp(
                dice.uniform(math.log(0.012), math.log(0.25))
            )
    return moved, places


def _measure(mic: Samples, far: Samples, places: list[int]) -> list[Jump]:
    canceller = DelayTrackingCanceller()
    heard: list[float] = []
    left: list[float] = []
    near: list[bool] = []
    for at in range(0, far.size // BLOCK * BLOCK, BLOCK):
        block = mic[at : at + BLOCK]
        heard.append(float(np.mean(np.square(block))))
        cancelled = canceller.process(block, far[at : at + BLOCK])
        left.append(float(np.mean(np.square(cancelled.clean))))
        near.append(cancelled.near_end)
    ends = [*(place // BLOCK for place in places[1:]), len(heard)]
    return [
        Jump(
            _recovered(np.asarray(heard[place // BLOCK : end]), np.asarray(left[place // BLOCK : end])),
            sum(near[place // BLOCK : end]) * BLOCK / SAMPLE_RATE,
        )
        for place, end in zip(places, ends, strict=True)
    ]


def _recovered(heard: npt.NDArray[np.float64], left: npt.NDArray[np.float64]) -> float:
    active = np.flatnonzero(heard > _ACTIVE_POWER)
    for i in range(RECOVERED_BLOCKS, active.size + 1):
        last = active[i - RECOVERED_BLOCKS : i]
        if heard[last].sum() > 10 ** (RECOVERED_DB / 10) * left[last].sum():
            return float((last[-1] + 1) * BLOCK / SAMPLE_RATE)
    return float("inf")


if __name__ == "__main__":
    main()
