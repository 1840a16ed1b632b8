"""What the journal means for the next session, in whole days: pure functions of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from assistant.coaching.complaint import RatedPain
from assistant.coaching.history import History, PastSession, can_be_resumed
from assistant.journal.journal import Journal
from assistant.journal.rows import REVOKED, JournalNote, LeftOff, StoredSession

_TOLD = ("level", "sore", "eased", "at_top", "effort", "soreness")
"""What a past session tells as it is in the journal."""


def history_of(journal: Journal, today: date) -> History:
    """Return what a session today has to know about those before it.

    Args:
        journal: Where they were written.
        today: The person's calendar day.

    Raises:
        JournalError: it can't be read.
    """
    remarks = journal.notes()
    screening, red_flag = _last(remarks, "screening"), _last(remarks, "red_flag")
    # One that was confirmed, or cleared, after it was heard leaves nothing to ask.
    unanswered = _last(remarks, "red_flag", "red_flag_heard")
    unanswered = unanswered if unanswered and unanswered.what == "red_flag_heard" else None
    volume, talkative = _last(remarks, "volume_db"), _last(remarks, "talkative")
    return History(
        sessions=tuple(_past(journal, written, today) for written in trained(journal.sessions())),
        tutorial_done=_is_yes(_last(remarks, "tutorial")),
        screened_days_ago=None if screening is None else days_ago(screening.at, today),
        screening_yes=_is_yes(screening),
        red_flag_days_ago=days_ago(red_flag.at, today) if red_flag and _is_yes(red_flag) else None,
        unanswered_flag=str(unanswered.value) if unanswered and _is_yes(unanswered) else None,
        unanswered_days_ago=0 if unanswered is None else days_ago(unanswered.at, today),
        explained=frozenset(_texts(remarks, "explained")),
        equipment=frozenset(_texts(remarks, "equipment")),
        volume_db=None if volume is None else float(volume.value),
        talkative=None if talkative is None else _is_yes(talkative),
        ranges=ranges_of(remarks),
        instead=instead_of(remarks),
    )


def days_ago(at: datetime, today: date) -> int:
    """Return the calendar days since a moment, by the date that the person's clock showed then.

    Below 0 the date lies ahead: a clock is wrong, or was, so that it is not known when that was.
    """
    return (today - at.date()).days


def ranges_of(remarks: Iterable[JournalNote]) -> dict[str, int]:
    """Return the range step to which each exercise was last made easier or harder."""
    pairs = (str(remark.value).split() for remark in remarks if remark.what == "range")
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdecimal()}


def instead_of(remarks: Iterable[JournalNote]) -> dict[str, str]:
    """Return the easier exercise that took the place of each, if one did."""
    pairs = (str(remark.value).split() for remark in remarks if remark.what == "instead")
    found = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    return {planned: easier for planned, easier in found.items() if planned != easier}


def trained(sessions: Sequence[StoredSession]) -> list[StoredSession]:
    """Return the sessions that count, without those that a later one resumed."""
    resumed = {written.state.offered for written in sessions if written.state.resumed}
    return [written for written in sessions if _counts(written) and written.number not in resumed]


def parts_of(last: StoredSession, by_number: Mapping[int, StoredSession]) -> list[StoredSession]:
    """Return the sessions that one resumed, oldest first, and itself."""
    parts = [last]
    while parts[0].state.resumed:
        before = by_number.get(parts[0].state.offered or 0)
        if before is None or before.number >= parts[0].number:
            break
        parts.insert(0, before)
    return parts


def left_off(journal: Journal, now: datetime) -> LeftOff | None:
    """Return the session that can be resumed now: the last, where it was cut off lately.

    Args:
        journal: Where it was written.
        now: With the offset from UTC.

    Raises:
        JournalError: it can't be read.
    """
    sessions = journal.sessions()
    last = next(reversed(trained(sessions)), None)
    if last is None or (place := last.state.place) is None:
        return None
    if any(one.state.offered == last.number and one.state.resumed is not None for one in sessions):
        return None
    parts = parts_of(last, {written.number: written for written in sessions})
    repetitions = tuple(done for part in parts for done in journal.repetitions(part.number))
    changes = tuple(change for part in parts for change in journal.changes(part.number))
    times = [last.beginning.started, *(done.at for done in repetitions)]
    seconds = (now - (last.state.ended_at or max(times))).total_seconds()
    if not can_be_resumed(last.state.ended, last.state.sore, seconds):
        return None
    before = [remark for remark in journal.notes() if remark.at < parts[0].beginning.started]
    return LeftOff(
        *(last.number, last.beginning.file, last.state, place, repetitions, changes),
        equipment=frozenset(_texts(before, "equipment")),
        ranges=ranges_of(before),
        instead=instead_of(before),
    )


def _counts(written: StoredSession) -> bool:
    """Return whether a session counts: it has a repetition, or pain."""
    return written.state.repetitions > 0 or written.state.sore


def _past(journal: Journal, written: StoredSession, today: date) -> PastSession:
    state, remarks = written.state, journal.notes(written.number)
    reserve = _last(remarks, "reserve")
    rated = [RatedPain.read(str(remark.value)) for remark in remarks if remark.what == "sore"]
    return PastSession(
        days_ago=days_ago(written.beginning.started, today),
        ended=state.ended or "interrupted",
        reserve=None if reserve is None else int(reserve.value),
        pain=max(
            (pain for pain in rated if pain is not None),
            key=lambda pain: (pain.is_of_lifts, pain.counted),
            default=None,
        ),
        **{name: getattr(state, name) for name in _TOLD},
    )


def _last(remarks: Iterable[JournalNote], *whats: str) -> JournalNote | None:
    return next((remark for remark in reversed(list(remarks)) if remark.what in whats), None)


def _is_yes(remark: JournalNote | None) -> bool:
    return remark is not None and remark.value not in REVOKED


def _texts(remarks: Iterable[JournalNote], what: str) -> set[str]:
    return {str(remark.value) for remark in remarks if remark.what == what}
