"""What the coach gives as a reason."""

from __future__ import annotations

import re

from assistant.coaching.phases import MOVING, PHASES
from assistant.coaching.reasons import REASON_OF_CHANGE, REASON_OF_COMMAND, REASON_OF_PHASE
from assistant.programme.voice import VoicePack


def test_every_phase_change_and_fault_has_its_reason(pack: VoicePack) -> None:
    """The short one fits between two beats, and the long ones are one or two sentences."""
    reasons = [*REASON_OF_PHASE.values(), *REASON_OF_COMMAND.values(), *REASON_OF_CHANGE.values()]
    assert set(REASON_OF_PHASE) == set(PHASES)
    for reason in reasons:
        for line in reason.long:
            assert 1 <= len(re.findall(r"[.!?]", pack.cues[line].text)) <= 2
    for phase in MOVING:
        assert 0.06 * len(pack.cues[REASON_OF_PHASE[phase].short].text) < 2
