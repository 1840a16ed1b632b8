"""What the coach asks, what is listened for meanwhile, and which commands answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.coaching.script import Line


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the coach asks and waits for."""

    line: Line
    context: str
    """What is listened for meanwhile."""
    answers: frozenset[str]
    """Commands that answer it."""


QUESTIONS: Mapping[str, Question] = {
    "ready": Question(Line.ASK_READY, "asked_ready", frozenset({"ready"})),
    "where": Question(Line.ASK_WHERE, "asked_where", frozenset({"back", "hip", "somewhere_else", "pain"})),
    "how_sore": Question(Line.ASK_HOW_SORE, "asked_number", frozenset({"number"})),
    "zero": Question(Line.ASK_ZERO, "asked_yes_no", frozenset({"yes", "no"})),
    "hurt": Question(Line.ASK_HURT, "asked_yes_no", frozenset({"yes", "no"})),
    "unwell": Question(Line.ASK_RED_FLAG, "asked_yes_no", frozenset({"yes", "no"})),
    "finish": Question(Line.ASK_FINISH, "asked_yes_no", frozenset({"yes", "no"})),
    "kind": Question(Line.ASK_KIND, "asked_kind", frozenset({"muscle", "joint"})),
    "half": Question(Line.ASK_HALF, "asked_yes_no", frozenset({"yes", "no"})),
    "equipment": Question(Line.ASK_EQUIPMENT, "asked_yes_no", frozenset({"yes", "no"})),
    "side_branch": Question(Line.ASK_SIDE_BRANCH, "asked_yes_no", frozenset({"yes", "no"})),
    "well_again": Question(Line.ASK_WELL_AGAIN, "asked_yes_no", frozenset({"yes", "no"})),
    "screen_heart": Question(Line.ASK_SCREEN_HEART, "asked_yes_no", frozenset({"yes", "no"})),
    "screen_body": Question(Line.ASK_SCREEN_BODY, "asked_yes_no", frozenset({"yes", "no"})),
    "screen_nerves": Question(Line.ASK_SCREEN_NERVES, "asked_yes_no", frozenset({"yes", "no"})),
    "screen_back": Question(Line.ASK_SCREEN_BACK, "asked_yes_no", frozenset({"yes", "no"})),
    "resume": Question(Line.ASK_RESUME, "asked_yes_no", frozenset({"yes", "no"})),
    "rest_day": Question(Line.ASK_REST_DAY, "asked_yes_no", frozenset({"yes", "no"})),
    "progress": Question(Line.ASK_PROGRESS, "asked_yes_no", frozenset({"yes", "no"})),
    "yesterday": Question(Line.ASK_YESTERDAY, "asked_number", frozenset({"number"})),
    "effort": Question(Line.ASK_EFFORT, "asked_number", frozenset({"number"})),
    "soreness": Question(Line.ASK_SORENESS, "asked_number", frozenset({"number"})),
}
"""Every question by name."""
