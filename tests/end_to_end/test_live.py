"""A live session as people have it: real streams, real echo, words over the coach's voice, keys."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.coaching.actions import Enter, Finish
from assistant.coaching.events import Heard
from assistant.sound import SAMPLE_RATE, Samples
from tests.benchmarks.live.recording import RATE
from tests.benchmarks.live.signals import AUDIBLE
from tests.benchmarks.live.virtual_sound import LOUDSPEAKER, VirtualSound
from tests.end_to_end.conftest import Person
from tests.journal.experienced import write_experienced

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the virtual hardware is PulseAudio on Linux")

IMPRINT = [sys.executable, "-c", "from assistant.cli import main; main()"]
ROOM = 8_000_000
"""Bytes that the largest file of a session on a small disk has."""


@pytest.mark.parametrize("voice", ["espeak", "flite"])
def test_a_conversation_is_acted_on(voice: str, person: Person, request: pytest.FixtureRequest) -> None:
    """Each word by its own meaning, with the coach's echo in the microphone; nothing else is heard."""
    say: Callable[[str], Samples] = request.getfixturevalue(voice)
    spoken = Person(person.hardware, person.session, say)
    spoken.reach("greeting")
    time.sleep(3.0)
    spoken.session.press("r")
    spoken.cue("say_ready", 45.0)
    for word, command, then in (
        ("ready", "ready", "lower"),
        ("pain", "pain", "ask_where"),
        ("back", "place", "ask_how_sore"),
        ("two", "number", "shallower_from_here"),
        ("carry on", "carry_on", "ask_ready"),
        ("ready", "ready", "lower"),
        ("easier", "easier", "lower"),
        ("next set", "next_set", ""),
    ):
        spoken.say(word)
        spoken.obeyed(command)
        if then == "lower":
            spoken.reach(then)
        elif then:
            spoken.cue(then)
    # A computer that loses some of the sound may take echo for talk, which commands nothing.
    heard = [
        entry for entry in spoken.session.entries if isinstance(entry.record, Heard) and not entry.record.key
    ]
    assert len(heard) == 8, heard


def _quiet_from(recorded: Samples, start: int) -> float:
    """Seconds from a sample to the first silence of 0.2 s."""
    loud = np.flatnonzero(np.abs(recorded[start:]) > AUDIBLE) / RATE
    gaps = np.flatnonzero(np.diff(loud) > 0.2)
    return float(loud[gaps[0]] if gaps.size else loud[-1])


def test_the_stop_key_silences_the_loudspeaker(person: Person) -> None:
    """In the middle of a sentence; then comes the release, and the session waits."""
    with person.hardware.record(f"{LOUDSPEAKER}.monitor") as speaker:
        person.reach("greeting")
        time.sleep(3.0)
        pressed = person.session.press("s")
        person.reach("stopped")
        person.cue("release_supine")
        recorded = speaker.samples
        assert _quiet_from(recorded, speaker.sample_at(pressed)) < 1.0
    heard = [entry.record for entry in person.session.entries if isinstance(entry.record, Heard)]
    assert [pressed.key for pressed in heard if pressed.key] == ["s"]


