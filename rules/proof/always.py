"""Rules that hold in every reachable state where their questions are answered: what they ask
for is no condition.
"""

from rules.engine.guide import Guide, Operator, Rule
from rules.engine.oracle import rule_holds
from rules.proof.residuals import questions_named
from rules.proof.states import StateGraph
from rules.proof.walk import Walk

Known = tuple[str | None, ...]
"""The answers to a rule's questions; None for those not answered yet."""


def always_hold(walk: Walk) -> list[int]:
    """The positions of such rules. A rule that only asks whether there is an answer is none."""
    seen = walk.seen
    return [
        at
        for at in sorted(seen.settled.keys() - seen.failed)
        if _compares(walk.guide.rules[at]) and not _fails(walk.graph, walk.guide, at)
    ]


def _compares(rule: Rule) -> bool:
    return any(condition.operator is not Operator.ANSWERED for condition in rule.when)


def _fails(graph: StateGraph, guide: Guide, at: int) -> bool:
    """Merged states forget how rules came to fail, so what is known of one is carried along."""
    rule = guide.rules[at]
    questions = sorted(questions_named(rule))
    known: dict[int, set[Known]] = {0: {(None,) * len(questions)}}
    for state in graph.in_order:
        question, following = graph.states[state].question, graph.states[state].next
        here = known.pop(state)
        if question not in questions:
            for after in following:
                known.setdefault(after, set()).update(here)
            continue
        place = questions.index(question)
        for choice, after in zip(guide.question[question].choices, following, strict=True):
            there = {(*one[:place], choice.key, *one[place + 1 :]) for one in here}
            if any(_settled_and_false(rule, questions, one) for one in there):
                return True
            known.setdefault(after, set()).update(there)
    return False


def _settled_and_false(rule: Rule, questions: list[str], known: Known) -> bool:
    answers = {question: key for question, key in zip(questions, known, strict=True) if key}
    return len(answers) == len(questions) and not rule_holds(rule, answers)
