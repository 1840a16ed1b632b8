"""Where the code goes: what one command calls, what a session reads and renders, what a start reads.

Run by hand: `.venv/bin/python -m tests.benchmarks.trace [FIGURE...] [--command stop] [--routine leg-lifts]`;
prints one JSON object with these figures, or the named ones of them:

- `handle`: the calls of Python functions under assistant/ while the coach handles a command in mid-lowering:
  how many, in how many files, and how often the file changes from one call to the next.
- `state`: how many fields the parts of the coach's state have, and which of them several modules write
  (`state_fields.py`).
- `session`: how many texts are rendered and files read inside the calls of the coach in a rehearsed session,
  with no clip in the cache. Takes as long as `imprint rehearse`.
- `start`: how often `imprint start` reads files (of scripts, voices, models and the journal) until the coach
  begins, after a session that pain ended.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from types import FrameType

import numpy as np
import pytest
import soundfile

from assistant.cli import main as imprint
from assistant.cli.memory import now_here
from assistant.coaching.actions import Action
from assistant.coaching.coach import Coach
from assistant.coaching.events import Event, Heard
from assistant.library.session import load_session, load_voice
from assistant.places import cache_folder, shipped
from assistant.rehearsal.rehearse import Conditions, rehearse
from assistant.rehearsal.script import default_athlete, load_athlete
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.rendering import Pyttsx3Renderer, Renderer, Voice
from tests.benchmarks.keyed import run
from tests.benchmarks.state_fields import StateFields, state_fields
from tests.journal.experienced import write_experienced
from tests.stand_ins import Stage

PRODUCT = Path(__file__).resolve().parents[2] / "assistant"

INTO_LOWERING_SECONDS = 1.2
"""When the command is said: between two counts of the lowering; chosen."""

IN_PAIN = {"ready": "pain", "where": "place"}
"""Answers with which a session ends by pain: asked whether they are ready, the person says that it hurts."""

FIGURES = ("handle", "state", "session", "start")


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls that some work makes."""

    calls: int
    files: int
    changes_of_file: int
    """How often a call is in another file than the call before it."""


def calls_under(folder: Path, work: Callable[[], object]) -> Calls:
    """Return the calls of Python functions in the files of a folder while some work is done."""
    called: list[str] = []

    def see(frame: FrameType, event: str, argument: object) -> None:
        # A generator or a comprehension is a call, too, in the file where it stands.
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(f"{folder}{os.sep}"):
            called.append(file)

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
    return Calls(len(called), len(set(called)), sum(file != after for file, after in pairwise(called)))


def calls_of_command(stage: Stage, command: str) -> Calls:
    """Return the calls while a stage's coach handles a command now."""
    heard = Heard(command, {}, text=command, start=stage.now, end=stage.now)
    return calls_under(PRODUCT, lambda: stage.coach.handle(heard, stage.now))


def in_mid_lowering(routine: str) -> Stage:
    """Return a session of a routine in the middle of its first lowering, in the shipped voice."""
    stage = Stage(load_session(routine).plan, load_voice(str(shipped("voices") / "en")))
    stage.reach("lower")
    stage.wait(INTO_LOWERING_SECONDS)
    return stage


class Reads:
    """The files that this process opens for reading while it is watching."""

    def __init__(self) -> None:
        self.watching = False
        self.paths: list[Path] = []
        # A hook of the interpreter can't be taken away again; it sees nothing while `watching` is False.
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.watching or event not in ("open", "sqlite3.connect"):
            return
        path, *_, flags = (*arguments, os.O_RDONLY) if event == "sqlite3.connect" else arguments
        if (
            isinstance(flags, int)
            and flags & os.O_ACCMODE == os.O_RDONLY
            and isinstance(path, str | os.PathLike)
        ):
            self.paths.append(Path(os.path.realpath(path)))


class CountingRenderer:
    """A renderer that knows how many texts it rendered while it was watching.

    Args:
        renderer: Speaks.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self.watching = False
        self.texts: list[str] = []

    @property
    def identity(self) -> str:
        """That of the renderer, so that clips are the same."""
        return self._renderer.identity

    def render(self, text: str, voice: Voice) -> Samples:
        """Speak text into samples, as the renderer does."""
        if self.watching:
            self.texts.append(text)
        return self._renderer.render(text, voice)


Call = Callable[[], list[Action]]


@contextmanager
def coach_calls(around: Callable[[Call], list[Action]]) -> Generator[None]:
    """Lead every call of the coach from outside through a function, until the context ends."""
    handle, advance = Coach.handle, Coach.advance

    def handled(coach: Coach, event: Event, now: float) -> list[Action]:
        return around(lambda: handle(coach, event, now))

    def advanced(coach: Coach, now: float) -> list[Action]:
        return around(lambda: advance(coach, now))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Coach, "handle", handled)
        patch.setattr(Coach, "advance", advanced)
        yield


@dataclass(frozen=True, slots=True)
class Touched:
    """What the coach's calls touch in one session."""

    coach_calls: int
    renders: int
    reads: int
    rendered: tuple[str, ...]
    """The texts."""
    longest_ms: float
    """Of all calls of the coach."""


