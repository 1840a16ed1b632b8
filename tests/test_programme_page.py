"""docs/programme.md names words, data and tests that exist, and leaves nothing out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from assistant.coaching.complaint import PLACES
from assistant.coaching.events import SAFETY_COMMANDS
from assistant.coaching.opening import SCREENS
from assistant.coaching.plan import Consequence
from assistant.coaching.questions import QUESTIONS
from assistant.coaching.triage import SEVERE_KINDS, Outcome, triage
from assistant.library.session import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.commands import NOTHING
from tests.benchmarks.mutations import COACHING, TESTS, mutants, own_tests

ROOT = Path(__file__).parent.parent
PACK = load_voice(str(shipped("voices") / "en"))
EXERCISES = load_exercises(PACK, shipped("scripts"))
TEXT = (ROOT / "docs" / "programme.md").read_text(encoding="utf-8")
TESTED_WITH_OTHERS = {"checkpoint", "cues", "plan", "prescription"}
"""Modules whose rules are held by the tests of others."""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule, the words and data in which it stands, and the tests that hold it."""

    name: str
    rule: str
    where: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def named(self) -> set[str]:
        """What the rule names in backquotes."""
        return set(re.findall(r"`([^`]+)`", self.rule))


def _rows(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        if re.match(r"\| [A-Z]-?\d+ \|", line):
            name, rule, where, tests = (cell.strip() for cell in line.strip("|").split(" | "))
            yield Row(
                name, rule, tuple(re.findall(r"`([^`]+)`", where)), tuple(re.findall(r"`([^`]+)`", tests))
            )


ROWS = list(_rows(TEXT))


def _of(letter: str) -> list[Row]:
    return [row for row in ROWS if row.name.startswith(letter)]


@cache
def _names(path: Path) -> frozenset[str]:
    """Return the functions of a test file, or the fields of a YAML file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return frozenset(node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    return frozenset(re.findall(r"^\s+\"?(\w+)\"?:", text, re.MULTILINE))


def _is_there(reference: str) -> bool:
    file, _, name = reference.partition("::")
    path = ROOT / file
    return path.is_file() and (not name or name in _names(path))


def test_the_page_is_read_whole() -> None:
    """Each row has its own name and one test at least, and pins no name of the code."""
    assert len(ROWS) == TEXT.count("\n| ") - TEXT.count("\n| id ")
    names = [row.name for row in ROWS]
    assert len(set(names)) == len(names) > 100
    assert all(row.tests for row in ROWS)
    assert {Path(place.partition("::")[0]).suffix for row in ROWS for place in row.where} == {".yaml", ".md"}


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_row_names_what_is_there(row: Row) -> None:
    """Its files with what is in them, and its tests."""
    assert [place for place in row.where if not _is_there(place)] == []
    assert [test for test in row.tests if not _is_there(test)] == []
    assert all("::test_" in test for test in row.tests)


def test_every_module_that_decides_something_is_on_the_page() -> None:
    """A row names a test in the file of the module's name; a module without such a file is listed here."""
    named = {Path(test.partition("::")[0]) for row in ROWS for test in row.tests}
    modules = [path.relative_to(ROOT) for path in (ROOT / COACHING).rglob("*.py") if path.stem != "__init__"]
    without = [module for module in modules if named.isdisjoint(own_tests(module, ROOT))]
    unnamed = {module.relative_to(COACHING).with_suffix("").as_posix() for module in without}
    assert unnamed - TESTED_WITH_OTHERS == {"actions", "events", "script"}
    files = {path.relative_to(ROOT) for path in (ROOT / TESTS).rglob("test_*.py")}
    assert files - named == {TESTS / f"test_{name}.py" for name in ("cues", "script", "walk")}


def test_every_command_has_a_row() -> None:
    """Whatever the voice listens for."""
    named = {name for row in _of("A") for name in row.named}
    assert {command.name for command in PACK.commands.commands} - named == {NOTHING}
    assert named >= SAFETY_COMMANDS


def test_every_question_has_its_answers_in_a_row() -> None:
    """And the screening is asked in full."""
    named = {name for row in _of("A") for name in row.named}
    assert {answer for question in QUESTIONS.values() for answer in question.answers} <= named
    places = {place for row in _of("H") for place in row.where}
    assert {f"voices/en/cues.yaml::ask_{name}" for name in SCREENS} <= places


def test_every_level_and_every_gentle_movement_has_a_row() -> None:
    """With the file in which it stands."""
    levels = {e.level: e.name for e in EXERCISES.values() if e.branch == "ladder"}
    assert sorted(levels) == list(range(11))
    ladder = {row.name: row for row in _of("L")}
    for level, name in levels.items():
        assert ladder[f"L-{level:02d}"].where == (f"scripts/exercises/{name}.yaml",)
    places = {place for row in ladder.values() for place in row.where}
    side = {f"scripts/exercises/{e.name}.yaml" for e in EXERCISES.values() if e.branch == "side"}
    assert side <= places


def test_every_fault_has_a_row() -> None:
    """Those that exercises answer in their own way, and those that are asked about."""
    faults = {fault for exercise in EXERCISES.values() for fault in exercise.faults}
    assert faults == {"pinch", "click", "arching", "lost_it"}
    named = {name for row in _of("A") for name in row.named}
    assert {*faults, "burning", "shaking", "muscle", "joint"} <= named
    used = {consequence for exercise in EXERCISES.values() for consequence in exercise.faults.values()}
    assert used <= set(get_args(Consequence))


def test_every_red_flag_has_a_row() -> None:
    """By the name under which it is remembered."""
    flags = {str(value.value) for value in PACK.commands.lists["flag"]}
    assert flags == {name for row in _of("F") for name in row.named}


def test_the_table_of_pain_is_the_one_in_the_code() -> None:
    """For every place, every number and no answer, at first and again."""
    told: dict[tuple[str, int | None, bool], str] = {}
    for row in _of("P"):
        found = re.match(r"`(\w+)` (none|\d+)(?:-(\d+))?(?:, (first|again))?: `(\w+)`", row.rule)
        if found is None:
            continue
        where, lowest, highest, when, outcome = found.groups()
        scores = [None] if lowest == "none" else list(range(int(lowest), int(highest or lowest) + 1))
        for score in scores:
            for before in (False, True):
                if when is None or before == (when == "again"):
                    assert (where, score, before) not in told
                    told[where, score, before] = outcome
    scores = [None, *range(11)]
    assert told == {
        (where, score, before): triage(where, score, before).value
        for where in ("back", "hip", "elsewhere")
        for score in scores
        for before in (False, True)
    }
    assert set(told.values()) == {outcome.value for outcome in Outcome}


def test_every_place_and_every_severe_kind_of_pain_has_a_row() -> None:
    """With what it counts as."""
    counted = {row.name: row.named for row in _of("P")}
    assert counted["P-17"] == set(PLACES) - {"back", "hip", "elsewhere"}
    assert {place for place in PLACES if triage(place, 4, False) is Outcome.REGRESS} == {"hip", "groin"}
    assert counted["P-18"] == SEVERE_KINDS


def test_the_readme_says_that_this_is_no_medical_advice() -> None:
    """And leads to the page."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "educational" in text
    assert "no medical advice" in text
    assert "(docs/programme.md)" in text


def test_a_defect_is_one_small_change() -> None:
    """As `tests/benchmarks/mutations.py` puts them into the coach."""
    text = "@cache\ndef f(a):\n    if a < 2 or not a:\n        g(a)\n        return 1\n    return a\n"
    found = list(mutants(Path("f.py"), text))
    assert sorted((mutant.line, mutant.before, mutant.after) for mutant in found) == [
        (3, "2", "(1)"),
        (3, "2", "(3)"),
        (3, "a < 2", "(a <= 2)"),
        (3, "a < 2 or not a", "(a < 2 and (not a))"),
        (3, "a < 2 or not a", "(not (a < 2 or not a))"),
        (3, "not a", "(a)"),
        (4, "g(a)", "pass"),
        (5, "1", "(0)"),
        (5, "1", "(2)"),
        (5, "return 1", "return None"),
        (6, "return a", "return None"),
    ]
    assert all(ast.parse(mutant.text) and mutant.text != text for mutant in found)


def test_a_defect_in_a_module_is_looked_for_with_its_own_tests(tmp_path: Path) -> None:
    """In the file of its name, or in the files of its parts."""
    for name in ("test_opening.py", "test_opening_health.py", "test_closing.py", "commands/test_opening.py"):
        file = tmp_path / "tests" / "coaching" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    folder = Path("tests/coaching")
    assert own_tests(COACHING / "opening.py", tmp_path) == [
        folder / "test_opening.py",
        folder / "test_opening_health.py",
    ]
    assert own_tests(COACHING / "commands" / "opening.py", tmp_path) == [folder / "commands/test_opening.py"]
    assert own_tests(COACHING / "events.py", tmp_path) == []
