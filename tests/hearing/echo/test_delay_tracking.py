"""Taking out the coach's voice where its echo comes late, or later and later."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import soxr

from assistant.hearing.echo.canceller import EchoCanceller
from assistant.hearing.echo.convolution import PartitionedFilter
from assistant.hearing.echo.delay_tracking import LATEST_BLOCK, DelayTrackingCanceller
from assistant.rehearsal.room import impulse_response
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db, power_db

Say = Callable[..., Samples]

COACH = (
    "Lower for three seconds, then drive up.",
    "Keep your back flat on the floor.",
    "And breathe out as you lift.",
    "Rest for thirty seconds, then we go on with the other leg.",
)

MOVED = 0.02 * SAMPLE_RATE
"""The far end is always delayed by a few milliseconds, never by a block, before it is moved."""


def whole_blocks(samples: Samples) -> Samples:
    return samples[: samples.size // BLOCK * BLOCK]


@pytest.fixture(scope="module")
def coach(say: Say) -> Samples:
    """About twenty seconds of the coach, as the loudspeaker plays them."""
    once = 0.5 * np.concatenate([say(text, before=0.0, after=0.15) for text in COACH])
    return whole_blocks(np.tile(once, 2))


@pytest.fixture(scope="module")
def person(say: Say) -> Samples:
    """A few seconds of somebody else, as loud as the echo."""
    words = say("How many are left of this set, and what comes then?", "en-us+f3", before=0.0, after=0.2)
    return words * np.float32(10 ** ((-26 - active_db(words)) / 20))


def echo_of(far: Samples, delay_seconds: float) -> Samples:
    """What comes back of the loudspeaker, at -26 dB of full scale."""
    path = PartitionedFilter(impulse_response(np.random.default_rng(1), delay_seconds, 0.25))
    echo = np.concatenate([path.process(block) for block in far.reshape(-1, BLOCK)])
    return echo * np.float32(10 ** ((-26 - active_db(echo)) / 20))


def hiss(count: int) -> Samples:
    return np.random.default_rng(0).normal(0, 3e-4, count).astype(np.float32)


def cancel(canceller: DelayTrackingCanceller | EchoCanceller, mic: Samples, far: Samples) -> Samples:
    return np.concatenate(
        [
            canceller.process(mic[at : at + BLOCK], far[at : at + BLOCK]).clean
            for at in range(0, mic.size, BLOCK)
        ]
    )


def delay_seconds_of(canceller: DelayTrackingCanceller) -> float:
    assert canceller.delay is not None
    return canceller.delay / SAMPLE_RATE


def erle_db(echo: Samples, left: Samples, first: float, last: float) -> float:
    part = slice(round(first * SAMPLE_RATE), round(last * SAMPLE_RATE))
    return power_db(echo[part]) - power_db(left[part])


@pytest.mark.parametrize("delay_ms", [30, 150, 300, 500, 700])
def test_a_late_echo_is_taken_out_as_well_as_an_early_one(coach: Samples, delay_ms: int) -> None:
    early, late = echo_of(coach, 0.03), echo_of(coach, delay_ms / 1000)
    canceller = DelayTrackingCanceller()
    left = cancel(canceller, late + hiss(late.size), coach)
    best = erle_db(early, cancel(EchoCanceller(), early + hiss(early.size), coach), 10, 14)
    # It begins to learn when it knows the delay, about four seconds later.
    assert erle_db(late, left, 14, 18) >= best - 3
    assert delay_seconds_of(canceller) == pytest.approx(delay_ms / 1000, abs=0.005)
    direct = (delay_ms / 1000 * SAMPLE_RATE - canceller.line.delay) / BLOCK
    assert 0 <= direct <= LATEST_BLOCK + 1


@pytest.mark.parametrize("delay_seconds", [0.02, 0.06, 0.12])
def test_the_far_end_of_an_early_echo_stays_where_it_is(coach: Samples, delay_seconds: float) -> None:
    echo = echo_of(coach, delay_seconds)
    canceller = DelayTrackingCanceller()
    shifts: set[int] = set()
    left: list[Samples] = []
    for at in range(0, coach.size, BLOCK):
        mic = echo[at : at + BLOCK] + hiss(BLOCK)
        left.append(canceller.process(mic, coach[at : at + BLOCK]).clean)
        shifts.add(round(canceller.line.delay / BLOCK))
    assert shifts == {0}
    plain = cancel(EchoCanceller(), echo + np.tile(hiss(BLOCK), echo.size // BLOCK), coach)
    assert erle_db(echo, np.concatenate(left), 3, 18) >= erle_db(echo, plain, 3, 18) - 2


def test_what_was_learnt_is_kept_when_the_far_end_is_delayed(coach: Samples) -> None:
    """This echo is within the canceller's reach, so it is cancelled before its delay is known."""
    echo = echo_of(coach, 0.15)
    canceller = DelayTrackingCanceller()
    clean: list[Samples] = []
    at = 0
    while canceller.line.delay < MOVED:
        clean.append(canceller.process(echo[at : at + BLOCK], coach[at : at + BLOCK]).clean)
        at += BLOCK
    rest = slice(at, at + SAMPLE_RATE // 2 // BLOCK * BLOCK)
    before = power_db(echo[at - SAMPLE_RATE // 2 : at]) - power_db(np.concatenate(clean)[-SAMPLE_RATE // 2 :])
    after = power_db(echo[rest]) - power_db(cancel(canceller, echo[rest], coach[rest]))
    assert before >= 3
    assert after >= before


@pytest.mark.parametrize(("first", "then"), [(0.03, 0.5), (0.5, 0.03), (0.3, 0.35), (0.08, 0.03)])
def test_after_a_jump_the_echo_is_taken_out_again(coach: Samples, first: float, then: float) -> None:
    canceller = DelayTrackingCanceller()
    cancel(canceller, echo_of(coach, first) + hiss(coach.size), coach)
    echo = echo_of(coach, then)
    left = cancel(canceller, echo + hiss(coach.size), coach)
    assert delay_seconds_of(canceller) == pytest.approx(then, abs=0.005)
    assert erle_db(echo, left, 6, 8) >= 8
    assert erle_db(echo, left, 12, 18) >= 22


def test_somebody_who_talks_while_the_far_end_moves_breaks_nothing(coach: Samples, person: Samples) -> None:
    talk = np.zeros_like(coach)
    talk[SAMPLE_RATE : SAMPLE_RATE + person.size] = person
    echo = echo_of(coach, 0.5)
    canceller = DelayTrackingCanceller()
    moved: float | None = None
    clean: list[Samples] = []
    for at in range(0, coach.size, BLOCK):
        mic = echo[at : at + BLOCK] + talk[at : at + BLOCK]
        clean.append(canceller.process(mic, coach[at : at + BLOCK]).clean)
        if canceller.line.delay > MOVED and moved is None:
            moved = at / SAMPLE_RATE
    assert moved is not None
    assert 1 < moved < 1 + person.size / SAMPLE_RATE
    left = np.concatenate(clean) - talk
    assert erle_db(echo, left, moved - 0.1, moved + 0.1) >= -1
    assert erle_db(echo, left, 12, 18) >= 22


def test_the_person_is_near_end_when_the_echo_is_late(coach: Samples, person: Samples) -> None:
    talk = np.zeros_like(coach)
    talk[14 * SAMPLE_RATE :][: person.size] = person
    mic = echo_of(coach, 0.5) + talk + hiss(coach.size)
    canceller = DelayTrackingCanceller()
    near: list[bool] = []
    for at in range(0, coach.size, BLOCK):
        near.append(canceller.process(mic[at : at + BLOCK], coach[at : at + BLOCK]).near_end)
    second = SAMPLE_RATE / BLOCK
    assert np.mean(near[round(14 * second) : round(14 * second) + person.size // BLOCK]) > 0.3
    assert np.mean(near[round(10 * second) : round(14 * second)]) < 0.02


def test_headphones_never_move_the_far_end(coach: Samples, person: Samples) -> None:
    far = np.tile(coach, 2)
    talk: Samples = np.resize(person, far.size).astype(np.float32)
    canceller = DelayTrackingCanceller()
    clean = cancel(canceller, talk + hiss(far.size), far)
    assert canceller.line.delay < MOVED
    assert canceller.delay is None
    assert power_db(clean) == pytest.approx(power_db(talk), abs=0.5)


def test_the_far_end_moves_once_for_delays_that_differ_little(coach: Samples) -> None:
    canceller = DelayTrackingCanceller()
    shifts: set[int] = set()
    for delay_seconds in (0.15, 0.17, 0.15, 0.17):
        mic = echo_of(coach, delay_seconds) + hiss(coach.size)
        cancel(canceller, mic, coach)
        assert delay_seconds_of(canceller) == pytest.approx(delay_seconds, abs=0.005)
        shifts.add(round(canceller.line.delay / BLOCK))
    assert len(shifts) == 1


@pytest.mark.parametrize("parts_per_million", [20, -20, 150])
def test_a_drift_is_followed_for_a_minute(coach: Samples, parts_per_million: int) -> None:
    far = np.tile(coach, 4)[: 64 * SAMPLE_RATE]
    echo = echo_of(far, 0.5)
    rate = SAMPLE_RATE * (1 + parts_per_million * 1e-6)
    drifted = np.asarray(soxr.resample(echo, SAMPLE_RATE, rate), np.float32)
    drifted = np.pad(drifted, (0, far.size))[: far.size]
    canceller = DelayTrackingCanceller()
    left = cancel(canceller, drifted + hiss(far.size), far)
    assert erle_db(drifted, left, 25, 40) >= 20
    assert erle_db(drifted, left, 45, 60) >= 20
    assert canceller.clock_skew.skew == pytest.approx(parts_per_million * 1e-6, abs=10e-6)
    later = 0.5 + 62 * parts_per_million * 1e-6
    assert delay_seconds_of(canceller) == pytest.approx(later, abs=0.003)


def test_a_path_that_is_forgotten_is_learnt_again_at_once(coach: Samples) -> None:
    """As by a canceller that knows nothing: a device that was away has come back."""
    echo = echo_of(coach, 0.06)
    canceller = DelayTrackingCanceller(0.05)
    cancel(canceller, echo_of(coach, 0.05) + hiss(coach.size), coach)
    canceller.forget()
    left = cancel(canceller, echo + hiss(coach.size), coach)
    new = cancel(DelayTrackingCanceller(0.05), echo + hiss(coach.size), coach)
    assert erle_db(echo, left, 0, 4) >= erle_db(echo, new, 0, 4) - 1


@pytest.mark.parametrize("moved_ms", [3, 40, -40, 230, -130])
def test_an_echo_that_jumps_is_followed(coach: Samples, moved_ms: int) -> None:
    """As where a device lost some sound, or put some in; and it is not taken for somebody who talks."""
    canceller = DelayTrackingCanceller()
    cancel(canceller, echo_of(coach, 0.15) + hiss(coach.size), coach)
    echo = echo_of(coach, 0.15 + moved_ms / 1000)
    left: list[Samples] = []
    taken_for_talk = 0
    for at in range(0, echo.size, BLOCK):
        block = slice(at, at + BLOCK)
        clean, near_end = canceller.process(echo[block] + hiss(echo.size)[block], coach[block])
        left.append(clean)
        taken_for_talk += near_end
    assert erle_db(echo, np.concatenate(left), 3, 6) >= 12
    assert taken_for_talk * BLOCK / SAMPLE_RATE < 0.6


def test_clocks_that_fall_into_step_hide_nobody(coach: Samples, person: Samples) -> None:
    """It is noticed late, when the path has changed a little: talk as loud as the echo stands out."""
    far = np.tile(coach, 2)
    echo = echo_of(far, 0.15)
    times = np.arange(far.size, dtype=np.float64)
    drifted = np.interp(times - 100e-6 * np.minimum(times, 20 * SAMPLE_RATE), times, echo)
    mic = drifted.astype(np.float32) + hiss(far.size)
    heard: list[bool] = []
    for begins in (21.4, 21.6, 21.8, 22.0, 22.2):
        first = round(begins * SAMPLE_RATE / BLOCK) * BLOCK
        canceller = DelayTrackingCanceller()
        cancel(canceller, mic[:first], far[:first])
        for at in range(0, 40 * BLOCK, BLOCK):
            over = slice(first + at, first + at + BLOCK)
            heard.append(canceller.process(mic[over] + person[at : at + BLOCK], far[over]).near_end)
    assert np.mean(heard) >= 0.3


def test_talk_over_the_echo_makes_nothing_forgotten(coach: Samples, person: Samples) -> None:
    """However loud: between the words the echo is taken out as before."""
    echo = echo_of(coach, 0.15)
    talk = np.zeros_like(echo)
    talk[4 * SAMPLE_RATE :][: person.size] = person * 4
    canceller = DelayTrackingCanceller()
    cancel(canceller, echo + hiss(echo.size), coach)
    left = cancel(canceller, echo + talk + hiss(echo.size), coach)
    end = 4 + person.size / SAMPLE_RATE
    assert erle_db(echo, left, end, end + 0.5) >= 12


def test_at_the_beginning_a_late_echo_is_taken_out_within_two_seconds(coach: Samples) -> None:
    """Somebody may speak over the first words; a tracker that takes its time needs four."""
    echo = echo_of(coach, 0.5)
    left = cancel(DelayTrackingCanceller(), echo + hiss(coach.size), coach)
    assert erle_db(echo, left, 2, 3) >= 8


def test_a_delay_that_was_measured_before_saves_finding_it(coach: Samples) -> None:
    """A late echo is taken out from the first words on; one millisecond of difference does no harm."""
    echo = echo_of(coach, 0.5)
    left = {
        known: cancel(DelayTrackingCanceller(known), echo + hiss(coach.size), coach)
        for known in (None, 0.5, 0.501)
    }
    assert erle_db(echo, left[None], 0.5, 2) < 3
    assert erle_db(echo, left[0.5], 0.5, 2) >= erle_db(echo, left[None], 0.5, 2) + 4
    assert erle_db(echo, left[0.5], 1, 3) >= 8
    assert erle_db(echo, left[0.501], 1, 3) >= 8


def test_a_delay_that_was_measured_before_ends_as_well_as_one_that_was_found() -> None:
    """With a sound that is the same each time: what a synthesizer renders differs by a decibel."""
    dice = np.random.default_rng(3)
    syllables = np.repeat(dice.uniform(0.02, 1.0, 20 * 5), SAMPLE_RATE // 5)
    far = whole_blocks((0.1 * syllables * dice.standard_normal(syllables.size)).astype(np.float32))
    echo = echo_of(far, 0.5)
    known, found = (cancel(DelayTrackingCanceller(at), echo + hiss(far.size), far) for at in (0.5, None))
    assert erle_db(echo, known, 14, 18) >= erle_db(echo, found, 14, 18) - 1


def test_a_delay_that_is_no_longer_so_is_found_all_the_same(coach: Samples) -> None:
    """Another computer's load, another buffer."""
    echo = echo_of(coach, 0.15)
    canceller = DelayTrackingCanceller(0.5)
    left = cancel(canceller, echo + hiss(coach.size), coach)
    assert delay_seconds_of(canceller) == pytest.approx(0.15, abs=0.005)
    plain = cancel(DelayTrackingCanceller(), echo + hiss(coach.size), coach)
    assert erle_db(echo, left, 14, 18) >= erle_db(echo, plain, 14, 18) - 3


@pytest.mark.parametrize(("first", "then"), [(0.03, 0.13), (0.2, 0.05), (0.4, 0.25), (0.1, 0.3)])
def test_a_path_that_was_learnt_is_kept_through_a_jump(coach: Samples, first: float, then: float) -> None:
    """A second after it the echo is taken out again by as much as others learn in three."""
    canceller = DelayTrackingCanceller()
    cancel(canceller, echo_of(coach, first) + hiss(coach.size), coach)
    echo = echo_of(coach, then)
    left = cancel(canceller, echo + hiss(coach.size), coach)
    plain = cancel(EchoCanceller(), echo_of(coach, 0.03) + hiss(coach.size), coach)
    assert erle_db(echo, left, 1.2, 2.2) >= 12
    assert erle_db(echo, left, 1.2, 2.2) >= erle_db(echo_of(coach, 0.03), plain, 1.2, 2.2) + 3
