"""What a proof found, in French, for those who do not code."""

from collections.abc import Callable, Iterable

from rules.engine.guide import Effect, Guide, Match, Operator, Rule
from rules.engine.state import Answer
from rules.proof.contradiction import contradiction
from rules.proof.findings import Finding, Kind
from rules.proof.proof import Proof
from rules.sentences import condition_words, question_words, quoted

COUNTED = 10**12
"""More paths than that are not counted out to anyone."""


def proof_words(proof: Proof) -> str:
    """« 52 parcours possibles, 5 questions au plus, prouvé en 0,01 s. »"""
    seconds = f"{max(proof.seconds, 0.01):.2f}".replace(".", ",") + "\u00a0s"
    if not proof.complete:
        return (
            f"Ce n’est pas une preuve\u00a0: la vérification s’est arrêtée après "
            f"{_number(len(proof.graph.states))} situations différentes ({seconds}), sans avoir "
            "tout parcouru. Ce qui est signalé est certain, mais il peut rester autre chose."
        )
    longest = proof.graph.longest
    questions = f"{longest} question{'s' if longest > 1 else ''} au plus"
    done = "vérifié" if proof.faults else "prouvé"
    return f"{_paths(proof.graph.paths)}, {questions}, {done} en {seconds}."


def answers_in_words(guide: Guide, answers: Iterable[Answer]) -> str:
    """« Question » → « Réponse », puis « Question » → « Réponse »."""
    return ", puis ".join(
        f"{question_words(guide, question)} → {_label(guide, (question, choice))}"
        for question, choice in answers
    )


def finding_words(guide: Guide, finding: Finding) -> str:
    return _WORDS[finding.kind](guide, finding)


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def _paths(count: int) -> str:
    if count > COUNTED:
        return "Plus de mille milliards de parcours possibles"
    return f"{_number(count)} parcours possible{'s' if count > 1 else ''}"


def _label(guide: Guide, answer: Answer) -> str:
    question, choice = answer
    return quoted(guide.question[question].choice(choice).label)


def _rule(guide: Guide, finding: Finding) -> Rule:
    return guide.rules[int(finding.place[1])]


def _stuck(guide: Guide, finding: Finding) -> str:
    nothing = "rien n’est demandé et rien n’est conclu."
    if not finding.answers:
        return f"Dès le départ, {nothing}"
    question, _ = last = finding.answers[-1]
    return f"Après la réponse {_label(guide, last)} à {question_words(guide, question)}, {nothing}"


def _unreached(guide: Guide, finding: Finding) -> str:
    kind, at = finding.place[0], int(finding.place[1])
    if kind == "questions":
        return _unreached_question(guide, guide.questions[at].key)
    if kind == "outcomes":
        return _unreached_outcome(guide, guide.outcomes[at].key)
    return _unreached_rule(guide, guide.rules[at])


def _unreached_question(guide: Guide, key: str) -> str:
    why = (
        "les règles qui la posent ne s’appliquent jamais, ou toujours trop tard."
        if _is_asked(guide, key)
        else "aucune règle ne la pose."
    )
    return f"La question {question_words(guide, key)} n’est posée à aucun visiteur\u00a0: {why}"


def _unreached_outcome(guide: Guide, key: str) -> str:
    outcome = guide.outcome[key]
    called = "La conclusion" if outcome.final else "Le conseil"
    it, end = ("la", "e") if outcome.final else ("le", "")
    given = any(rule.target == key and rule.effect is not Effect.ASK for rule in guide.rules)
    why = (
        f"les règles qui {it} donnent ne s’appliquent jamais."
        if given
        else f"aucune règle ne {it} donne."
    )
    return f"{called} {quoted(outcome.title)} n’est donné{end} à aucun visiteur\u00a0: {why}"


def _unreached_rule(guide: Guide, rule: Rule) -> str:
    never = "Cette règle ne s’applique à aucun visiteur"
    for term in rule.when:
        needed = rule.match is Match.ALL and term.operator is not Operator.UNANSWERED
        for question in filter(None, (term.question, term.other)):
            if needed and not _is_asked(guide, question):
                unasked = question_words(guide, question)
                return f"{never}\u00a0: aucune règle ne pose la question {unasked}."
    return f"{never}\u00a0: aucun parcours ne mène à des réponses qui remplissent ses conditions."


def _is_asked(guide: Guide, question: str) -> bool:
    return any(rule.effect is Effect.ASK and rule.target == question for rule in guide.rules)


def _impossible(guide: Guide, finding: Finding) -> str:
    never = "Cette règle ne peut jamais s’appliquer\u00a0:"
    words = [condition_words(guide, term) for term in contradiction(guide, _rule(guide, finding))]
    if len(words) == 1:
        return f"{never} l’une de ses conditions n’est jamais vraie ({words[0]})."
    if len(words) == 2:
        return f"{never} deux de ses conditions se contredisent ({words[0]}, et {words[1]})."
    return f"{never} aucune réponse ne remplit ses conditions."


def _together(guide: Guide, finding: Finding) -> str:
    *first, last = (quoted(guide.outcome[key].title) for key in finding.keys)
    return (
        f"{', '.join(first)} et {last} sont conclus ensemble, "
        "et aucun cas type ne montre que c’est voulu."
    )


def _always(guide: Guide, finding: Finding) -> str:
    return (
        "Cette règle s’applique toujours dès que ses questions ont une réponse\u00a0: "
        "ses conditions n’écartent personne."
    )


def _alike(guide: Guide, finding: Finding) -> str:
    question = guide.questions[int(finding.place[1])]
    if len(finding.keys) == len(question.choices):
        return f"La réponse à {quoted(question.title)} ne change rien à la suite."
    *first, last = (quoted(question.choice(key).label) for key in finding.keys)
    return (
        f"Les réponses {', '.join(first)} et {last} à {quoted(question.title)} "
        "ont toujours la même suite."
    )


def _cut_short(guide: Guide, finding: Finding) -> str:
    target = question_words(guide, _rule(guide, finding).target)
    return f"Cette règle ne pose jamais {target}\u00a0: une conclusion est toujours donnée avant."


_WORDS: dict[Kind, Callable[[Guide, Finding], str]] = {
    Kind.STUCK: _stuck,
    Kind.UNREACHED: _unreached,
    Kind.IMPOSSIBLE: _impossible,
    Kind.TOGETHER: _together,
    Kind.ALWAYS: _always,
    Kind.ALIKE: _alike,
    Kind.CUT_SHORT: _cut_short,
}
