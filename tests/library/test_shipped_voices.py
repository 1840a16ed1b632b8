"""What holds for the wording of every voice that ships."""

from __future__ import annotations

import pytest

from assistant.coaching.opening import SCREENS
from assistant.coaching.questions import QUESTIONS
from assistant.library.session import load_voice
from assistant.places import shipped
from assistant.programme.safety_words import safety_words
from assistant.programme.voice import VoicePack

NAMES = sorted(file.parent.name for file in shipped("voices").glob("*/pack.yaml"))
PACKS = {name: load_voice(str(shipped("voices") / name)) for name in NAMES}

AT_LENGTH = ("well_again", "yesterday", "rest_day", "progress", "side_branch", "effort", "soreness")

every_voice = pytest.mark.parametrize("pack", PACKS.values(), ids=NAMES)


def _words(pack: VoicePack, *names: str) -> int:
    return sum(len(pack.cues[name].text.split()) for name in names)


@every_voice
def test_a_pack_goes_by_its_folder(pack: VoicePack) -> None:
    """So that what is recorded of it can be found again."""
    assert PACKS[pack.name] is pack


@every_voice
def test_no_movement_cue_holds_a_safety_word(pack: VoicePack) -> None:
    """What the coach obeys, it does not say while somebody moves."""
    for cue in pack.cues.values():
        if cue.kind == "movement":
            assert safety_words(cue.text) == [], cue.name


@every_voice
@pytest.mark.parametrize("name", [*SCREENS, *AT_LENGTH])
def test_a_long_question_does_not_end_with_its_own_answers(pack: VoicePack, name: str) -> None:
    """A quick answer would be taken for the echo of the coach's own word."""
    last = pack.cues[QUESTIONS[name].line].text.split()[-4:]
    answers = set(pack.numbers) if "number" in QUESTIONS[name].answers else {"yes", "no"}
    assert not {word.strip(",.:?").lower() for word in last} & answers


@every_voice
@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_is_put_before_its_answers_are_named(pack: VoicePack, name: str) -> None:
    """Its first question mark is not that of "Yes or no?": who answers before that is not too early."""
    clause, _, _ = pack.cues[QUESTIONS[name].line].text.partition("?")
    assert not clause.endswith("Yes or no")


def test_what_keeps_people_safe_is_the_same_in_few_words() -> None:
    """Releases, questions about health, emergencies, and how each movement is done are not cut short."""
    usual, terse = PACKS["en"], PACKS["en-terse"]
    kept = [cue.name for cue in usual.cues.values() if cue.kind == "release"]
    kept += [QUESTIONS[name].line for name in (*SCREENS, "was_it_so", "well_again")]
    kept += [
        "ask_red_flag",
        "ask_hurt",
        "ask_how_sore",
        "emergency",
        "educational",
        "screening",
        "doctor_first",
    ]
    kept += [name for name in usual.cues if name.startswith(("setup_", "teach_"))]
    assert [name for name in kept if terse.cues[name].text != usual.cues[name].text] == []


def test_few_words_are_few() -> None:
    """Nothing that en-terse words itself is longer, and all of it together is hardly more than half."""
    usual, terse = PACKS["en"], PACKS["en-terse"]
    changed = [name for name, cue in terse.cues.items() if cue.text != usual.cues[name].text]
    assert [name for name in changed if _words(terse, name) > _words(usual, name)] == []
    assert len(changed) > 150
    assert _words(terse, *changed) < 0.6 * _words(usual, *changed)


def test_en_terse_counts_in_tones() -> None:
    """And the calm voice in words."""
    assert (PACKS["en"].counting, PACKS["en-terse"].counting) == ("words", "beeps")
