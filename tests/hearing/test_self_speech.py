from __future__ import annotations

from assistant.hearing.self_speech import NEAR_SECONDS, Spoken, own_words

QUESTION = Spoken(
    "Have you a heart condition, or were you told not to exercise by a doctor? Yes or no?", 10.0, 17.6
)


def test_an_answer_soon_after_a_long_question_is_not_taken_for_its_last_word() -> None:
    """Its end is where the question ends; only the echo's way and the recognizer's guess are unsure."""
    assert own_words([QUESTION], ["no"], 17.6 + NEAR_SECONDS + 0.05, 18.3) == 0
    assert own_words([QUESTION], ["no"], 17.6 + NEAR_SECONDS - 0.05, 18.3) == 1


def test_a_word_in_the_middle_of_a_long_cue_may_be_anywhere_near() -> None:
    """Its place is a guess from the letters before it."""
    cue = Spoken("Now your other leg please and carry on with the same calm breath as before it", 0.0, 8.0)
    (place,) = [8.0 * cue.text.index("carry") / len(cue.text)]
    assert own_words([cue], ["carry", "on"], place + 1.6, place + 2.0) == 1
    assert own_words([cue], ["carry", "on"], place + 2.6, place + 3.0) == 0


def test_a_word_before_the_last_ones_may_be_later_than_its_letters_say() -> None:
    """Pauses between sentences push it back."""
    cue = Spoken(
        "Then leg lifts are over. Something gentle instead. Yes or no: would you like that?", 0.0, 8.0
    )
    place = 8.0 * cue.text.index("Yes") / len(cue.text)
    assert own_words([cue], ["yes"], place + 1.1, place + 1.5) == 1
