"""Where what people write is looked for."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from assistant.cli.memory import load_remembered, with_last_session
from assistant.cli.preferences import preferred
from assistant.coaching.history import History, PastSession
from assistant.errors import InputError
from assistant.journal.memory import Memory
from assistant.library import loader
from assistant.library.loader import find_routine
from assistant.library.session import load_session, load_voice
from assistant.library.text_files import read_text
from assistant.places import searched, shipped

ROUTINE = "name: {name}\nwork: [{{exercise: single-leg}}]\n"
EXERCISE = (shipped("scripts") / "exercises" / "single-leg.yaml").read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, with the person's own folder in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "own"))
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_routine_is_looked_for_here_then_among_ones_own_then_among_what_ships(here: Path) -> None:
    """The first one wins."""
    assert find_routine("leg-lifts") == shipped("scripts") / "leg-lifts.yaml"
    _write(here / "own" / "scripts" / "leg-lifts.yaml", ROUTINE.format(name="own"))
    assert load_session("leg-lifts").plan.name == "own"
    _write(here / "scripts" / "leg-lifts.yaml", ROUTINE.format(name="here"))
    assert load_session("leg-lifts").plan.name == "here"
    assert load_session(str(here / "own" / "scripts" / "leg-lifts.yaml")).plan.name == "own"


def test_an_exercise_is_looked_for_beside_the_routine_then_among_ones_own(here: Path) -> None:
    """And then among what ships."""
    _write(here / "mine.yaml", ROUTINE.format(name="mine"))
    tempos: list[str] = []
    for folder, tempo in ((None, ""), (here / "own" / "scripts", "4-0-2-1"), (here, "5-0-2-1")):
        if folder is not None:
            _write(folder / "exercises" / "single-leg.yaml", EXERCISE.replace("3-0-2-1", tempo))
        tempos.append(str(load_session("mine.yaml").plan.sets[0].tempo))
    assert tempos == ["3-0-2-1", "4-0-2-1", "5-0-2-1"]


def test_a_voice_is_looked_for_in_the_same_way(here: Path) -> None:
    """By its folder's name."""
    for folder, pitch in ((here / "own" / "voices" / "en", 11), (here / "voices" / "en", 12)):
        shutil.copytree(shipped("voices") / "en", folder)
        pack = folder / "pack.yaml"
        lines = pack.read_text(encoding="utf-8").splitlines()
        changed = [f"pitch: {pitch}" if line.startswith("pitch:") else line for line in lines]
        pack.write_text("\n".join(changed), encoding="utf-8")
        assert load_voice("en").pitch == pitch


@pytest.mark.parametrize(("what", "folder"), [("routine", "scripts"), ("voice pack", "voices")])
def test_what_is_in_none_of_them_says_where_it_was_looked_for(here: Path, what: str, folder: str) -> None:
    """Each folder, in order, and what there is."""
    with pytest.raises(InputError) as caught:
        load_session("nobody") if what == "routine" else load_voice("nobody")
    looked = f"{folder}, {here / 'own' / folder}, {shipped(folder)}"
    assert caught.value.problem == f"there is no {what} 'nobody'; looked in {looked}"
    assert ("leg-lifts" if what == "routine" else "en") in caught.value.remedy