def touched_in_session(routine: str) -> Touched:
    """Rehearse a session with no clip in the cache, and return what the coach touches on the way."""
    reads, milliseconds = Reads(), list[float]()
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory() as name,
        Pyttsx3Renderer() as voice,
    ):
        folder = Path(name)
        _link_graphs(folder)
        patch.setenv("IMPRINT_CACHE", str(folder))
        renderer = CountingRenderer(voice)

        def around(call: Call) -> list[Action]:
            reads.watching = renderer.watching = True
            begun = time.perf_counter()
            try:
                return call()
            finally:
                milliseconds.append(1000 * (time.perf_counter() - begun))
                reads.watching = renderer.watching = False

        with coach_calls(around):
            session, athlete = load_session(routine), load_athlete(default_athlete())
            rehearse(session, athlete, Conditions(), renderer, folder / "out", lambda _: None, draw=False)
    texts = tuple(renderer.texts)
    return Touched(len(milliseconds), len(texts), len(reads.paths), texts, round(max(milliseconds), 1))


def _link_graphs(cache: Path) -> None:
    """Let a new cache have the decoding graphs of the usual one, which take long to build."""
    graphs = cache_folder() / "graphs"
    graphs.mkdir(parents=True, exist_ok=True)
    (cache / "graphs").symlink_to(graphs)


@dataclass(frozen=True, slots=True)
class Started:
    """The files that one start reads."""

    reads: int
    files: int
    shelves: dict[str, tuple[int, int]]
    """Reads and files of each kind."""
    again: dict[str, int]
    """Files that are read more than once, and how often."""


class _BegunError(Exception):
    """Raised when the coach begins: what comes after it is no part of the start."""


def reads_at_start(routine: str) -> Started:
    """Return what `imprint start` reads until the coach begins, after a session that pain ended."""
    reads = Reads()

    def around(call: Call) -> list[Action]:
        reads.watching = False
        raise _BegunError

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        patch.setenv("IMPRINT_CONFIG", str(folder / "config"))
        data = folder / "data"
        write_experienced(data, now_here())
        run(routine, data, None, math.inf, IN_PAIN, live=False)
        soundfile.write(folder / "silence.wav", np.zeros(SAMPLE_RATE, np.float32), SAMPLE_RATE)
        devices = ("--mic", str(folder / "silence.wav"), "--speaker", str(folder / "speaker.wav"))
        patch.setattr("sys.argv", ["imprint", "start", routine, *devices, "--data", str(data), "--plain"])
        with (
            coach_calls(around),
            contextlib.suppress(_BegunError),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            reads.watching = True
            imprint()
        assert not reads.watching, "the coach did not begin"
        shelves = {shelf: shipped(shelf).resolve() for shelf in ("scripts", "voices", "models")}
        shelves["journal"] = data.resolve()
        read = Counter(
            (shelf, str(path.relative_to(folder)))
            for path in reads.paths
            for shelf, folder in shelves.items()
            if path.is_relative_to(folder)
        )
    of_shelves = {shelf: [times for (of, _), times in read.items() if of == shelf] for shelf in shelves}
    return Started(
        read.total(),
        len(read),
        {shelf: (sum(times), len(times)) for shelf, times in of_shelves.items()},
        {f"{shelf}/{path}": times for (shelf, path), times in read.items() if times > 1},
    )


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    # argparse looks for the empty list among the choices, too, where no figure is named.
    parser.add_argument("figures", nargs="*", choices=[*FIGURES, []], metavar="FIGURE")
    parser.add_argument("--command", default="stop", help="what is said in mid-lowering")
    parser.add_argument("--routine", default="leg-lifts", help="what is coached")
    wanted = parser.parse_args(arguments)
    measures: dict[str, Callable[[], Calls | StateFields | Touched | Started]] = {
        "handle": lambda: calls_of_command(in_mid_lowering(wanted.routine), wanted.command),
        "state": lambda: state_fields(PRODUCT / "coaching"),
        "session": lambda: touched_in_session(wanted.routine),
        "start": lambda: reads_at_start(wanted.routine),
    }
    figures = {name: asdict(measures[name]()) for name in wanted.figures or FIGURES}
    print(json.dumps(figures, indent=1))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
