"""One thing after another is looked at, each within its time."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from assistant.doctor.probes import Finding, Probe, ProbeError, examine
from assistant.errors import AssistantError, InputError


def fails(error: BaseException) -> Callable[[], str]:
    def look() -> str:
        raise error

    return look


def test_what_is_found_is_given_in_order() -> None:
    """One after the other, as it is found."""
    probes = [Probe("a", lambda: "1"), Probe("b", fails(ProbeError("broken", "mend b")))]
    found = examine(probes)
    assert next(found) == Finding("a", True, "1")
    assert next(found) == Finding("b", False, "broken", "mend b")
    assert list(found) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AssistantError("It is gone."), "It is gone."),
        (InputError("it is gone", remedy="Fetch it"), "it is gone. Fetch it."),
        (ValueError("what?"), "ValueError: what?"),
        (MemoryError(), "MemoryError"),
        (SystemExit(3), "SystemExit: 3"),
    ],
)
def test_whatever_goes_wrong_is_a_finding(error: BaseException, said: str) -> None:
    """With the line of its probe; the next one is looked at all the same."""
    found = list(examine([Probe("a", fails(error), "mend a"), Probe("b", lambda: "fine")]))
    assert found == [Finding("a", False, said, "mend a"), Finding("b", True, "fine")]


def test_what_hangs_is_left_behind() -> None:
    """And whoever asked can clear up behind it."""
    never = threading.Event()
    left: list[bool] = []
    probe = Probe("a", lambda: str(never.wait()), "mend a", seconds=0.01)
    found = list(examine([probe, Probe("b", lambda: "fine")], lambda: left.append(True)))
    never.set()
    assert found[0] == Finding("a", False, "no answer within 0.01 seconds", "mend a")
    assert found[1].ok
    assert left == [True]


def test_what_needs_something_that_is_wrong_is_left_out() -> None:
    """As is what needs that."""
    probes = [
        Probe("a", fails(ProbeError("broken", "mend a"))),
        Probe("b", lambda: "fine", needs="a"),
        Probe("c", lambda: "fine", needs="b"),
        Probe("d", lambda: "fine"),
    ]
    assert [finding.what for finding in examine(probes)] == ["a", "d"]
