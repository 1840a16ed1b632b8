"""`imprint check`, from files to findings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.library.session import load_session
from assistant.places import shipped

EXERCISE = """\
name: mine
level: 3
cycle: up-start
sides: each
source: mine
tempo: 3-0-2-1
range: {shallowest: 1, deepest: 3}
repetitions: {fewest: 8, most: 10}
regression: single-leg-bent
cues:
  title: title_single_leg
  setup: setup_single_leg
  reminder: reminder_single_leg
  release: release_supine
"""

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(
    monkeypatch: pytest.MonkeyPatch, imprint: Callable[..., tuple[int, str, str]], session_cache: Path
) -> Check:
    """Run `imprint check`; give its exit status and what it wrote."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    return lambda *arguments: imprint("check", *arguments)


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own to work in, with a routine and an exercise."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scripts" / "exercises").mkdir(parents=True)
    (tmp_path / "scripts" / "exercises" / "mine.yaml").write_text(EXERCISE, encoding="utf-8")
    routine = "name: today\nwork:\n  - exercise: mine\n"
    (tmp_path / "scripts" / "today.yaml").write_text(routine, encoding="utf-8")
    return tmp_path


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _found(output: str) -> list[tuple[str, int, str]]:
    return [(one["file"], one["line"], one["rule"]) for one in json.loads(output)]


def test_what_ships_is_clean_but_for_pairs_that_sound_alike(check: Check, tmp_path: Path) -> None:
    """With the real voice; pairs are a matter of choosing words, and are each named."""
    status, out, _ = check("--json", shipped("scripts"), shipped("voices"))
    found = [one for one in json.loads(out) if not one["note"]]
    assert [one for one in found if one["rule"] != "sounds-alike"] == []
    assert status == (1 if found else 0)


def test_ones_own_files_are_clean_in_silence_but_for_their_number(check: Check, mine: Path) -> None:
    """What they name is looked up among the shipped ones."""
    status, out, _ = check("scripts")
    assert (status, out) == (0, "2 files: nothing to correct.\n")


def test_every_mistake_is_one_line_that_editors_read(check: Check, mine: Path) -> None:
    """Of every file, also when another can't be read; those of the shipped files are not shown."""
    exercises = mine / "scripts" / "exercises"
    _change(exercises / "mine.yaml", "regression: single-leg-bent", "regression: nothing")
    _change(exercises / "mine.yaml", "release: release_supine", "release: setup_single_leg")
    (exercises / "broken.yaml").write_text("name: broken\nlevel: [\n", encoding="utf-8")
    (mine / "scripts" / "other.yaml").write_text(
        "name: other\nwork:\n  - exercise: broken\n", encoding="utf-8"
    )
    (mine / "scripts" / "latin.yaml").write_bytes(b"name: x\nwork: \xe9\n")
    status, out, _ = check("scripts")
    lines = [line.split(": ")[:2] for line in out.splitlines()]
    assert status == 1
    assert lines == [
        ["scripts/exercises/broken.yaml:3:1", "invalid"],
        ["scripts/exercises/mine.yaml:9:1", "regression"],
        ["scripts/exercises/mine.yaml:14:3", "cue-kind"],
        ["scripts/latin.yaml:2:7", "invalid"],
    ]
    assert out.splitlines()[1].endswith(": there is no exercise 'nothing'. Correct the name.")


def test_json_is_a_list_of_objects(check: Check, mine: Path) -> None:
    """An empty one where nothing was found."""
    file = mine / "scripts" / "today.yaml"
    assert check("--json", file) == (0, "[]\n", "")
    _change(file, "exercise: mine", "exercise: mine\n    repetitions: 20")
    status, out, _ = check("--json", file)
    (found,) = json.loads(out)
    assert status == 1
    assert set(found) == {"file", "line", "column", "rule", "problem", "remedy", "note"}
    assert (found["file"], found["line"], found["column"]) == ("scripts/today.yaml", 4, 5)
    assert found["rule"] == "repetitions"


def test_without_files_ones_own_scripts_and_voices_are_looked_at_with_what_ships(
    check: Check, mine: Path
) -> None:
    """Each finding in its own place."""
    _change(mine / "scripts" / "today.yaml", "exercise: mine", "exercise: mime")
    voice = mine / "voices" / "mine"
    shutil.copytree(shipped("voices") / "en", voice)
    _change(voice / "movements.yaml", "  setup_single_leg:", "  setup_two_legs:")
    status, out, _ = check("--json")
    found = [one for one in _found(out) if one[2] != "sounds-alike"]
    assert status == 1
    assert ("scripts/today.yaml", 3, "invalid") in found
    assert {(file, rule) for file, _, rule in found} == {
        ("scripts/today.yaml", "invalid"),
        ("scripts/exercises/mine.yaml", "cue-missing"),
        (str(shipped("scripts") / "exercises" / "single-leg.yaml"), "cue-missing"),
        ("voices/mine/movements.yaml", "cue-unused"),
    }


