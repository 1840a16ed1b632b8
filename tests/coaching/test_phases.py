"""The transition table."""

from __future__ import annotations

import pytest
from transitions import MachineError

from assistant.coaching.phases import MOVING, PHASES, TABLE, Phases
from tests.diagram import mermaid


def test_stop_leads_out_of_every_phase() -> None:
    """There is no phase but the end in which stop would be refused."""
    row = next(row for row in TABLE if row[0] == "stop")
    assert set(row[1]) == set(PHASES) - {"finished"}
    assert row[2] == "stopped"


def test_nothing_moves_after_stop_but_through_a_question() -> None:
    """No transition leads from `stopped` into movement or into position."""
    reached = {to for _, sources, to in TABLE if "stopped" in sources}
    assert reached == {"asking", "stopped", "finished"}


def test_movement_begins_with_the_imprint() -> None:
    """A lift follows from get_ready or from the repetition before, and get_ready from imprint."""
    sources = {trigger: set(sources) for trigger, sources, _ in TABLE}
    assert sources["get_ready"] == {"imprint"}
    assert sources["lift"] | sources["hold"] <= {"get_ready", "lower", "bottom", "hold"}
    assert not sources["imprint"] & {"greeting", "stopped"}


def test_a_move_that_the_table_does_not_have_is_a_defect() -> None:
    """The machine has no automatic transitions."""
    phases = Phases()
    with pytest.raises(MachineError):
        phases.move("lower")
    with pytest.raises(AttributeError):
        phases.move("to_lower")
    assert phases.phase == "greeting"


def test_nothing_leads_back_to_the_greeting_once_somebody_has_moved() -> None:
    """Only questions and pauses of the opening do."""
    assert {source for _, sources, to in TABLE if to == "greeting" for source in sources} == {
        "asking",
        "paused",
    }


def test_the_end_is_the_end() -> None:
    """Nothing leads out of `finished`."""
    assert not [row for row in TABLE if "finished" in row[1]]


def test_every_phase_can_be_reached() -> None:
    """The table has no island."""
    assert {to for _, _, to in TABLE} == set(PHASES)


def test_the_diagram_shows_every_transition() -> None:
    """The picture in the documentation is drawn from the table."""
    diagram = mermaid()
    for trigger, _, to in TABLE:
        assert f"--> {to}: {trigger}" in diagram
    assert set(MOVING) <= set(PHASES)
