"""What the voice has to say of the programme, whatever its words; docs/programme.md lists it all."""

from __future__ import annotations

import pytest

from assistant.programme.voice import VoicePack


def test_hands_never_go_under_the_lower_back(pack: VoicePack) -> None:
    """A little under the seat they may; the first session says so."""
    assert "never under your lower back" in pack.cues["teach_imprint"].text


KNEES_BENT_FIRST = (
    "imprint_hold",
    "single_leg_bent",
    "heel_taps",
    "single_leg",
    "double_leg",
    "hover",
    "t_arms",
)


@pytest.mark.parametrize(
    ("cue", "words"),
    [
        *((f"setup_{name}", "knees bent, feet on the floor") for name in KNEES_BENT_FIRST),
        ("imprint_long", "Breathe out sharply. Belly button down"),
        ("check_palms", "Forearms flat, palms down, close to your hips"),
        ("setup_single_leg", "curl its knee over your belly, then stretch the leg"),
        ("setup_single_leg", "as far as is comfortable"),
        ("setup_single_leg", "push it long, away from you"),
        ("setup_single_leg", "without a swing"),
        ("setup_double_leg", "Press your legs together. They move as one."),
        ("setup_double_leg", "point your feet, push your legs long"),
        ("setup_hover", "before they touch the floor"),
        ("setup_hover", "only as low as your lower back stays flat"),
    ],
)
def test_the_long_form_says_how(cue: str, words: str, pack: VoicePack) -> None:
    """Knee first, long on the way down, and never with a swing."""
    assert words in pack.cues[cue].text


@pytest.mark.parametrize(
    ("cue", "asked"),
    [
        ("ask_screen_heart", ("heart", "chest", "dizziness", "doctor")),
        ("ask_screen_body", ("surgery", "injury", "pregnant")),
        ("ask_screen_nerves", ("saddle", "bladder", "bowel")),
        ("ask_screen_back", ("back", "right now")),
    ],
)
def test_health_is_asked_about_in_full(cue: str, asked: tuple[str, ...], pack: VoicePack) -> None:
    """Nothing is left out of the four questions."""
    assert [word for word in asked if word not in pack.cues[cue].text] == []


@pytest.mark.parametrize(
    ("cue", "fact"),
    [
        ("why_imprint_long", "attached to the pelvis, not to the legs"),
        ("why_imprint_long", "anchor against arching"),
        ("why_imprint_long", "corset"),
        ("why_lift_long", "lower spine"),
        ("why_lift_long", "runs down the thigh"),
        ("why_lift_long", "first ninety degrees"),
        ("why_range_long", "the more your back wants to arch"),
        ("why_posture_long", "posture"),
        ("why_leg_lifts_long", "Inner thighs and glutes"),
        ("why_leg_lifts_long", "sit all day"),
        ("why_leg_lifts_long", "tight hip flexors"),
        ("why_names_long", "supine leg raise"),
        ("why_names_long", "hanging leg raise"),
        ("why_fat_long", "do not take fat off one place"),
        ("why_lower_long", "for control"),
        ("why_shaking_long", "eighth repetition"),
    ],
)
def test_why_tells_the_facts(cue: str, fact: str, pack: VoicePack) -> None:
    """In the long form."""
    assert fact in pack.cues[cue].text
