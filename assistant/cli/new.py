"""`imprint new`."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from assistant.cli.app import OUT, app, can_ask
from assistant.errors import InputError

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
    from assistant.places import searched

    here, own, _ = searched("scripts")
    folder = here if here.is_dir() else own
    known = load_exercises(load_voice(usual_voice()), folder)
    levels = sorted({one.level for one in known.values() if one.branch == "ladder"})
    ask = _Asking(yes)
    called = ask("NAME", name, "What is it called?", "my-routine", _name)
    aim = ask("--goal", goal, "What is it for: leg-lifts, gentle or mixed?", "leg-lifts", _goal)
    lifts, lowest, highest = aim != "gentle", levels[0], levels[-1]
    question = f"Where on the ladder do you start, {lowest} to {highest}?"
    start = ask("--level", level, question, "1", partial(_number, lowest, highest), asked=lifts)
    length = ask("--minutes", minutes, "About how many minutes, 5 to 60?", "15", partial(_number, 5, 60))
    question = "What do you have of ball, bench and bar, or none?"
    things = ask("--equipment", equipment, question, "none", _equipment, asked=lifts)
    ask.refuse_unanswered()
    wishes = Wishes(called, aim, start, length, things)
    path = folder / f"{called}.yaml"
    routine = compose(wishes, known)
    _write(path, file_text(routine))
    plan = plan_of(routine, known, things)
    sets = sum(work.part == "work" for work in plan.sets)
    for line in (
        f"{path}: {sets} set{'' if sets == 1 else 's'} of work.",
        f"See it:    imprint plan {called}",
        f"Try it:    imprint rehearse {called}",
        f"Do it:     imprint start {called}",
        f"Change it: with any editor, then: imprint check {path}",
    ):
        OUT.print(line)
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
        given: object,
        question: str,
        usual: str,
        read: Callable[[str], _Answer],
        *,
        asked: bool = True,
    ) -> _Answer:
        """Return the answer to a question, by option, by what is usual, or asked for until it can be read."""
        asked = asked and given is None and not self._usual
        if asked and not can_ask():
            self._unanswered.append(option)
            asked = False
        if not asked:
            try:
                return read(usual if given is None else str(given))
            except InputError as error:
                raise InputError(error.problem, remedy=error.remedy, field=option) from error
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
    from assistant.places import searched

    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", text):
        problem = f"{text[:40]!r} is no name for a file"
        raise InputError(problem, remedy="Use small letters, digits and hyphens")
    for folder in searched("scripts"):
        if (folder / f"{text}.yaml").exists():
            problem = f"there is a routine {text!r} already, in {folder}"
            raise InputError(problem, remedy="Choose another name")
    return text


def _goal(text: str) -> Literal["leg-lifts", "gentle", "mixed"]:
    from assistant.library.composing import GOALS

    for goal in GOALS:
        if text.lower() in (goal, goal.replace("-", " ")):
            return goal
    raise InputError(f"{text[:40]!r} is none of them", remedy=f"Give {', '.join(GOALS)}")


def _number(fewest: int, most: int, text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text) or not fewest <= int(text) <= most:
        raise InputError(f"{text[:40]!r} is out of range", remedy=f"Give {fewest} to {most}")
    return int(text)


def _equipment(text: str) -> frozenset[str]:
    from assistant.library.composing import THINGS

    things = frozenset(re.findall(r"[^\s,]+", text.lower())) - {"none", "and"}
    if unknown := sorted(things.difference(THINGS)):
        problem = f"nothing here needs {unknown[0][:40]!r}"
        raise InputError(problem, remedy=f"Give {', '.join(THINGS)} or none")
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
        problem = error.strerror or error
        raise InputError(f"it can't be written ({problem})", remedy="Free it", file=str(path)) from error
