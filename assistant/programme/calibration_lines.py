"""Which cues a voice has for `imprint calibrate`."""

from __future__ import annotations

from enum import StrEnum


class CalibrationLine(StrEnum):
    """Every cue that is spoken in a calibration."""

    INTRODUCTION = "calibrate_introduction"
    SOUND = "calibrate_sound"
    TRY = "calibrate_try"
    ASK = "calibrate_ask"
    AGAIN = "calibrate_again"
    MUTED = "calibrate_muted"
    OVERDRIVEN = "calibrate_overdriven"
    LOUDSPEAKER_LOUD = "calibrate_loudspeaker_loud"
    LOUDSPEAKER_NEAR = "calibrate_loudspeaker_near"
    NOISY = "calibrate_noisy"
    NOBODY = "calibrate_nobody"
    FAR = "calibrate_far"
    SHOUTING = "calibrate_shouting"
    NOT_UNDERSTOOD = "calibrate_not_understood"
    NO_ECHO = "calibrate_no_echo"
    GOOD = "calibrate_good"
