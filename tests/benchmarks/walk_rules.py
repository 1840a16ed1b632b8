"""What holds at every moment of a session, whatever is said; judged by the coach's actions alone."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable

from assistant.coaching.actions import (
    Action,
    Answer,
    Ask,
    Change,
    Count,
    Enter,
    Finish,
    Note,
    Release,
    Say,
    Silence,
)
from assistant.coaching.events import SAFETY_COMMANDS, Heard
from assistant.coaching.phases import IN_REPETITIONS, MOVING, PHASES, TABLE
from assistant.coaching.plan import Cue, Exercise, Plan
from assistant.coaching.questions import QUESTIONS, seconds_until_put
from assistant.coaching.tempo import parse_tempo
from tests.stand_ins import INSTEAD_OF_ANSWERS, Stage

_SPEECH = (Say, Count, Release)
_NEXT = {(source, to) for _, sources, to in TABLE for source in sources}
_OF_ITSELF = (*IN_REPETITIONS, "rest")
_ROUNDING = 1e-6

_MOST_SORE = {"back": 2, "hip": 5, "groin": 5}
"""Of ten; with more of it leg lifts are over. Elsewhere 2 is the most, and the session is."""

_LOCKING = ("unwell", "was_it_so", "screen_nerves")
"""Questions to which a yes locks training."""

_SEVERE = {"sharp", "stabbing", "spreading"}
"""Kinds of pain with which leg lifts are over, whatever the number."""

_TOLD = re.compile(r"(?:(?:left|right) )?(\w+) (\d+|not rated)(?:, (\w+))?")
"""Where it is sore, how much and in which way, as it is noted."""


ANSWERS = {
    *(command for question in QUESTIONS.values() for command in question.answers),
    *INSTEAD_OF_ANSWERS,
} - SAFETY_COMMANDS
"""What answers a question, or is said in place of an answer."""


class Put:
    """Knows since when each question has been put, by the coach's actions alone.

    Args:
        seconds_of: The length of a cue.
    """

    def __init__(self, seconds_of: Callable[[Cue], float]) -> None:
        self._seconds_of = seconds_of
        self._since: dict[str, float] = {}
        """The question that is asked to the seconds since when an answer may begin."""
        self._said = math.inf
        """The seconds since when one may begin to what was said last."""
        self._taken_at = -math.inf

    def see(self, action: Action) -> None:
        """Take note of what was decided."""
        match action:
            case Say() if action.cue.kind == "question":
                self._said = action.due + seconds_until_put(action.cue.text, self._seconds_of(action.cue))
            case Ask():
                before = self._since.get(action.question, math.inf)
                self._since = {action.question: min(self._said, before)}
            case Silence():
                self._since = {
                    name: since for name, since in self._since.items() if since <= action.at + _ROUNDING
                }
            case Enter() if action.phase != "asking":
                self._since.clear()
            case _:
                pass

    def judge(self, heard: Heard, question: str | None, entered: Enter | None, now: float) -> None:
        """Hold that an answer which was taken began after its question had been put, in a breath of its own.

        Args:
            heard: The answer.
            question: What was asked.
            entered: The phase in which it was said.
            now: Seconds.
        """
        if heard.command not in ANSWERS:
            return
        assert heard.start > self._taken_at, f"{heard.command} in the breath of another answer"
        if question is not None:
            since = self._since.get(question, math.inf)
            assert heard.start >= since - _ROUNDING, f"{heard.command} before {question} had been put"
        else:
            assert entered is None or heard.start >= entered.at, f"{heard.command} before {entered}"
        self._taken_at = now
        if heard.command not in INSTEAD_OF_ANSWERS:
            self._since.clear()


class Rules:
    """Judges one session; everything is an assertion.

    Args:
        stage: The session.
        plan: As it was before anything was said.
    """

    def __init__(self, stage: Stage, plan: Plan) -> None:
        self.stage = stage
        self.exercises = plan.exercises
        self.lost = False
        """Whether a device is gone."""
        self.broken = False
        """Whether a rule was."""
        self._held = False
        self._carried = False
        self._ready = False
        self._entered: Enter | None = None
        self._done: Counter[str] = Counter()
        self._done_before: Counter[str] = Counter()
        self._undone = False
        self._cap: int | None = None
        # Much pain in back or hip lies no two days back.
        self._lifts_over = any(
            past.pain is not None
            and 0 <= past.days_ago <= 2
            and past.pain.complaint.where in (None, "back", "hip", "groin")
            and (past.pain.score is None or past.pain.score >= 5 or past.pain.complaint.kind in _SEVERE)
            for past in stage.session.history.sessions
        )
        self._sore = False
        self._sore_back = False
        self._raised = False
        self._asked: list[str] = []
        self._spoken_until = 0.0
        self._finished = False
        self._seen = 0
        self._put = Put(stage.session.script.seconds_of)
        self._question: str | None = None
        """What was asked when it was judged last."""
        self._called: bool = True
        """Whether the way up has been called in the phase that goes on, where it is one."""

    def judge(self, heard: Heard | None = None) -> None:
        """Judge what was decided since the last time, and the command that led to it, if any."""
        self.broken = True
        actions = [action for _, action in self.stage.actions[self._seen :]]
        self._seen = len(self.stage.actions)
        if heard is not None:
            self._judge_answer(heard, actions)
        for action in actions:
            assert not self._finished or not isinstance(action, Enter | Finish | Count)
            assert not self._finished or not isinstance(action, Ask) or action.question == "emergency"
            self._judge_speech(action)
            self._put.see(action)
            match action:
                case Enter():
                    self._judge_phase(action)
                case Change():
                    self._judge_change(action)
                case Note(what="resume", value=True):
                    left, right = self.stage.session.position.done
                    self._done_before = Counter(left=left, right=right)
                case Ask() if self.stage.coach.question is not None:
                    self._asked.append(action.question)
                case Finish():
                    self._finished = True
                case Note(what="red_flag"):
                    self._judge_lock(str(action.value), heard)
                case Note(what="sore"):
                    self._judge_sore(str(action.value))
                case _:
                    pass
        self._judge_state()
        self._question = self.stage.coach.question
        self.broken = False

    def _judge_answer(self, heard: Heard, actions: list[Action]) -> None:
        command = heard.command
        answers = [action for action in actions if isinstance(action, Answer)]
        assert [answer.command for answer in answers] == [command]
        accepted = answers[0].accepted
        assert accepted or answers[0].reason
        self._asked.clear()
        if command in ("stop", "pain", "red_flag"):
            assert accepted
            assert isinstance(actions[0], Silence)
        if self._finished or not accepted:
            return
        self._put.judge(heard, self._question, self._entered, self.stage.now)
        self._sore |= command in ("pain", "red_flag")
        was_moving = self._entered is not None and self._entered.phase in MOVING
        if command in ("stop", "pain", "red_flag") or (command == "help" and was_moving):
            self._held, self._carried = True, False
        elif command == "carry_on":
            self._carried = True
        elif command == "ready":
            self._ready = True
            self._held = self._held and not self._carried
        elif command == "repeat":
            self._done.clear()
        elif command == "i_didnt_say_that":
            self._undone = True

    def _judge_lock(self, flag: str, heard: Heard | None) -> None:
        """See that nothing locks training, or lifts the lock, but an answer to a question about it."""
        said = None if heard is None else heard.command
        if flag == "cleared":
            assert self._question == "well_again", f"cleared in {self._question}"
            assert said in ("yes", "fine"), f"cleared by {said}"
        else:
            assert self._question in _LOCKING, f"locked in {self._question}"
            # What a doctor has to rule out, and the person can't, is asked once only.
            assert said == "yes" or (said, self._question) == ("unsure", "screen_nerves"), f"locked by {said}"

    def _judge_speech(self, action: Action) -> None:
        if isinstance(action, Silence):
            self._spoken_until = action.at
        if not isinstance(action, _SPEECH):
            return
        self._lifts_over |= action.cue.name == "ask_side_branch"
        moves = isinstance(action, Count) or action.cue.kind == "movement"
        assert not (moves and self._held), f"{action.cue.name} after stop or pain"
        assert not (moves and self.lost), f"{action.cue.name} while a device is gone"
        assert not isinstance(action, Release) or action.cue.kind == "release"
        assert action.due >= self._spoken_until - _ROUNDING, f"{action.cue.name} into other words"
        entered = self._entered
        if isinstance(action, Say) and entered is not None and entered.phase in ("lift", "return"):
            self._called |= action.cue.kind == "movement"
            over = action.due > entered.at + parse_tempo(entered.tempo).lift - _ROUNDING
            assert self._called or over, f"{action.cue.name} in place of the way up"
        self._spoken_until = action.due + self.stage.session.script.seconds_of(action.cue)

    def _judge_phase(self, entered: Enter) -> None:
        before, self._entered = self._entered, entered
        self._called = False
        exercise = self.exercises[entered.exercise]
        moving = entered.phase in MOVING
        assert self._ready or not moving, "nobody moves before ready"
        assert not (moving and (self._held or self.lost))
        self._judge_load(exercise, entered)
        if before is None:
            return
        assert (before.phase, entered.phase) in _NEXT
        if before.phase == "lower" and entered.phase in _OF_ITSELF:
            assert entered.at - before.at >= 3 - _ROUNDING, "lowered in less than 3 s"
        self._judge_sides(before, entered)
        if (before.set, before.part) != (entered.set, entered.part):
            self._done.clear()
            self._undone = False
            self._raised = False
        elif entered.part == "work" and not self._undone and not self._raised:
            ranged = self.exercises[before.exercise].has_range_steps and exercise.has_range_steps
            assert not ranged or entered.range_step <= before.range_step, "deeper within a set"
        # What was done of a set before the session was cut off counts where it is gone on with.
        self._done += self._done_before
        self._done_before.clear()

    def _judge_load(self, exercise: Exercise, entered: Enter) -> None:
        tempo = parse_tempo(entered.tempo)
        assert exercise.cycle == "hold" or 3 <= tempo.lower <= 5
        assert tempo.lift <= tempo.lower
        assert exercise.range_steps[0] <= entered.range_step <= exercise.range_steps[1]
        if self._cap is not None and exercise.branch == "ladder" and entered.phase in MOVING:
            assert exercise.level <= self._cap, "above what pain left"
        if self._lifts_over and entered.phase in MOVING:
            assert exercise.branch != "ladder" or exercise.level == 0, "leg lifts after they had ended"

    def _judge_sides(self, before: Enter, entered: Enter) -> None:
        """Count a repetition for its side; where a set has ended, both have done as many."""
        if entered.repetitions_done > before.repetitions_done:
            assert entered.repetitions_done == before.repetitions_done + 1
            self._done.update([before.side] if before.side else ["left", "right"])
        if entered.sets_done > before.sets_done and before.side is not None:
            assert self._done["left"] == self._done["right"], dict(self._done)

    def _judge_change(self, change: Change) -> None:
        deeper = change.what == "range" and int(change.after) > int(change.before)
        assert not deeper or change.why in ("harder", "i_didnt_say_that")
        raised = change.why in ("harder", "progress")
        assert not (raised and self._sore), f"{change} after pain"
        self._raised |= change.why == "progress"
        told = _TOLD.fullmatch(change.why)
        of_pain = told is not None and told[1] in _MOST_SORE
        warming_up = self._entered is None or self._entered.part == "warm-up"
        if of_pain and change.what == "exercise" and not warming_up:
            after = self.exercises[change.after]
            if after.branch == "ladder":
                self._cap = after.level if self._cap is None else min(self._cap, after.level)

    def _judge_sore(self, told: str) -> None:
        """Hold what is over after pain that is much, was not rated, or was in the back before."""
        found = _TOLD.fullmatch(told)
        assert found is not None, told
        where, score, kind = found.groups()
        again, self._sore_back = where == "back" and self._sore_back, self._sore_back or where == "back"
        much = not score.isdigit() or kind in _SEVERE or int(score) > _MOST_SORE.get(where, 2)
        self._lifts_over |= again or much

    def _judge_state(self) -> None:
        coach = self.stage.coach
        assert self.stage.phase in PHASES
        assert (coach.question is not None) == (self.stage.phase == "asking")
        for question in ("how_sore", "where", "zero", "kind", "half", "equipment", "effort"):
            assert self._asked.count(question) <= 2, f"{question} is asked again and again"
        load = coach.session.position.load
        assert load.exercise.range_steps[0] <= load.range_step <= load.exercise.range_steps[1]
        assert load.tempo.lift <= load.tempo.lower
        assert 1 <= coach.session.position.repetition <= coach.session.position.repetitions + 1

    def judge_end(self) -> None:
        """Hold that silence ends the session: call it after hours of it."""
        self.judge()
        assert self._finished
        assert self.stage.coach.over_at is not None
        assert len([1 for _, action in self.stage.actions if isinstance(action, Finish)]) == 1