def test_without_a_choice_ones_own_folder_is_the_platforms(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless `IMPRINT_DATA` says otherwise."""
    monkeypatch.delenv("IMPRINT_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(here / "data"))
    assert searched("scripts")[0] == Path("scripts")
    assert searched("scripts")[1].name == "scripts"
    assert "imprint" in searched("scripts")[1].parts


def test_what_is_changed_here_and_among_ones_own_is_no_circle(here: Path) -> None:
    """Each changes the next on the way, down to what ships."""
    for place, level in ((here, 3), (here / "own", 2)):
        (place / "scripts").mkdir(parents=True, exist_ok=True)
        routine = f"name: leg-lifts\nextends: leg-lifts\nstart_level: {level}\n"
        (place / "scripts" / "leg-lifts.yaml").write_text(routine, encoding="utf-8")
        (place / "voices" / "en").mkdir(parents=True, exist_ok=True)
        pack = f"name: en\ninherit: en\nwords_per_minute: {140 + level}\n"
        (place / "voices" / "en" / "pack.yaml").write_text(pack, encoding="utf-8")
    assert load_session("leg-lifts").plan.level == 3
    assert load_voice("en").words_per_minute == 143


def test_a_name_longer_than_a_file_may_have_is_told_with_its_place(here: Path) -> None:
    """As any other name that is not there."""
    (here / "scripts").mkdir(exist_ok=True)
    routine = here / "scripts" / "mine.yaml"
    routine.write_text(f"name: mine\nextends: {'x' * 300}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.yaml, line 2, field extends: there is no routine"):
        load_session(str(routine))
    (here / "voices" / "mine").mkdir(parents=True, exist_ok=True)
    (here / "voices" / "mine" / "pack.yaml").write_text(f"name: mine\ninherit: {'x' * 300}\n", "utf-8")
    with pytest.raises(InputError, match=r"pack\.yaml, line 2, field inherit"):
        load_voice("mine")


def _counted(monkeypatch: pytest.MonkeyPatch) -> Counter[Path]:
    """Count how often each file is read from here on."""
    reads: Counter[Path] = Counter()

    def counted(path: Path) -> str:
        reads[path.resolve()] += 1
        return read_text(path)

    monkeypatch.setattr(loader, "read_text", counted)
    return reads


def test_a_start_reads_each_file_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after a session that pain ended, and with a routine and a voice that change the shipped ones."""
    (here / "scripts").mkdir(exist_ok=True)
    (here / "scripts" / "leg-lifts.yaml").write_text("name: mine\nextends: leg-lifts\n", encoding="utf-8")
    (here / "voices" / "en").mkdir(parents=True, exist_ok=True)
    (here / "voices" / "en" / "pack.yaml").write_text("name: en\ninherit: en\npitch: 30\n", "utf-8")
    reads = _counted(monkeypatch)
    history = History(sessions=(PastSession(3, 3, "pain"),))
    session = load_remembered("leg-lifts", "en", None, history)
    assert with_last_session(session, None, Memory(None, history)).still_as_hard is False
    assert session.plan.level == 2
    assert set(reads.values()) == {1}
    exercises = [*(shipped("scripts") / "exercises").glob("*.yaml")]
    # Two routines and two packs; cues, movements and commands.
    assert len(reads) == len(exercises) + 7


def test_a_voice_of_the_settings_is_read_once_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at before anything else is read."""
    monkeypatch.setenv("IMPRINT_CONFIG", str(here))
    (here / "settings.yaml").write_text("voice: en-terse\n", encoding="utf-8")
    reads = _counted(monkeypatch)
    settled = preferred()
    load_remembered("quick-five", settled.settings.voice, None, History(), settled.loader)
    assert set(reads.values()) == {1}
    assert {path.parent.name for path in reads} == {"en", "en-terse", "exercises", "scripts"}


def test_everything_that_is_wrong_in_a_file_is_told_at_once(here: Path) -> None:
    """Of each kind: fields, values, what is there twice, what does not exist, and what is too much."""
    text = """\
name: mine
start_level: 30
wram_up: []
work:
  - {exercise: single-leg, sets: 2, tempo: 1-1-1-1}
  - {exercise: squat, colour: red}
  - {exercise: hover, step: 1}
  - {exercise: single-leg, sets: 4x8 rest 5s}
  - {exercise: hover, sets: 3, sets: 2}
  - {exercise: hover, sets: 2, range: 9}
cool_down: [{exercise: lunge}]
"""
    (here / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_session("mine.yaml")
    told = [(one.file, one.line, one.field) for one in caught.value.each]
    assert told == [
        ("mine.yaml", 2, "start_level"),
        ("mine.yaml", 3, "wram_up"),
        ("mine.yaml", 5, "work[0].tempo"),
        ("mine.yaml", 6, "work[1].exercise"),
        ("mine.yaml", 6, "work[1].colour"),
        ("mine.yaml", 7, "work[2]"),
        ("mine.yaml", 8, "work[3].sets"),
        ("mine.yaml", 9, "work[4].sets"),
        ("mine.yaml", 10, "work[5].sets"),
        ("mine.yaml", 10, "work[5].range"),
        ("mine.yaml", 11, "cool_down[0].exercise"),
    ]
    assert all(one.remedy for one in caught.value.each)
    assert str(caught.value).count("\n") == len(told) - 1


def test_all_files_that_a_session_needs_are_told_of_at_once(here: Path) -> None:
    """The voice, the exercises and the routine; what only follows from another mistake is not."""
    (here / "scripts" / "exercises").mkdir(parents=True)
    (here / "voices" / "mine").mkdir(parents=True)
    pack = "name: mine\ninherit: en\npitch: 300\nnumbers: {3: drei, x: zehn}\n"
    (here / "voices" / "mine" / "pack.yaml").write_text(pack, encoding="utf-8")
    (here / "voices" / "mine" / "cues.yaml").write_text('talk: {greting: "Hi."}\n', encoding="utf-8")
    wrong = EXERCISE.replace("level: 3", "level: 30").replace("release: release_supine", "relase: x")
    (here / "scripts" / "exercises" / "single-leg.yaml").write_text(wrong, encoding="utf-8")
    routine = "name: mine\nwork: [{exercise: single-leg}, {exercise: squat}]\n"
    (here / "scripts" / "mine.yaml").write_text(routine, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_session("mine", "mine")
    assert [(Path(one.file or "").name, one.field) for one in caught.value.each] == [
        ("pack.yaml", "pitch"),
        ("pack.yaml", "numbers.x"),
        ("cues.yaml", "talk.greting"),
        ("single-leg.yaml", "level"),
        ("single-leg.yaml", "cues.relase"),
        ("mine.yaml", "work[1].exercise"),
    ]
