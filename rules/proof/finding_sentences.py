"""The findings of a proof in French, for people who do not program."""

from collections.abc import Iterable

from rules.counts import count_label, format_number
from rules.engine.content import Effect, GuideContent, RuleContent
from rules.engine.state import Answer
from rules.proof.bounds import BoundKind
from rules.proof.findings import Finding, FindingKind, Place, Proof
from rules.proof.root_causes import RootCause, place_key, rules_leading_to, unasked_questions
from rules.sentences import condition_clause, quote_text, quoted_question, rule_name

MAX_RULES_NAMED = 20
"""How many rules a sentence names by their numbers, before it says how many others there are."""
STOP_CLAUSES = {
    BoundKind.STATES: "à la limite du nombre de situations",
    BoundKind.SECONDS: "à la limite de temps",
    BoundKind.MEGABYTES: "à la limite de mémoire",
    BoundKind.TURN: "parce que d’autres preuves sont en cours (rouvrez cette page dans un instant)",
    BoundKind.EXAMPLES: "avant le dernier cas type, à la limite de temps",
}
"""The clause that says where or why a proof stopped, in French."""
_TOUCHING_VERBS = {
    FindingKind.STUCK: ("s’arrête ici", "s’arrêtent ici"),
    FindingKind.UNFINISHED: ("s’arrête ici", "s’arrêtent ici"),
    FindingKind.SEVERAL_CONCLUSIONS: ("y mène", "y mènent"),
    FindingKind.INDISTINGUISHABLE: ("passe par cette question", "passent par cette question"),
}
"""What one path or several paths that a finding touches do, in French."""
MAX_RULES_LISTED = 5
"""How many rules are named of which it is not known whether they can hold."""
MAX_EXACT_PATHS = 10**12
"""The number of paths above which sentences say « plus de mille milliards »."""


def proof_sentence(proof: Proof) -> str:
    """Returns « 52 parcours possibles, 5 questions au plus, prouvé en 0,01 s. »

    If the proof is not complete, the sentence says how far it came.
    """
    if proof.stopped_by is None:
        graph, participle = proof.graph, "vérifié" if proof.faults else "prouvé"
        sentence = figures_sentence(graph.path_count, graph.longest_path, proof.seconds, participle)
    else:
        sentence = _unfinished_sentence(proof, proof.stopped_by)
    if not proof.undecided_rules:
        return sentence
    numbers = [str(position + 1) for position in proof.undecided_rules[:MAX_RULES_LISTED]]
    more = ", …" if len(proof.undecided_rules) > MAX_RULES_LISTED else ""
    rules = f"{count_label(len(proof.undecided_rules), 'règle{s}')} ({', '.join(numbers)}{more})"
    return f"{sentence} On ne sait pas si des réponses remplissent les conditions de {rules}."


def _unfinished_sentence(proof: Proof, stopped_by: BoundKind) -> str:
    states = count_label(len(proof.graph.states), "situation{s} différente{s}")
    explored = f"dont {format_number(proof.explored_count)} jusqu’au bout"
    if proof.graph.complete:
        is_compared = stopped_by is BoundKind.EXAMPLES
        explored = f"toutes parcourues{'' if is_compared else ', mais pas toutes comparées'}"
    return (
        f"Preuve inachevée\u00a0: elle s’est arrêtée {STOP_CLAUSES[stopped_by]}, après "
        f"{_format_seconds(proof.seconds)} et {states}, {explored}. "
        "Ce qui est signalé est certain, mais il peut rester autre chose."
    )


def stop_clause(stopped_by: BoundKind) -> str:
    """Returns « la preuve s’est arrêtée à la limite de temps »."""
    return f"la preuve s’est arrêtée {STOP_CLAUSES[stopped_by]}"


def figures_sentence(paths: int, longest: int, seconds: float, participle: str = "prouvé") -> str:
    """Returns the sentence about a complete proof.

    `longest` is the number of questions on the longest path.
    """
    questions = count_label(longest, "question{s} au plus")
    return f"{path_count_label(paths)}, {questions}, {participle} en {_format_seconds(seconds)}."


def path_count_label(count: int) -> str:
    if count > MAX_EXACT_PATHS:
        return "Plus de mille milliards de parcours possibles"
    return count_label(count, "parcours possible{s}")


def answers_sentence(guide: GuideContent, answers: Iterable[Answer]) -> str:
    """Returns answers in order: « Question » : « Réponse », puis « Question » : « Réponse »."""
    return ", puis ".join(
        f"{quoted_question(guide, question)}\u00a0: {_quoted_choice(guide, (question, choice))}"
        for question, choice in answers
    )


