"""How many commands are heard, by room, place of the computer, loudness of the person and where they turn.

Run by hand: `PYTHONPATH=.:models .venv/bin/python -m tests.benchmarks.rooms [RESPONSE...]`. In each simulated
room (image sources, pyroomacoustics) a person on a mat says words in synthetic voices, while the coach is
silent and over its voice, to which it gives way. The coach is as loud at the person's head everywhere; what
follows from distance is left as it is. Measured rooms are files of impulse responses from a person to a
microphone, one for each word in turn: their levels are not known, so there the person is as loud as in the
other benchmarks, and so is the echo, which takes the first.

Limits. A mouth sends the same to all sides at all pitches, less to its back; a room has six walls and no
furniture.
"""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

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
from assistant.rehearsal.room import ECHO_DELAY_SECONDS, SPEECH_DB, convolve, from_direct_sound, read_response
from assistant.sound import SAMPLE_RATE, Samples, active_db
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Pyttsx3Renderer
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.ears import listen_to
from tests.benchmarks.hearing.synthesizers import ESPEAK_VOICES, AllSynthesizers, installed_voices
from tests.benchmarks.hearing.talk import Near, Talk, make_talk

pra: Any = importlib.import_module("pyroomacoustics")
"""Which has no types of its own."""

Point: TypeAlias = tuple[float, float, float]
"""Metres along the room, across it, above the floor."""

Vector: TypeAlias = npt.NDArray[np.float64]

Turn: TypeAlias = Literal["up", "to it", "away"]
"""Where a mouth points: to the ceiling, to the computer, or away from it."""

SAID = 2 * (
    *("stop", "pain", "my back hurts", "help", "easier", "slower", "hold on"),
    *("next set", "how many left", "pause", "skip this exercise", "my knee hurts", "too hard"),
)
"""Each by two voices of six."""

FULL_SCALE_DB = 94.0
"""Sound pressure level that is full scale at the microphone. Chosen; quiet speech is raised all the same."""

VOICES_DB = {"quiet": 54.0, "normal": 60.0, "raised": 66.0}
"""Sound pressure levels a metre before the mouth. Source: ISO 9921 (relaxed, normal, raised)."""

COACH_DB, NOISE_DB = 60.0, 35.0
"""Of the coach at the person's head, and of the room at the microphone. Chosen."""

FRONT_SHARE = 0.65
"""A mouth sends 10 dB less to its back than to its front. Chosen."""

MOST_REFLECTIONS = 30
"""More take minutes to compute, and are soft."""

ECHOES_DB = (0.0, 6.0)
"""Of the coach in measured rooms, relative to the person."""

AROUND_SECONDS = 0.5
"""What is heard this long before or after a word is taken for it."""

_LAPTOP: Point = (0.2, 0.1, 0.15)
"""From a laptop's loudspeaker to its microphone."""

_HEAD: Point = (0.0, 0.1, 0.0)
"""From a mouth to an ear."""


@dataclass(frozen=True, slots=True)
class SimulatedPlace:
    """A room with a person on a mat and a computer somewhere."""

    name: str
    metres: Point
    reverberation: float
    """Seconds in which sound decays by 60 dB."""
    mouth: Point
    loudspeaker: Point


