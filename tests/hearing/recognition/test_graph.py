from __future__ import annotations

import numpy as np
import pytest

from assistant.hearing.recognition.fst import Fst
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.graph import UNKNOWN, DecodingGraph, build_graph
from assistant.hearing.recognition.lexicon import look_up_words
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder
from assistant.programme.commands import CONTEXTS, CommandSet
from tests.parsing import parse_commands


def graph_of(model: ModelFolder, commands: CommandSet, context: str | None) -> DecodingGraph:
    assert model.settings is not None
    grammar = Grammar(commands)
    lexicon = look_up_words(grammar, commands)
    return build_graph(grammar, context, lexicon, model.settings, model.phone_bigram)


def cheapest(graph: DecodingGraph, words: list[str]) -> float:
    """Give the least cost of a way through the graph that says the words; loops cost no sound."""
    labels = [graph.words.index(word) for word in words]
    fst = graph.fst
    costs = np.full((len(words) + 1, fst.finals.size), np.inf)
    costs[0, fst.start] = 0
    while True:
        before = costs.copy()
        for said in range(len(words) + 1):
            silent = fst.outputs == 0
            relax(costs[said], costs[said], fst, silent)
            if said < len(words):
                relax(costs[said], costs[said + 1], fst, fst.outputs == labels[said])
        if np.array_equal(before, costs):
            return float(np.min(costs[-1] + fst.finals))


def relax(source: np.ndarray, target: np.ndarray, fst: Fst, chosen: np.ndarray) -> None:
    reached = source[fst.sources[chosen]] + fst.costs[chosen]
    np.minimum.at(target, fst.targets[chosen], reached)


@pytest.fixture(scope="module")
def small(model: ModelFolder) -> DecodingGraph:
    text = (
        "commands:\n"
        "  stop: {safety: true, sentences: [stop]}\n"
        "  go: {sentences: ['go [on]']}\n"
        "  rest: {contexts: [resting], sentences: [rest]}\n"
    )
    return graph_of(model, parse_commands(text, "commands.yaml"), "moving")


@pytest.fixture(scope="module")
def with_talk(model: ModelFolder) -> DecodingGraph:
    """One safety phrase that is heard everywhere, one that is not, and another command."""
    text = (
        "commands:\n"
        "  stop: {safety: true, sentences: [stop, {say: no, contexts: [moving]}]}\n"
        "  go: {sentences: [go]}\n"
    )
    return graph_of(model, parse_commands(text, "commands.yaml"), "moving")


def test_silence_phrases_and_unknown_speech_have_a_way_through(small: DecodingGraph) -> None:
    for words in ([], ["go"], ["go", "on"], ["stop", "go", "on"], [UNKNOWN], ["go", UNKNOWN]):
        assert np.isfinite(cheapest(small, words))


def test_nothing_else_has_a_way_through(small: DecodingGraph) -> None:
    for words in (["on"], ["on", "go"], ["rest"]):
        assert not np.isfinite(cheapest(small, words))


def test_safety_is_cheaper_than_other_phrases_by_its_bonus(small: DecodingGraph, model: ModelFolder) -> None:
    assert model.settings is not None
    bonus = cheapest(small, ["go"]) - cheapest(small, ["stop"])
    assert bonus == pytest.approx(model.settings.safety_bonus, abs=1e-4)


def test_a_safety_phrase_is_said_after_another_for_less_than_other_phrases(model: ModelFolder) -> None:
    """ "No, no, stop, help!" in one breath."""
    assert model.settings is not None
    text = (
        "commands:\n"
        "  stop: {safety: true, sentences: [stop]}\n"
        "  help: {safety: true, sentences: [help]}\n"
        "  go: {sentences: [go]}\n"
    )
    graph = graph_of(model, parse_commands(text, "commands.yaml"), "moving")
    settings = model.settings
    again = settings.again_cost + settings.phrase_cost - settings.safety_again_cost
    another = cheapest(graph, ["go", "stop"])
    for said in (["stop", "stop"], ["stop", "help"]):
        assert another - cheapest(graph, said) > again - 2
    assert cheapest(graph, ["stop", "go"]) == pytest.approx(another, abs=1e-3)


def test_what_may_be_said_around_a_command_costs_little(model: ModelFolder) -> None:
    assert model.settings is not None
    text = (
        "fillers: [okay, {say: please, contexts: [moving]}]\n"
        "commands:\n"
        "  stop: {safety: true, sentences: [stop]}\n"
        "  go: {sentences: [go]}\n"
    )
    commands = parse_commands(text, "commands.yaml")
    moving, resting = (graph_of(model, commands, context) for context in ("moving", "resting"))
    for command in ("go", "stop"):
        alone = cheapest(moving, [command])
        for said in (["okay", command], [command, "please"], ["okay", command, "please"]):
            each = model.settings.filler_cost + 2
            assert alone < cheapest(moving, said) < alone + each * (len(said) - 1)
    assert np.isfinite(cheapest(moving, ["okay"]))
    with pytest.raises(AssertionError):
        assert np.isfinite(cheapest(resting, ["go", "please"]))


