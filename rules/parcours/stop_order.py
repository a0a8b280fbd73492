"""The order of stops: that in which visitors can come to them."""

from rules.engine.content import Effect
from rules.parcours.exploration import Exploration


def order_of_stops(exploration: Exploration) -> list[str]:
    """Returns the keys of the questions that visitors come to, each after those that lead to it.

    Questions that lead to each other, and those that do not lead to each other at all, are in the
    order of the guide.
    """
    following = find_following_questions(exploration)
    before = {
        question: {
            other
            for other in following
            if question in following[other] and other not in following[question]
        }
        for question in following
    }
    waiting = [
        question.key for question in exploration.guide.questions if question.key in following
    ]
    ordered: list[str] = []
    while waiting:
        ready = next(question for question in waiting if before[question] <= set(ordered))
        waiting.remove(ready)
        ordered.append(ready)
    return ordered


def find_following_questions(exploration: Exploration) -> dict[str, set[str]]:
    """Returns, for each question that is asked, the questions that some steps from there lead to."""
    following: dict[str, set[str]] = {question: set() for question in exploration.to_question}
    for (question, _), steps in exploration.to_step.items():
        rules = (exploration.guide.rules[deciding[0]] for deciding in steps if deciding)
        following[question].update(rule.target for rule in rules if rule.effect is Effect.ASK)
    for middle in following:
        for others in following.values():
            if middle in others:
                others |= following[middle]
    return following
