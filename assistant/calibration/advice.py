"""What follows from what was measured: what to move."""

from __future__ import annotations

from assistant.calibration.measured import Measured
from assistant.hearing.gain import MOST_DB, TARGET_DB
from assistant.hearing.health import LOUDEST_NOISE_DB
from assistant.programme.calibration_lines import CalibrationLine

NEAREST_NOISE_DB = 12.0
"""A voice is heard well where it is this much above the noise; chosen."""

LOUDEST_ECHO_DB = 9.0
"""How much louder than the person the coach may come back into the microphone; chosen."""

QUIETEST_VOICE_DB = TARGET_DB - MOST_DB
"""What is quieter can't be raised enough."""

LEAST_UNDERSTOOD = 2
"""Of three commands; where a voice has fewer of them, of those."""


WELL = frozenset({CalibrationLine.NO_ECHO, CalibrationLine.GOOD})
"""What is told where a session can go on as it is."""


def first_advice(measured: Measured) -> CalibrationLine | None:
    """Return the cue that says what makes everything else useless; None where nothing does.

    Whether the microphone is muted is only sure once a command was asked for.
    """
    first = (
        (measured.muted and bool(measured.said), CalibrationLine.MUTED),
        (measured.quiet.clipped, CalibrationLine.OVERDRIVEN),
        (measured.played.clipped, CalibrationLine.LOUDSPEAKER_LOUD),
        (measured.quiet.noise_db > LOUDEST_NOISE_DB, CalibrationLine.NOISY),
    )
    return next((line for is_so, line in first if is_so), None)


def advise(measured: Measured) -> list[CalibrationLine]:
    """Return the cues of what there is to do, what matters most first; one says where that is nothing."""
    if (first := first_advice(measured)) is not None:
        return [first]
    voice, echo = measured.voice_db, measured.played.echo_db
    if voice is None:
        lines = [CalibrationLine.NOBODY]
    else:
        possible = (
            (any(said.clipped for said in measured.said), CalibrationLine.SHOUTING),
            (echo is not None and echo > voice + LOUDEST_ECHO_DB, CalibrationLine.LOUDSPEAKER_NEAR),
            (voice < measured.quiet.noise_db + NEAREST_NOISE_DB, CalibrationLine.NOISY),
            (voice < QUIETEST_VOICE_DB, CalibrationLine.FAR),
        )
        lines = [line for is_so, line in possible if is_so]
        if not lines and measured.understood < min(LEAST_UNDERSTOOD, len(measured.said)):
            lines = [CalibrationLine.NOT_UNDERSTOOD]
    no_echo = [CalibrationLine.NO_ECHO] if measured.played.echo is None else []
    return [*lines, *no_echo, *([] if lines else [CalibrationLine.GOOD])]
