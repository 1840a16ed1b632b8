"""From the record of a session to the rows of the journal: a pure translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.coaching.actions import Answer, Change, Enter, Finish, Mark, Note
from assistant.coaching.checkpoint import Checkpoint
from assistant.coaching.phases import IN_REPETITIONS
from assistant.coaching.plan import Exercise, Plan
from assistant.coaching.tempo import parse_tempo
from assistant.journal.rows import REVOKED, JournalNote, LeftOff, LoadChange, Repetition, Row, SessionState
from assistant.session.records import Entry

TAKEN_BACK = "i_didnt_say_that"
"""Why a change reverses one that was only misheard."""

_SORE_NOTES = ("sore", "red_flag", "red_flag_heard")


class JournalRecorder:
    """Translates one session's record, entry by entry, into rows of the journal.

    Args:
        plan: What is coached.
        started: Second 0 of the record.
        left_off: The session that it is offered to go on with.
        left_plan: What is coached from there on.
    """

    def __init__(
        self, plan: Plan, started: datetime, left_off: LeftOff | None = None, left_plan: Plan | None = None
    ) -> None:
        self.state = SessionState(plan.level, offered=None if left_off is None else left_off.number)
        """How the session stands by now."""
        self._plan = plan
        self._left_off = left_off
        self._left_plan = left_plan or plan
        self._next_place: Checkpoint | None = None
        self._started = started
        self._sore = False
        self._hurt = False
        """Whether pain is possible and was neither confirmed nor denied yet."""
        self._moving: Enter | None = None
        self._done: list[Repetition] = []
        self._changes: list[LoadChange] = []

    def rows_of(self, entry: Entry) -> tuple[Row, ...]:
        """Return the rows that follow from one more entry; they belong into one transaction."""
        at = self._started + timedelta(seconds=entry.at)
        before, rows = self.state, list[Row]()
        match entry.record:
            case Enter() as entered:
                rows += self._phase(entered, at)
            case Answer(accepted=True, command="pain" | "red_flag"):
                self._sore = True
                self.state = replace(before, sore=True)
            case Change(what, old, new, why):
                self._changes.append(LoadChange(at, what, old, new, why))
                rows.append(self._changes[-1])
                self.state = replace(before, eased=was_eased(self._changes, self._plan.exercises))
            case Note() as note:
                rows.append(JournalNote(at, note.what, note.value))
                self.state = self._noted(note)
                if note.what == "resume":
                    self._resumed(bool(note.value))
            case Mark(place):
                self._mark(place)
            case Finish() as finish:
                self.state = replace(
                    before,
                    sets=finish.sets,
                    repetitions=finish.repetitions,
                    at_top=finish.ended == "completed" and self._at_top(),
                    ended=finish.ended,
                    ended_at=at,
                )
            case _:
                pass
        if self.state != before:
            rows.append(self.state)
        return tuple(rows)

    def _phase(self, entered: Enter, at: datetime) -> list[Row]:
        rows: list[Row] = []
        # The count grows where the next phase begins: the repetition was that of the movement before.
        if (moved := self._moving) is not None and entered.repetitions_done > self.state.repetitions:
            where = moved.set, moved.repetition, moved.exercise, moved.side
            self._done.append(Repetition(at, *where, moved.range_step, moved.tempo))
            rows.append(self._done[-1])
        if entered.phase in IN_REPETITIONS:
            self._moving = entered
        self.state = replace(
            self.state, sets=entered.sets_done, repetitions=entered.repetitions_done, place=self._next_place
        )
        return rows

    def _noted(self, note: Note) -> SessionState:
        if note.what in ("effort", "soreness", "level"):
            return replace(self.state, **{note.what: note.value})
        if note.what == "hurt":
            self._hurt = bool(note.value)
        elif note.what in _SORE_NOTES and note.value not in REVOKED:
            self._sore = True
        return replace(self.state, sore=self._sore or self._hurt)

    def _mark(self, place: Checkpoint | None) -> None:
        """Take a place over: at once, or with the phase that tells of the repetition before it.

        Both or neither is written: a session never goes on from a repetition that is not in the journal.
        """
        self._next_place = place
        now = self.state.sets, self.state.repetitions
        if place is not None and (place.sets_done, place.repetitions_done) == now:
            self.state = replace(self.state, place=place)

    def _resumed(self, go_on: bool) -> None:
        """Take over what the session that was left has done, or let it be."""
        self.state = replace(self.state, resumed=go_on)
        if go_on and (left := self._left_off) is not None:
            self._plan, self._next_place = self._left_plan, left.place
            self._done, self._changes = list(left.repetitions), list(left.changes)
            self.state = replace(
                left.state, place=left.place, offered=left.number, resumed=True, ended=None, ended_at=None
            )

    def _at_top(self) -> bool:
        """Return whether each side of every work set of the plan had its exercise's most repetitions."""
        # A set that was begun anew has some repetitions twice: those of one number are one.
        distinct = {(done.set, done.exercise, done.side, done.number) for done in self._done}
        counts = Counter(reached[:3] for reached in distinct)
        planned = sum(work.part == "work" for work in self._plan.sets)
        return len({number for number, _, _ in counts}) == planned and all(
            count >= self._plan.exercises[exercise].repetitions[1]
            for (_, exercise, _), count in counts.items()
        )


def was_eased(changes: Iterable[LoadChange], exercises: Mapping[str, Exercise]) -> bool:
    """Return whether anything was made easier than planned; what was taken back does not count.

    Args:
        changes: In the order in which they were made.
        exercises: Every exercise that the session may use.
    """
    raised, eased = list[tuple[str, str, str]](), list[tuple[str, str, str]]()
    for change in changes:
        this, reverse = (change.what, change.before, change.after), (change.what, change.after, change.before)
        if not is_easier(change, exercises):
            if change.why == TAKEN_BACK and reverse in eased:
                eased.remove(reverse)
            else:
                raised.append(this)
        # What was made harder and is made easier again is as it was planned.
        elif reverse in raised:
            raised.remove(reverse)
        else:
            eased.append(this)
    return bool(eased)


def is_easier(change: LoadChange, exercises: Mapping[str, Exercise]) -> bool:
    """Return whether a change asks less of the body: less range, fewer, a slower return, a lower level."""
    match change.what:
        case "range" | "repetitions":
            return int(change.after) < int(change.before)
        case "tempo":
            return parse_tempo(change.after).lift > parse_tempo(change.before).lift
        case "exercise":
            return exercises[change.after].level < exercises[change.before].level
        case _:
            return False
