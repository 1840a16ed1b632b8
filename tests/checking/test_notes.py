"""What the notes of routines may not hold."""

from __future__ import annotations

import pytest

from assistant.checking.phrases import read_phrases
from assistant.checking.routines import check_notes
from assistant.errors import InputError
from assistant.hearing.recognition.matcher import Matcher
from tests.checking.conftest import commands_of, ladder, with_routine
from tests.parsing import parse_routine

WORK = "exercise: low\nexercise: middle, say: 'Banana for {you}'\nstep: -3, say: 'Ready?'"
COMMANDS = "commands:\n  stop:\n    safety: true\n    sentences: [stop, banana]\n"


def test_a_note_holds_nothing_that_is_obeyed_in_the_voice_at_hand() -> None:
    """Also where it is no English; what is not for safety may be said."""
    phrases, _ = read_phrases(commands_of(COMMANDS))
    shelf = with_routine(ladder(), WORK)
    (found,) = check_notes(shelf.routines[0], Matcher(phrases.commands))
    assert (found.file, found.line, found.column) == ("mine.yaml", 5, 24)
    assert (found.rule, "banana" in found.problem) == ("note-safety-word", True)


@pytest.mark.parametrize("note", ["Do not stop now.", "That is enough.", "My back is flat.", "Now it hurts"])
def test_a_note_with_a_safety_word_is_refused_where_it_is_read(note: str) -> None:
    """Heard from the loudspeaker, it would be obeyed."""
    with pytest.raises(InputError, match="the coach obeys") as caught:
        parse_routine(f"name: m\nwork:\n  - step: 0\n    say: {note}\n", "m.yaml")
    assert (caught.value.line, caught.value.field) == (4, "work[0].say")


@pytest.mark.parametrize(
    ("note", "problem"), [('"..."', "says nothing"), ("x" * 201, "at most 200"), ("''", "nothing")]
)
def test_a_note_says_something_and_not_too_much(note: str, problem: str) -> None:
    """It is spoken."""
    with pytest.raises(InputError, match=problem):
        parse_routine(f"name: m\nwork: [{{step: 0, say: {note}}}]\n", "m.yaml")
