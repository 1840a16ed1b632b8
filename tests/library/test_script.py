"""Python scripts in the place of routine files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from assistant.errors import InputError
from assistant.library.script import run_script
from assistant.library.session import load_session
from assistant.places import shipped
from assistant.routines import Routine
from tests.parsing import load_routine

EXAMPLES = sorted((shipped("scripts") / "examples").glob("*.py"))
HEAD = "from assistant.routines import Routine, exercise, step\n"
Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write a script of one's own."""
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> Path:
        path = Path("mine.py")
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_shipped_examples_are_sessions(imprint: Imprint, path: Path) -> None:
    """As `imprint plan` shows them, and as a file that says the same."""
    assert "sets of work, about" in imprint("plan", path)[1]
    written = load_session(str(path)).plan
    assert written.sets


def test_the_example_of_alternate_days_has_one_routine_for_each() -> None:
    """Leg lifts one day, gentle work the next."""
    import runpy

    defined = runpy.run_path(str(shipped("scripts") / "examples" / "alternate_days.py"))
    routine_of = cast(Callable[[date], Routine], defined["routine_of"])
    names = {routine_of(date(2026, 5, day)).name for day in (1, 2)}
    assert names == {"alternate-lifts", "alternate-gentle"}
    assert routine_of(date(2026, 5, 1)) == routine_of(date(2026, 5, 3))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("import nothing_of_that_name\n", 1, "ModuleNotFoundError: No module named"),
        (f"{HEAD}routine = 3\n", None, "`routine` is of type int"),
        (HEAD, None, "defines no `routine`"),
        (f"{HEAD}routine = Routine('a', [\n", 2, "no valid Python"),
        (f"{HEAD}\n\ndef work():\n    return 1 / 0\n\n\nroutine = work()\n", 5, "ZeroDivisionError"),
        (f"{HEAD}raise SystemExit(3)\n", 2, "SystemExit"),
        (f"{HEAD}raise BaseException('hm')\n", 2, "BaseException: hm"),
        (f"{HEAD}work = []\nwork.append(work)\nroutine = Routine('a', work)\n", None, "holds itself"),
        (f"{HEAD}routine = Routine('a')\n", 2, "the field is missing"),
        (f"{HEAD}routine = Routine('', [step(0)])\n", 2, "at least 1 character"),
        (
            f"{HEAD}routine = Routine('a', [\n    step(0),\n    step(1, sets='3x99'),\n])\n",
            4,
            "99 repetitions",
        ),
        (f"{HEAD}routine = Routine('a', [\n    step(0),\n    step(1, rest=999),\n])\n", 4, "equal to 300"),
        (
            f"{HEAD}work = [\n    exercise('squat')\n]\nroutine = Routine('a', work)\n",
            3,
            "no exercise 'squat'",
        ),
        (f"{HEAD}routine = Routine('a', [step(0, say='stop')])\n", 2, "the coach obeys"),
        (f"{HEAD}routine = Routine('a', [step(0, say='Small\\x00.')])\n", 2, "a control character"),
        (f"{HEAD}routine = Routine('\\x1b[2J', [step(0)])\n", 2, "a control character"),
        (f"{HEAD}routine = Routine('a', extends='nobody')\n", 2, "no routine 'nobody'"),
        (f"{HEAD}routine = Routine('a', extends='leg-lifts', change={{'work': {{9: 1}}}})\n", 2, ""),
    ],
)
def test_a_mistake_is_told_with_the_scripts_line(
    script: Callable[[str], Path], imprint: Imprint, text: str, line: int | None, problem: str
) -> None:
    """One sentence and exit 2, no traceback; `imprint check` finds it in the same place."""
    path = script(text)
    with pytest.raises(InputError) as caught:
        load_session(str(path))
    assert (caught.value.file, caught.value.line) == ("mine.py", line)
    assert problem in caught.value.problem
    status, out, err = imprint("plan", path)
    assert (status, out) == (2, "")
    assert err.startswith("imprint: mine.py")
    assert "Traceback" not in err


def test_check_looks_at_a_script_that_is_named(
    script: Callable[[str], Path], imprint: Imprint, session_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the line and column of the entry."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    path = script(f"{HEAD}routine = Routine('a', [\n    step(0),\n    step(1, sets='1x25'),\n])\n")
    status, out, _ = imprint("check", path)
    assert status == 1
    assert out.startswith("mine.py:4:5: repetitions: 25 repetitions of heel-taps are more than its 10")


def test_a_script_is_only_run_where_it_is_given_by_its_path(
    script: Callable[[str], Path], imprint: Imprint, session_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a name, nor a folder, nor another routine runs it."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    folder = Path("scripts")
    folder.mkdir()
    script("")
    (folder / "mine.py").write_text("raise SystemExit('it was run')\n", encoding="utf-8")
    (folder / "other.yaml").write_text("name: other\nextends: mine.py\n", encoding="utf-8")
    (folder / "third.yaml").write_text("name: third\nextends: mine\n", encoding="utf-8")
    for name in ("mine", "other", "third"):
        with pytest.raises(InputError, match=r"no routine 'mine'|only run where"):
            load_session(name)
    assert "it was run" not in imprint("check", "scripts")[1]
    with pytest.raises(InputError, match="it was run"):
        load_routine(folder / "mine.py")


def test_a_script_finds_what_lies_beside_it_and_leaves_no_trace(
    script: Callable[[str], Path], tmp_path: Path
) -> None:
    """As when Python runs it; `__main__` is not it."""
    import sys

    before = list(sys.path)
    beside = f"{HEAD}WORK = [step(0), exercise('squat')]\n"
    (tmp_path / "beside_mine.py").write_text(beside, encoding="utf-8")
    text = f"{HEAD}from beside_mine import WORK\nroutine = Routine('a', WORK)\n"
    document = run_script(script(f"{text}if __name__ == '__main__':\n    1 / 0\n"))
    assert sys.path == before
    assert document.value["work"] == [{"step": 0}, {"exercise": "squat"}]
    assert document.line(("work", 1)) == 3
    del sys.modules["beside_mine"]


def test_what_a_script_prints_is_no_output_of_ours(
    script: Callable[[str], Path], imprint: Imprint, session_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody reads it as JSON."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    path = script(f"{HEAD}print('working')\nroutine = Routine('a', [step(0)])\n")
    _, out, err = imprint("check", path, "--json")
    assert isinstance(json.loads(out), list)
    assert "working" in err
