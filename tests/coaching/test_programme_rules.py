"""Rules of the programme that go across modules; docs/programme.md lists them all."""

from __future__ import annotations

import pytest

from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.voice import VoicePack
from tests.coaching.given import LADDER

KNEES_BENT_FIRST = (
    "imprint_hold",
    "single_leg_bent",
    "heel_taps",
    "single_leg",
    "double_leg",
    "hover",
    "t_arms",
)


# -- the ladder


@pytest.mark.parametrize("level", range(1, 11))
def test_a_rung_lowers_for_three_seconds_and_lifts_faster(level: int) -> None:
    """Without a rest at either end that is longer than a second."""
    tempo = LADDER[level].tempo
    assert tempo.lower == 3
    assert 1 <= tempo.lift <= 2
    assert max(tempo.top, tempo.bottom) <= 1


@pytest.mark.parametrize(
    ("level", "steps"),
    [(1, (1, 2)), (3, (1, 3)), (4, (1, 3)), (5, (1, 3)), (6, (3, 4)), (7, (3, 4)), (8, (3, 4))],
)
def test_a_rung_has_the_range_of_the_programme(level: int, steps: tuple[int, int]) -> None:
    """From a few inches below the vertical to the hover; the ball may stay higher than the hover."""
    assert LADDER[level].has_range_steps
    assert LADDER[level].range_steps == steps
    assert LADDER[level].first_range == (4 if level == 6 else steps[0])


def test_one_leg_works_alone_up_to_level_three() -> None:
    """Each leg by itself or in turn up to level 3, both together from level 4 on."""
    alone = [level for level, e in LADDER.items() if len(e.sides) == 2 or e.alternating]
    assert sorted(alone) == [1, 2, 3]
    assert [level for level, e in LADDER.items() if e.cycle == "hold"] == [0]


# -- what is heard


@pytest.mark.parametrize("words", ["start", "start over", "go on"])
@pytest.mark.parametrize("context", ["moving", "stopped"])
def test_what_sounds_like_stop_is_not_listened_for_beside_it(
    words: str, context: str, pack: VoicePack
) -> None:
    """Not while moving, and not while stopped."""
    assert Matcher(pack.commands).match(words.split(), context) == []


@pytest.mark.parametrize("words", ["again", "go back", "start over"])
def test_at_rest_they_mean_the_set_before(words: str, pack: VoicePack) -> None:
    """Nothing moves there."""
    assert [m.command for m in Matcher(pack.commands).match(words.split(), "resting")] == ["repeat"]


@pytest.mark.parametrize("word", ["no", "ow", "ouch"])
def test_while_moving_a_cry_is_a_stop(word: str, pack: VoicePack) -> None:
    """Where something was asked, no is an answer."""
    vocabulary = Matcher(pack.commands)
    assert [m.command for m in vocabulary.match([word], "moving")] == ["stop"]
    assert [m.command for m in vocabulary.match([word], "asked_yes_no")] == (["no"] if word == "no" else [])


@pytest.mark.parametrize("where", ["back", "hip", "neck", "knee"])
def test_a_place_alone_is_pain_there(where: str, pack: VoicePack) -> None:
    """ "My knee" is enough, in every context."""
    (match,) = Matcher(pack.commands).match(["my", where], "moving")
    assert (match.command, match.slots, match.safety) == ("pain", {"where": where}, True)


# -- what the voice has to say, whatever its words


def test_hands_never_go_under_the_lower_back(pack: VoicePack) -> None:
    """A little under the seat they may; the first session says so."""
    assert "never under your lower back" in pack.cues["teach_imprint"].text


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
        ("ask_screen_nerves", ("genitals", "buttocks", "bladder", "bowel")),
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
        ("why_lift_long", "up to the vertical"),
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