def test_a_voice_is_measured_and_heard(check: Check, mine: Path) -> None:
    """Alone, with the shipped exercises; what is wrong in its commands does not hide what it says."""
    voice = mine / "kind"
    shutil.copytree(shipped("voices") / "en", voice)
    _change(voice / "cues.yaml", 'lift: "Lift."', 'lift: "Lift it now, as slowly as you ever can, and on."')
    _change(voice / "commands.yaml", "  help:\n", "  start:\n    sentences: [start]\n  help:\n")
    status, out, _ = check("--json", voice)
    found = {(one["file"], one["rule"], one["problem"]) for one in json.loads(out)}
    assert status == 1
    assert any(place == "kind/cues.yaml" and rule == "cue-too-long" for place, rule, _ in found)
    assert any("“stop” (stop) and “start” (start)" in problem for *_, problem in found)
    _change(voice / "commands.yaml", "commands:\n", "comands:\n")
    found = set(_found(check("--json", voice)[1]))
    assert {(file, rule) for file, _, rule in found} == {
        ("kind/cues.yaml", "cue-too-long"),
        ("kind/commands.yaml", "invalid"),
    }


def test_files_are_known_by_what_is_in_them(check: Check, tmp_path: Path) -> None:
    """Wherever they lie; what is none of ours says so."""
    kinds = {
        "walk.yaml": "name: walk\nwork: [{exercise: squat}]\n",
        "say.yaml": "commands: {stop: {sentences: [sstopp]}}\n",
        "me.yaml": "says: []\nanswers: {why: yes}\n",
        "other.yaml": "services: {}\n",
    }
    for name, text in kinds.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, _ = check("--json", tmp_path)
    assert status == 1
    assert {(Path(file).name, line, rule) for file, line, rule in _found(out)} == {
        ("walk.yaml", 2, "invalid"),
        ("say.yaml", 1, "pronunciation"),
        ("me.yaml", 2, "invalid"),
        ("other.yaml", 1, "unknown"),
    }


def test_a_note_is_told_and_is_no_mistake(check: Check, tmp_path: Path) -> None:
    """How a word of no dictionary is listened for: the file is in order."""
    file = tmp_path / "say.yaml"
    file.write_text("commands: {easier: {contexts: [moving], sentences: [frobnicate]}}\n", encoding="utf-8")
    status, out, _ = check(file)
    assert status == 0
    assert f"{file}:1:" in out
    assert ": note: pronunciation: “frobnicate” is not in the dictionary" in out
    assert out.endswith("1 file: nothing to correct.\n")
    status, out, _ = check("--json", file)
    assert status == 0
    assert [(one["rule"], one["note"]) for one in json.loads(out)] == [("pronunciation", True)]


def test_voices_say_what_a_file_has_when_they_are_asked_to(check: Check, tmp_path: Path) -> None:
    """And what they said is told; a file that is not looked at is not spoken."""
    file = tmp_path / "say.yaml"
    file.write_text("commands: {skip: {contexts: [resting], sentences: [skip this one]}}\n", encoding="utf-8")
    status, out, _ = check(file, "--voices", "--sentences", 1, "--jobs", 1)
    assert (status, f"{file}:1:" in out) == (0, True)
    assert ": note: spoken: 1 of 1 sentences, each counted in each context, were said by en-us, " in out
    assert "note: spoken" not in check(file)[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["scripts", "--voices", "--jobs", "0"], "field --jobs: 0 is too few"),
        (["scripts", "--voices", "--sentences", "0"], "field --sentences: 0 is too few"),
        (["nowhere"], "nowhere: there is no such file or folder"),
        (["--voice", "nobody", "scripts"], "there is no voice pack 'nobody'"),
    ],
)
def test_what_is_not_there_is_no_finding_but_a_mistake_in_asking(
    check: Check, mine: Path, arguments: list[str], words: str
) -> None:
    """Exit 2, and nothing is written as if it were a result."""
    status, out, err = check(*arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_a_routine_that_changes_another_is_a_routine(check: Check, mine: Path) -> None:
    """The example of the page on routines; also where it lies in no folder that tells what it is."""
    text = "name: my-leg-lifts\nextends: leg-lifts\nchange:\n  work:\n    1: {sets: 2x8 rest 1m}\n"
    for file in (mine / "scripts" / "my-leg-lifts.yaml", mine / "loose.yaml"):
        file.write_text(text, encoding="utf-8")
        assert check(file)[0] == 0
    (mine / "loose.yaml").write_text(text.replace("2x8", "2xx"), encoding="utf-8")
    assert "loose.yaml:5:" in check(mine / "loose.yaml")[1]


@pytest.mark.parametrize("name", [".#mine.yaml", "._mine.yaml"])
def test_what_an_editor_leaves_beside_an_exercise_is_none(name: str, mine: Path) -> None:
    """A session would not begin otherwise."""
    (mine / "scripts" / "exercises" / name).symlink_to("me@host.1")
    assert load_session("today").plan.sets


def test_line_100_is_told_as_it_is(check: Check, mine: Path) -> None:
    """And no picture in its place."""
    (mine / "long.yaml").write_text("#\n" * 98 + "name: long\nwork: 3\n", encoding="utf-8")
    assert "long.yaml:100:" in check(mine / "long.yaml")[1]
