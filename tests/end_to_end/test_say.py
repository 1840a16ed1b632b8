"""`imprint say` on virtual sound hardware."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from assistant.sound import SAMPLE_RATE, read_sound, resample
from tests.benchmarks.live.recording import RATE
from tests.benchmarks.live.signals import find
from tests.benchmarks.live.virtual_sound import VirtualSound

SAY = "from assistant.cli import main; main()"


def test_a_cue_is_played_to_its_end(hardware: VirtualSound, session_cache: Path, tmp_path: Path) -> None:
    """On the loudspeaker, whole, and the program ends soon after."""
    environment = {**os.environ, **hardware.environment, "IMPRINT_CACHE": str(session_cache)}
    command = [sys.executable, "-c", SAY, "say", "range_1"]
    file = tmp_path / "said.wav"
    subprocess.run([*command, "--out", str(file)], check=True, env=environment, timeout=60)
    with hardware.record("spk.monitor") as recording:
        subprocess.run(command, check=True, env=environment, timeout=60, stdout=subprocess.DEVNULL)
        time.sleep(0.2)
    match = find(resample(read_sound(file), SAMPLE_RATE, RATE), recording.samples)
    assert match.correlation > 0.95
