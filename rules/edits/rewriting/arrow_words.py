"""Arrows and where they lead, in French."""

from collections.abc import Sequence

from rules.document.limits import CONDITION_LIMIT
from rules.edits.arrows import Arrow
from rules.edits.edit import RefusedActError
from rules.edits.rewriting.arrow_map import ArrowMap
from rules.engine.content import GuideContent
from rules.parcours.case_words import case_words
from rules.parcours.stops import Destination
from rules.sentences import (
    question_name,
    quote_text,
    quoted_outcome,
    quoted_question,
    rule_name,
    shorten_title,
)


def arrows_words(arrow_map: ArrowMap, arrows: Sequence[Arrow]) -> str:
    """Returns « « Mail » et « Identifiant » (Méthode Pix Orga, sinon) ». The start has no words."""
    guide, parts = arrow_map.draft, []
    for question in dict.fromkeys(arrow.question for arrow in arrows if arrow.question):
        of_question = [arrow for arrow in arrows if arrow.question == question]
        choices = dict.fromkeys(arrow.choice for arrow in of_question)
        labels = [quote_text(guide.question[question].find_choice(key).label) for key in choices]
        name = shorten_title(question_name(guide, question))
        condition = condition_words(arrow_map, of_question)
        inside = f"{name}, {condition}" if condition else name
        parts.append(f"{join_words(labels)} ({inside})")
    return join_words(parts)


def condition_words(arrow_map: ArrowMap, arrows: Sequence[Arrow]) -> str:
    """Returns in which cases some arrows of one question are taken; empty if these are all cases."""
    lines = dict.fromkeys((arrow.question, arrow.choice) for arrow in arrows)
    if set(arrows) == {arrow for line in lines for arrow in arrow_map.of_line[line]}:
        return ""
    shared = len(lines) > 1
    conditions = {
        case_words(arrow_map.guide, *arrow_map.cases[arrow], is_shared=shared) for arrow in arrows
    }
    return conditions.pop() if len(conditions) == 1 else "dans certains cas"


def lead_verb(arrows: Sequence[Arrow]) -> str:
    """Returns « mène », or « mènent » if the arrows are those of several choices."""
    return "mène" if len({(one.question, one.choice) for one in arrows}) == 1 else "mènent"


def destination_words(guide: GuideContent, destination: Destination) -> str:
    """Returns the quoted names of the question or the conclusions; « rien » at a dead end."""
    if destination.question:
        return quoted_question(guide, destination.question)
    return join_words([quoted_outcome(guide, key) for key in destination.outcomes]) or "rien"


def join_words(words: Sequence[str]) -> str:
    """Returns « a, b et c »."""
    *first, last = words or [""]
    return f"{', '.join(first)} et {last}" if first else last


def check_arrows(arrow_map: ArrowMap, arrows: Sequence[Arrow]) -> None:
    """Raises `RefusedActError` if there is no arrow, or one that is not in the parcours any more."""
    if not arrows:
        raise RefusedActError("Aucune réponse n’est choisie.")
    for arrow in arrows:
        if arrow in arrow_map.cases:
            if not arrow_map.case_of(arrow).destination.is_known:
                raise RefusedActError("Ce qui suit cette réponse n’est pas encore su.")
            continue
        now = arrow_map.of_line.get((arrow.question, arrow.choice))
        if not now:
            raise RefusedActError(
                "Le parcours a changé entre-temps\u00a0: cette réponse n’est plus proposée."
            )
        places = [
            destination_words(arrow_map.draft, arrow_map.case_of(one).destination) for one in now
        ]
        raise RefusedActError(
            "Le parcours a changé entre-temps\u00a0: cette réponse mène à "
            f"{' ou à '.join(dict.fromkeys(places))}."
        )


def check_destination(guide: GuideContent, place: Destination) -> None:
    """Raises `RefusedActError` if a guide does not have a question or a conclusion any more."""
    if place.question and place.question not in guide.question:
        raise RefusedActError("Cette question n’existe plus.")
    if not {*place.outcomes} <= guide.outcome.keys():
        raise RefusedActError("Cette conclusion n’existe plus.")


def check_unasked(arrow_map: ArrowMap, arrows: Sequence[Arrow], question: str) -> None:
    """Raises `RefusedActError` if visitors who take one of the arrows have answered a question before."""
    for arrow in arrows if question else ():
        if arrow_map.answered_at(question, [arrow]).is_certain:
            raise already_asked_refusal(arrow_map, question, "a déjà été posée")


def arrows_refusal(
    arrow_map: ArrowMap, arrows: Sequence[Arrow], question: str, contents: Sequence[GuideContent]
) -> RefusedActError:
    """Returns the refusal of an act for which no rewriting of rules fits. `contents` are those found."""
    if question and arrow_map.answered_at(question, arrows).is_possible:
        return already_asked_refusal(
            arrow_map, question, "a peut-être déjà été posée à certains visiteurs"
        )
    if refusal := long_rule_refusal(arrow_map.draft, contents):
        return refusal
    rules = arrow_map.rules_of(arrows)
    if not rules:
        return RefusedActError(
            "Ce que les visiteurs ont répondu avant ne suffit pas à distinguer ce cas des autres."
        )
    name = rule_name(arrow_map.draft, rules[0])
    return RefusedActError(
        f"La {name} agit aussi sur d’autres parcours, qui changeraient\u00a0: changez-la à la main.",
        rule=rules[0].key,
    )


def long_rule_refusal(
    draft: GuideContent, contents: Sequence[GuideContent]
) -> RefusedActError | None:
    """Returns the refusal of contents of which one gives a rule too many conditions; it never holds then."""
    for content in contents:
        for rule in content.rules:
            if len(rule.when) > CONDITION_LIMIT.maximum and rule not in draft.rules:
                name = rule_name(content, rule)
                limit = CONDITION_LIMIT.refusal_sentence(len(rule.when), "aurait")
                opened = rule.key if rule.key in draft.rule else ""
                return RefusedActError(f"{name[0].upper()}{name[1:]}\u00a0: {limit}", rule=opened)
    return None


def already_asked_refusal(arrow_map: ArrowMap, question: str, asked: str) -> RefusedActError:
    name = quoted_question(arrow_map.draft, question)
    rules = [arrow_map.draft.rules[index].key for index in arrow_map.draft.rules_asking[question]]
    return RefusedActError(f"La question {name} {asked} avant cette réponse.", rule=rules[0])
