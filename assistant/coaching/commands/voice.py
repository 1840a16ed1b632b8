"""How the coach talks, how loud and how much; and taking back what it did."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.coaching.actions import Note, SetVolume
from assistant.coaching.commands.navigation import told_finish
from assistant.coaching.commands.requests import allow_harder
from assistant.coaching.commands.safety import told_was_that_pain
from assistant.coaching.course import leave_question
from assistant.coaching.events import Command, Heard
from assistant.coaching.questions import QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import Handler, Refusal, Session

VOLUME_STEP_DB = 3.0
"""Decibels by which "louder" and "quieter" change the voice. Chosen."""

VOLUME_RANGE_DB = (-12.0, 6.0)
"""Decibels between which the voice stays, relative to its usual level. Chosen."""

_TAKEN_BACK_WHOLE = (QuestionName.KIND, QuestionName.HALF, QuestionName.EQUIPMENT)
"""Questions that are dropped with the command that led to them."""


def talk_as_remembered(session: Session) -> None:
    """Talk as the person liked it in earlier sessions."""
    session.manners.talkative = session.history.talkative is not False
    if session.history.volume_db:
        _set_volume(session, session.history.volume_db)


def change_volume(session: Session, heard: Heard, now: float) -> Refusal:
    """Talk louder or quieter, within limits, in this session and later ones."""
    before = session.manners.volume_db
    wanted = before + (VOLUME_STEP_DB if heard.command == Command.LOUDER else -VOLUME_STEP_DB)
    if _limited(wanted) == before:
        return "at its limit"
    _set_volume(session, wanted)
    _note_volume(session)
    if not session.moving:
        session.speech.say(Line.VOLUME, now)

    def undo(session: Session, now: float) -> Refusal:
        _set_volume(session, before)
        _note_volume(session)
        session.reply(Line.UNDONE_VOLUME, now)
        return None

    session.can_undo(undo)
    return None


def _limited(decibels: float) -> float:
    quietest, loudest = VOLUME_RANGE_DB
    return min(max(decibels, quietest), loudest)


def _set_volume(session: Session, decibels: float) -> None:
    session.manners.volume_db = _limited(decibels)
    session.speech.act(SetVolume(session.manners.volume_db))


def _note_volume(session: Session) -> None:
    session.speech.act(Note("volume_db", round(session.manners.volume_db)))


def talk_more_or_less(session: Session, heard: Heard, now: float) -> Refusal:
    """Say breath cues, or leave them out, in this session and later ones."""
    before, talkative = session.manners.talkative, heard.command == Command.MORE_TALK
    _be_talkative(session, talkative)
    session.reply(Line.TALK_MORE if talkative else Line.TALK_LESS, now)

    def undo(session: Session, now: float) -> Refusal:
        _be_talkative(session, before)
        session.reply(Line.UNDONE_TALK, now)
        return None

    session.can_undo(undo)
    return None


def _be_talkative(session: Session, talkative: bool) -> None:
    session.manners.talkative = talkative
    session.speech.act(Note("talkative", talkative))


def take_back(session: Session, heard: Heard, now: float) -> Refusal:
    """Take back the last command, where that is possible; never a stop, pain or a red flag."""
    asked = session.questions.asked
    if asked is not None and asked in _TAKEN_BACK_WHOLE:
        session.hush(now)
        session.questions.drop(asked)
        if asked is QuestionName.EQUIPMENT:
            allow_harder(session)
        session.speech.say(Line.AS_PLANNED, now)
        leave_question(session, now)
        return None
    if asked is QuestionName.FINISH:
        session.hush(now)
        told_finish(session, Heard(Command.NO), now)
        return None
    if asked is QuestionName.WAS_THAT_PAIN:
        session.hush(now)
        told_was_that_pain(session, Heard(Command.NO), now)
        return None
    if session.body.needs_ready:
        session.hush(now)
        session.speech.say(Line.STAYS, now)
        if asked is None and session.phases.phase == "stopped":
            session.wait_stopped(session.speech.say(Line.WHEN_YOU_LIKE, now))
        session.ask_same(now)
        return "a stop is not taken back"
    if session.undo is None:
        session.reply(Line.NOTHING_UNDONE, now)
        return "nothing to take back"
    return session.undo(session, now)


HANDLERS: Mapping[Command, Handler] = {
    **dict.fromkeys((Command.LOUDER, Command.QUIETER), change_volume),
    **dict.fromkeys((Command.LESS_TALK, Command.MORE_TALK), talk_more_or_less),
    Command.I_DIDNT_SAY_THAT: take_back,
}
