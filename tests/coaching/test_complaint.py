"""What hurts, in words, and what is said about it later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coaching.complaint import PLACES, SIDES, Complaint, RatedPain
from assistant.coaching.script import Lengths, Line, Script
from assistant.programme.voice import VoicePack


@pytest.fixture
def script(pack: VoicePack) -> Script:
    """The shipped voice's wording."""
    return Script(pack.cues, pack.numbers, Lengths({}, 0.0).of)


@pytest.mark.parametrize(
    ("complaint", "score", "words"),
    [
        (Complaint("knee", "left"), 3, "left knee 3"),
        (Complaint("back"), 0, "back 0"),
        (Complaint("calf", "right", "cramp"), None, "right calf not rated, cramp"),
        (Complaint("elsewhere"), 1, "elsewhere 1"),
        (Complaint(), None, "pain not rated"),
        (Complaint(side="left"), None, "left pain not rated"),
    ],
)
def test_a_complaint_is_recorded_in_plain_words(complaint: Complaint, score: int | None, words: str) -> None:
    """The place with its side, how much it is, and which kind."""
    assert complaint.rated(score) == words


@given(
    st.sampled_from([None, *PLACES]),
    st.sampled_from([None, *SIDES]),
    st.sampled_from([None, "sharp", "pins and needles"]),
    st.one_of(st.none(), st.integers(0, 10)),
)
def test_what_was_recorded_is_read_again(
    where: str | None, side: str | None, kind: str | None, score: int | None
) -> None:
    """The next session knows what hurt."""
    complaint = Complaint(where, side, kind)
    assert RatedPain.read(complaint.rated(score)) == RatedPain(complaint, score)


@pytest.mark.parametrize("record", ["", "back", "tail 3", "back three", "hurt"])
def test_what_is_no_record_of_pain_is_none(record: str) -> None:
    """Such as a note of an older journal."""
    assert RatedPain.read(record) is None


def test_a_place_that_nobody_knows_is_elsewhere() -> None:
    """Somebody's own voice may hear more places, and no more sides."""
    assert Complaint.of({"where": "elbow", "side": "upper"}) == Complaint("elsewhere")
    assert Complaint.of({"where": "knee", "side": "left", "kind": "dull"}) == Complaint(
        "knee", "left", "dull"
    )
    assert Complaint.of({}) == Complaint()


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        (Complaint(kind="sharp"), Complaint("knee", "left"), Complaint("knee", "left", "sharp")),
        (Complaint("knee", "left"), Complaint(kind="dull"), Complaint("knee", "left", "dull")),
        (Complaint("knee"), Complaint("knee", "right"), Complaint("knee", "right")),
        (Complaint("knee", "left"), Complaint("knee"), Complaint("knee", "left")),
        (Complaint(side="left"), Complaint("knee"), Complaint("knee", "left")),
        (Complaint("knee", "left"), Complaint("back"), Complaint("back")),
        (Complaint("knee", "left", "sharp"), Complaint("hip"), Complaint("hip", None, "sharp")),
    ],
)
def test_what_is_said_later_adds_to_it(before: Complaint, said: Complaint, after: Complaint) -> None:
    """Another place has a side of its own; a kind is not unsaid."""
    assert before.with_more(said) == after


def test_every_place_is_spoken_back_with_and_without_its_side(script: Script) -> None:
    """As a sentence of its own."""
    assert script.sore_place("knee", "left").text == "Left knee."
    assert script.sore_place("ribs", None).text == "Ribs."
    assert script.sore_place("elsewhere", None).text == "Somewhere else."
    told = {script.sore_place(where, side).text for where in PLACES for side in (None, *SIDES)}
    assert len(told) == 3 * len(PLACES)


def test_a_voice_has_a_word_for_every_place() -> None:
    """Or it could not be spoken back."""
    assert {f"place_{where}" for where in PLACES} == {line for line in Line if line.startswith("place_")}
