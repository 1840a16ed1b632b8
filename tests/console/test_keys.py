"""Which key means which command, and when."""

from __future__ import annotations

import pytest

from assistant.coaching.events import SAFETY_COMMANDS, Heard
from assistant.coaching.phases import PHASES
from assistant.coaching.questions import QUESTIONS
from assistant.console.keys import (
    KEYS,
    LABEL_SIGNS,
    LIST_KEY,
    answers_to,
    command_of,
    heard_key,
    key_list,
    keys_with,
)
from assistant.errors import InputError
from assistant.library.session import load_commands
from assistant.places import shipped
from assistant.programme.commands import CONTEXTS, FREE_KEYS, NOTHING
from tests.parsing import parse_commands
from tests.stand_ins import ScriptedKeys

SITUATIONS = [
    *((phase, None) for phase in PHASES),
    *((phase, question) for question in QUESTIONS for phase in ("asking", "stopped", "rest")),
]
OTHER_QUESTIONS = sorted(set(QUESTIONS) - {"ready"})


WITHOUT_KEY = frozenset({"vague", "not_ready", NOTHING})
"""What can only be said: a key gives the number itself, and whoever is not ready presses none."""


def test_there_is_a_key_for_everything_that_words_do() -> None:
    """And for nothing else."""
    words = load_commands(shipped("voices") / "en" / "commands.yaml")
    keyed = {row.command for row in keys_with(words.commands)}
    assert keyed == {command.name for command in words.commands} - WITHOUT_KEY
    assert keyed >= SAFETY_COMMANDS


def test_a_new_command_gets_its_key_beside_its_sentences() -> None:
    """It means the command where its words do, and the list shows it."""
    words = parse_commands(
        "commands:\n  volume_to:\n    key: ';'\n    contexts: [moving, resting]\n"
        "    sentences: [volume up, {say: set the volume, contexts: [paused]}]\n",
        "mine.yaml",
    )
    keys = keys_with(words.commands)
    for phase in ("lower", "rest", "paused"):
        heard = heard_key(";", phase, None, 1.0, keys)
        assert heard is not None
        assert (heard.command, heard.text, heard.key) == ("volume_to", "volume to", ";")
    assert heard_key(";", "asking", "how_sore", 1.0, keys) is None
    assert heard_key(";", "lower", None, 1.0) is None
    assert (";", "volume to") in key_list(keys)
    assert keys[: len(KEYS)] == KEYS


@pytest.mark.parametrize(
    ("keys", "line"), [(("s", ":"), 3), (("7", ":"), 3), (("", ":"), 3), ((";;", ":"), 3), ((":", ":"), 7)]
)
def test_a_key_that_is_not_free_is_named_with_those_that_are(keys: tuple[str, str], line: int) -> None:
    """No command takes a key from another."""
    text = "".join(
        f"  {name}:\n    key: '{key}'\n    contexts: [moving]\n    sentences: [{name}]\n"
        for name, key in zip(("one", "two"), keys, strict=True)
    )
    with pytest.raises(InputError, match=r"is not a free key\. Use one of: ; ") as raised:
        parse_commands("commands:\n" + text, "mine.yaml")
    assert (raised.value.line, raised.value.field) == (
        line,
        f"commands.{'one' if line == 3 else 'two'}.key",
    )


def test_free_keys_mean_nothing_yet() -> None:
    """Nor does the one that shows the list."""
    taken = {name for row in KEYS for name in row.names}
    assert not taken & set(FREE_KEYS)
    assert LIST_KEY not in FREE_KEYS


def test_slots_hold_values_that_words_have_too() -> None:
    """The coach need not know whether somebody spoke."""
    words = load_commands(shipped("voices") / "en" / "commands.yaml")
    numbers = {value.value for value in words.lists["number"]}
    assert {row.slots["number"] for row in KEYS if "number" in row.slots} == numbers
    values = {value.value for listed in words.lists.values() for value in listed}
    assert {value for row in KEYS for value in row.slots.values()} <= values


def test_the_contexts_are_those_of_the_words() -> None:
    """None is misspelt or missing."""
    assert {context for row in KEYS for context in row.contexts} == set(CONTEXTS)


@pytest.mark.parametrize(("phase", "question"), SITUATIONS)
@pytest.mark.parametrize(
    ("key", "command"),
    [("s", "stop"), ("escape", "stop"), ("p", "pain"), ("d", "red_flag"), ("!", "help")],
)
def test_safety_keys_mean_the_same_in_every_phase_and_question(
    key: str, command: str, phase: str, question: str | None
) -> None:
    """Stop and pain come first."""
    assert command_of(key, phase, question) == (command, {})


def test_no_other_row_has_a_safety_key() -> None:
    """So no context can take one away."""
    names = [name for row in KEYS for name in row.names]
    for key in ("s", "escape", "p", "d", "!"):
        assert names.count(key) == 1


def test_pain_can_name_its_place() -> None:
    """At once, also before anything was asked."""
    assert command_of("b", "lower", None) == ("pain", {"where": "back"})
    assert command_of("j", "asking", "how_sore") == ("pain", {"where": "hip"})


@pytest.mark.parametrize("phase", PHASES)
def test_space_pauses_and_goes_on_again(phase: str) -> None:
    """The one key that is found blindly."""
    expected = "carry_on" if phase in ("paused", "stopped") else "pause"
    assert command_of("space", phase, None) == (expected, {})


