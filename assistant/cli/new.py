"""`imprint new`."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from assistant.cli.app import OUT, app, can_ask
from assistant.console.words import counted
from assistant.errors import InputError
from assistant.places import searched

_Answer = TypeVar("_Answer")


@app.command
def new(
    name: str | None = None,
    /,
    *,
    goal: Literal["leg-lifts", "gentle", "mixed"] | None = None,
    level: int | None = None,
    minutes: int | None = None,
    equipment: str | None = None,
    yes: bool = False,
) -> int:
    """Begin a routine of your own: five questions, and a file that explains itself.

    It is written into ./scripts where there is one, else into the scripts of your own data folder; nothing is
    overwritten. What an option says is not asked.

    Parameters
    ----------
    name
        What it is called, in small letters, digits and hyphens.
    goal
        Up the ladder of leg lifts, gentle work without any, or a little of both.
    level
        Where on the ladder to start, 0 to 10.
    minutes
        About how long it is, 5 to 60.
    equipment
        What you have of ball, bench and bar, with commas between; or none.
    yes
        Ask nothing: take what is usual for all that no option says.
    """
    from assistant.cli.preferences import usual_voice
    from assistant.library.composing import Wishes, compose, file_text, plan_of
    from assistant.library.session import load_exercises, load_voice

    # The first place in which it is looked for, if that is there.
    here, own, _ = searched("scripts")
    folder, voice = here if here.is_dir() else own, usual_voice()
    known = load_exercises(load_voice(voice), folder)
    levels = sorted({one.level for one in known.values() if one.branch == "ladder"})
    ask = _Asking(yes)
    called = ask("NAME", "What is it called?", "my-routine", name, _name)
    aim = ask("--goal", "What is it for: leg-lifts, gentle or mixed?", "leg-lifts", goal, _goal)
    lifts = aim != "gentle"
    rung = partial(_number, option="--level", fewest=levels[0], most=levels[-1])
    question = f"Where on the ladder do you start, {levels[0]} to {levels[-1]}?"
    start = ask("--level", question, "1", level, rung, asked=lifts)
    number = partial(_number, option="--minutes", fewest=5, most=60)
    length = ask("--minutes", "About how many minutes, 5 to 60?", "15", minutes, number)
    question = "What do you have of ball, bench and bar, or none?"
    things = ask("--equipment", question, "none", equipment, _equipment, asked=lifts)
    ask.refuse_unanswered()
    path = folder / f"{called}.yaml"
    routine = compose(Wishes(called, aim, start, length, things), known)
    _write(path, file_text(routine))
    sets = sum(work.part == "work" for work in plan_of(routine, known, things).sets)
    OUT.print(f"{path}: {counted(sets, 'set')} of work.")
    OUT.print(f"See it:    imprint plan {called}")
    OUT.print(f"Try it:    imprint rehearse {called}")
    OUT.print(f"Do it:     imprint start {called}")
    OUT.print(f"Change it: with any editor, then: imprint check {path}")
    return 0


class _Asking:
    """Asks on the terminal for what no option says.

    Args:
        usual: Whether what is usual is taken instead.
    """

    def __init__(self, usual: bool) -> None:
        self._usual = usual
        self._unanswered: list[str] = []

    def __call__(
        self,
        option: str,
        question: str,
        usual: str,
        given: object,
        read: Callable[[str], _Answer],
        *,
        asked: bool = True,
    ) -> _Answer:
        """Return the answer to a question, by option, by what is usual, or asked for until it can be read."""
        if given is not None or self._usual or not asked:
            return read(usual if given is None else str(given))
        if not can_ask():
            self._unanswered.append(option)
            return read(usual)
        while True:
            try:
                said = OUT.input(f"{question} [{usual}] ", markup=False).strip()
                return read(said or usual)
            except InputError as error:
                OUT.print(f"{error.problem}. {error.remedy}.")
            except EOFError as error:
                raise InputError("there was no answer", remedy="Nothing was written; try again") from error

    def refuse_unanswered(self) -> None:
        """Complain of everything that could not be asked at once."""
        if self._unanswered:
            problem = f"there is no terminal to ask on, and nothing says {', '.join(self._unanswered)}"
            raise InputError(problem, remedy="Give them, or --yes for what is usual")


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", text):
        remedy = "Use small letters, digits and hyphens"
        raise InputError(f"{text[:40]!r} is no name for a file", remedy=remedy, field="NAME")
    for folder in searched("scripts"):
        if (folder / f"{text}.yaml").exists():
            problem = f"there is a routine {text!r} already, in {folder}"
            raise InputError(problem, remedy="Choose another name", field="NAME")
    return text


def _goal(text: str) -> Literal["leg-lifts", "gentle", "mixed"]:
    from assistant.library.composing import GOALS

    for goal in GOALS:
        if text.lower() in (goal, goal.replace("-", " ")):
            return goal
    raise InputError(f"{text[:40]!r} is none of them", remedy=f"Give {', '.join(GOALS)}", field="--goal")


def _number(text: str, option: str, fewest: int, most: int) -> int:
    if not re.fullmatch(r"\d{1,4}", text) or not fewest <= int(text) <= most:
        raise InputError(f"{text[:40]!r} is out of range", remedy=f"Give {fewest} to {most}", field=option)
    return int(text)


def _equipment(text: str) -> frozenset[str]:
    from assistant.library.composing import THINGS

    things = frozenset(re.findall(r"[^\s,]+", text.lower())) - {"none", "and"}
    if unknown := sorted(things.difference(THINGS)):
        remedy = f"Give {', '.join(THINGS)} or none"
        raise InputError(f"nothing here needs {unknown[0][:40]!r}", remedy=remedy, field="--equipment")
    return things


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError("it is there already", remedy="Choose another name", file=str(path)) from error
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        problem = f"it can't be written ({error.strerror or error})"
        raise InputError(problem, remedy="Free it", file=str(path)) from error
