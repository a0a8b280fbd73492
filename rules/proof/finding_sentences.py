"""What a proof found, in French, for those who do not code."""

from collections.abc import Callable, Iterable

from rules.engine.content import Effect, GuideContent, OutcomeContent, QuestionContent, RuleContent
from rules.engine.state import Answer
from rules.proof.findings import Finding, FindingKind, Proof
from rules.proof.root_causes import Place, RootCause, needed_questions, place_key, rules_leading_to
from rules.proof.satisfiability import contradicting_conditions
from rules.sentences import condition_clause, quote_text, quoted_question, rule_name

COUNTED = 10**12
"""More paths than that are not counted out to anyone."""


def proof_sentence(proof: Proof) -> str:
    """« 52 parcours possibles, 5 questions au plus, prouvé en 0,01 s. »"""
    if not proof.complete:
        return (
            f"Ce n’est pas une preuve\u00a0: la vérification s’est arrêtée après "
            f"{_number(len(proof.graph.states))} situations différentes ({_seconds(proof.seconds)}), "
            "sans avoir tout parcouru. Ce qui est signalé est certain, mais il peut rester autre chose."
        )
    done = "vérifié" if proof.faults else "prouvé"
    return figures_sentence(proof.graph.path_count, proof.graph.longest_path, proof.seconds, done)


def figures_sentence(paths: int, longest: int, seconds: float, done: str = "prouvé") -> str:
    """Of a walk that was finished."""
    questions = f"{longest} question{'s' if longest > 1 else ''} au plus"
    return f"{path_count_label(paths)}, {questions}, {done} en {_seconds(seconds)}."


def path_count_label(count: int) -> str:
    if count > COUNTED:
        return "Plus de mille milliards de parcours possibles"
    return f"{_number(count)} parcours possible{'s' if count > 1 else ''}"


def answers_sentence(guide: GuideContent, answers: Iterable[Answer]) -> str:
    """« Question » → « Réponse », puis « Question » → « Réponse »."""
    return ", puis ".join(
        f"{quoted_question(guide, question)} → {_label(guide, (question, choice))}"
        for question, choice in answers
    )


def finding_sentence(guide: GuideContent, finding: Finding) -> str:
    return _WORDS[finding.kind](guide, finding)


def root_cause_sentence(guide: GuideContent, point: RootCause) -> str:
    if point.fault:
        return finding_sentence(guide, point.fault)
    *first, last = (str(at + 1) for at in point.early_rules)
    begin = (
        f"Les règles {', '.join(first)} et {last} concluent"
        if first
        else f"La règle {last} conclut"
    )
    count = len(point.consequences)
    end = f"{count} éléments ne sont plus atteints" if count > 1 else "1 élément n’est plus atteint"
    return f"{begin} dès le départ\u00a0: {end}."


def place_with_article(guide: GuideContent, place: Place) -> str:
    """« la question « … » », « la règle 5 (→ …) »."""
    kind, at = place[0], int(place[1])
    if kind == "rules":
        return f"la {rule_name(guide, guide.rules[at])}"
    if kind == "questions":
        return f"la question {quote_text(guide.questions[at].title)}"
    outcome = guide.outcomes[at]
    return f"{'la conclusion' if outcome.final else 'le conseil'} {quote_text(outcome.title)}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def _seconds(seconds: float) -> str:
    return f"{max(seconds, 0.01):.2f}".replace(".", ",") + "\u00a0s"


def _label(guide: GuideContent, answer: Answer) -> str:
    question, choice = answer
    return quote_text(guide.question[question].find_choice(choice).label)


def _rule(guide: GuideContent, finding: Finding) -> RuleContent:
    return guide.rules[int(finding.place[1])]


def _stuck(guide: GuideContent, finding: Finding) -> str:
    nothing = "rien n’est demandé et rien n’est conclu."
    if not finding.answers:
        return f"Dès le départ, {nothing}"
    question, _ = last = finding.answers[-1]
    return f"Après la réponse {_label(guide, last)} à {quoted_question(guide, question)}, {nothing}"


