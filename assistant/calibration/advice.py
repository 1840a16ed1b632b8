"""What follows from what was measured: what to move."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.calibration.measured import Measured
from assistant.hearing.gain import MOST_DB, TARGET_DB
from assistant.hearing.health import LOUDEST_NOISE_DB
from assistant.programme.calibration_lines import CalibrationLine

NEAREST_NOISE_DB = 12.0
"""A voice is heard well where it is this much above the noise."""

LOUDEST_ECHO_DB = 9.0
"""How much louder than the person the coach may come back into the microphone."""

QUIETEST_VOICE_DB = TARGET_DB - MOST_DB
"""What is quieter can't be raised enough."""

LEAST_UNDERSTOOD = 2
"""Of three commands; where a voice has fewer of them, of those."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, or that there is nothing to do."""

    line: CalibrationLine
    """The cue that says so to the person."""
    well: bool = False
    """Whether a session can go on as it is."""


_MUTED = Advice(CalibrationLine.MUTED)
_OVERDRIVEN = Advice(CalibrationLine.OVERDRIVEN)
_LOUDSPEAKER_LOUD = Advice(CalibrationLine.LOUDSPEAKER_LOUD)
_LOUDSPEAKER_NEAR = Advice(CalibrationLine.LOUDSPEAKER_NEAR)
_NOISY = Advice(CalibrationLine.NOISY)
_NOBODY = Advice(CalibrationLine.NOBODY)
_FAR = Advice(CalibrationLine.FAR)
_SHOUTING = Advice(CalibrationLine.SHOUTING)
_NOT_UNDERSTOOD = Advice(CalibrationLine.NOT_UNDERSTOOD)
_NO_ECHO = Advice(CalibrationLine.NO_ECHO, well=True)
_GOOD = Advice(CalibrationLine.GOOD, well=True)


def first_advice(measured: Measured) -> Advice | None:
    """Give what makes everything else useless; None where nothing does.

    Whether the microphone is muted is only sure once a command was asked for.
    """
    if measured.muted and measured.said:
        return _MUTED
    if measured.quiet.clipped:
        return _OVERDRIVEN
    if measured.played.clipped:
        return _LOUDSPEAKER_LOUD
    if measured.quiet.noise_db > LOUDEST_NOISE_DB:
        return _NOISY
    return None


def advise(measured: Measured) -> list[Advice]:
    """Give everything there is to do, what matters most first; one that says so where there is nothing."""
    if (first := first_advice(measured)) is not None:
        return [first]
    found: list[Advice] = []
    voice, noise, echo = measured.voice_db, measured.quiet.noise_db, measured.played.echo_db
    if voice is None:
        found.append(_NOBODY)
    else:
        near = echo is not None and echo > voice + LOUDEST_ECHO_DB
        noisy = voice < noise + NEAREST_NOISE_DB
        far = voice < QUIETEST_VOICE_DB
        loud = any(said.clipped for said in measured.said)
        found += [advice for is_so, advice in ((loud, _SHOUTING), (near, _LOUDSPEAKER_NEAR)) if is_so]
        found += [advice for is_so, advice in ((noisy, _NOISY), (far, _FAR)) if is_so]
        if not found and measured.understood < min(LEAST_UNDERSTOOD, len(measured.said)):
            found.append(_NOT_UNDERSTOOD)
    if measured.played.echo is None:
        found.append(_NO_ECHO)
    return found if any(not advice.well for advice in found) else [*found, _GOOD]
