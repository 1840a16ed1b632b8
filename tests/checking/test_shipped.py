"""What ships, where words have been chosen already."""

from __future__ import annotations

from assistant.checking.confusions import check_confusions
from assistant.checking.phrases import check_meanings
from assistant.places import shipped
from tests.checking.conftest import phrases_of


def test_no_pair_of_the_shipped_commands_sounds_alike() -> None:
    """And everything in them can be heard and means one thing; what is a little alike is only told."""
    text = (shipped("voices") / "en" / "commands.yaml").read_text(encoding="utf-8")
    read, phrases, findings = phrases_of(text)
    assert [*findings, *check_meanings(read, phrases)] == []
    told = list(check_confusions(read, phrases))
    assert [finding for finding in told if not finding.note] == []
