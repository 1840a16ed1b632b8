"""A pyramid: a few repetitions, more, and fewer again, with the rest growing along.

imprint rehearse scripts/examples/pyramid.py
"""

from assistant.routines import Routine, exercise, step

UP_AND_DOWN = (6, 8, 6)

routine = Routine(
    "pyramid",
    start_level=1,
    warm_up=[exercise("pelvic-tilts", rest=5), exercise("knee-sway", rest=10)],
    work=[
        step(
            0,
            sets=f"1x{repetitions} rest {5 * repetitions}s",
            range=1,
            say="This is the top of the pyramid." if repetitions == max(UP_AND_DOWN) else None,
        )
        for repetitions in UP_AND_DOWN
    ],
    cool_down=[exercise("knee-hug")],
)
