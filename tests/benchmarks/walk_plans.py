"""Routines and histories at random, of everything that is shipped."""

from __future__ import annotations

from random import Random

from assistant.coaching.checkpoint import Unfinished
from assistant.coaching.complaint import Complaint, RatedPain
from assistant.coaching.history import History, Lowering, PastSession
from assistant.coaching.plan import Plan
from assistant.coaching.position import Position
from assistant.library.session import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.routine import make_plan
from tests.parsing import parse_routine

PAINS = (RatedPain(Complaint("back"), 8), RatedPain(Complaint("hip"), 2), RatedPain(Complaint("knee"), None))
PACK = load_voice(str(shipped("voices") / "en"))
EXERCISES = load_exercises(PACK, shipped("scripts"))


def routine(random: Random) -> Plan:
    """Write a routine of all that is shipped, and place it on the ladder."""
    lines: list[str] = ["name: random"]
    for part in ("warm_up", "work", "cool_down"):
        if part != "work" and random.random() < 0.5:
            continue
        lines.append(f"{part}:")
        names = random.sample(sorted(EXERCISES), random.randint(1, 3))
        for exercise in (EXERCISES[name] for name in names):
            lift, pauses = random.randint(1, 3), (random.randint(0, 1), random.randint(0, 2))
            fields: dict[str, str | int] = {
                "sets": 1,
                "repetitions": random.choice(["fewest", "most", *range(1, 6)]),
                "rest": random.randint(0, 40),
                "tempo": f"{random.randint(max(3, lift), 5)}-{pauses[0]}-{lift}-{pauses[1]}",
            }
            if random.random() < 0.2:
                fields["say"] = "Small and slow as you like it."
            if random.random() < 0.3:
                fields["step"] = random.randint(-2, 3)
            else:
                fields |= {"exercise": exercise.name, "range": random.randint(*exercise.range_steps)}
                fields["sets"] = random.randint(1, 2)
            lines.append(f"  - {{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}")
    things = frozenset(thing for thing in ("ball", "bench", "bar") if random.random() < 0.5)
    parsed = parse_routine("\n".join(lines) + "\n", "random.yaml")
    return make_plan(parsed, EXERCISES, random.randint(0, 10), things)


def left_over(random: Random, plan: Plan) -> Unfinished | None:
    """Somebody who was cut off somewhere in a plan; mostly nobody."""
    if random.random() < 0.7:
        return None
    position = Position(plan)
    for _ in range(random.randrange(len(plan.sets))):
        position.next_set()
    for _ in range(random.randrange(position.repetitions)):
        if not position.on_last_repetition:
            position.next_repetition()
    place = position.checkpoint(None, gentle=False)
    return None if place is None else Unfinished(plan, place)


def remembered(random: Random, plan: Plan) -> History:
    """Somebody new, somebody known, or somebody with anything to be asked about."""
    sessions = [
        PastSession(
            days_ago=random.randint(-1, 30),
            level=random.randint(0, 10),
            ended=random.choice(["completed", "asked", "pain", "red_flag"]),
            at_top=random.random() < 0.7,
            soreness=random.choice([None, 0, 1, 5]),
            pain=random.choice([None, None, None, *PAINS]),
        )
        for _ in range(random.randint(0, 3))
    ]
    sessions.sort(key=lambda session: -session.days_ago)
    return History(
        sessions=tuple(sessions),
        lowering=random.choice([None, None, *Lowering]) if sessions else None,
        tutorial_done=random.random() < 0.9,
        screened_days_ago=random.choice([*[3] * 10, None, 400]),
        red_flag_days_ago=random.choice([*[None] * 20, 0, 2]),
        unanswered_flag=random.choice([*[None] * 20, "chest"]),
        unanswered_days_ago=random.choice([0, 2]),
        explained=frozenset(name for name in sorted(EXERCISES) if random.random() < 0.5),
        equipment=frozenset(thing for thing in ("ball", "bench", "bar") if random.random() < 0.5),
        unfinished=left_over(random, plan),
    )