def test_ctrl_c_is_silence_a_summary_and_130(moving: Person) -> None:
    """And a complete record."""
    with moving.hardware.record(f"{LOUDSPEAKER}.monitor") as speaker:
        moving.session.signal(signal.SIGINT)
        time.sleep(1.0)
        assert np.abs(speaker.samples[-RATE // 4 :]).max() < AUDIBLE
    moving.session.close()
    assert moving.session.status == 130
    last = moving.session.entries[-1].record
    assert isinstance(last, Finish)
    assert last.ended == "interrupted"
    assert "0 repetitions" in moving.session.output


def test_a_muted_microphone_pauses_and_is_resumed_by_voice(moving: Person) -> None:
    """When it is no longer muted."""
    moving.hardware.mute_microphone(True)
    try:
        moving.trouble("microphone_muted", over=False, seconds=1.0)
        moving.reach("paused", 1.0)
        moving.cue("microphone_muted")
    finally:
        moving.hardware.mute_microphone(False)
    moving.trouble("microphone_muted", over=True, seconds=1.0)
    moving.cue("trouble_over")
    moving.say("carry on")
    moving.obeyed("carry_on")
    moving.reach("lower", repetition=1)


def test_a_program_that_was_stopped_pauses(moving: Person) -> None:
    """As a computer that slept does: the counts would be wrong, and nobody was listening."""
    moving.session.signal(signal.SIGSTOP)
    time.sleep(3.0)
    moving.session.signal(signal.SIGCONT)
    moving.trouble("asleep", over=False, seconds=1.0)
    moving.reach("paused", 1.0)
    moving.cue("asleep")
    moving.say("carry on")
    moving.obeyed("carry_on")


@pytest.mark.timeout(250)
@pytest.mark.parametrize("cut", [True, False], ids=["dies", "moved"])
@pytest.mark.parametrize("device", ["mic", "spk"])
def test_a_device_that_goes_and_returns_loses_nothing(device: str, cut: bool, person: Person) -> None:
    """In every phase: paused within a second, told, resumed by key in the same repetition.

    Where PulseAudio moves the streams instead of ending them, the first phases have to do.
    """
    waiting = ["greeting", "setup", "imprint", "get_ready", "lift", "lower"]
    if cut:
        waiting += ["return", "top", "rest"]
    session, hardware = person.session, person.hardware
    # The virtual echo goes with a device, and a new one wanders for longer than this test waits.
    hardware.echo(False)
    while waiting:
        if waiting[0] in ("imprint", "rest"):
            session.press("r")
        before = person.reach(waiting[0])
        time.sleep(0.4)
        pulled = time.monotonic()
        hardware.unload(device, cut)
        # On a busy computer PulseAudio takes its time to let it go.
        took = time.monotonic() - pulled
        try:
            gone = person.reach("paused", 1.0)
        finally:
            hardware.load(device)
        assert gone.at - before.at < 1.5 + took
        back = "microphone_lost" if device == "mic" else "loudspeaker_lost"
        if cut or device == "mic":
            person.trouble(back, over=True, seconds=6.0)
        time.sleep(2.5)
        session.press(" ")
        assert isinstance(before.record, Enter)
        assert isinstance(gone.record, Enter)
        assert gone.record.set == before.record.set
        waiting.pop(0)


def test_devices_shows_what_would_be_used(hardware: VirtualSound, session_cache: Path) -> None:
    """Both, with the reason."""
    shown = subprocess.run(
        [*IMPRINT, "devices"],
        env={**os.environ, **hardware.environment, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "microphone: the system's default; loudspeaker: the system's default" in shown.stdout
    assert shown.stderr == ""


def _run_on_files(
    folder: Path, cache: Path, said: Samples, program: Sequence[str] = IMPRINT
) -> subprocess.CompletedProcess[str]:
    """Have a session between two sound files, recorded in a folder's `record`."""
    soundfile.write(folder / "said.wav", said, SAMPLE_RATE)
    write_experienced(folder / "data", datetime.now().astimezone())
    return subprocess.run(
        [
            *(*program, "start", "--lie-down", "1", "--data", "data"),
            *("--mic", "said.wav", "--speaker", "coach.wav", "--record", "record"),
        ],
        cwd=folder,
        env={**os.environ, "IMPRINT_CACHE": str(cache)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_full_disk_ends_the_record_and_not_the_session(session_cache: Path, tmp_path: Path) -> None:
    """What is recorded is told to be incomplete when all is over."""
    # What the coach says, in one channel, is half as large, and fits.
    most = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM})); "
    program = [sys.executable, "-c", f"{most}from assistant.cli import main; main()"]
    run = _run_on_files(tmp_path, session_cache, np.zeros(SAMPLE_RATE * 30, np.float32), program)
    assert run.returncode == 0
    [line] = run.stderr.splitlines()
    assert line.startswith("imprint: record/session.wav: it can't be written")
    assert line.endswith("The session went on without it.")
    both, _ = soundfile.read(tmp_path / "record" / "session.wav", dtype="float32")
    coach, _ = soundfile.read(tmp_path / "coach.wav", dtype="float32")
    assert SAMPLE_RATE < both.shape[0] < 0.9 * coach.size
    last = json.loads((tmp_path / "record" / "events.jsonl").read_text().splitlines()[-1])
    assert last["t"] > 1.2 * both.shape[0] / SAMPLE_RATE


def test_recordings_stand_for_devices(
    session_cache: Path, tmp_path: Path, espeak: Callable[[str], Samples]
) -> None:
    """What is said in a file is acted on, what the coach says is in another, and nobody waits for either."""
    said = np.zeros(SAMPLE_RATE * 100, np.float32)
    for at, word in ((45, "ready"), (62, "stop"), (75, "finish")):
        samples = espeak(word)
        said[at * SAMPLE_RATE : at * SAMPLE_RATE + samples.size] = samples
    begun = time.monotonic()
    run = _run_on_files(tmp_path, session_cache, said)
    assert run.returncode == 0, run.stderr
    assert time.monotonic() - begun < 60
    entries = [json.loads(line) for line in (tmp_path / "record" / "events.jsonl").read_text().splitlines()]
    accepted = [entry["command"] for entry in entries if entry["kind"] == "command" and entry["accepted"]]
    assert accepted == ["ready", "stop", "finish"]
    coach, rate = soundfile.read(tmp_path / "coach.wav", dtype="float32")
    both, _ = soundfile.read(tmp_path / "record" / "session.wav", dtype="float32")
    assert rate == SAMPLE_RATE
    size = min(coach.size, both.shape[0])
    np.testing.assert_allclose(coach[:size], both[:size, 0], atol=1e-4)
    assert "session" in run.stdout
    assert "\x1b" not in run.stdout
