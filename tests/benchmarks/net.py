"""Two thousand sessions, led the same way every time, as one SHA-256 of all that the coach decided.

What is said comes from `random.Random` with the session's number and from the lists below, not from the files
that people edit, so that the hash changes only with what the coach does. Only the shipped voice and
exercises are read.

Run by hand: `.venv/bin/python -m tests.benchmarks.net [--sessions 2000] [--write FILE]`; FILE gets every
action, one JSON object a line, to compare two versions by.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from random import Random
from typing import Any, cast, get_args

from assistant.coaching.actions import Action
from assistant.coaching.events import Interrupted, Trouble, TroubleBegan, TroubleEnded
from tests.benchmarks.walk_plans import PACK, remembered, routine
from tests.stand_ins import Stage

SESSIONS = 2000

FELT = ("pinch", "click", "arching", "lost_it", "burning", "shaking")
WISHES = (
    *("easier", "harder", "slower", "faster"),
    *("pause", "next_set", "skip", "next_exercise", "repeat", "more_rest", "switch_legs"),
    *("how_many_left", "how_long", "what_is_next", "where_am_i", "what_can_i_say"),
    *("how_do_i_do_this", "why", "say_that_again", "louder", "quieter", "less_talk", "more_talk"),
)
GRAVE = ("stop", "pain", "red_flag", "help", "finish", "carry_on", "ready")
ANSWERS = ("yes", "no", "number", "place", "muscle", "joint", "vague", "unsure", "fine", "not_ready", "sing")
"""Answers to questions, and something that no coach knows."""

SAID_WITH_IT: tuple[dict[str, str], ...] = ({}, {}, {"side": "left"}, {"side": "right", "kind": "sharp"})
"""What may be said with a place that hurts."""

_TROUBLES: tuple[Trouble, ...] = get_args(Trouble)

_LEADS_ON = {"stopped": "carry_on", "paused": "carry_on", "setup": "ready"}
"""Phase in which nothing happens by itself to the word that leads on."""

_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "ready": ("ready",),
    **dict.fromkeys(("where", "sore_where"), ("place", "pain", "fine", "unsure")),
    **dict.fromkeys(("how_sore", "how_now", "pain_now", "yesterday"), ("number", "vague", "unsure")),
    **dict.fromkeys(("effort", "reserve", "soreness"), ("number",)),
    "kind": ("muscle", "joint", "fine"),
}
"""Question to its answers; all others are answered yes or no."""

_WELL = {
    "ready": "ready",
    **dict.fromkeys(
        (
            *("well_again", "resume", "rest_day", "progress", "zero", "sure", "half", "equipment"),
            *("side_branch", "gentle_today", "cramp"),
        ),
        "yes",
    ),
    **dict.fromkeys(
        ("how_sore", "how_now", "pain_now", "yesterday", "effort", "reserve", "soreness"), "number"
    ),
    **dict.fromkeys(("where", "sore_where"), "place"),
    "kind": "muscle",
}
"""Question to what somebody says who is well and wants to go on; "no" to all others."""

_HOURS = 4 * 3600.0


class _Person:
    """Someone who says and does what a number makes them, until the session is over."""

    def __init__(self, number: int) -> None:
        self._random = Random(number)
        plan = routine(self._random)
        lie_down = self._random.choice([0.0, 12.0])
        self.stage = Stage(plan, PACK, lie_down, remembered(self._random, plan))
        self._troubles: set[Trouble] = set()

    def train(self) -> None:
        """Lead the session to its end."""
        for _ in range(self._random.randint(10, 80)):
            if self.stage.phase == "finished":
                break
            self._step()
        for trouble in sorted(self._troubles):
            self._turn(trouble)
        if self._random.random() < 0.8:
            self._work(400)
        if self.stage.phase == "finished":
            self._say(self._random.choice((*GRAVE, *WISHES)))
        self.stage.wait(_HOURS)

    def _step(self) -> None:
        random = self._random
        match random.choices(range(10), weights=(3, 6, 3, 8, 12, 1, 0.5, 1, 1, 0.02))[0]:
            case 0:
                self.stage.wait(round(random.uniform(0.0, 30.0), 2))
            case 1:
                self._to_what_is_due(random.randint(1, 40), random.choice([0.0, 0.4, 1.0]))
            case 2:
                self._answer()
            case 3:
                self._work(random.randint(10, 60))
                self.stage.wait(random.choice([0.0, 0.4, 1.0]))
            case 4:
                for _ in range(random.randint(1, 3)):
                    self._say(random.choice((*FELT, *WISHES, *WISHES)))
                    self.stage.wait(random.choice([0.0, 0.0, 0.5, 2.0]))
                    if random.random() < 0.2:
                        self._say("i_didnt_say_that")
            case 5:
                for _ in range(random.randint(1, 4)):
                    self._say(random.choice((*GRAVE, *GRAVE, *ANSWERS)))
                    self.stage.wait(random.choice([0.0, 2.0, 10.0, 25.0]))
            case 6:
                for _ in range(random.randint(1, 3)):
                    self.stage.mumble()
                    self.stage.wait(random.choice([0.5, 4.0]))
            case 7:
                self._turn(random.choice(_TROUBLES))
            case 8:
                self._be_a_little_sore()
            case _:
                self.stage.happen(Interrupted())

    def _be_a_little_sore(self) -> None:
        """Say so, answer, and go on where that is allowed."""
        where = self._random.choice(["back", "hip", "hip", "knee"])
        self.stage.hear("pain", where=where)
        self.stage.hear("number", number=self._random.randint(0, 2 if where == "back" else 4))
        for command in ("yes", "carry_on", "ready"):
            self._say(command)

    def _to_what_is_due(self, times: int, late: float) -> None:
        for _ in range(times):
            due = self.stage.coach.next_deadline()
            if due is not None and due > self.stage.now:
                self.stage.wait(due - self.stage.now)
        self.stage.wait(late)

    def _work(self, times: int) -> None:
        """Do what the coach waits for: end what is in the way, answer, say the word, or move."""
        for trouble in sorted(self._troubles):
            self._turn(trouble)
        for _ in range(times):
            if self.stage.phase == "finished":
                break
            question = self.stage.coach.question
            word = _LEADS_ON.get(self.stage.phase) if question is None else _WELL.get(question, "no")
            if word is not None:
                self._say(word, 1)
            else:
                self._to_what_is_due(1, 0.0)

    def _answer(self) -> None:
        question = self.stage.coach.question
        if question is None:
            self._say(_LEADS_ON.get(self.stage.phase, "ready"))
        else:
            self._say(self._random.choice(_ANSWERS.get(question, ("yes", "no"))))

    def _say(self, command: str, number: int | None = None) -> None:
        slots: dict[str, str | int] = {}
        if command == "number":
            slots["number"] = self._random.randint(0, 10) if number is None else number
        elif command == "pain" and (where := self._random.choice(["", "back", "hip", "neck", "knee"])):
            slots |= {"where": where, **self._random.choice(SAID_WITH_IT)}
        elif command == "place":
            slots |= {"where": self._random.choice(["back", "hip", "groin", "knee", "elsewhere"])}
            slots |= self._random.choice(SAID_WITH_IT)
        elif command == "vague":
            slots["amount"] = self._random.choice(["low", "high"])
        elif command == "red_flag":
            slots["flag"] = self._random.choice(["chest", "numb"])
        self.stage.hear(command, self._random.choice([1.0, 1.0, 0.7]), **slots)

    def _turn(self, trouble: Trouble) -> None:
        """Let a trouble begin, or end where it lasts."""
        self._troubles.symmetric_difference_update({trouble})
        began = trouble in self._troubles
        self.stage.happen(TroubleBegan(trouble) if began else TroubleEnded(trouble))


def plain(value: object) -> Any:
    """Return a value as JSON knows it: fields by name, times to a millisecond, no class but an action's."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, float):
        return round(value, 3) + 0.0
    if isinstance(value, Mapping):
        return {
            str(plain(key)): plain(inner) for key, inner in cast("Mapping[object, object]", value).items()
        }
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in cast("tuple[object, ...]", value)]
    return value


def session_lines(number: int) -> Iterator[str]:
    """Lead one session and return its actions as canonical JSON, in the order of decision."""
    person = _Person(number)
    person.train()
    for at, action in person.stage.actions:
        yield _canonical(at, action)


def _canonical(at: float, action: Action) -> str:
    line = {"at": plain(at), "kind": type(action).__name__, **plain(action)}
    return json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def net(numbers: Iterable[int], write: Path | None = None) -> str:
    """Return the SHA-256 over all actions of some sessions.

    Args:
        numbers: Of the sessions.
        write: Gets the actions too.
    """
    whole = hashlib.sha256()
    file = None if write is None else write.open("w", encoding="utf-8")
    for number in numbers:
        for line in session_lines(number):
            whole.update(line.encode() + b"\n")
            if file is not None:
                file.write(f"{number} {line}\n")
    if file is not None:
        file.close()
    return whole.hexdigest()


def main() -> None:
    """Lead the sessions and print their hash."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--write", type=Path)
    wanted = parser.parse_args()
    print(net(range(wanted.sessions), wanted.write))  # noqa: T201


if __name__ == "__main__":
    main()
