"""The commands as people use them: real Vosk, real pyttsx3, a simulated room, files on disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from assistant.places import shipped
from assistant.sound import SAMPLE_RATE, Samples

Imprint = Callable[..., "subprocess.CompletedProcess[str]"]

ROUTINE = """\
name: short
work:
  - {exercise: double-leg, sets: 2, repetitions: 2, range: 2, rest: 6}
"""

ATHLETE = """\
says:
  - {at: {set: 1, repetition: 1, phase: lower, seconds: 0.6}, say: pain}
  - {at: {set: 1, repetition: 2, phase: lower, seconds: 0.5}, say: next set}
answers: {where: back, how_sore: two, carry_on: carry on}
"""


@pytest.fixture(scope="module")
def imprint(session_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Imprint:
    """Run the command with an empty HOME, in a folder that has nothing in it."""
    home = tmp_path_factory.mktemp("home")

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from assistant.cli import main; main()", *map(str, arguments)],
            cwd=home,
            env={**os.environ, "HOME": str(home), "IMPRINT_CACHE": str(session_cache), **environment},
            capture_output=True,
            text=True,
            timeout=250,
            check=False,
        )

    return run


class Session:
    """What a rehearsal left behind."""

    def __init__(self, folder: Path, output: str) -> None:
        self.folder = folder
        self.output = output
        lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
        self.entries: list[dict[str, Any]] = [json.loads(line) for line in lines]
        samples, rate = soundfile.read(str(folder / "session.wav"), dtype="float32")
        assert rate == SAMPLE_RATE
        self.left: Samples = np.asarray(samples[:, 0], np.float32)
        self.right: Samples = np.asarray(samples[:, 1], np.float32)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [entry for entry in self.entries if entry["kind"] == kind]


@pytest.fixture(scope="module")
def session(imprint: Imprint, tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A short session in which the athlete has a sore back and goes on."""
    folder = tmp_path_factory.mktemp("short")
    (folder / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    (folder / "athlete.yaml").write_text(ATHLETE, encoding="utf-8")
    done = imprint(
        "rehearse", folder / "short.yaml", "--athlete", folder / "athlete.yaml", "--out", folder / "out"
    )
    assert done.returncode == 0, done.stderr
    return Session(folder / "out", done.stdout)


def test_everything_that_the_athlete_says_is_acted_on(session: Session) -> None:
    """Heard by Vosk, decided by the coach, in this order."""
    accepted = [entry["command"] for entry in session.of("command") if entry["accepted"]]
    assert accepted == [
        "ready",
        "pain",
        "place",
        "number",
        "carry_on",
        "ready",
        "next_set",
        "number",
        "number",
        "number",
    ]
    assert all(entry["accepted"] for entry in session.of("command"))


def test_the_record_tells_the_session(session: Session) -> None:
    """In order of time, with every kind that docs/events.md lists."""
    times = [entry["t"] for entry in session.entries]
    assert times == sorted(times)
    kinds = {entry["kind"] for entry in session.entries}
    assert kinds == {
        *("phase", "cue", "count", "heard", "command", "silence", "release", "change", "note", "place"),
        "summary",
    }
    change = session.of("change")[0]
    assert (change["what"], change["from"], change["to"]) == ("range", "2", "1")
    assert session.of("summary")[0]["ended"] == "completed"
    phases = [entry["phase"] for entry in session.of("phase")]
    assert phases[:4] == ["greeting", "setup", "imprint", "get_ready"]
    assert phases[-1] == "finished"


def test_counts_sound_on_their_beat(session: Session) -> None:
    """The left channel, measured: within a millisecond of the plan, where the coach gives way, too."""
    counts = session.of("count")
    assert len(counts) >= 8
    for count in counts:
        assert count["start"] == count["due"]
        start = round(count["due"] * SAMPLE_RATE)
        window = np.abs(session.left[start - 400 : start + 480])
        onset = int(np.argmax(window > 0.05 * window.max())) - 400
        assert abs(onset) <= 16, count


def test_after_pain_the_coach_is_silent_and_only_the_release_moves(session: Session) -> None:
    """Within 50 ms, until the release; and no movement cue before carry on and ready."""
    pain = next(entry for entry in session.of("command") if entry["command"] == "pain")
    at = round(pain["t"] * SAMPLE_RATE)
    assert np.abs(session.left[at + 800 : at + 4000]).max() < 1e-4
    ready = [entry["t"] for entry in session.of("command") if entry["command"] == "ready"][1]
    between = [entry for entry in session.entries if pain["t"] < entry["t"] < ready]
    assert not [entry for entry in between if entry["kind"] == "count"]
    cues = {entry["id"] for entry in between if entry["kind"] == "cue"}
    asked = {"ask_where", "sore_place", "ask_how_sore", "ask_ready"}
    assert cues == {"release_supine", *asked, "shallower_from_here"}


def test_the_files_and_the_transcript_are_for_people(session: Session) -> None:
    """A picture in two formats, and who said what."""
    assert "YOU: pain" in session.output
    assert "coach: Bend your knees. Feet down." in session.output
    assert (session.folder / "timeline.png").stat().st_size > 20_000
    svg = (session.folder / "timeline.svg").read_text(encoding="utf-8")
    assert "<svg" in svg
    assert "next_set" in svg


def test_hear_finds_the_same_commands_in_the_right_channel(
    session: Session, imprint: Imprint, tmp_path: Path
) -> None:
    """As JSON, one object a file; nothing accepted gives an empty list."""
    soundfile.write(str(tmp_path / "right.wav"), session.right, SAMPLE_RATE)
    soundfile.write(str(tmp_path / "silence.flac"), np.zeros(SAMPLE_RATE, np.float32), SAMPLE_RATE)
    done = imprint("hear", tmp_path / "right.wav", tmp_path / "silence.flac", "--json")
    assert done.returncode == 0, done.stderr
    found, nothing = [json.loads(line) for line in done.stdout.splitlines()]
    assert (nothing["file"], nothing["heard"]) == (str(tmp_path / "silence.flac"), [])
    assert [hint["what"] for hint in nothing["hints"]] == ["silent"]
    assert found["hints"] == []
    assert set(found["heard"][0]) == {"command", "slots", "text", "start", "end", "confidence"}
    for entry in session.of("heard"):
        near = [h for h in found["heard"] if abs(h["start"] - entry["start"]) < 0.7]
        assert entry["command"] in [h["command"] for h in near], entry


def test_hear_listens_in_a_context_for_ones_own_commands(
    session: Session, imprint: Imprint, tmp_path: Path
) -> None:
    """`--commands` takes any file of the same format."""
    soundfile.write(str(tmp_path / "right.wav"), session.right, SAMPLE_RATE)
    (tmp_path / "mine.yaml").write_text(
        "commands:\n  onward:\n    contexts: [moving]\n    sentences: [next set]\n", encoding="utf-8"
    )
    done = imprint(
        "hear", tmp_path / "right.wav", "--commands", tmp_path / "mine.yaml", "--context", "moving"
    )
    assert "onward" in done.stdout
    other = imprint(
        "hear", tmp_path / "right.wav", "--commands", tmp_path / "mine.yaml", "--context", "stopped"
    )
    assert "nothing that is a command" in other.stdout


def test_a_moment_that_never_comes_is_named(imprint: Imprint, tmp_path: Path) -> None:
    """Exit status 1, the file and the line."""
    (tmp_path / "short.yaml").write_text(
        "name: s\nwork: [{exercise: double-leg, repetitions: 1}]\n", encoding="utf-8"
    )
    (tmp_path / "athlete.yaml").write_text(
        "says:\n  - {at: 1, say: hello}\n  - {at: {set: 7, phase: lower}, say: stop}\n", encoding="utf-8"
    )
    done = imprint(
        "rehearse", tmp_path / "short.yaml", "--athlete", tmp_path / "athlete.yaml", "--out", tmp_path / "out"
    )
    assert done.returncode == 1
    assert f"{tmp_path / 'athlete.yaml'}, line 3: the session never came to set 7, phase lower" in done.stderr
    assert (tmp_path / "out" / "events.jsonl").exists()


def test_plan_shows_a_timetable(imprint: Imprint) -> None:
    """Of the default routine, at another level."""
    done = imprint("plan", "--level", "4")
    assert done.returncode == 0
    assert "double-leg-bent" in done.stdout
    assert "minutes" in done.stdout


def _broken_model(folder: Path) -> Path:
    shutil.copytree(shipped("models") / "en", folder)
    network = folder / "am" / "final.mdl"
    network.write_bytes(network.read_bytes()[:5000])
    return folder


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["rehearse", "nowhere"], {}, ["no routine 'nowhere'", "leg-lifts"]),
        (["rehearse", "--voice", "nobody"], {}, ["no voice pack 'nobody'", "en"]),
        (["rehearse", "--level", "11"], {}, ["--level", "no level 11"]),
        (["rehearse", "--echo-db", "loud"], {}, ["--echo-db"]),
        (["rehearse", "--noise", "{tmp}/gone.wav"], {}, ["gone.wav", "no such file"]),
        (["rehearse", "--athlete", "{tmp}/gone.yaml"], {}, ["gone.yaml", "no such file"]),
        (["rehearse", "--out", "/dev/null/x"], {}, ["/dev/null/x", "choose another folder"]),
        (["rehearse", "--model", "{tmp}"], {}, ["{tmp}", "model"]),
        (["hear", "{tmp}/quiet.wav", "--model", "{tmp}/model"], {}, ["final.mdl"]),
        (["hear", "{tmp}/broken.wav"], {}, ["broken.wav", "can't be read as sound"]),
        (["hear", "{tmp}/empty.wav"], {}, ["empty.wav", "empty"]),
        (["hear", "{tmp}/quiet.wav", "--context", "flying"], {}, ["--context", "flying"]),
        (["hear", "{tmp}/quiet.wav", "--commands", "{tmp}/de.yaml"], {}, ["de.yaml, line 5", "'xqzt'"]),
        (
            ["hear", "{tmp}/quiet.wav"],
            {"IMPRINT_CACHE": "/dev/null/cache"},
            ["/dev/null/cache", "IMPRINT_CACHE"],
        ),
        (["rehearse"], {"IMPRINT_CACHE": "/dev/null/cache"}, ["/dev/null/cache", "IMPRINT_CACHE"]),
        (["plan", "{tmp}/odd.yaml"], {}, ["odd.yaml, line 1", "commands"]),
        (["plan", "a" * 300], {}, ["aaa", "there is no routine"]),
        (["rehearse", "--seed", "-1"], {}, ["--seed", "0 or more"]),
        (["hear", "{tmp}/slow.wav"], {}, ["slow.wav", "sample rate is 100 Hz"]),
        (["fly"], {}, ["fly", "--help"]),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_two(
    imprint: Imprint, tmp_path: Path, arguments: list[str], environment: dict[str, str], words: list[str]
) -> None:
    """It names what is wrong and what to do; no traceback, and nothing is left half-written."""
    (tmp_path / "broken.wav").write_bytes(b"RIFF but no sound")
    soundfile.write(str(tmp_path / "empty.wav"), np.zeros(0, np.float32), SAMPLE_RATE)
    soundfile.write(str(tmp_path / "quiet.wav"), np.zeros(1000, np.float32), SAMPLE_RATE)
    soundfile.write(str(tmp_path / "slow.wav"), np.zeros(1000, np.float32), 100)
    odd = "commands:\n  x:\n    sentences:\n      - xqzt\n"
    (tmp_path / "odd.yaml").write_text(odd, encoding="utf-8")
    (tmp_path / "de.yaml").write_text("language: de\n" + odd, encoding="utf-8")
    _broken_model(tmp_path / "model")
    filled = [argument.format(tmp=tmp_path) for argument in arguments]
    done = imprint(*filled, **environment)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    for word in words:
        assert word.format(tmp=tmp_path) in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2


def test_no_arguments_rehearse_where_there_is_no_sound_hardware(imprint: Imprint) -> None:
    """It says so in one line before it looks for the routine."""
    done = imprint("--help")
    assert done.returncode == 0
    for command in ("rehearse", "hear", "plan"):
        assert command in done.stdout