def place_with_article(guide: GuideContent, place: Place) -> str:
    """Returns the name of a part within a sentence: « la question « … » », « la règle 5 (→ …) »."""
    kind, position = place[0], int(place[1])
    if kind == "rules":
        return f"la {rule_name(guide, guide.rules[position])}"
    if kind == "questions":
        return f"la question {quoted_question(guide, guide.questions[position].key)}"
    outcome = guide.outcomes[position]
    return f"{'la conclusion' if outcome.final else 'le conseil'} {quote_text(outcome.title)}"


def root_cause_sentence(guide: GuideContent, root_cause: RootCause) -> str:
    if root_cause.fault and root_cause.similar:
        faults = (root_cause.fault, *root_cause.similar)
        return stuck_sentence(guide, *(fault.answers[-1] for fault in faults))
    if root_cause.fault:
        return finding_sentence(guide, root_cause.fault)
    *first, last = (str(position + 1) for position in root_cause.early_rules[:MAX_RULES_NAMED])
    if others := len(root_cause.early_rules[MAX_RULES_NAMED:]):
        first, last = [*first, last], count_label(others, "autre{s}")
    begin = (
        f"Les règles {', '.join(first)} et {last} concluent"
        if first
        else f"La règle {last} conclut"
    )
    count = len(root_cause.consequences)
    end = f"{count} éléments ne sont plus atteints" if count > 1 else "1 élément n’est plus atteint"
    return f"{begin} dès le départ\u00a0: {end}."


def touched_paths_sentence(kind: FindingKind, count: int, total: int) -> str:
    """Returns « 12 parcours sur 52 s’arrêtent ici. » for a finding that touches 12 of 52 paths."""
    one_does, many_do = _TOUCHING_VERBS[kind]
    if count == total > 1:
        return f"Tous les parcours {many_do}."
    if count > MAX_EXACT_PATHS:
        percentage = round(100 * count / total)
        share = f"Environ {percentage}" if percentage else "Moins de 1"
        return f"{share}\u00a0% des parcours {many_do}."
    whole = "plus de mille milliards" if total > MAX_EXACT_PATHS else format_number(total)
    does = many_do if count > 1 else one_does
    return f"{format_number(count)} parcours sur {whole} {does}."


def stuck_sentence(guide: GuideContent, *answers: Answer) -> str:
    """Returns the sentence about states that are stuck after any of these answers to one question.

    There is no answer if visitors are stuck before the first question.
    """
    nothing = "rien n’est demandé et rien n’est conclu."
    if not answers:
        return f"Dès le départ, {nothing}"
    question = guide.question[answers[0][0]]
    *first, last = (_quoted_choice(guide, answer) for answer in answers)
    after = f"les réponses {', '.join(first)} et {last}" if first else f"la réponse {last}"
    if first and len(answers) == len(question.choices):
        after = "toutes les réponses"
    return f"Après {after} à {quoted_question(guide, question.key)}, {nothing}"


def finding_sentence(guide: GuideContent, finding: Finding) -> str:
    match finding.kind:
        case FindingKind.STUCK:
            return stuck_sentence(guide, *finding.answers[-1:])
        case FindingKind.SEVERAL_CONCLUSIONS:
            titles = [quote_text(guide.outcome[key].title) for key in finding.keys]
            return (
                f"{', '.join(titles[:-1])} et {titles[-1]} sont conclus ensemble, "
                "et aucun cas type ne montre que c’est voulu."
            )
        case FindingKind.INDISTINGUISHABLE:
            question = guide.questions[int(finding.place[1])]
            name = quoted_question(guide, question.key)
            if len(finding.keys) == len(question.choices):
                return f"La réponse à {name} ne change rien à la suite."
            *first, last = (quote_text(question.find_choice(key).label) for key in finding.keys)
            return f"Les réponses {', '.join(first)} et {last} à {name} ont toujours la même suite."
        case FindingKind.SAME_RULE:
            earlier = place_with_article(guide, finding.earlier)
            return f"Cette règle est la même que {earlier}\u00a0: l’une des deux suffit."
        case FindingKind.SAME_NAME | FindingKind.SAME_ANSWERS:
            return _repetition_sentence(guide, finding)
        case FindingKind.NOT_FOR_PUPIL:
            noun = "question" if finding.place[0] == "questions" else "conclusion"
            return (
                f"Cette {noun} n’est pas écrite pour l’élève, alors que d’autres textes de ce guide "
                "le sont."
            )
        case FindingKind.UNREACHABLE | FindingKind.UNFINISHED if finding.place[0] != "rules":
            return _unreachable_part_sentence(guide, finding)
    return _rule_finding_sentence(guide, finding, guide.rules[int(finding.place[1])])


