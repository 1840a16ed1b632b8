"""The keys: for everything that words do there is a key, so that nobody depends on being heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.coaching.events import Heard, Slots
from assistant.coaching.questions import QUESTIONS
from assistant.coaching.safety import CONTEXT_OF_PHASE

LIST_KEY = "?"
"""The key that shows the list of keys; it is no command."""


_FREE = ("moving", "resting", "setup", "paused", "stopped", "asked_ready")
_YES_NO, _NUMBER, _WHERE = ("asked_yes_no",), ("asked_number",), ("asked_where",)
_KIND = ("asked_kind",)
_WAITING = ("paused", "stopped")
EVERYWHERE = (*_FREE, *_YES_NO, *_NUMBER, *_WHERE, *_KIND)
"""Every context, also those of questions: what is neither an answer nor urgent is left out of them, so
that a slip while answering starts nothing."""


@dataclass(frozen=True, slots=True)
class Key:
    """One or more keys that mean the same command."""

    names: tuple[str, ...]
    """A character in lower case, or `space`, `enter`, `escape`, `tab`, `backspace`, `up`, `down`, `left`,
    `right`."""
    command: str
    """Canonical id of voices/*/commands.yaml."""
    label: str
    """What it means, in few words."""
    slots: Slots = field(default_factory=dict[str, str | int])
    contexts: tuple[str, ...] = _FREE
    """Where it means this."""


KEYS: tuple[Key, ...] = (
    # Stop and pain first: no other row has their keys, so they mean the same at any time.
    Key(("s", "escape"), "stop", "stop", contexts=EVERYWHERE),
    Key(("p",), "pain", "pain", contexts=EVERYWHERE),
    Key(("d",), "red_flag", "dizzy, chest pain", contexts=EVERYWHERE),
    Key(("!",), "help", "help me", contexts=EVERYWHERE),
    # Answers come before what their keys mean otherwise.
    Key(("b",), "back", "back", contexts=_WHERE),
    Key(("h", "j"), "hip", "hip", contexts=_WHERE),
    Key(("e", "k", "n"), "somewhere_else", "somewhere else", contexts=_WHERE),
    Key(("m",), "muscle", "the muscle", contexts=_KIND),
    Key(("j",), "joint", "the joint", contexts=_KIND),
    Key(("b",), "pain", "my back hurts", {"where": "back"}, EVERYWHERE),
    Key(("j",), "pain", "my hip hurts", {"where": "hip"}, EVERYWHERE),
    *(Key((str(n),), "number", str(n), {"number": n}, _NUMBER) for n in range(10)),
    Key(("t",), "number", "10", {"number": 10}, _NUMBER),
    Key(("y",), "yes", "yes", contexts=_YES_NO),
    Key(("n",), "no", "no", contexts=_YES_NO),
    Key(("enter", "r"), "ready", "ready"),
    # Moving through the session.
    Key(("space",), "carry_on", "carry on (paused)", contexts=_WAITING),
    Key(("space",), "pause", "pause"),
    Key(("c",), "carry_on", "carry on"),
    Key(("n",), "next_set", "next set"),
    Key(("x",), "next_exercise", "next exercise"),
    Key(("k",), "skip", "skip this"),
    Key(("o",), "repeat", "once more"),
    Key(("m",), "more_rest", "more rest"),
    Key(("tab",), "switch_legs", "switch legs"),
    Key(("f", "q"), "finish", "finish"),
    # How hard, how fast.
    Key(("e",), "easier", "easier"),
    Key(("h",), "harder", "harder"),
    Key(("<", ","), "slower", "slower"),
    Key((">", "."), "faster", "faster"),
    # What the movement feels like.
    Key(("i",), "pinch", "it is pinching"),
    Key(("*",), "click", "it is clicking"),
    Key(("u",), "arching", "my back comes up"),
    Key(("z",), "burning", "it burns"),
    Key(("v",), "shaking", "I am shaking"),
    Key(("l",), "lost_it", "I lost it"),
    # Questions.
    Key(("#",), "how_many_left", "how many left"),
    Key(("t",), "how_long", "how much time"),
    Key(("w",), "what_is_next", "what is next"),
    Key(("@",), "where_am_i", "where am I"),
    Key(("/",), "what_can_i_say", "what can I say"),
    Key(("g",), "how_do_i_do_this", "how do I do this"),
    Key(("y",), "why", "why"),
    Key(("a",), "say_that_again", "say that again", contexts=EVERYWHERE),
    # The voice.
    Key(("+", "=", "up"), "louder", "louder", contexts=EVERYWHERE),
    Key(("-", "down"), "quieter", "quieter", contexts=EVERYWHERE),
    Key(("[",), "less_talk", "less talk"),
    Key(("]",), "more_talk", "more talk"),
    Key(("backspace",), "i_didnt_say_that", "I didn't say that", contexts=EVERYWHERE),
)
"""Every key; where two rows share one, the first whose contexts fit counts."""


def command_of(key: str, phase: str, question: str | None) -> tuple[str, Slots] | None:
    """Give the command and slots that a key means now, or None where it means nothing.

    Args:
        key: A name of `Key.names`; a capital letter counts as the small one.
        phase: Where the session is.
        question: The question that is open, a key of `QUESTIONS`.
    """
    row = _row(key, phase, question)
    return None if row is None else (row.command, row.slots)


def heard_key(key: str, phase: str, question: str | None, now: float) -> Heard | None:
    """Give the event of a key that was pressed at `now`, in seconds; None where it means nothing.

    Args:
        key: A name of `Key.names`.
        phase: Where the session is.
        question: The question that is open, a key of `QUESTIONS`.
        now: Seconds on the sample clock.
    """
    row = _row(key, phase, question)
    if row is None:
        return None
    return Heard(row.command, row.slots, row.label, now, now, confidence=1.0, partial=False, key=key.lower())


def key_list() -> list[tuple[str, str]]:
    """Give every key with what it means, for people to read."""
    rows = [(_signs(row), row.label) for row in KEYS if row.command != "number"]
    return [*rows, ("0-9 t", "a number (t: ten)"), (LIST_KEY, "hide this list")]


def answers_to(question: str) -> list[tuple[str, str]]:
    """Give the keys that answer an open question, with what they mean."""
    asked = QUESTIONS[question]
    if asked.context == "asked_number":
        return [("0-9", "how hard" if question == "effort" else "how sore"), ("t", "ten")]
    # "Pain" is no answer that leads on: it asks again.
    wanted = asked.answers - {"pain"}
    return [(_signs(row), row.label) for row in KEYS if row.command in wanted]


def _row(key: str, phase: str, question: str | None) -> Key | None:
    context = CONTEXT_OF_PHASE.get(phase, "moving") if question is None else QUESTIONS[question].context
    name = key.lower()
    for row in KEYS:
        if name in row.names and context in row.contexts:
            return row
    return None


_SIGNS: Mapping[str, str] = {"escape": "Esc", "enter": "Enter", "tab": "Tab", "backspace": "Bksp"}


def _signs(row: Key) -> str:
    return " ".join(_SIGNS.get(name, name) for name in row.names)