def test_enter_is_ready() -> None:
    """Also where the coach has asked for it."""
    assert command_of("enter", "setup", None) == ("ready", {})
    assert command_of("enter", "asking", "ready") == ("ready", {})


@pytest.mark.parametrize("digit", range(10))
def test_digits_answer_how_sore_it_is(digit: int) -> None:
    """And mean nothing anywhere else."""
    for phase in PHASES:
        assert command_of(str(digit), phase, None) is None
    for name, question in QUESTIONS.items():
        expected = ("number", {"number": digit}) if "number" in question.answers else None
        assert command_of(str(digit), "asking", name) == expected


def test_t_is_ten_when_a_number_is_asked_for() -> None:
    """Otherwise it asks for the time left."""
    assert command_of("t", "asking", "how_sore") == ("number", {"number": 10})
    assert command_of("t", "rest", None) == ("how_long", {})


@pytest.mark.parametrize("question", [name for name in QUESTIONS if "yes" in QUESTIONS[name].answers])
def test_y_and_n_answer_yes_and_no(question: str) -> None:
    """Otherwise n is the next set."""
    assert command_of("y", "asking", question) == ("yes", {})
    assert command_of("n", "asking", question) == ("no", {})
    assert command_of("n", "lower", None) == ("next_set", {})


@pytest.mark.parametrize(
    ("key", "where"),
    [("b", "back"), ("h", "hip"), ("j", "hip"), ("e", "elsewhere"), ("k", "elsewhere"), ("n", "elsewhere")],
)
def test_first_letters_answer_where_it_hurts(key: str, where: str) -> None:
    """The knee and the neck are somewhere else."""
    assert command_of(key, "asking", "where") == ("place", {"where": where})


def test_first_letters_answer_what_burns() -> None:
    """Elsewhere they mean a sore hip and more rest."""
    assert command_of("m", "asking", "kind") == ("muscle", {})
    assert command_of("j", "asking", "kind") == ("joint", {})
    assert command_of("j", "rest", None) == ("pain", {"where": "hip"})
    assert command_of("m", "rest", None) == ("more_rest", {})


@pytest.mark.parametrize("question", OTHER_QUESTIONS)
@pytest.mark.parametrize("key", ["h", "x", "c", "r", "f", "enter", "space", ">"])
def test_a_slip_while_answering_leads_nowhere(question: str, key: str) -> None:
    """A question about pain is no moment to start something."""
    allowed = QUESTIONS[question].answers
    found = command_of(key, "asking", question)
    assert found is None or found[0] in allowed


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_a_question_can_be_heard_again_and_louder(question: str) -> None:
    """Whoever did not catch it can still answer."""
    assert command_of("a", "asking", question) == ("say_that_again", {})
    assert command_of("up", "asking", question) == ("louder", {})


@pytest.mark.parametrize(("key", "command"), [("S", "stop"), ("P", "pain"), ("N", "next_set")])
def test_capital_letters_count_as_small_ones(key: str, command: str) -> None:
    """Caps lock must not take stop away."""
    assert command_of(key, "lower", None) == (command, {})


@pytest.mark.parametrize("key", [LIST_KEY, "ß", "f5", "", "~", "\x04"])
def test_unknown_keys_do_nothing(key: str) -> None:
    """Nor does the one that only shows the list."""
    for phase, question in SITUATIONS:
        assert command_of(key, phase, question) is None
        assert heard_key(key, phase, question, 1.0) is None


def test_a_key_is_an_event_like_a_word() -> None:
    """Certain, with its label for the words, and marked as a key."""
    assert heard_key("J", "lower", None, 12.5) == Heard(
        "pain", {"where": "hip"}, "my hip hurts", 12.5, 12.5, confidence=1.0, partial=False, key="j"
    )


def test_no_row_is_out_of_reach() -> None:
    """Every key of every row means its command in at least one of its contexts."""
    for row in KEYS:
        for name in row.names:
            free = set(row.contexts)
            for earlier in KEYS[: KEYS.index(row)]:
                if name in earlier.names:
                    free -= set(earlier.contexts)
            assert free, (name, row.command)


def test_the_list_names_every_key_within_a_third_of_the_screen() -> None:
    """So that all of them fit into 80 columns."""
    listed = key_list()
    shown = {sign for signs, _ in listed for sign in signs.split()}
    assert {"s", "Esc", "p", "space", "Enter", "0-9", "?"} <= shown
    for signs, label in listed:
        assert len(signs) <= 7
        assert len(label) <= LABEL_SIGNS


def test_the_answers_to_a_question_are_at_hand() -> None:
    """As many keys as answers, and no digit for each number."""
    assert answers_to("finish") == [("y", "yes"), ("n", "no")]
    assert answers_to("how_sore") == [("0-9", "how sore"), ("t", "ten")]
    assert answers_to("effort") == [("0-9", "how hard"), ("t", "ten")]
    assert answers_to("kind") == [("m", "the muscle"), ("j", "the joint")]
    assert [label for _, label in answers_to("where")] == ["back", "hip", "somewhere else"]
    assert answers_to("ready") == [("Enter r", "ready")]


def test_scripted_keys_come_at_their_look() -> None:
    """And only once."""
    keys = ScriptedKeys([(1, "s"), (1, "y"), (3, "space")])
    assert [keys.read() for _ in range(5)] == [[], ["s", "y"], [], ["space"], []]
