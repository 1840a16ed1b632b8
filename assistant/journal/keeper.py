"""From the record of a session to the rows of the journal: a pure translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from assistant.coaching.checkpoint import Checkpoint, Kept
from assistant.coaching.phases import IN_REPETITIONS
from assistant.coaching.plan import Plan
from assistant.journal.easing import was_eased
from assistant.journal.rows import REVOKED, Adaptation, LeftOff, Remark, Repetition, Row, Standing
from assistant.record import Entry

_SORE_COMMANDS = ("pain", "red_flag")
_SORE_NOTES = ("sore", "red_flag")


class JournalKeeper:
    """Follows one session's record and says what belongs into the journal.

    Args:
        plan: What is coached.
        started: Second 0 of the record.
        left_off: The session that it is offered to go on with.
        left_plan: What is coached from there on.
    """

    def __init__(
        self, plan: Plan, started: datetime, left_off: LeftOff | None = None, left_plan: Plan | None = None
    ) -> None:
        self.standing = Standing(plan.level, offered=None if left_off is None else left_off.number)
        """How the session stands by now."""
        self._plan = plan
        self._left_off = left_off
        self._left_plan = left_plan or plan
        self._next_place: Checkpoint | None = None
        self._started = started
        self._sore = False
        self._hurt = False
        """Whether there may be pain that nobody has called so: it may still be denied."""
        self._moving: Entry | None = None
        self._done: list[Repetition] = []
        self._changes: list[Adaptation] = []

    def rows_of(self, entry: Entry) -> tuple[Row, ...]:
        """Give the rows that follow from one more entry; they belong into one transaction."""
        at = self._started + timedelta(seconds=entry["t"])
        before, rows = self.standing, list[Row]()
        match entry["kind"]:
            case "phase":
                rows += self._phase(entry, at)
            case "command" if entry["accepted"] and entry["command"] in _SORE_COMMANDS:
                self._sore = True
                self.standing = replace(before, sore=True)
            case "change":
                self._changes.append(Adaptation(at, entry["what"], entry["from"], entry["to"], entry["why"]))
                rows.append(self._changes[-1])
                self.standing = replace(before, eased=was_eased(self._changes, self._plan.exercises))
            case "note":
                rows.append(Remark(at, entry["what"], entry["value"]))
                self.standing = self._noted(entry)
                if entry["what"] == "resume":
                    self._resumed(entry["value"])
            case "place":
                self._place(entry["place"])
            case "summary":
                self.standing = replace(
                    before,
                    sets=entry["sets"],
                    repetitions=entry["repetitions"],
                    at_top=entry["ended"] == "completed" and self._at_top(),
                    ended=entry["ended"],
                    ended_at=at,
                )
            case _:
                pass
        if self.standing != before:
            rows.append(self.standing)
        return tuple(rows)

    def _phase(self, entry: Entry, at: datetime) -> list[Row]:
        rows: list[Row] = []
        # The count grows where the next phase begins: the repetition was that of the movement before.
        if self._moving is not None and entry["repetitions_done"] > self.standing.repetitions:
            self._done.append(_repetition(self._moving, at))
            rows.append(self._done[-1])
        if entry["phase"] in IN_REPETITIONS:
            self._moving = entry
        self.standing = replace(
            self.standing,
            sets=entry["sets_done"],
            repetitions=entry["repetitions_done"],
            place=self._next_place,
        )
        return rows

    def _noted(self, entry: Entry) -> Standing:
        what, value, standing = entry["what"], entry["value"], self.standing
        if what in ("effort", "soreness", "level"):
            return replace(standing, **{what: value})
        if what == "hurt":
            self._hurt = bool(value)
        elif what in _SORE_NOTES and value not in REVOKED:
            self._sore = True
        return replace(standing, sore=self._sore or self._hurt)

    def _place(self, told: Mapping[str, Any] | None) -> None:
        """Take a place over: at once, or with the phase that tells of the repetition before it.

        Both or neither is written: a session never goes on from a repetition that nobody knows to be done.
        """
        place = self._next_place = None if told is None else _place(told)
        now = self.standing.sets, self.standing.repetitions
        if place is not None and (place.sets_done, place.repetitions_done) == now:
            self.standing = replace(self.standing, place=place)

    def _resumed(self, go_on: bool) -> None:
        """Take over what the session that was left has done, or let it be."""
        self.standing = replace(self.standing, resumed=go_on)
        if go_on and (left := self._left_off) is not None:
            self._plan, self._next_place = self._left_plan, left.place
            self._done, self._changes = list(left.repetitions), list(left.changes)
            self.standing = replace(
                left.standing,
                place=left.place,
                offered=left.number,
                resumed=True,
                ended=None,
                ended_at=None,
            )

    def _at_top(self) -> bool:
        """Tell whether each side of every work set of the plan had its exercise's most repetitions."""
        # A set that was begun anew has some repetitions twice: those of one number are one.
        distinct = {(done.set, done.exercise, done.side, done.number) for done in self._done}
        counts = Counter(reached[:3] for reached in distinct)
        planned = sum(work.part == "work" for work in self._plan.sets)
        return len({number for number, _, _ in counts}) == planned and all(
            count >= self._plan.exercises[exercise].repetitions[1]
            for (_, exercise, _), count in counts.items()
        )


def _place(told: Mapping[str, Any]) -> Checkpoint:
    values: dict[str, Any] = {**told, "kept": tuple(Kept(**kept) for kept in told["kept"])}
    return Checkpoint(**values)


def _repetition(phase: Entry, at: datetime) -> Repetition:
    return Repetition(
        at=at,
        set=phase["set"],
        number=phase["repetition"],
        exercise=phase["exercise"],
        side=phase["side"],
        range_step=phase["range"],
        tempo=phase["tempo"],
    )
