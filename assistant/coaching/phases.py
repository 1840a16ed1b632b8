"""The phases of a session, the one table that says which may follow which, and what is heard in each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, TypeAlias, cast, get_args

from transitions import Machine

Phase: TypeAlias = Literal[
    "greeting",
    "setup",
    "imprint",
    "get_ready",
    "lift",
    "top",
    "lower",
    "bottom",
    "return",
    "hold",
    "rest",
    "asking",
    "paused",
    "stopped",
    "finished",
]

PHASES: tuple[Phase, ...] = get_args(Phase)

MOVING: tuple[Phase, ...] = ("imprint", "get_ready", "lift", "top", "lower", "bottom", "return", "hold")
"""Phases in which the body works or is about to."""

IN_REPETITIONS: tuple[Phase, ...] = ("lift", "top", "lower", "bottom", "return", "hold")
"""Phases that belong to a repetition."""


class Context(StrEnum):
    """What the recognizer can be listening for, one at a time."""

    MOVING = "moving"
    RESTING = "resting"
    SETUP = "setup"
    PAUSED = "paused"
    STOPPED = "stopped"
    ASKED_READY = "asked_ready"
    ASKED_YES_NO = "asked_yes_no"
    ASKED_NUMBER = "asked_number"
    ASKED_WHERE = "asked_where"
    ASKED_KIND = "asked_kind"


CONTEXT_OF_PHASE: Mapping[str, Context] = {
    "greeting": Context.SETUP,
    "setup": Context.SETUP,
    "rest": Context.RESTING,
    "paused": Context.PAUSED,
    "stopped": Context.STOPPED,
}
"""What is listened for in a phase; a question says its own context, everything else is `moving`."""

_ALIVE: tuple[Phase, ...] = tuple(phase for phase in PHASES if phase != "finished")

TABLE: tuple[tuple[str, tuple[Phase, ...], Phase], ...] = (
    # trigger, from, to
    ("greet", ("asking", "paused"), "greeting"),
    ("set_up", ("greeting", "setup", "rest", "paused", "asking", *MOVING), "setup"),
    ("imprint", ("setup", "rest", "asking", "paused", *MOVING), "imprint"),
    ("get_ready", ("imprint",), "get_ready"),
    ("lift", ("get_ready", "lower", "bottom"), "lift"),
    ("top", ("lift", "return"), "top"),
    ("lower", ("lift", "top", "return"), "lower"),
    ("bottom", ("lower", "hold"), "bottom"),
    ("return", ("lower", "bottom"), "return"),
    ("hold", ("get_ready", "bottom", "hold"), "hold"),
    ("rest", (*MOVING, "rest", "asking"), "rest"),
    ("ask", ("greeting", "setup", "rest", "asking", "paused", "stopped", *MOVING), "asking"),
    ("pause", ("greeting", "setup", "rest", "asking", *MOVING), "paused"),
    ("stop", _ALIVE, "stopped"),
    ("finish", _ALIVE, "finished"),
)
"""Stop leads out of every phase; out of `stopped` only a question, another stop or the end lead."""


class Phases:
    """Where the session is, moved only by the table.

    `transitions` raises MachineError for a move that the table does not have: a defect, never an input.
    """

    def __init__(self) -> None:
        self.phase: Phase = "greeting"
        self._machine: Any = Machine(
            model=self,
            model_attribute="phase",
            states=list(PHASES),
            transitions=[[trigger, list(sources), to] for trigger, sources, to in TABLE],
            initial="greeting",
            auto_transitions=False,
            send_event=False,
            queued=False,
            model_override=False,
        )

    def move(self, trigger: str) -> None:
        """Follow one transition of the table."""
        cast(Any, self).trigger(trigger)