def _unreached(guide: GuideContent, finding: Finding) -> str:
    kind, at = finding.place[0], int(finding.place[1])
    if kind == "rules":
        return _unreached_rule(guide, guide.rules[at])
    has_ways = bool(rules_leading_to(guide, *place_key(guide, finding.place)))
    if kind == "questions":
        return _unreached_question(guide.questions[at], has_ways)
    return _unreached_outcome(guide.outcomes[at], has_ways)


def _unreached_question(question: QuestionContent, is_asked: bool) -> str:
    why = (
        "les règles qui la posent ne s’appliquent jamais, ou toujours trop tard."
        if is_asked
        else "aucune règle ne la pose."
    )
    return f"La question {quote_text(question.title)} n’est posée à aucun visiteur\u00a0: {why}"


def _unreached_outcome(outcome: OutcomeContent, is_given: bool) -> str:
    called = "La conclusion" if outcome.final else "Le conseil"
    it, end = ("la", "e") if outcome.final else ("le", "")
    why = (
        f"les règles qui {it} donnent ne s’appliquent jamais."
        if is_given
        else f"aucune règle ne {it} donne."
    )
    return f"{called} {quote_text(outcome.title)} n’est donné{end} à aucun visiteur\u00a0: {why}"


def _unreached_rule(guide: GuideContent, rule: RuleContent) -> str:
    never = "Cette règle ne s’applique à aucun visiteur"
    for question in needed_questions(rule):
        if not _is_asked(guide, question):
            unasked = quoted_question(guide, question)
            return f"{never}\u00a0: aucune règle ne pose la question {unasked}."
    return f"{never}\u00a0: aucun parcours ne mène à des réponses qui remplissent ses conditions."


def _is_asked(guide: GuideContent, question: str) -> bool:
    return any(rule.effect is Effect.ASK and rule.target == question for rule in guide.rules)


def _impossible(guide: GuideContent, finding: Finding) -> str:
    never = "Cette règle ne peut jamais s’appliquer\u00a0:"
    words = [
        condition_clause(guide, term)
        for term in contradicting_conditions(guide, _rule(guide, finding))
    ]
    if len(words) == 1:
        return f"{never} l’une de ses conditions n’est jamais vraie ({words[0]})."
    if len(words) == 2:
        return f"{never} deux de ses conditions se contredisent ({words[0]}, et {words[1]})."
    return f"{never} aucune réponse ne remplit ses conditions."


def _together(guide: GuideContent, finding: Finding) -> str:
    *first, last = (quote_text(guide.outcome[key].title) for key in finding.keys)
    return (
        f"{', '.join(first)} et {last} sont conclus ensemble, "
        "et aucun cas type ne montre que c’est voulu."
    )


def _always(guide: GuideContent, finding: Finding) -> str:
    return (
        "Cette règle s’applique toujours dès que ses questions ont une réponse\u00a0: "
        "ses conditions n’écartent personne."
    )


def _alike(guide: GuideContent, finding: Finding) -> str:
    question = guide.questions[int(finding.place[1])]
    if len(finding.keys) == len(question.choices):
        return f"La réponse à {quote_text(question.title)} ne change rien à la suite."
    *first, last = (quote_text(question.find_choice(key).label) for key in finding.keys)
    return (
        f"Les réponses {', '.join(first)} et {last} à {quote_text(question.title)} "
        "ont toujours la même suite."
    )


def _cut_short(guide: GuideContent, finding: Finding) -> str:
    target = quoted_question(guide, _rule(guide, finding).target)
    return f"Cette règle ne pose jamais {target}\u00a0: une conclusion est toujours donnée avant."


_WORDS: dict[FindingKind, Callable[[GuideContent, Finding], str]] = {
    FindingKind.STUCK: _stuck,
    FindingKind.UNREACHABLE: _unreached,
    FindingKind.UNSATISFIABLE: _impossible,
    FindingKind.SEVERAL_CONCLUSIONS: _together,
    FindingKind.ALWAYS_HOLDS: _always,
    FindingKind.INDISTINGUISHABLE: _alike,
    FindingKind.PREEMPTED: _cut_short,
}
