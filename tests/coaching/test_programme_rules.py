"""Rules of the programme that no other test holds; docs/programme.md lists them all."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from assistant.coaching.actions import Change, Enter, Note, Release, Say, Silence
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import IMPRINT_SECONDS, SETUP_SECONDS
from assistant.coaching.remaining import seconds_left
from assistant.hearing.recognition.matcher import Matcher
from assistant.library import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import ended_in

PACK = load_voice(str(shipped("voices") / "en"))
LADDER = {e.level: e for e in load_exercises(PACK, shipped("scripts")).values() if e.branch == "ladder"}

StageOf = Callable[[str], Stage]


def _entered(stage: Stage) -> list[Enter]:
    return [action for _, action in stage.actions if isinstance(action, Enter)]


def _said(stage: Stage, name: str) -> list[Say]:
    return [action for _, action in stage.actions if isinstance(action, Say) and action.cue.name == name]


# -- one repetition and the ladder


@pytest.mark.parametrize("level", range(1, 11))
def test_a_rung_lowers_for_three_seconds_and_lifts_faster(level: int) -> None:
    """Without a rest at either end that is longer than a second."""
    tempo = LADDER[level].tempo
    assert tempo.lower == 3
    assert 1 <= tempo.lift <= 2
    assert max(tempo.top, tempo.bottom) <= 1


@pytest.mark.parametrize(
    ("level", "steps"),
    [(1, (1, 2)), (3, (1, 3)), (4, (1, 3)), (5, (1, 3)), (6, (4, 4)), (7, (3, 4)), (8, (3, 4))],
)
def test_a_rung_has_the_range_of_the_programme(level: int, steps: tuple[int, int]) -> None:
    """From a few inches below the vertical to the hover; the ball may stay higher than the hover."""
    assert LADDER[level].has_range_steps
    assert LADDER[level].range_steps == steps


def test_one_leg_works_alone_up_to_level_three() -> None:
    """Each leg by itself or in turn up to level 3, both together from level 4 on."""
    alone = [level for level, e in LADDER.items() if len(e.sides) == 2 or e.alternating]
    assert sorted(alone) == [1, 2, 3]
    assert [level for level, e in LADDER.items() if e.cycle == "hold"] == [0]


def test_every_side_of_every_set_begins_with_an_imprint_that_is_held(stage_of: StageOf) -> None:
    """For three to five seconds, and a second at least after the words, which are long only at first."""
    assert 3 <= IMPRINT_SECONDS <= 5
    stage = stage_of("exercise: single-leg, repetitions: 2, sets: 2, rest: 10")
    stage.reach("finished")
    held = [(a.at, b.at) for a, b in pairwise(_entered(stage)) if a.phase == "imprint"]
    assert len(held) == 4
    assert len(_said(stage, "imprint_long")) == 1
    ends = [say.due + 0.06 * len(say.cue.text) for say in _said(stage, "imprint_long")]
    ends += [say.due + 0.06 * len(say.cue.text) for say in _said(stage, "imprint")]
    for (begin, over), said in zip(held, ends, strict=True):
        assert over - begin >= IMPRINT_SECONDS
        assert over - said >= 1.0


@pytest.mark.parametrize("level", [1, 2, 3])
def test_beginners_are_reminded_of_the_imprint_between_repetitions(level: int, stage_of: StageOf) -> None:
    """On the way up of every third; where sides take turns, of either. "One more" is enough at once."""
    stage = stage_of(f"exercise: {LADDER[level].name}, repetitions: 10")
    stage.reach("finished")
    phases = _entered(stage)
    told = [
        max((a for a in phases if a.at <= say.due), key=lambda a: a.at)
        for say in _said(stage, "imprint_again")
    ]
    assert {a.phase for a in told} <= {"lift", "return"}
    each = {1: (3, 6, 9, 3, 6, 9), 2: (3, 6, 9, 12, 15, 18), 3: (3, 6, 3, 6)}[level]
    assert [a.repetition for a in told] == list(each)
    assert {a.side for a in told} == {"left", "right"}


def test_who_wants_fewer_words_or_is_practised_is_not_reminded(stage_of: StageOf) -> None:
    """Less talk leaves it out, and from level 4 on nobody gets it."""
    stage = stage_of("exercise: single-leg, repetitions: 7")
    stage.reach("lower")
    stage.hear("less_talk")
    stage.reach("finished")
    assert _said(stage, "imprint_again") == []
    assert sorted(level for level, e in LADDER.items() if "imprint_again" in e.cues) == [1, 2, 3]


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


@pytest.mark.parametrize(("score", "ended"), [(2, None), (3, "pain")])
@pytest.mark.parametrize("where", ["neck", "knee"])
def test_neck_and_knee_are_elsewhere(where: str, score: int, ended: str | None, stage_of: StageOf) -> None:
    """More than a little of it ends the session."""
    stage = stage_of("exercise: double-leg, repetitions: 4, range: 2")
    stage.reach("lower")
    stage.hear("pain", where=where)
    stage.hear("number", number=score)
    assert ended_in(stage) == ended
    assert not any(isinstance(action, Change) for _, action in stage.actions)


FLAGS = ["chest", "dizzy", "faint", "breathless", "numb", "tingling", "weak_leg", "shooting"]


def test_the_red_flags_are_these(pack: VoicePack) -> None:
    """None is lost from the voice."""
    assert [value.value for value in pack.commands.lists["flag"]] == FLAGS


@pytest.mark.parametrize("flag", FLAGS)
def test_every_red_flag_is_remembered_by_its_name(flag: str, stage_of: StageOf) -> None:
    """Once the one question about it is answered with yes; the session is over then."""
    stage = stage_of("exercise: double-leg, repetitions: 4")
    stage.reach("lower")
    assert isinstance(stage.hear("red_flag", flag=flag)[0], Silence)
    assert stage.coach.question == "unwell"
    assert Note("red_flag", flag) in stage.hear("yes")
    assert ended_in(stage) == "red_flag"


@pytest.mark.parametrize("phase", MOVING)
def test_pause_is_silence_and_release_in_every_phase_that_moves(
    phase: str, stage_in: Callable[[str], Stage]
) -> None:
    """At once, and in this order."""
    actions = stage_in(phase).hear("pause")
    assert isinstance(actions[0], Silence)
    assert any(isinstance(action, Release) for action in actions)


@pytest.mark.parametrize(("command", "seconds"), [("slower", 4), ("faster", 3)])
def test_another_pace_begins_with_the_next_repetition(command: str, seconds: int, stage_of: StageOf) -> None:
    """The one that is going on keeps its beat."""
    stage = stage_of(f"exercise: double-leg, repetitions: 5, tempo: {7 - seconds}-0-2-1")
    stage.reach("lower", repetition=2)
    stage.hear(command)
    stage.reach("lower", repetition=4)
    entered = _entered(stage)
    lowerings = [b.at - a.at for a, b in pairwise(entered) if a.phase == "lower"]
    assert lowerings == pytest.approx([7 - seconds, 7 - seconds, seconds])


@pytest.mark.parametrize(
    ("exercise", "share"), [("double-leg-bent", 1 / 2), ("single-leg", 3 / 4), ("heel-taps", 3 / 4)]
)
def test_how_long_it_takes_goes_down_with_every_repetition(
    exercise: str, share: float, stage_of: StageOf
) -> None:
    """Two of four are done: of both legs, or of one of them, or one of each."""
    stage = stage_of(f"exercise: {exercise}, repetitions: 4")
    whole = seconds_left(stage.coach.position)
    stage.reach("lower", repetition=3)
    assert seconds_left(stage.coach.position) == pytest.approx(whole * share)


def test_how_long_it_takes_is_that_of_each_set_by_itself(stage_of: StageOf) -> None:
    """With the rest between them, and the way into position."""
    short, long = "exercise: double-leg, repetitions: 2, rest: 0", "exercise: imprint-hold, repetitions: 20"
    alone = [seconds_left(stage_of(work).coach.position) for work in (short, long)]
    both = stage_of(f"{short}\n{long}")
    assert seconds_left(both.coach.position) == pytest.approx(sum(alone) + SETUP_SECONDS)
    both.coach.position.next_set()
    assert seconds_left(both.coach.position) == pytest.approx(alone[1])


def test_a_pause_is_waited_through_after_a_question_in_it(stage_of: StageOf) -> None:
    """Asked again at a minute, and ended at three, as any other pause."""
    stage = stage_of("exercise: double-leg, repetitions: 4")
    stage.reach("lower")
    stage.hear("pause")
    stage.hear("burning")
    stage.hear("muscle")
    assert stage.phase == "paused"
    stage.wait(300)
    assert len(_said(stage, "still_paused")) == 1
    assert ended_in(stage) == "silence"


def test_two_minutes_are_several(stage_of: StageOf) -> None:
    """Ten repetitions of six seconds, and what is around them."""
    stage = stage_of("exercise: double-leg, repetitions: 10")
    stage.reach("setup")
    stage.hear("how_long")
    assert [say.cue.text for say in _said(stage, "minutes_to_go")] == ["About two minutes to go."]


def test_a_rest_names_the_set_that_comes(stage_of: StageOf) -> None:
    """Not the one that is over."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 3, rest: 30")
    stage.reach("rest")
    assert [say.cue.text for say in _said(stage, "next_up")] == ["Next is set two of three."]


def test_the_first_side_is_still_the_first_after_a_pause(stage_of: StageOf) -> None:
    """The other has done nothing yet."""
    stage = stage_of("exercise: single-leg, repetitions: 4")
    stage.reach("lower", repetition=3)
    stage.hear("pause")
    stage.hear("carry_on")
    assert [say.cue.text for say in _said(stage, "first_side")][1:] == ["Left leg first."]
