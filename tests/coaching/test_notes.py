"""What a routine's author has the coach say."""

from __future__ import annotations

from collections.abc import Callable

from assistant.coaching.actions import Action, Enter, Say
from assistant.testing import Stage

StageOf = Callable[[str], Stage]
NOTED = "exercise: single-leg, repetitions: 2, sets: 2, say: Heels long today."


def _notes(stage: Stage) -> list[str]:
    return [a.cue.text for _, a in stage.actions if isinstance(a, Say) and a.cue.name == "note"]


def _names(actions: list[tuple[float, Action]]) -> list[str]:
    return [action.cue.name for _, action in actions if isinstance(action, Say)]


def test_a_note_is_talk_at_the_set_up_before_ready_is_asked_for(stage_of: StageOf) -> None:
    """Once, although the entry has two sets."""
    stage = stage_of(NOTED)
    stage.reach("setup")
    said = _names(stage.actions)
    assert said.index("note") == said.index("say_ready") - 1
    (cue,) = [a.cue for _, a in stage.actions if isinstance(a, Say) and a.cue.name == "note"]
    assert cue.kind == "talk"
    stage.reach("asking")
    assert _notes(stage) == ["Heels long today."]


def test_it_is_not_said_again_after_a_pause(stage_of: StageOf) -> None:
    """Who has heard it, knows it."""
    stage = stage_of(NOTED)
    stage.reach("lower")
    stage.hear("pause")
    stage.wait(5)
    stage.hear("carry_on")
    stage.reach("asking")
    assert len(_notes(stage)) == 1


def test_a_note_to_more_of_the_same_exercise_comes_as_its_set_begins(stage_of: StageOf) -> None:
    """No position is taken up there; it comes before the back is pressed down, and nothing overlaps."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 2\nexercise: double-leg, repetitions: 2, say: Last ones."
    )
    stage.reach("asking")
    assert _notes(stage) == ["Last ones."]
    entered = [a for _, a in stage.actions if isinstance(a, Enter) and a.phase == "imprint"]
    says = [a for _, a in stage.actions if isinstance(a, Say)]
    (note,) = [say for say in says if say.cue.name == "note"]
    assert note.due >= entered[1].at
    after = says[says.index(note) + 1]
    assert after.cue.name.startswith("imprint")
    assert after.due >= note.due + 0.06 * len(note.cue.text)


def test_another_exercise_than_the_planned_one_has_no_note(stage_of: StageOf) -> None:
    """What was written for straight legs may be wrong for bent ones."""
    stage = stage_of("exercise: hover, repetitions: 8\nexercise: t-arms, range: 3, say: As low as you like.")
    stage.coach.position.cap(4)
    stage.reach("asking")
    assert _notes(stage) == []
