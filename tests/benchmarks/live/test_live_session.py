"""Following a session that is another process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assistant.coaching.actions import Finish
from assistant.coaching.events import Heard
from assistant.errors import AssistantError
from assistant.session.records import Counted, Entry, Silenced
from tests.benchmarks.live.live_session import LiveSession

PROGRAM = """
import json, os, signal, sys
from pathlib import Path

assert sys.argv[1:3] == ["start", "--record"], sys.argv
folder = Path(sys.argv[3])
folder.mkdir()
file = (folder / "events.jsonl").open("w")

def write(text):
    file.write(text)
    file.flush()

def line(kind, **fields):
    return json.dumps({"t": 0.0, "kind": kind, **fields}) + "\\n"

counted = line("count", value=1, due=0.0, start=0.0)
begun, rest = counted[:20], counted[20:]

def end(*_):
    write(rest + line("summary", ended="asked", sets=0, repetitions=0, changes=[]))
    sys.exit(0)

signal.signal(signal.SIGINT, end)
write(line("silence", start=0.0) + begun)
while key := os.read(0, 1).decode():
    if key == "q":
        print("imprint: the loudspeaker is gone.")
        sys.exit(2)
    write(rest + line("key", key=key, command="stop", slots={}) + begun)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the processes are tied by Linux's setpriv")


def start(folder: Path) -> LiveSession:
    """A stand-in for `imprint start` that writes half a line ahead and repeats keys."""
    return LiveSession(folder, dict(os.environ), ("--voice", "en"), (sys.executable, "-c", PROGRAM))


def pressed_key(key: str) -> Entry:
    """The entry of a key."""
    return Entry(0.0, Heard("stop", key=key))


def test_keys_go_in_and_whole_lines_come_out(tmp_path: Path) -> None:
    """A line that is half written is given once it is whole."""
    with start(tmp_path) as session:
        first = session.wait_for(lambda entry: True, 20.0)
        assert first == Entry(0.0, Silenced(0.0))
        session.press("s")
        pressed = session.wait_for(lambda entry: isinstance(entry.record, Heard), 20.0)
        assert pressed == pressed_key("s")
        assert session.follow() == []
    assert [type(entry.record) for entry in session.entries] == [
        Silenced,
        Counted,
        Heard,
        Counted,
        Finish,
    ]


def test_no_line_is_lost_beside_the_one_that_was_waited_for(tmp_path: Path) -> None:
    """What came before it is over; what comes after it is still to be given."""
    with start(tmp_path) as session:
        session.press("s")
        session.press("p")
        session.wait_for(lambda entry: isinstance(entry.record, Counted), 20.0)
        assert session.wait_for(lambda entry: entry == pressed_key("s"), 20.0) is not None
        assert session.wait_for(lambda entry: entry == pressed_key("p"), 20.0) is not None
        session.press("n")
        assert session.wait_for(lambda entry: entry == pressed_key("n"), 20.0) is not None
        assert session.follow() == []


def test_a_key_has_the_time_at_which_it_was_pressed(tmp_path: Path) -> None:
    """On the computer's clock, which the recordings have, too."""
    with start(tmp_path) as session:
        assert session.press("s") > session.started


def test_the_memory_of_a_session_is_that_of_its_process(tmp_path: Path) -> None:
    """A bare Python has a few MiB."""
    with start(tmp_path) as session:
        session.wait_for(lambda entry: True, 20.0)
        assert 3 < session.peak_memory_mib < 100


def test_what_does_not_come_in_time_is_none(tmp_path: Path) -> None:
    """The session goes on."""
    with start(tmp_path) as session:
        assert session.wait_for(lambda entry: False, 0.05) is None


def test_a_session_that_ends_early_says_why(tmp_path: Path) -> None:
    """With its own last words."""
    with start(tmp_path) as session:
        session.press("q")
        with pytest.raises(AssistantError, match=r"ended early: imprint: the loudspeaker is gone\."):
            session.wait_for(lambda entry: False, 20.0)
