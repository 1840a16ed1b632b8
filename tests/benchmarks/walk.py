"""Sessions at random: routines, histories, commands, answers, silences and troubles, and the rules hold.

Run by hand: `.venv/bin/python -m tests.benchmarks.walk 100000 [seed]`; prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import get_args

if __name__ == "__main__":  # Run as a file, it finds the tests beside itself.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assistant.coaching.complaint import PLACES, SIDES
from assistant.coaching.events import LOST, Heard, Interrupted, Slots, Trouble, TroubleBegan, TroubleEnded
from assistant.coaching.questions import QUESTIONS
from assistant.coaching.triage import SEVERE_KINDS
from tests.benchmarks.walk_plans import PACK, remembered, routine
from tests.benchmarks.walk_rules import ANSWERS, Rules
from tests.stand_ins import Stage

COMMANDS = sorted(command.name for command in PACK.commands.commands)
FELT = ("pinch", "click", "arching", "lost_it", "burning", "shaking")
WISHES = ("easier", "harder", "slower", "faster", "switch_legs", "i_didnt_say_that")
NEXT = {"stopped": "carry_on", "paused": "carry_on", "setup": "ready"}
"""Phase in which nothing happens of itself to the word that leads on."""

WELL = {
    "ready": "ready",
    **dict.fromkeys(
        (
            *("well_again", "resume", "rest_day", "progress", "zero", "sure", "half", "equipment"),
            *("side_branch", "gentle_today", "cramp"),
        ),
        "yes",
    ),
    **dict.fromkeys(
        ("how_sore", "how_now", "pain_now", "yesterday", "effort", "reserve", "soreness"), "number"
    ),
    **dict.fromkeys(("where", "sore_where"), "place"),
    "kind": "muscle",
}
"""Question to what somebody says who is well and wants to go on; "no" to all others."""
WITH_PAIN = {
    "where": st.sampled_from(PLACES),
    "side": st.sampled_from(SIDES),
    "kind": st.sampled_from(["dull", "burning", *sorted(SEVERE_KINDS)]),
}
"""What may be said with pain, or with its place."""

STEPS = 100
"""Of one walk."""

HOURS = 4 * 3600.0


class Walk(RuleBasedStateMachine):
    """One person after the other, who say whatever comes to their mind."""

    steps = 0
    sessions = 0

    @initialize(number=st.integers(0, 2**32))
    def begin(self, number: int) -> None:
        random = Random(number)
        plan = routine(random)
        Walk.sessions += 1
        self.stage = Stage(plan, PACK, random.choice([0.0, 12.0]), remembered(random, plan))
        self.referee = Rules(self.stage, plan)
        self.troubles: set[Trouble] = set()
        self.referee.judge()

    @property
    def over(self) -> bool:
        return self.stage.phase == "finished"

    @precondition(lambda self: self.over)
    @rule(number=st.integers(0, 2**32))
    def begin_again(self, number: int) -> None:
        self._step()
        # Emergency words are said for minutes to a person who does not answer.
        self.stage.wait(HOURS)
        self.referee.judge_end()
        self.begin(number)

    @precondition(lambda self: not self.over)
    @rule(seconds=st.floats(0.0, 30.0))
    def let_pass(self, seconds: float) -> None:
        self._step()
        self.stage.wait(seconds)
        self.referee.judge()

    @precondition(lambda self: not self.over)
    @rule(times=st.integers(1, 40), early=st.sampled_from([0.0, 0.4, 1.0]))
    def go_on_to_what_is_due(self, times: int, early: float) -> None:
        """So that something happens at the very moment, and between two."""
        self._step()
        for _ in range(times):
            due = self.stage.coach.next_deadline()
            if due is not None and due > self.stage.now:
                self.stage.wait(due - self.stage.now)
        self.stage.wait(early)
        self.referee.judge()

    @precondition(lambda self: not self.over)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """Say what leads on: the answer to what is asked, or the word that is waited for."""
        question = self.stage.coach.question
        if question is None:
            self._say(NEXT.get(self.stage.phase, "ready"), data)
        else:
            self._say(data.draw(st.sampled_from(sorted(QUESTIONS[question].answers))), data)

    @precondition(lambda self: not self.over)
    @rule(times=st.integers(10, 90), seconds=st.sampled_from([0.0, 0.4, 1.0]))
    def train(self, times: int, seconds: float) -> None:
        """Do what the coach waits for, for a while: answer, say the word, or move."""
        for trouble in sorted(self.troubles):
            self.begin_or_end_trouble(trouble)
        for _ in range(times):
            if self.over:
                break
            self._step()
            question = self.stage.coach.question
            word = NEXT.get(self.stage.phase) if question is None else WELL.get(question, "no")
            if word is not None:
                self._hear(word, {"number": 1} if word == "number" else {})
            elif (due := self.stage.coach.next_deadline()) is not None:
                self.stage.wait(max(due - self.stage.now, 0.0))
                self.referee.judge()
        self.stage.wait(seconds)
        self.referee.judge()

    @rule(command=st.sampled_from(COMMANDS), data=st.data())
    def say(self, command: str, data: st.DataObject) -> None:
        self._say(command, data)

    @precondition(lambda self: not self.over)
    @rule(command=st.sampled_from([*FELT, *WISHES]), data=st.data())
    def feel_or_wish(self, command: str, data: st.DataObject) -> None:
        self._say(command, data)

    @precondition(lambda self: not self.over)
    @rule(where=st.sampled_from(["back", "hip", "knee"]), score=st.integers(0, 4))
    def be_a_little_sore(self, where: str, score: int) -> None:
        """And go on, where that is allowed: what pain has taken is to stay away."""
        said: tuple[tuple[str, dict[str, str | int]], ...] = (
            ("pain", {"where": where}),
            ("number", {"number": score}),
            ("yes", {}),
            ("carry_on", {}),
            ("ready", {}),
        )
        for command, slots in said:
            if self.over:
                return
            self._step()
            self._hear(command, slots)

    @precondition(lambda self: not self.over)
    @rule(data=st.data(), ago=st.floats(0.0, 6.0), count=st.integers(1, 4), again=st.booleans())
    def speak_in_one_breath(self, data: st.DataObject, ago: float, count: int, again: bool) -> None:
        """Say several answers, or one again and again, in an utterance that began a while ago."""
        question = self.stage.coach.question
        known = ANSWERS if question is None else QUESTIONS[question].answers & ANSWERS
        answers = st.sampled_from(sorted({*known, "ready"}))
        said = [data.draw(answers) for _ in range(count)]
        said = [said[0]] * count if again else said
        breath = [self._worded(command, data, ago * (count - i) / count) for i, command in enumerate(said)]
        for i, heard in enumerate(breath):
            self._step()
            self._judged(replace(heard, also=tuple(breath[i + 1 :])))

    @precondition(lambda self: not self.over)
    @rule(data=st.data(), times=st.integers(1, 3))
    def press(self, data: st.DataObject, times: int) -> None:
        """Press the key of an answer, perhaps more than once, whether or not anything was asked."""
        question = self.stage.coach.question
        known = ANSWERS if question is None else QUESTIONS[question].answers & ANSWERS
        heard = self._worded(data.draw(st.sampled_from(sorted({*known, "ready"}))), data)
        for _ in range(times):
            self._step()
            self._judged(replace(heard, key="x"))

    @precondition(lambda self: not self.over)
    @rule()
    def mumble(self) -> None:
        self._step()
        self.stage.mumble()
        self.referee.judge()

    @precondition(lambda self: not self.over)
    @rule()
    def plead(self) -> None:
        self._step()
        self.stage.plead()
        self.referee.judge()

    @precondition(lambda self: not self.over)
    @rule(trouble=st.sampled_from(get_args(Trouble)), lasting=st.booleans())
    def have_trouble(self, trouble: Trouble, lasting: bool) -> None:
        """It lasts until somebody trains again, or is soon over."""
        self.begin_or_end_trouble(trouble)
        if not lasting and trouble in self.troubles:
            self.let_pass(3.0)
            self.begin_or_end_trouble(trouble)

    def begin_or_end_trouble(self, trouble: Trouble) -> None:
        self._step()
        self.troubles.symmetric_difference_update({trouble})
        began = trouble in self.troubles
        self.referee.lost = self.referee.lost and bool(self.troubles & LOST)
        self.stage.happen(TroubleBegan(trouble) if began else TroubleEnded(trouble))
        self.referee.judge()
        self.referee.lost = bool(self.troubles & LOST)

    @rule(impatience=st.integers(0, 20))
    def break_off(self, impatience: int) -> None:
        self._step()
        if impatience == 20:
            self.stage.happen(Interrupted())
        self.referee.judge()

    def teardown(self) -> None:
        if not hasattr(self, "referee") or self.referee.broken:
            return
        self.stage.wait(HOURS)
        self.referee.judge_end()

    def _step(self) -> None:
        Walk.steps += 1

    def _say(self, command: str, data: st.DataObject) -> None:
        self._step()
        worded = self._worded(command, data)
        self._hear(command, worded.slots, worded.confidence)

    def _hear(self, command: str, slots: Slots, confidence: float = 1.0) -> None:
        """Say a command, an answer once its question has been put."""
        self.stage.hear_out(command)
        now = self.stage.now
        self._judged(Heard(command, slots, command, now, now, confidence))

    def _judged(self, heard: Heard) -> None:
        self.stage.wait(0.0)
        self.referee.judge()
        self.stage.happen(heard)
        self.referee.judge(heard)

    def _worded(self, command: str, data: st.DataObject, ago: float = 0.0) -> Heard:
        slots: dict[str, str | int] = {}
        if command == "number":
            slots["number"] = data.draw(st.integers(0, 10))
        elif command in ("pain", "place"):
            slots |= data.draw(st.fixed_dictionaries({}, optional=WITH_PAIN))
        elif command == "vague":
            slots["amount"] = data.draw(st.sampled_from(["low", "high"]))
        elif command == "red_flag":
            slots["flag"] = data.draw(st.sampled_from(["chest", "numb"]))
        start, sure = max(self.stage.now - ago, 0.0), data.draw(st.sampled_from([1.0, 1.0, 0.7]))
        return Heard(command, slots, text=command, start=start, end=self.stage.now, confidence=sure)


def walk(examples: int, steps: int, start: int | None = None) -> None:
    """Walk for so many examples of at most so many steps; raises where a rule is broken."""
    how = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        phases=[Phase.generate, Phase.shrink],
    )
    machine = Walk if start is None else seed(start)(Walk)
    run_state_machine_as_test(machine, settings=how)  # pyright: ignore[reportUnknownMemberType]


def main() -> None:
    """Walk, count and print."""
    wanted, start = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    begun = time.perf_counter()
    while Walk.steps < wanted:
        walk(max((wanted - Walk.steps) // (4 * STEPS), 1), STEPS, start + Walk.steps)
    seconds = round(time.perf_counter() - begun, 1)
    print(json.dumps({"steps": Walk.steps, "sessions": Walk.sessions, "seconds": seconds}))  # noqa: T201


if __name__ == "__main__":
    main()
