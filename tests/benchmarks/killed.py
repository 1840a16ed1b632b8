"""kill -9 at random moments of sessions, then the next start: nothing is lost, damaged or offered wrongly.

The child is the product's session on the real journal, answered by keys (`tests/benchmarks/keyed.py`: no
Vosk, since 500 rehearsals with all audio would take hours), many times faster than real time, which waits for
the journal as a rehearsal does; with `--live` it is written beside, as in `imprint start`; with `--rehearse`
the child is `imprint rehearse --data` itself. What the journal has to hold is told by the child's
events.jsonl. Sessions that were cut off are gone on with, cut off again, and so on to their end.

Run by hand: `.venv/bin/python tests/benchmarks/killed.py 500 [seed] [--live | --rehearse]`; prints one JSON
object.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":  # Run as a file, it finds the tests beside itself.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.cli.memory import load_remembered, now_here, remembering, with_last_session
from assistant.coaching.actions import Enter, Finish
from assistant.coaching.checkpoint import Checkpoint
from assistant.journal.database import open_database
from assistant.journal.journal import SqliteJournal
from assistant.journal.summaries import session_summaries
from assistant.session.records import Entry
from tests.benchmarks.keyed import run
from tests.benchmarks.kill_tally import REPETITIONS, ROUTINE, Tally, next_spot, spot_of
from tests.journal.experienced import write_experienced
from tests.session.reading import read_line

ROOT = Path(__file__).resolve().parents[2]

ATHLETE = """\
voice: en-us+f3
answers:
  {ready: ready, resume: "yes", yesterday: one, rest_day: "yes", progress: "no", effort: six, reserve: two,
   soreness: one}