def test_what_leads_to_the_same_place_shares_its_sounds(model: ModelFolder) -> None:
    """A second way to the same words adds no more than its own."""
    text = "commands:\n  pain: {sentences: ['(my|the) (ankle|shoulder) (hurts|is sore)']}\n"
    more = "commands:\n  pain: {sentences: ['(my|the|your) (ankle|shoulder) (hurts|is sore)']}\n"
    few, many = (
        graph_of(model, parse_commands(written, "commands.yaml"), "moving").fst.finals.size
        for written in (text, more)
    )
    assert many - few < 12


def test_other_talk_after_a_safety_phrase_costs_less_than_after_another(
    with_talk: DecodingGraph, model: ModelFolder
) -> None:
    """It is how people say why; "no, I'm fine" is talk."""
    assert model.settings is not None
    settings = model.settings
    after_go = cheapest(with_talk, ["go", UNKNOWN]) - cheapest(with_talk, ["go"])
    after_stop = cheapest(with_talk, ["stop", UNKNOWN]) - cheapest(with_talk, ["stop"])
    less = settings.again_cost + settings.phrase_cost - settings.safety_talk_cost
    assert less - 2 < after_go - after_stop < less + 2
    after_no = cheapest(with_talk, ["no", UNKNOWN]) - cheapest(with_talk, ["no"])
    assert after_no == pytest.approx(after_go, abs=1e-3)


def test_a_safety_phrase_after_other_talk_costs_less_than_another(
    with_talk: DecodingGraph, model: ModelFolder
) -> None:
    """ "Okay, can you stop?" ends the exercise; "okay, go" is talk, and so is "oh no"."""
    assert model.settings is not None
    settings = model.settings
    before = cheapest(with_talk, [UNKNOWN])
    before_go = cheapest(with_talk, [UNKNOWN, "go"]) - before
    less = settings.again_cost + settings.phrase_cost - settings.talk_safety_cost
    assert less > 0
    assert less - 2 < before_go - (cheapest(with_talk, [UNKNOWN, "stop"]) - before) < less + 2
    assert cheapest(with_talk, [UNKNOWN, "no"]) - before == pytest.approx(before_go, abs=1e-3)


def test_an_answer_is_cheaper_where_it_is_asked_for(model: ModelFolder) -> None:
    assert model.settings is not None
    expecting = ModelFolder(model.path, model.settings.model_copy(update={"answer_bonus": 3.0}))
    text = (
        "commands:\n"
        "  ten: {contexts: [asked_number], sentences: [ten]}\n"
        "  go: {contexts: [asked_number, moving], sentences: [go]}\n"
    )
    commands = parse_commands(text, "commands.yaml")
    asked = graph_of(expecting, commands, "asked_number")
    assert cheapest(asked, ["go"]) - cheapest(asked, ["ten"]) == pytest.approx(3.0, abs=1e-4)
    anything = graph_of(expecting, commands, None)
    assert cheapest(anything, ["go"]) == pytest.approx(cheapest(anything, ["ten"]), abs=1e-4)


def test_the_price_of_unknown_speech_is_the_models(model: ModelFolder, commands: CommandSet) -> None:
    assert model.settings is not None
    dearer = ModelFolder(model.path, model.settings.model_copy(update={"unk_cost": 7.0, "unk_costs": {}}))
    one, other = (cheapest(graph_of(m, commands, "asked_kind"), [UNKNOWN]) for m in (model, dearer))
    usual = model.settings.unk_costs.get("asked_kind", model.settings.unk_cost)
    assert other - one == pytest.approx(7.0 - usual, abs=1e-3)


def test_a_context_may_have_a_price_of_its_own(model: ModelFolder, commands: CommandSet) -> None:
    assert model.settings is not None
    settings = model.settings.model_copy(update={"unk_cost": 1.0, "unk_costs": {"asked_kind": 4.0}})
    priced = ModelFolder(model.path, settings)
    asked, other = (
        cheapest(graph_of(priced, commands, at), [UNKNOWN]) for at in ("asked_kind", "asked_where")
    )
    assert asked - other == pytest.approx(3.0, abs=1e-3)


def test_the_same_commands_give_the_same_graph(model: ModelFolder, commands: CommandSet) -> None:
    one, other = (graph_of(model, commands, "moving") for _ in range(2))
    assert one.words == other.words
    for name in ("sources", "inputs", "outputs", "costs", "targets"):
        np.testing.assert_array_equal(getattr(one.fst, name), getattr(other.fst, name))


@pytest.mark.parametrize("context", [*CONTEXTS, None])
def test_every_transition_belongs_to_the_model(
    model: ModelFolder, commands: CommandSet, vocabulary: Matcher, context: str | None
) -> None:
    graph = graph_of(model, commands, context)
    assert model.settings is not None
    assert graph.fst.inputs.min() >= 0
    assert graph.fst.inputs.max() <= 2 * (1 + 4 * len(model.settings.phones))
    labels: set[int] = set(graph.fst.outputs.tolist())
    spoken = {graph.words[label] for label in labels if label}
    assert spoken <= {UNKNOWN, *vocabulary.grammar.lines}
