"""The programme as a table: what is said on the mat, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.rehearsal.script import Moment

STRAIGHT = "exercise: double-leg, repetitions: 3, range: 2"
TWO_SETS = "exercise: double-leg, repetitions: 1, range: 2, sets: 2, rest: 5"
TWO_ARMS_WIDE = "exercise: t-arms, repetitions: 2, range: 4, sets: 2, rest: 5"

LOWERING = Moment(0.5, "lower")
COMING_UP = Moment(0.2, "return")
"""After something was said in the first lowering, this comes only once the set goes on."""

SECOND = Moment(0.3, "lower", repetition=2)
NEXT_SET = Moment(0.2, "return", set=2)

BENT_UP = Moment(0.2, "top")
"""As `COMING_UP`, where the set goes on with bent knees."""

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """What the athlete says, and what must come of it."""

    name: str
    says: tuple[tuple[Moment, str], ...]
    answers: Answers
    """Question to what is said to it: one time after the other, the last for ever, nothing for silence."""
    heard: tuple[str, ...]
    """Every command from the first lowering on, all accepted."""
    ended: str
    cues: tuple[str, ...]
    """Cues that are heard in this order, whatever is heard between them."""
    notes: tuple[tuple[str, str | int], ...] = ()
    changes: tuple[tuple[str, str, str, str], ...] = ()
    then: tuple[str, int] = ("double-leg", 2)
    """Exercise and range of the last set-up or imprint."""
    work: str = STRAIGHT


def _flag(said: str, flag: str, phase: str = "lower") -> Row:
    return Row(
        f"red flag: {said}",
        ((Moment(0.5, phase), said),),
        {"unwell": ("yes",)},
        ("red_flag", "yes", "yes"),
        "red_flag",
        ("ask_red_flag", "emergency"),
        (("red_flag", flag),),
    )


RED_FLAGS = (
    _flag("my chest hurts", "chest"),
    _flag("i feel dizzy", "dizzy"),
    _flag("i feel faint", "faint", "imprint"),
    _flag("i can't breathe", "breathless", "imprint"),
    _flag("my foot is numb", "numb"),
    _flag("it's tingling", "tingling", "imprint"),
    _flag("my leg is weak", "weak_leg"),
    _flag("it's shooting down my leg", "shooting", "imprint"),
    Row(
        "red flag: no answer",
        ((LOWERING, "chest pain"),),
        {"unwell": ()},
        ("red_flag", "yes"),
        "red_flag",
        ("ask_red_flag", "ask_red_flag", "emergency"),
        (("red_flag_heard", "chest"),),
    ),
    Row(
        "red flag: it was pain",
        ((LOWERING, "dizzy"),),
        {"unwell": ("no",), "what": ("my left knee",), "how_sore": ("two",), "carry_on": ("finish",)},
        ("red_flag", "no", "pain", "number", "finish"),
        "asked",
        ("ask_red_flag", "ask_what", "sore_place", "ask_how_sore", "go_on_knee", "farewell_early"),
        (("sore", "left knee 2"),),
    ),
    Row(
        "red flag: no",
        ((LOWERING, "dizzy"), (COMING_UP, "stop")),
        {"unwell": ("no",), "carry_on": ("carry on", "finish")},
        ("red_flag", "no", "fine", "carry_on", "ready", "stop", "finish"),
        "asked",
        (
            "ask_red_flag",
            "ask_what",
            "go_on_gently",
            "ask_ready",
            "resume",
            "imprint",
            "stopped",
            "farewell_early",
        ),
    ),
    Row(
        "help: nothing happened",
        ((LOWERING, "help me"),),
        {"hurt": ("no",), "carry_on": ("finish",)},
        ("help", "no", "finish"),
        "asked",
        ("ask_hurt", "stopped", "farewell_early"),
        (("hurt", True), ("hurt", False)),
    ),
)

PLEAS = (
    Row(
        "a plea: yes",
        ((LOWERING, "look what the cat is doing"),),
        {"was_that_pain": ("yes",), "where": ("back",), "how_sore": ("two",), "carry_on": ("finish",)},
        ("yes", "place", "number", "finish"),
        "asked",
        ("ask_was_that_pain", "ask_where", "ask_how_sore", "shallower_from_here", "farewell_early"),
        (("sore", "back 2"),),
        (("range", "2", "1", "back 2"),),
    ),
    Row(
        "a plea: no",
        ((LOWERING, "look what the cat is doing"),),
        {"was_that_pain": ("no",)},
        ("no", "ready", "number", "number", "number"),
        "completed",
        ("ask_was_that_pain", "ask_ready", "resume", "imprint", "ask_effort"),
        (("effort", 6), ("reserve", 3), ("soreness", 1)),
    ),
    Row(
        "a plea: no answer",
        ((LOWERING, "look what the cat is doing"),),
        {"was_that_pain": (), "carry_on": ("finish",)},
        ("finish",),
        "asked",
        ("ask_was_that_pain", "ask_was_that_pain", "stopped", "farewell_early"),
    ),
)

SORE = (
    Row(
        "back: a little, then again; gentle work: yes",
        ((LOWERING, "my back hurts"), (COMING_UP, "my lower back")),
        {"how_sore": ("two", "one"), "side_branch": ("yes",), "carry_on": ("carry on", "finish")},
        ("pain", "number", "carry_on", "ready", "pain", "number", "yes", "finish"),
        "pain",
        ("ask_how_sore", "shallower_from_here", "imprint", "ask_how_sore", "ask_side_branch", "side_branch"),
        (("sore", "back 2"), ("sore", "back 1")),
        (("range", "2", "1", "back 2"), ("exercise", "double-leg", "gentle-core", "back 1")),
        ("double-leg", 1),
    ),
    Row(
        "back: much",
        ((LOWERING, "that hurts"),),
        {"where": ("back",), "how_sore": ("seven",)},
        ("pain", "place", "number"),
        "pain",
        ("ask_where", "ask_how_sore", "end_session"),
        (("sore", "back 7"),),
    ),
    Row(
        "a cramp that goes",
        ((LOWERING, "leg cramp"), (COMING_UP, "stop")),
        {"cramp": ("yes",), "carry_on": ("carry on", "finish")},
        ("pain", "yes", "carry_on", "ready", "stop", "finish"),
        "asked",
        ("cramp", "ask_cramp", "go_on_gently", "imprint", "stopped"),
        (("sore", "pain 0, cramp"),),
    ),
    Row(
        "back: more than a little; gentle work: no answer",
        ((LOWERING, "my back hurts"),),
        {"how_sore": ("four",), "side_branch": ()},
        ("pain", "number"),
        "pain",
        ("ask_how_sore", "ask_side_branch", "ask_side_branch", "end_lifts"),
        (("sore", "back 4"),),
    ),
    Row(
        "hip: nought, then five",
        ((LOWERING, "pain"), (BENT_UP, "my hip hurts")),
        {"where": ("hip",), "how_sore": ("nought", "five"), "carry_on": ("carry on", "finish")},
        ("pain", "place", "number", "carry_on", "ready", "ready", "pain", "number", "finish"),
        "asked",
        (
            "ask_where",
            "ask_how_sore",
            "regress_from_here",
            "equally_good",
            "ask_how_sore",
            "regress_from_here",
        ),
        (("sore", "hip 0"), ("sore", "hip 5")),
        (
            ("exercise", "double-leg", "double-leg-bent", "hip 0"),
            ("exercise", "double-leg-bent", "single-leg", "hip 5"),
        ),
        ("double-leg-bent", 1),
    ),
    Row(
        "hip: much",
        ((LOWERING, "my hip"),),
        {"how_sore": ("ten",)},
        ("pain", "number"),
        "pain",
        ("ask_how_sore", "end_session"),
        (("sore", "hip 10"),),
    ),
    Row(
        "elsewhere: a little, then the knee",
        ((LOWERING, "i'm in pain"), (COMING_UP, "my knee hurts")),
        {"where": ("somewhere else",), "how_sore": ("one", "three"), "carry_on": ("carry on",)},
        ("pain", "place", "number", "carry_on", "ready", "pain", "number"),
        "pain",
        ("ask_where", "ask_how_sore", "go_on_gently", "imprint", "ask_how_sore", "end_session"),
        (("sore", "elsewhere 1"), ("sore", "knee 3")),
    ),
    Row(
        "the left knee, much",
        ((LOWERING, "my left knee hurts"),),
        {"how_sore": ("seven",)},
        ("pain", "number"),
        "pain",
        ("sore_place", "ask_how_sore", "end_session"),
        (("sore", "left knee 7"),),
    ),
    Row(
        "the right knee, where it is asked, a little",
        ((LOWERING, "that hurts"), (COMING_UP, "stop")),
        {"where": ("the right knee",), "how_sore": ("not much", "one"), "carry_on": ("carry on", "finish")},
        ("pain", "place", "vague", "number", "carry_on", "ready", "stop", "finish"),
        "asked",
        ("ask_where", "sore_place", "ask_how_sore", "one_or_two", "go_on_knee", "imprint", "stopped"),
        (("sore", "right knee 1"),),
    ),
    Row(
        "zero: yes",
        ((LOWERING, "my neck hurts"), (COMING_UP, "stop")),
        {"how_sore": ("zero",), "zero": ("yes",), "carry_on": ("carry on", "finish")},
        ("pain", "number", "yes", "carry_on", "ready", "stop", "finish"),
        "asked",
        ("ask_how_sore", "ask_zero", "zero_fine", "imprint", "stopped"),
    ),
    Row(
        "zero: no",
        ((LOWERING, "my back"),),
        {"how_sore": ("zero", "four"), "zero": ("no",), "side_branch": ("no",)},
        ("pain", "number", "no", "number", "no"),
        "pain",
        ("ask_how_sore", "ask_zero", "ask_how_sore", "ask_side_branch", "end_lifts"),
        (("sore", "back 4"),),
    ),
    Row(
        "where: no answer twice",
        ((LOWERING, "it hurts"),),
        {"where": ()},
        ("pain",),
        "pain",
        ("ask_where", "ask_where", "end_session"),
        (("sore", "pain not rated"),),
    ),
    Row(
        "how sore: no answer twice",
        ((LOWERING, "my back hurts"),),
        {"how_sore": ()},
        ("pain",),
        "pain",
        ("ask_how_sore", "ask_how_sore", "end_session"),
        (("sore", "back not rated"),),
    ),
)

FAULTS = (
    Row(
        "click, and click again",
        ((LOWERING, "it's clicking"), (SECOND, "my hip is popping")),
        {"ready": ("ready", "finish"), "finish": ("yes",)},
        ("click", "click", "finish", "yes", "number", "number", "number"),
        "asked",
        ("fault_click", "release_supine", "click_again", "equally_good", "ask_finish", "done_easier"),
        (("effort", 6), ("reserve", 3), ("soreness", 1)),
        (("range", "2", "1", "click"), ("exercise", "double-leg", "double-leg-bent", "click")),
        ("double-leg-bent", 1),
    ),
    Row(
        "pinch",
        ((LOWERING, "it's pinching"), (BENT_UP, "stop")),
        {"carry_on": ("carry on", "finish")},
        ("pinch", "carry_on", "ready", "stop", "finish"),
        "asked",
        ("release_supine", "fault_pinch", "from_here_easier", "settle", "equally_good", "imprint", "stopped"),
        (),
        (("exercise", "double-leg", "double-leg-bent", "pinch"),),
        ("double-leg-bent", 1),
    ),
    Row(
        "arching",
        ((LOWERING, "my back is arching"), (NEXT_SET, "stop")),
        {"carry_on": ("carry on", "finish")},
        ("arching", "carry_on", "stop", "finish"),
        "asked",
        (
            *("release_supine", "fault_arching", "drill_start", "imprint_long", "drill_keep", "drill_done"),
            *("from_here_higher", "settle", "imprint", "stopped"),
        ),
        (),
        (("range", "2", "1", "arching"),),
        ("double-leg", 1),
        TWO_SETS,
    ),
    Row(
        "lost it, and again",
        ((LOWERING, "i lost it"), (COMING_UP, "i can't keep it flat")),
        {"carry_on": ("carry on", "finish"), "finish": ("yes",)},
        ("lost_it", "carry_on", "lost_it", "finish", "yes"),
        "asked",
        (
            *("release_supine", "fault_lost_it", "drill_start", "drill_done", "from_here_higher", "settle"),
            *("release_supine", "drill_start", "drill_done", "from_here_easier", "advise_trainer", "settle"),
        ),
        (),
        (
            ("range", "2", "1", "lost_it"),
            ("exercise", "double-leg", "double-leg-bent", "lost_it"),
        ),
        ("double-leg", 1),
    ),
    Row(
        "burning: the muscle",
        ((LOWERING, "it's burning"),),
        {"kind": ("it's the muscle",)},
        ("burning", "muscle", "number", "number", "number"),
        "completed",
        ("ask_later", "ask_kind", "muscle_tired", "imprint", "set_done", "ask_effort", "done_as_planned"),
        (("effort", 6), ("reserve", 3), ("soreness", 1)),
        work=TWO_SETS,
    ),
    Row(
        "burning: the joint",
        ((LOWERING, "it burns"),),
        {"kind": ("my joint",), "how_sore": ("eight",)},
        ("burning", "joint", "number"),
        "pain",
        ("ask_kind", "ask_how_sore", "end_session"),
        (("hurt", True), ("sore", "hip 8")),
        work=TWO_SETS,
    ),
    Row(
        "shaking: half; the ball is there",
        ((LOWERING, "my legs are shaking"), (SECOND, "too easy")),
        {"half": ("yes",), "equipment": ("yes",), "ready": ("ready", "finish"), "finish": ("yes",)},
        ("shaking", "harder", "yes", "yes", "finish", "yes", "number", "number", "number"),
        "asked",
        ("muscle_working", "ask_half", "half", "needs_ball", "ask_equipment", "reminder_ball", "done_easier"),
        (("equipment", "ball"), ("effort", 6), ("reserve", 3), ("soreness", 1)),
        (("repetitions", "2", "1", "shaking"), ("exercise", "t-arms", "ball", "harder")),
        ("ball", 3),
        TWO_ARMS_WIDE,
    ),
    Row(
        "shaking: as planned; no ball",
        ((LOWERING, "shaking"), (SECOND, "harder"), (NEXT_SET, "stop")),
        {"half": ("no",), "equipment": ("no ball here",), "carry_on": ("finish",)},
        ("shaking", "harder", "no", "no", "stop", "finish", "number", "number", "number"),
        "asked",
        ("muscle_working", "ask_half", "as_planned", "needs_ball", "ask_equipment", "without_it", "imprint"),
        (("effort", 6), ("reserve", 3), ("soreness", 1)),
        then=("t-arms", 4),
        work=TWO_ARMS_WIDE,
    ),
)