_BEDROOM = ((3.0, 4.0, 2.5), 0.35, (1.5, 1.0, 0.25))
_LIVING_ROOM = ((5.0, 6.0, 2.5), 0.5, (2.5, 1.5, 0.25))
_BARE_ROOM = ((4.0, 5.0, 2.6), 0.8, (2.0, 1.2, 0.25))
PLACES = (
    SimulatedPlace("bedroom, 3 by 4 m, 0.35 s; floor, 1 m", *_BEDROOM, (2.3, 1.6, 0.05)),
    SimulatedPlace("the same; table, 2 m", *_BEDROOM, (1.7, 2.9, 0.75)),
    SimulatedPlace("living room, 5 by 6 m, 0.5 s; floor, 1 m", *_LIVING_ROOM, (3.3, 2.1, 0.05)),
    SimulatedPlace("the same; table, 2 m", *_LIVING_ROOM, (2.7, 3.4, 0.75)),
    SimulatedPlace("the same; table, 4 m", *_LIVING_ROOM, (2.9, 5.4, 0.75)),
    SimulatedPlace("bare room, 4 by 5 m, 0.8 s; floor, 1 m", *_BARE_ROOM, (2.8, 1.8, 0.05)),
    SimulatedPlace("the same; table, 3 m", *_BARE_ROOM, (2.4, 4.1, 0.75)),
)
CONDITIONS: dict[str, tuple[float, tuple[Turn, ...]]] = {
    "quiet, up": (VOICES_DB["quiet"], ("up",)),
    "normal, up": (VOICES_DB["normal"], ("up",)),
    "raised, up": (VOICES_DB["raised"], ("up",)),
    "normal, to it": (VOICES_DB["normal"], ("to it",)),
    "normal, away": (VOICES_DB["normal"], ("away",)),
    "normal, turning": (VOICES_DB["normal"], ("up", "to it", "away")),
}


@dataclass(frozen=True, slots=True, eq=False)
class Acoustics:
    """Impulse responses of one place; a metre of open air is 1."""

    mouths: dict[Turn, Samples]
    """From the mouth to the microphone."""
    echo: Samples
    """From the loudspeaker to the microphone."""
    head: Samples
    """From the loudspeaker to the person's head."""


def simulate(place: SimulatedPlace) -> Acoustics:
    """Return the impulse responses of a place."""
    absorption, reflections = pra.inverse_sabine(place.reverberation, place.metres)
    loudspeaker, mouth = np.asarray(place.loudspeaker), np.asarray(place.mouth)
    microphone = loudspeaker + _LAPTOP
    directions: dict[Turn, Vector] = {
        "up": np.array([0.0, 0.0, 1.0]),
        "to it": microphone - mouth,
        "away": mouth - microphone,
    }
    room = pra.ShoeBox(
        place.metres,
        fs=SAMPLE_RATE,
        materials=pra.Material(absorption),
        max_order=min(reflections, MOST_REFLECTIONS),
    )
    for direction in directions.values():
        room.add_source(mouth, directivity=_mouth(direction))
    room.add_source(loudspeaker)
    room.add_microphone(np.stack([microphone, mouth + _HEAD], axis=1))
    room.compute_rir()
    at_microphone, at_head = (
        [np.asarray(response, np.float32) for response in responses] for responses in room.rir
    )
    return Acoustics(
        dict(zip(directions, at_microphone, strict=False)), echo=at_microphone[-1], head=at_head[-1]
    )


def _mouth(direction: Vector) -> Any:
    azimuth = np.arctan2(direction[1], direction[0])
    colatitude = np.arccos(direction[2] / np.linalg.norm(direction))
    directivities = pra.directivities
    towards = directivities.DirectionVector(azimuth, colatitude, degrees=False)
    return directivities.CardioidFamily(towards, p=FRONT_SHARE)


def hear_from(
    talk: Talk,
    near: Sequence[Near],
    mouths: Sequence[Samples],
    voice_db: float,
    echo: Samples,
    louder_db: float,
) -> Talk:
    """Return a talk as a microphone in another place has it.

    Args:
        talk: What is said, and when.
        near: What the person says.
        mouths: Impulse responses from the person to the microphone, for one thing that is said each, in turn.
        voice_db: Level of the person's speech before these, in decibels of full scale.
        echo: Impulse response from the loudspeaker to the microphone.
        louder_db: By how much it is turned up.
    """
    others = np.random.default_rng(0).standard_normal(talk.far.size).astype(np.float32)
    others *= np.float32(10 ** ((NOISE_DB - FULL_SCALE_DB) / 20))
    for one, (start, _), mouth in zip(near, talk.near, itertools.cycle(mouths), strict=False):
        said = convolve(one.samples * np.float32(10 ** ((voice_db - active_db(one.samples)) / 20)), mouth)
        at = round(start * SAMPLE_RATE)
        others[at : at + said.size] += said[: others.size - at]
    late = np.zeros(round(ECHO_DELAY_SECONDS * SAMPLE_RATE), np.float32)
    path = np.concatenate([late, echo]) * np.float32(10 ** (louder_db / 20))
    mic = np.clip(convolve(talk.far, path)[: talk.far.size] + others, -1.0, 1.0)
    return replace(talk, mic=mic, others=others, path=path)


