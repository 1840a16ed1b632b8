"""How many live conversations are acted on, every word said once, while the computer is busy.

    python -m tests.benchmarks.live.busy [SESSIONS] [--keep FOLDER]

A loop that never rests runs on every processor beside the end-to-end test of a conversation
(tests/end_to_end/test_live.py), with one voice and the other in turn. Which session failed is printed, and
how. With a folder, the record of every session stays there: session.wav, events.jsonl and the log.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.live.pulse import tied

_VOICES = ("espeak", "flite")
_TEST = "tests/end_to_end/test_live.py::test_a_conversation_is_acted_on"
_LOOP = "while True: pass"


def converse(sessions: int, folder: Path) -> list[str]:
    """Hold some conversations and return what went wrong, a line for each that failed."""
    failed: list[str] = []
    loops = [subprocess.Popen(tied(sys.executable, "-c", _LOOP)) for _ in range(os.cpu_count() or 1)]
    try:
        for number in range(sessions):
            base = folder / f"{number:02d}"
            done = subprocess.run(
                [
                    *(sys.executable, "-m", "pytest", "-q", "-x", "--timeout=400", "-p", "no:randomly"),
                    *(f"--basetemp={base}", f"{_TEST}[{_VOICES[number % len(_VOICES)]}]"),
                ],
                env={**os.environ, "IMPRINT_LOG": str(folder / f"{number:02d}.log")},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                said = [line for line in done.stdout.splitlines() if line.startswith("E ")]
                failed.append(f"session {number}, {_VOICES[number % len(_VOICES)]}: {' '.join(said[:1])}")
            sys.stdout.write(f"{number + 1} of {sessions}: {'failed' if done.returncode else 'acted on'}\n")
            sys.stdout.flush()
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    return failed


def main() -> None:
    """Measure, and print what failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("sessions", type=int, nargs="?", default=20)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        failed = converse(options.sessions, folder)
    sys.stdout.write("\n".join([f"{len(failed)} of {options.sessions} failed", *failed, ""]))


if __name__ == "__main__":
    main()
