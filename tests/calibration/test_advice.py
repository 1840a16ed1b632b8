"""What to move follows from what was measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.calibration.advice import WELL, advise, first_advice
from assistant.calibration.measured import Measured, Played, Quiet, Said
from assistant.calibration.sweep import Echo
from assistant.programme.voice import VoicePack

SAID = Said("stop", understood=True, voice_db=-26.0, clipped=False)
GOOD = Measured(
    Quiet(-70.0, clipped=False),
    Played(Echo(0.1, 1e4), echo_db=-40.0, clipped=False, silent=False),
    (SAID, SAID, SAID),
)


def whats(measured: Measured) -> list[str]:
    return [advice.removeprefix("calibrate_") for advice in advise(measured)]


def with_voice(measured: Measured, voice_db: float | None, **rest: bool) -> Measured:
    return replace(measured, said=(replace(SAID, voice_db=voice_db, **rest),) * 3)


def test_where_all_is_well_that_is_said() -> None:
    """And nothing else."""
    assert whats(GOOD) == ["good"]
    assert all(advice in WELL for advice in advise(GOOD))


@pytest.mark.parametrize(
    ("measured", "what"),
    [
        (replace(GOOD, quiet=Quiet(-20.0, clipped=True)), "overdriven"),
        (replace(GOOD, quiet=Quiet(-29.0, clipped=False)), "noisy"),
        (replace(GOOD, played=replace(GOOD.played, clipped=True)), "loudspeaker_loud"),
        (replace(GOOD, quiet=Quiet(-37.0, clipped=False)), "noisy"),
        (replace(GOOD, played=replace(GOOD.played, echo_db=-16.0)), "loudspeaker_near"),
        (with_voice(GOOD, None, understood=False), "nobody"),
        (with_voice(GOOD, -47.0), "far"),
        (with_voice(GOOD, -5.0, clipped=True), "shouting"),
        (with_voice(GOOD, -26.0, understood=False), "not_understood"),
    ],
)
def test_each_trouble_has_one_thing_to_do(measured: Measured, what: str, pack: VoicePack) -> None:
    """In words that say what to move or turn."""
    assert whats(measured) == [what]
    assert advise(measured)[0] not in WELL
    said = pack.texts[advise(measured)[0]].lower()
    assert any(word in said for word in ("turn", "bring", "move"))


@pytest.mark.parametrize(
    "measured",
    [
        replace(GOOD, quiet=Quiet(-39.0, clipped=False)),
        replace(GOOD, played=replace(GOOD.played, echo_db=-18.0)),
        with_voice(GOOD, -45.0),
        replace(GOOD, said=(SAID, SAID, replace(SAID, understood=False))),
    ],
)
def test_what_a_session_can_do_with_is_well(measured: Measured) -> None:
    """Nobody has to move for it."""
    assert whats(measured) == ["good"]


def test_a_muted_microphone_is_sure_only_when_a_command_was_asked_for() -> None:
    """With headphones, a noise gate gives zeros until somebody speaks."""
    silent = Measured(Quiet(-120.0, clipped=False), Played(None, None, clipped=False, silent=True))
    assert first_advice(silent) is None
    nobody = Said("stop", understood=False, voice_db=None, clipped=False, silent=True)
    assert whats(replace(silent, said=(nobody,))) == ["muted"]
    assert whats(replace(silent, said=(SAID,) * 3)) == ["no_echo", "good"]


def test_two_things_to_do_are_both_told() -> None:
    """What matters most first; headphones beside something else are told, too."""
    measured = with_voice(replace(GOOD, played=Played(None, None, clipped=False, silent=False)), -50.0)
    assert whats(replace(measured, quiet=Quiet(-55.0, clipped=False))) == ["noisy", "far", "no_echo"]


def test_the_voice_is_the_middle_one_of_what_was_said() -> None:
    """One that was shouted or whispered does not count; of two, the quieter one does."""
    levels = [-20.0, -40.0, -26.0]
    said = tuple(replace(SAID, voice_db=level) for level in levels)
    assert replace(GOOD, said=said).voice_db == -26.0
    assert replace(GOOD, said=said[:2]).voice_db == -40.0
    assert replace(GOOD, said=()).voice_db is None
