"""Whatever is wrong in a file, the complaint names the file, the line, the field and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coaching.plan import Exercise
from assistant.errors import InputError
from assistant.library.session import load_exercises, load_session, load_voice
from assistant.places import shipped
from assistant.programme.extension import extended
from assistant.programme.reading import Document
from assistant.programme.routine import as_routine, checked, extends, make_plan
from assistant.programme.voice import VoicePack, parse_voice
from tests.parsing import parse_commands, parse_exercise, parse_routine

PACK = load_voice(str(shipped("voices") / "en"))
EXERCISES = load_exercises(PACK, shipped("scripts"))
EXERCISE = (shipped("scripts") / "exercises" / "single-leg.yaml").read_text(encoding="utf-8")
ROUTINE = "name: mine\nwork:\n  - exercise: single-leg\n    sets: 2\n    tempo: 3-0-2-1\n"
EXTENSION = """\
name: mine
extends: base
cool_down: [{step: 0, sets: 2x8 @3-0-2-1 rest 5s, say: Well.}]
change:
  warm_up: {1: leave out}
  work: {1: {sets: 1x9 rest 1m, say: Slowly.}, 2: {exercise: hover, tempo: 3-0-2-1}}
"""
BASE = "name: base\nwarm_up: [{step: 0}]\nwork: [{step: 0}, {step: 1, sets: 2x8}]\n"
COMMANDS = "commands:\n  stop:\n    safety: true\n    sentences:\n      - stop\n"


@pytest.fixture(scope="module")
def exercises(pack: VoicePack) -> dict[str, Exercise]:
    return dict(load_exercises(pack, shipped("scripts")))


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "problem"),
    [
        ("sets: 2", "sett: 2", 4, "work[0].sett", "no such field"),
        ("sets: 2", "sets: two", 4, "work[0].sets", "'two' should be how many sets"),
        ("sets: 2", "sets: 9", 4, "work[0].sets", "less than or equal to 3"),
        ("name: mine", "nome: mine", 1, "nome", "no such field"),
        ("sets: 2", "sets: 2\n    sets: 3", 5, "work[0].sets", "there twice"),
        ("tempo: 3-0-2-1", "tempo: 2-0-2-1", 5, "work[0].tempo", "at least 3 s"),
        ("exercise: single-leg", "exercise: squat", 3, "work[0].exercise", "no exercise 'squat'"),
        ("exercise: single-leg", "exercise: single-leg\n    step: 1", 3, "work[0]", "either"),
        ("exercise: single-leg", "exercise: single-leg\n    range: 4", 4, "work[0].range", "not to 4"),
        ("sets: 2", "sets: [", 6, None, "not valid YAML"),
        ("sets: 2", "sets: &a 2\n    rest: *a", 4, "work[0].rest", "anchors"),
    ],
)
def test_a_routine_complains_with_line_and_field(
    exercises: dict[str, Exercise], old: str, new: str, line: int, field: str | None, problem: str
) -> None:
    """And says what to do."""
    with pytest.raises(InputError) as caught:
        make_plan(parse_routine(ROUTINE.replace(old, new), "mine.yaml"), exercises)
    assert caught.value.file == "mine.yaml"
    assert caught.value.line == line
    assert caught.value.field == field
    assert problem in caught.value.problem
    assert caught.value.remedy
    assert str(caught.value).startswith(f"mine.yaml, line {line}")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("level: 3", "level: 11", "level"),
        ("cycle: up-start", "cycle: sideways", "cycle"),
        ("shallowest: 1, deepest: 3", "shallowest: 3, deepest: 1", "range"),
        ("setup: setup_single_leg", "setup: nowhere", "cues.setup"),
        ("  release: release_supine\n", "", "cues.release"),
    ],
)
def test_an_exercise_complains_with_its_field(pack: VoicePack, old: str, new: str, field: str) -> None:
    """A missing release or cue is an error, not a silence in mid-session."""
    assert old in EXERCISE
    with pytest.raises(InputError) as caught:
        parse_exercise(EXERCISE.replace(old, new), "single-leg.yaml", pack.texts)
    assert caught.value.field == field
    assert caught.value.line is not None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("safety: true", "safety: maybe", "boolean"),
        ("  stop:", "  Stop:", "lower-case"),
        ("    safety: true", "    contexts: [flying]", "no context 'flying'"),
        ("      - stop", "      - {say: stop, contexts: [flying]}", "no context 'flying'"),
        ("commands:", "pronunciations: {computer: [K AX]}\ncommands:", "no phone"),
    ],
)
def test_a_commands_file_complains(old: str, new: str, problem: str) -> None:
    """Contexts and phones are checked by name."""
    with pytest.raises(InputError) as caught:
        parse_commands(COMMANDS.replace(old, new), "commands.yaml")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('  get_ready: "Get ready."\n', "", "'get_ready' is missing"),
        ('"Get ready."', '"Get {ready}."', "can't be filled in"),
        ('"Get ready."', '"Get {n.real.real}."', "can't be filled in"),
        ('"Get ready."', '"Get {n:>999999999}."', "can't be filled in"),
        ('"Get ready."', '"..."', "says nothing"),
    ],
)
def test_a_voice_complains_about_its_cues(pack: VoicePack, old: str, new: str, problem: str | None) -> None:
    """A cue that the coach needs has to be there, with placeholders that exist."""
    folder = shipped("voices") / "en"
    text = (folder / "cues.yaml").read_text(encoding="utf-8")
    assert old in text
    cues = Document(text.replace(old, new, 1), "cues.yaml")
    voice = Document((folder / "pack.yaml").read_text(encoding="utf-8"), "pack.yaml")
    if problem is None:
        assert parse_voice(voice, [cues], pack.commands)
        return
    with pytest.raises(InputError, match=r"cues\.yaml") as caught:
        parse_voice(voice, [cues], pack.commands)
    assert problem in str(caught.value)


def test_words_stay_words() -> None:
    """`yes`, `no`, `on` and `1:30` are what people wrote, not booleans and sixties."""
    document = Document("a: no\nb: yes\nc: on\nd: 1:30\ne: true\nf: 3\ng: 2.5\nh:\n", "x")
    wanted = {"a": "no", "b": "yes", "c": "on", "d": "1:30", "e": True, "f": 3, "g": 2.5, "h": None}
    assert document.value == wanted


def test_a_billion_laughs_are_refused() -> None:
    """As is a text that is far too long or nested too deeply."""
    with pytest.raises(InputError, match="anchors"):
        Document("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "x")
    with pytest.raises(InputError, match="more than"):
        Document("a" * 1_000_001, "x")
    with pytest.raises(InputError, match="deeply"):
        Document("[" * 60 + "]" * 60, "x")
    with pytest.raises(InputError, match="deeply"):
        Document("[" * 5000, "x")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_mangled_files_are_errors_or_plans(data: st.DataObject) -> None:
    """Cut, doubled or overwritten anywhere: never anything but a plan or one complaint."""
    kind = data.draw(st.sampled_from(["routine", "exercise", "extension"]))
    text = {"routine": ROUTINE, "exercise": EXERCISE, "extension": EXTENSION}[kind]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(st.text(max_size=6)) + text[at + length :]
    try:
        if kind == "routine":
            assert make_plan(parse_routine(text, "m.yaml"), EXERCISES).sets
        elif kind == "extension":
            document = checked(Document(text, "m.yaml"))
            if extends(document) is not None:
                document = extended(document, checked(Document(BASE, "base.yaml")))
            assert make_plan(as_routine(document), EXERCISES).sets
        else:
            assert parse_exercise(text, "m.yaml", PACK.texts)
    except InputError as error:
        complaint = error
    else:
        return
    assert complaint.file == "m.yaml"
    assert complaint.remedy


def test_a_level_that_the_ladder_does_not_have_is_named() -> None:
    """With the levels that there are."""
    with pytest.raises(InputError, match=r"no level 11.*0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"):
        load_session(str(shipped("scripts") / "leg-lifts.yaml"), level=11)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """Missing, a folder, or no text."""
    with pytest.raises(InputError, match=r"no routine 'squats'.*leg-lifts"):
        load_session("squats")
    with pytest.raises(InputError, match="no routine"):
        load_session(str(tmp_path))
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputError, match="UTF-8"):
        load_session(str(tmp_path / "x.yaml"))


def test_a_persons_own_exercise_beside_the_routine_wins(tmp_path: Path) -> None:
    """`exercises/` beside a routine is read after the shipped ones."""
    (tmp_path / "exercises").mkdir()
    mine = EXERCISE.replace("3-0-2-1", "5-0-2-1")
    (tmp_path / "exercises" / "single-leg.yaml").write_text(mine, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("name: m\nwork: [{exercise: single-leg}]\n", encoding="utf-8")
    plan = load_session(str(tmp_path / "mine.yaml")).plan
    assert str(plan.sets[0].tempo) == "5-0-2-1"
    (tmp_path / "exercises" / "other.yaml").write_text(mine, encoding="utf-8")
    with pytest.raises(InputError, match="calls itself 'single-leg'"):
        load_session(str(tmp_path / "mine.yaml"))
    wrong = EXERCISE.replace("regression: heel-taps", "regression: nothing")
    (tmp_path / "exercises" / "other.yaml").write_text(
        wrong.replace("name: single-leg", "name: other"), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"other.yaml, line \d+, field regression"):
        load_session(str(tmp_path / "mine.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("regression: heel-taps", "regression: double-leg", "regression"),
        ("progression: double-leg-bent", "progression: imprint-hold", "progression"),
        ("regression: heel-taps", "regression: single-leg", "regression"),
    ],
)
def test_a_ladder_that_goes_round_is_refused(tmp_path: Path, old: str, new: str, field: str) -> None:
    """A regression leads down and a progression up, or easier would never end."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "mine.yaml").write_text("name: m\nwork: [{exercise: single-leg}]\n", encoding="utf-8")
    (tmp_path / "exercises" / "single-leg.yaml").write_text(EXERCISE.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match="level") as caught:
        load_session(str(tmp_path / "mine.yaml"))
    assert caught.value.field == field
    assert caught.value.line is not None


@pytest.mark.parametrize(
    "lines", ["contexts: []", "pronunciations: {stop: []}", "pronunciations: {stop: ['']}"]
)
def test_empty_lists_in_a_commands_file_are_refused(lines: str) -> None:
    """They would make a command that nobody can say."""
    text = (
        COMMANDS.replace("    safety: true", f"    {lines}")
        if "contexts" in lines
        else f"{lines}\n{COMMANDS}"
    )
    with pytest.raises(InputError, match="there is no"):
        parse_commands(text, "commands.yaml")
