"""A calibration in simulated rooms: the delay is found and the right thing is advised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.calibration.guide import Guided
from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.voice import VoicePack
from tests.calibration.conftest import Place

Calibrate = Callable[..., Guided]


def whats(guided: Guided) -> list[str]:
    return [advice.removeprefix("calibrate_") for advice in guided.advice]


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        (Place(delay_seconds=0.02, echo_db=-10), "good"),
        (Place(delay_seconds=0.06, echo_db=6, noise_db=-50), "good"),
        (Place(delay_seconds=0.2, echo_db=0, noise_db=-50), "good"),
        (Place(delay_seconds=0.3, echo_db=-10), "good"),
        (Place(delay_seconds=0.12, echo_db=12), "loudspeaker_near"),
        (Place(delay_seconds=0.3, echo_db=12, noise_db=-50), "loudspeaker_near"),
    ],
)
def test_the_delay_and_the_loudspeakers_place_are_told(
    calibrate: Calibrate, place: Place, advice: str
) -> None:
    """Within five milliseconds; the commands are understood over all of it."""
    guided = calibrate(place)
    assert guided.measured.delay_seconds == pytest.approx(place.delay_seconds, abs=0.005)
    assert guided.measured.understood == 3
    assert guided.measured.voice_db == pytest.approx(place.voice_db, abs=3.0)
    assert guided.measured.played.echo_db == pytest.approx(place.voice_db + place.echo_db, abs=3.0)
    assert whats(guided) == [advice]
    assert guided.useful


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        (Place(silent=True), ["nobody"]),
        (Place(microphone_db=40), ["loudspeaker_loud"]),
        (Place(noise_db=-25), ["noisy"]),
        (Place(voice_db=-52), ["far"]),
        (Place(voice_db=-8, echo_db=-20, microphone_db=10), ["shouting"]),
        (Place(echo_db=-100), ["no_echo", "good"]),
    ],
)
def test_what_is_wrong_is_told(calibrate: Calibrate, place: Place, advice: list[str]) -> None:
    """A silent person, a microphone that clips, noise, distance, shouting, headphones."""
    assert whats(calibrate(place)) == advice


def test_a_muted_microphone_is_told_after_the_first_command(calibrate: Calibrate) -> None:
    """Nobody has to say three words to it; what was measured is of no use."""
    told: list[tuple[str, str]] = []
    guided = calibrate(Place(muted=True), told)
    assert whats(guided) == ["muted"]
    assert not guided.useful
    assert [text for kind, text in told if kind == "ask"] == ["stop"]


def test_everything_is_spoken(calibrate: Calibrate, pack: VoicePack) -> None:
    """What to do, and at the end what to move: the eyes may be shut."""
    told: list[tuple[str, str]] = []
    guided = calibrate(Place(), told)
    spoken = [text for kind, text in told if kind == "say"]
    assert spoken[-1] == pack.texts[guided.advice[-1]]
    assert [text for text in spoken if text.startswith("Say: ")] == [
        "Say: stop.",
        "Say: easier.",
        "Say: pause.",
    ]


def test_a_word_that_is_not_understood_is_asked_for_once_more(calibrate: Calibrate) -> None:
    """And no oftener; another command is not the one that was asked for."""
    told: list[tuple[str, str]] = []
    guided = calibrate(Place(), told, {"easier": "stop", "pause": "zebra"})
    assert [(said.word, said.understood) for said in guided.measured.said] == [
        ("stop", True),
        ("easier", False),
        ("pause", False),
    ]
    assert whats(guided) == ["not_understood"]
    assert [text for kind, text in told if kind == "ask"] == ["stop", "easier", "easier", "pause", "pause"]


def test_a_voice_of_ones_own_guides_in_its_own_words(calibrate: Calibrate, pack: VoicePack) -> None:
    """Also the one word that is asked for stands in them."""
    told: list[tuple[str, str]] = []
    words = {"calibrate_sound": "Listen to this.", "calibrate_ask": "Please say {word} now."}
    cues = {name: replace(cue, text=words.get(name, cue.text)) for name, cue in pack.cues.items()}
    assert whats(calibrate(Place(), told, cues=cues)) == ["good"]
    spoken = [text for kind, text in told if kind == "say"]
    assert spoken[1] == "Listen to this."
    assert spoken[3] == "Please say stop now."


def test_only_what_the_voice_has_words_for_is_asked_for(calibrate: Calibrate, pack: VoicePack) -> None:
    """A voice in another language may begin with the commands about safety."""
    few = tuple(command for command in pack.commands.commands if command.name not in ("easier", "pause"))
    guided = calibrate(Place(), vocabulary=Matcher(replace(pack.commands, commands=few)))
    assert [said.word for said in guided.measured.said] == ["stop"]
    assert whats(guided) == ["good"]