"""

ANSWERS = {"progress": "no"}
PACE = 60.0
"""How many times faster than real time the child goes."""

WITHIN_SECONDS = {"keyed": (0.0, 1.0, 5.5), "live": (0.0, 1.0, 5.5), "rehearse": (5.0, 10.0, 45.0)}
"""After the beginning of its record, when a child is killed: not before the first, not after one that is
drawn between the second and the last, which is about what a session takes."""

BEGUN_WITHIN_SECONDS = 60.0

FLUSH_SECONDS = 0.5
"""What was finished so shortly before the kill may not have reached the disk: a commit was going on."""


def child(routine: str, data: Path, out: Path, live: bool) -> None:
    """Run one session; beside the record goes when each repetition was finished, by the monotonic clock."""
    with (out / "finished").open("a", encoding="ascii") as finished:
        done = 0

        def see(entry: Entry) -> None:
            nonlocal done
            if isinstance(entry.record, Enter) and entry.record.repetitions_done > done:
                done = entry.record.repetitions_done
                print(done, time.monotonic(), file=finished, flush=True)

        run(routine, data, out, PACE, ANSWERS, see, live)


class Course:
    """One journal through sessions that are killed.

    Args:
        folder: Holds everything.
        how: `keyed`, `live` or `rehearse`.
        random: Says when.
        tally: What comes of it.
    """

    def __init__(self, folder: Path, how: str, random: Random, tally: Tally) -> None:
        self._folder, self._how, self._random, self.tally = folder, how, random, tally
        self._data, self._routine = folder / "data", str(folder / "sided.yaml")
        (folder / "sided.yaml").write_text(ROUTINE, encoding="utf-8")
        (folder / "athlete.yaml").write_text(ATHLETE, encoding="utf-8")
        write_experienced(self._data, now_here())
        self._before = 0
        self._trial = 0

    def kill_one(self) -> bool:
        """Run a session, kill it, and judge what it leaves; False where it came to its end before."""
        self._trial += 1
        out = self._folder / f"out{self._trial}"
        out.mkdir()
        process = subprocess.Popen(
            self._command(out), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        try:
            self._wait(process, out / "events.jsonl")
        except subprocess.TimeoutExpired:
            process.kill()
        killed_at = time.monotonic()
        _, err = process.communicate()
        if process.returncode != -9:
            if process.returncode != 0:
                self.tally.trouble.append(err[-300:])
            self.tally.sessions_completed += process.returncode == 0
            self._before = 0
            return False
        self.tally.kills += 1
        self._judge(_entries(out), _finished(out), killed_at)
        return True

    def _wait(self, process: subprocess.Popen[str], record: Path) -> None:
        """Wait for a random moment of the session; one time in ten it may be before its beginning.

        Raises:
            subprocess.TimeoutExpired: it has come.
        """
        if self._random.random() < 0.1:
            process.wait(self._random.uniform(0.0, 3.0))
            return
        until = time.monotonic() + BEGUN_WITHIN_SECONDS
        while process.poll() is None and not record.exists() and time.monotonic() < until:
            time.sleep(0.01)
        # The earlier, the more often: the rest of a session that is gone on with is shorter.
        first, *latest = WITHIN_SECONDS[self._how]
        process.wait(self._random.uniform(first, self._random.uniform(*latest)))

    def _command(self, out: Path) -> list[str]:
        if self._how != "rehearse":
            program = [sys.executable, "-m", "tests.benchmarks.killed", "child"]
            return [*program, self._routine, str(self._data), str(out), self._how]
        main = "from assistant.cli import main; main()"
        asked = [
            "--athlete",
            str(self._folder / "athlete.yaml"),
            "--data",
            str(self._data),
            "--out",
            str(out),
        ]
        return [sys.executable, "-c", main, "rehearse", self._routine, *asked]

    def _judge(self, entries: list[Entry], finished: dict[int, float], killed_at: float) -> None:
        tally = self.tally
        recorded = [entry.record for entry in entries if isinstance(entry.record, Enter)]
        done = max((entered.repetitions_done for entered in recorded), default=0) or self._before
        tally.repetitions += done - self._before
        with closing(open_database(self._data)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        tally.damaged += not sound
        with closing(SqliteJournal(self._data)) as journal:
            held = session_summaries(journal, {})
        over = any(isinstance(entry.record, Finish) for entry in entries)
        last = held[-1] if held else None
        there = 0 if last is None or (done == 0 and last.ended is not None) else len(last.done)
        if last is not None and len(last.done) != last.repetitions:
            tally.torn += 1
            tally.trouble.append(f"{len(last.done)} rows, state {last.repetitions}")
        for number in range(there + 1, done + 1):
            age = killed_at - finished.get(number, killed_at)
            if age > FLUSH_SECONDS:
                tally.lost += 1
                tally.trouble.append(f"repetition {number} of {done} lost, finished {age:.3f} s before")
            else:
                tally.in_flight += 1
                tally.in_flight_ms = max(tally.in_flight_ms, round(1000 * age, 1))
        self._judge_offer(there, over)
        self._before = 0 if over else there % REPETITIONS

    def _judge_offer(self, done: int, over: bool) -> None:
        """Hold what the next start offers against how many repetitions the journal holds."""
        with remembering(self._data) as memory:
            session = load_remembered(self._routine, "en", None, memory.history)
            unfinished = with_last_session(session, None, memory).unfinished
        if over:
            return  # Killed in its last words; whether its end was written in time is told by `lost`.
        self.tally.offers += unfinished is not None
        if unfinished is None:
            # Nothing done, or nothing left: only the last questions.
            right = done in (0, REPETITIONS)
        else:
            right = unfinished.checkpoint.repetitions_done == done and spot_of(unfinished) == next_spot(done)
        if not right:
            self.tally.wrong_offers += 1
            place: Checkpoint | None = None if unfinished is None else unfinished.checkpoint
            self.tally.trouble.append(f"after {done}: {place}")


def _entries(out: Path) -> list[Entry]:
    """Read the record; its last line may be half a one."""
    path = out / "events.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    return [read_line(line) for line in lines]


def _finished(out: Path) -> dict[int, float]:
    path = out / "finished"
    lines = path.read_text(encoding="ascii").split("\n")[:-1] if path.exists() else []
    return {int(number): float(at) for number, at in (line.split() for line in lines)}


def kill_many(kills: int, seed: int, how: str, folder: Path, each: int = 25) -> Tally:
    """Kill so many sessions, some of them on one journal after the other.

    Args:
        kills: In all.
        seed: Says when.
        how: `keyed`, `live` or `rehearse`.
        folder: Holds the journals; the caller empties it.
        each: Kills on one journal.
    """
    random, tally, course = Random(seed), Tally(), None
    while tally.kills < kills:
        if course is None or tally.kills % each == 0:
            inside = folder / f"course{tally.kills}"
            inside.mkdir(exist_ok=True)
            course = Course(inside, how, random, tally)
            while not course.kill_one():
                pass
        else:
            course.kill_one()
        if tally.damaged + len(tally.trouble) > 20:
            break
    return tally


def main() -> None:
    """Kill, count and print."""
    arguments: list[Any] = sys.argv[1:]
    if arguments[0] == "child":
        child(arguments[1], Path(arguments[2]), Path(arguments[3]), arguments[4] == "live")
        return
    how = "rehearse" if "--rehearse" in arguments else "live" if "--live" in arguments else "keyed"
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        tally = kill_many(numbers[0], numbers[1] if len(numbers) > 1 else 1, how, Path(folder))
    minutes = round((time.monotonic() - begun) / 60, 1)
    print(json.dumps({"how": how, "minutes": minutes, **asdict(tally)}))  # noqa: T201


if __name__ == "__main__":
    main()
