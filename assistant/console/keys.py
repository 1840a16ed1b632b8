"""The keys: for everything that words do there is a key, so that no one depends on being heard.

The letters are taken. A command that is new gets one of `FREE_KEYS` by a `key:` beside its sentences in
commands.yaml; the list on the screen shows it with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.coaching.events import Heard, Slots
from assistant.coaching.phases import CONTEXT_OF_PHASE
from assistant.coaching.questions import QUESTIONS
from assistant.programme.commands import CONTEXTS, Command

LIST_KEY = "?"
"""The key that shows the list of keys; it is not a command."""

LABEL_SIGNS = 17
"""What a label may have, so that all keys fit into three columns of a terminal."""

_FREE = ("moving", "resting", "setup", "paused", "stopped", "asked_ready")
_YES_NO, _NUMBER, _WHERE = ("asked_yes_no",), ("asked_number",), ("asked_where",)
_KIND = ("asked_kind",)
_WAITING = ("paused", "stopped")
# What is neither an answer nor urgent is left out of questions: a slip while answering starts nothing.


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
    Key(("s", "escape"), "stop", "stop", contexts=CONTEXTS),
    Key(("p",), "pain", "pain", contexts=CONTEXTS),
    Key(("d",), "red_flag", "dizzy, chest pain", contexts=CONTEXTS),
    Key(("!",), "help", "help me", contexts=CONTEXTS),
    # Answers come before what their keys mean otherwise.
    Key(("b",), "place", "back", {"where": "back"}, _WHERE),
    Key(("h", "j"), "place", "hip", {"where": "hip"}, _WHERE),
    Key(("e", "k", "n"), "place", "somewhere else", {"where": "elsewhere"}, _WHERE),
    Key(("m",), "muscle", "the muscle", contexts=_KIND),
    Key(("j",), "joint", "the joint", contexts=_KIND),
    Key(("b",), "pain", "my back hurts", {"where": "back"}, CONTEXTS),
    Key(("j",), "pain", "my hip hurts", {"where": "hip"}, CONTEXTS),
    *(Key((str(n),), "number", str(n), {"number": n}, _NUMBER) for n in range(10)),
    Key(("t",), "number", "10", {"number": 10}, _NUMBER),
    Key(("y",), "yes", "yes", contexts=_YES_NO),
    Key(("n",), "no", "no", contexts=_YES_NO),
    Key(("w",), "fine", "I'm fine", contexts=(*_YES_NO, *_WHERE, *_KIND)),
    Key(("u",), "unsure", "I don't know", contexts=(*_YES_NO, *_NUMBER, *_WHERE, *_KIND)),
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
    Key(("a",), "say_that_again", "say that again", contexts=CONTEXTS),
    # The voice.
    Key(("+", "=", "up"), "louder", "louder", contexts=CONTEXTS),
    Key(("-", "down"), "quieter", "quieter", contexts=CONTEXTS),
    Key(("[",), "less_talk", "less talk"),
    Key(("]",), "more_talk", "more talk"),
    Key(("backspace",), "i_didnt_say_that", "I didn't say that", contexts=CONTEXTS),
)
"""Every key but those of commands.yaml; where two rows share one, the first whose contexts fit counts."""


def keys_with(commands: Iterable[Command]) -> tuple[Key, ...]:
    """Return all keys: those of `KEYS`, and those that commands.yaml gives to commands.

    Args:
        commands: What can be said; a command means the same by its key, where it can be said.
    """
    given = (
        Key(
            (command.key,),
            command.name,
            command.name.replace("_", " ")[:LABEL_SIGNS],
            contexts=tuple({context for sentence in command.sentences for context in sentence.contexts}),
        )
        for command in commands
        if command.key is not None
    )
    return (*KEYS, *given)


def command_of(key: str, phase: str, question: str | None) -> tuple[str, Slots] | None:
    """Return the command and slots that a key of `KEYS` means now, or None where it means nothing.

    Args:
        key: A name of `Key.names`; a capital letter counts as the small one.
        phase: Where the session is.
        question: The question that is open, a key of `QUESTIONS`.
    """
    row = _row(key, phase, question, KEYS)
    return None if row is None else (row.command, row.slots)


def heard_key(
    key: str, phase: str, question: str | None, now: float, keys: tuple[Key, ...] = KEYS
) -> Heard | None:
    """Return the event of a key that was pressed at `now`, in seconds; None where it means nothing.

    Args:
        key: A name of `Key.names`.
        phase: Where the session is.
        question: The question that is open, a key of `QUESTIONS`.
        now: Seconds on the sample clock.
        keys: All rows.
    """
    row = _row(key, phase, question, keys)
    if row is None:
        return None
    return Heard(row.command, row.slots, row.label, now, now, confidence=1.0, partial=False, key=key.lower())


def key_list(keys: tuple[Key, ...] = KEYS) -> list[tuple[str, str]]:
    """Return every key with what it means, for people to read."""
    rows = [(_signs(row), row.label) for row in keys if row.command != "number"]
    return [*rows, ("0-9 t", "a number (t: ten)"), (LIST_KEY, "hide this list")]


_NUMBERS = {"effort": "how hard", "reserve": "how many more"}
"""What a number means as the answer to a question; else how sore it is."""


def answers_to(question: str) -> list[tuple[str, str]]:
    """Return the keys that answer an open question, with what they mean."""
    asked = QUESTIONS[question]
    if asked.context == "asked_number":
        return [("0-9", _NUMBERS.get(question, "how sore")), ("t", "ten")]
    # "Pain" is no answer that leads on: it asks again.
    wanted = asked.answers - {"pain"}
    return [(_signs(row), row.label) for row in KEYS if row.command in wanted]


def _row(key: str, phase: str, question: str | None, keys: Iterable[Key]) -> Key | None:
    context = CONTEXT_OF_PHASE.get(phase, "moving") if question is None else QUESTIONS[question].context
    name = key.lower()
    return next((row for row in keys if name in row.names and context in row.contexts), None)


_SIGNS: Mapping[str, str] = {"escape": "Esc", "enter": "Enter", "tab": "Tab", "backspace": "Bksp"}


def _signs(row: Key) -> str:
    return " ".join(_SIGNS.get(name, name) for name in row.names)