def main() -> None:
    """Measure and print."""
    pack, model = load_voice(str(shipped("voices") / "en")), find_model(None)
    recognizer = VoskRecognizer(model, pack.commands, cache_folder() / "graphs")
    matcher, verifier = Matcher(pack.commands), open_verifier(model, pack.commands)

    def listen(talk: Talk) -> list[Heard]:
        canceller = DelayTrackingCanceller()
        events = listen_to(talk, recognizer, matcher, canceller, "moving", verifier, gives_way=True)
        return [event for event, _ in events if isinstance(event, Heard)]

    with Pyttsx3Renderer() as espeak:
        store = ClipStore(AllSynthesizers(espeak), cache_folder() / "bench")
        voices = (*ESPEAK_VOICES, *installed_voices())
        said = zip(SAID, itertools.cycle(voices), strict=False)
        near = [Near(text, store.clip(text, voice).samples) for text, voice in said]
        rooms = chance_of("rooms")
        talk = make_talk(pack, lambda text, voice: store.clip(text, voice).samples, near, 0.0, 0.0, rooms)
    silent = replace(talk, far=np.zeros_like(talk.far), spoken=())
    wanted = [matcher.match(text.split(), "moving")[0].command for text in SAID]

    def cell(mouths: Sequence[Samples], voice_db: float, echo: Samples, louder_db: float) -> str:
        heard = [
            _heard(wanted, talk.near, listen(hear_from(one, near, mouths, voice_db, echo, louder_db)))
            for one in (silent, talk)
        ]
        return " · ".join(map(str, heard))

    _row([f"of {len(SAID)} words, coach silent · talking", *CONDITIONS])
    _row(["---"] * (1 + len(CONDITIONS)))
    for place in PLACES:
        acoustics = simulate(place)
        coach_db = COACH_DB - FULL_SCALE_DB - active_db(convolve(talk.far, acoustics.head))
        cells = [
            cell(
                [acoustics.mouths[turn] for turn in turns], voice_db - FULL_SCALE_DB, acoustics.echo, coach_db
            )
            for voice_db, turns in CONDITIONS.values()
        ]
        _row([place.name, *cells])
    measured = [from_direct_sound(read_response(Path(file))) for file in sys.argv[1:]]
    if measured:
        sys.stdout.write(f"{len(measured)} measured rooms, a word in each in turn; echo")
        mouths = [one * np.float32(10 ** (-_gain_db(near[0].samples, one) / 20)) for one in measured]
        for echo_db in ECHOES_DB:
            coach_db = SPEECH_DB + echo_db - active_db(convolve(talk.far, measured[0]))
            sys.stdout.write(f" {echo_db:+g} dB: {cell(mouths, SPEECH_DB, measured[0], coach_db)};")
        sys.stdout.write("\n")


def _heard(wanted: Sequence[str], times: Sequence[tuple[float, float]], heard: Sequence[Heard]) -> int:
    """Return how many of the words that are said at some times are heard about then."""
    return sum(
        any(
            one.command == command and start - AROUND_SECONDS < one.end and one.start < end + AROUND_SECONDS
            for one in heard
        )
        for command, (start, end) in zip(wanted, times, strict=True)
    )


def _gain_db(sound: Samples, response: Samples) -> float:
    return active_db(convolve(sound, response)) - active_db(sound)


def _row(cells: Sequence[str]) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
