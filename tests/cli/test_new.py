"""`imprint new`, from questions to a file."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.library.session import load_session
from assistant.places import shipped

Imprint = Callable[..., tuple[int, str, str]]


class Terminal(io.StringIO):
    """Somebody who types these lines."""

    def isatty(self) -> bool:
        """It is a terminal."""
        return True


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, with the person's own folder in it, and nobody at a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "own"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


def test_five_questions_are_asked_and_a_file_is_written(
    here: Path, imprint: Imprint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that can't be read is asked for again; nothing means what is usual."""
    answers = ["My Routine", "mornings", "Leg lifts", "eleven", "9", "", "a bar", "bar"]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(answers) + "\n"))
    status, out, err = imprint("new")
    assert (status, err) == (0, "")
    assert out.count("[15]") == 1
    assert "'My Routine' is no name for a file. Use small letters, digits and hyphens." in out
    assert "'eleven' is out of range. Give 0 to 10." in out
    assert "nothing here needs 'a'. Give ball, bench, bar or none." in out
    assert "imprint rehearse mornings" in out
    plan = load_session("mornings", equipment=frozenset({"bar"})).plan
    assert (plan.name, plan.level) == ("mornings", 9)
    assert (here / "own" / "scripts" / "mornings.yaml").is_file()


def test_options_are_not_asked_for(here: Path, imprint: Imprint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is what makes no difference: gentle work has neither level nor equipment."""
    monkeypatch.setattr("sys.stdin", Terminal("20\n"))
    status, out, _ = imprint("new", "soft", "--goal", "gentle")
    assert status == 0
    assert out.count("?") == out.count("minutes, 5 to 60?") == 1


def test_without_a_terminal_what_is_missing_is_named(here: Path, imprint: Imprint) -> None:
    """All of it at once; exit 2, and nothing is written."""
    status, out, err = imprint("new", "mine", "--minutes", 10)
    assert (status, out) == (2, "")
    assert "no terminal to ask on, and nothing says --goal, --level, --equipment" in err
    assert "--yes" in err
    assert not (here / "own").exists()


def test_yes_takes_what_is_usual(here: Path, imprint: Imprint) -> None:
    """Into ./scripts, where there is one."""
    (here / "scripts").mkdir()
    status, out, _ = imprint("new", "mine", "--yes")
    assert status == 0
    assert out.startswith("scripts/mine.yaml: 3 sets of work.")
    assert load_session("mine").plan.level == 1


def test_the_file_says_what_can_be_changed_and_is_clean(
    here: Path, imprint: Imprint, session_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By `imprint check`."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    imprint("new", "mine", "--yes")
    path = here / "own" / "scripts" / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    assert all(f"{field}:" in text for field in ("start_level", "step", "sets", "range", "say", "warm_up"))
    assert max(map(len, text.splitlines())) <= 120
    assert imprint("check", path)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["leg-lifts"], "there is a routine 'leg-lifts' already"),
        (["../mine"], "no name for a file"),
        (["Mine"], "no name for a file"),
        (["mine", "--level", 11], "field --level: '11' is out of range. Give 0 to 10"),
        (["mine", "--minutes", 4], "Give 5 to 60"),
        (["mine", "--equipment", "rope"], "nothing here needs 'rope'"),
        (["mine", "--goal", "abs"], "--goal"),
    ],
)
def test_what_can_not_be_is_refused(
    here: Path, imprint: Imprint, arguments: list[object], problem: str
) -> None:
    """One sentence, exit 2, nothing written."""
    status, out, err = imprint("new", *arguments, "--yes")
    assert (status, out) == (2, "")
    assert problem in err
    assert not (here / "own").exists()


def test_nothing_is_overwritten(here: Path, imprint: Imprint) -> None:
    """Whatever it is that has the name."""
    path = here / "own" / "scripts" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("mine\n", encoding="utf-8")
    assert imprint("new", "mine", "--yes")[0] == 2
    assert path.read_text(encoding="utf-8") == "mine\n"


def test_whoever_leaves_leaves_nothing_behind(
    here: Path, imprint: Imprint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of input in the middle of the questions."""
    monkeypatch.setattr("sys.stdin", Terminal("mine\n"))
    status, _, err = imprint("new")
    assert (status, "Nothing was written" in err) == (2, True)
    assert not (here / "own").exists()


def test_exercises_of_ones_own_voice_are_known_where_it_is_the_usual_one(
    here: Path, imprint: Imprint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the page on voices has them written."""
    own = here / "own"
    (own / "scripts" / "exercises").mkdir(parents=True)
    (own / "voices" / "mine").mkdir(parents=True)
    usual = (shipped("scripts") / "exercises" / "single-leg-bent.yaml").read_text(encoding="utf-8")
    text = usual.replace("name: single-leg-bent", "name: my-raise").replace("setup: setup_", "setup: mine_")
    (own / "scripts" / "exercises" / "my-raise.yaml").write_text(text, encoding="utf-8")
    [cue] = [line.split()[1] for line in text.splitlines() if "setup: mine_" in line]
    (own / "voices" / "mine" / "pack.yaml").write_text("name: mine\ninherit: en\n", encoding="utf-8")
    cues = f'movement:\n  {cue}: "On your back."\n'
    (own / "voices" / "mine" / "movements.yaml").write_text(cues, encoding="utf-8")
    status, _, err = imprint("new", "mine", "--yes")
    assert status == 2
    assert "give the voice that has it" in err
    assert imprint("settings", "set", "voice", "mine")[0] == 0
    assert imprint("new", "mine", "--yes")[0] == 0


def test_half_a_file_is_not_left_on_a_full_disk(
    here: Path, imprint: Imprint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or nobody could try again."""

    class Full(io.StringIO):
        def write(self, text: str, /) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    usual: Any = Path.open

    def opened(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name != "foo.yaml":
            return usual(path, *arguments, **options)
        path.touch()
        return Full()

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        status, _, err = imprint("new", "foo", "--yes")
    assert status == 2
    assert "it can't be written (No space left on device)" in err
    assert imprint("new", "foo", "--yes")[0] == 0