def _rule_finding_sentence(guide: GuideContent, finding: Finding, rule: RuleContent) -> str:
    kind = finding.kind
    if kind is FindingKind.UNFINISHED:
        return "Cette règle n’est pas finie\u00a0: elle ne s’applique encore à aucun visiteur."
    if kind is FindingKind.ALWAYS_HOLDS:
        return (
            "Cette règle s’applique toujours dès que ses questions ont une réponse\u00a0: "
            "ses conditions n’écartent personne."
        )
    if kind is FindingKind.PREEMPTED:
        target = quoted_question(guide, rule.target)
        return (
            f"Cette règle ne pose jamais {target}\u00a0: une conclusion est toujours donnée avant."
        )
    if kind is FindingKind.UNSATISFIABLE:
        never = "Cette règle ne peut jamais s’appliquer\u00a0:"
        clauses = [condition_clause(guide, rule.when[index]) for index in finding.conditions]
        if len(clauses) == 1:
            return f"{never} l’une de ses conditions n’est jamais vraie ({clauses[0]})."
        if len(clauses) == 2:
            return (
                f"{never} deux de ses conditions se contredisent ({clauses[0]}, et {clauses[1]})."
            )
        return f"{never} aucune réponse ne remplit ses conditions."
    never = "Cette règle ne s’applique à aucun visiteur"
    if unasked := unasked_questions(guide, rule):
        question = quoted_question(guide, unasked[0])
        return f"{never}\u00a0: aucune règle ne pose la question {question}."
    return f"{never}\u00a0: aucun parcours ne mène à des réponses qui remplissent ses conditions."


def _repetition_sentence(guide: GuideContent, finding: Finding) -> str:
    """Returns the sentence about a part that has the title, the name or the answers of another."""
    (kind, position), earlier = finding.place, int(finding.earlier[1])
    if kind == "questions":
        return f"Cette question a le même titre que la question {earlier + 1}."
    if kind == "outcomes":
        this = "Cette conclusion" if guide.outcomes[int(position)].final else "Ce conseil"
        other = "la conclusion" if guide.outcomes[earlier].final else "le conseil"
        return f"{this} a le même titre que {other} {earlier + 1}."
    same = "le même nom" if finding.kind is FindingKind.SAME_NAME else "les mêmes réponses"
    return f"Ce cas type a {same} que le cas type {earlier + 1}."


def _unreachable_part_sentence(guide: GuideContent, finding: Finding) -> str:
    """Returns the sentence about a question or an outcome that no visitor is asked or given.

    Visitors are asked an unfinished question, and cannot answer it.
    """
    if finding.kind is FindingKind.UNFINISHED:
        name = quoted_question(guide, guide.questions[int(finding.place[1])].key)
        return f"La question {name} n’a pas encore de réponses\u00a0: les visiteurs s’y arrêtent."
    has_rules = bool(rules_leading_to(guide, *place_key(guide, finding.place)))
    kind, position = finding.place[0], int(finding.place[1])
    if kind == "questions":
        why = (
            _late_rules_clause(guide, int(finding.earlier[1]))
            if finding.earlier
            else "les règles qui la posent ne s’appliquent jamais."
            if has_rules
            else "aucune règle ne la pose."
        )
        name = quoted_question(guide, guide.questions[position].key)
        return f"La question {name} n’est posée à aucun visiteur\u00a0: {why}"
    outcome = guide.outcomes[position]
    noun, pronoun, ending = (
        ("La conclusion", "la", "e") if outcome.final else ("Le conseil", "le", "")
    )
    why = (
        f"les règles qui {pronoun} donnent ne s’appliquent jamais."
        if has_rules
        else f"aucune règle ne {pronoun} donne."
    )
    title = quote_text(outcome.title)
    return f"{noun} {title} n’est donné{ending} à aucun visiteur\u00a0: {why}"


def _late_rules_clause(guide: GuideContent, earlier: int) -> str:
    """Says why the rules that ask a question are too late: one at this position comes first."""
    does = "conclut" if guide.rules[earlier].effect is Effect.CONCLUDE else "passe"
    return f"les règles qui la posent s’appliquent toujours trop tard, la règle {earlier + 1} {does} avant."


def _quoted_choice(guide: GuideContent, answer: Answer) -> str:
    question, choice = answer
    return quote_text(guide.question[question].find_choice(choice).label)


def _format_seconds(seconds: float) -> str:
    return f"{max(seconds, 0.01):.2f}".replace(".", ",") + "\u00a0s"
