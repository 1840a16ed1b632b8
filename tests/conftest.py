"""What several rooms' tests share."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.coaching.plan import Plan
from assistant.library.session import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.routine import make_plan
from assistant.programme.voice import VoicePack
from tests.parsing import parse_routine
from tests.stand_ins import Stage, SteadyRenderer

_IN_REAL_TIME = ("test_live.py", "test_virtual_sound.py", "test_say.py")
"""Files whose tests mostly wait."""

_STEPPED_BACK = 10
"""Niceness of a process that leaves the processor to others."""


def pytest_configure() -> None:
    """Keep what a person has of their own out of the tests."""
    os.environ["IMPRINT_DATA"] = str(Path(tempfile.gettempdir()) / f"imprint-nobody-{os.getpid()}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits for real time, and mark it, so that it can be run alone."""
    items.sort(key=lambda item: item.path.name not in _IN_REAL_TIME)
    for item in items:
        if item.path.name in _IN_REAL_TIME:
            item.add_marker(pytest.mark.real_time)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let sound go first: among several processes, whoever does not wait for real time steps back."""
    if "PYTEST_XDIST_WORKER" in os.environ and item.path.name not in _IN_REAL_TIME:
        os.nice(max(_STEPPED_BACK - os.nice(0), 0))


@pytest.fixture(scope="session")
def pack() -> VoicePack:
    """The shipped English voice."""
    return load_voice(str(shipped("voices") / "en"))


@pytest.fixture(scope="session")
def plan_of(pack: VoicePack) -> Callable[[str], Plan]:
    """Make a plan of the lines of a routine's `work:`."""
    exercises = load_exercises(pack, shipped("scripts"))

    def make(work: str) -> Plan:
        lines = "\n".join(f"  - {{{line.strip()}}}" for line in work.strip().splitlines())
        return make_plan(parse_routine(f"name: test\nwork:\n{lines}\n", "test.yaml"), exercises)

    return make


@pytest.fixture
def stage_of(pack: VoicePack, plan_of: Callable[[str], Plan]) -> Callable[[str], Stage]:
    """Put a coach with a routine's work on fake time."""
    return lambda work: Stage(plan_of(work), pack)


@pytest.fixture(scope="session")
def speech() -> Iterator[SteadyRenderer]:
    """The real synthesizer, the same every time."""
    with closing(SteadyRenderer()) as renderer:
        yield renderer


@pytest.fixture
def imprint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Run the command line, with settings of its own; give its exit status and what it wrote."""
    monkeypatch.setenv("IMPRINT_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["imprint", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        written = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, written.out, written.err

    return run


@pytest.fixture(scope="session")
def session_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that all tests of a run share, whichever process they run in."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(exist_ok=True)
    return folder
