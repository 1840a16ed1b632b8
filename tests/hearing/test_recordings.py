"""Whole recordings."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recordings import judge_recording
from assistant.sound import SAMPLE_RATE
from tests.stand_ins import ScriptedRecognizer


@pytest.mark.parametrize("live", [True, False])
def test_the_share_that_has_been_heard_is_told_each_second(live: bool, vocabulary: Matcher) -> None:
    """From nothing upwards."""
    shares: list[float] = []
    sound = np.zeros(5 * SAMPLE_RATE, np.float32)
    recognizer = ScriptedRecognizer([])
    far = sound if live else None
    assert judge_recording(sound, recognizer, vocabulary, watch=shares.append, far=far) == []
    assert len(shares) in (5, 6)
    assert shares[0] == 0
    assert np.diff(shares) == pytest.approx(0.2, abs=0.02)
