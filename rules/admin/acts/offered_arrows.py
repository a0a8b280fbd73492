"""The arrows that a form offers: as values of its fields, and as people read them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from rules.edits.arrows import Arrow, guide_arrows
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.engine.content import GuideContent
from rules.parcours.case_words import case_words
from rules.parcours.stops import Case, Destination, Line
from rules.sentences import quoted_outcome, quoted_question

ARROW = "arrow"
"""The name of the query parameter, and of the field, that gives arrows."""
SEEN = "seen"
"""The name of the hidden field that gives what arrows led to when their form was opened."""
BACK = "back"
"""The name of the query parameter with the address that an act on arrows leads back to, if it has one."""
CHOICE = "choice"
"""The name of the query parameter, and of the field, that gives choices of the question `question`."""

GONE = "Le parcours a changé entre-temps\u00a0: cette réponse ne mène plus où elle menait."


class OfferedArrow(NamedTuple):
    arrow: Arrow
    name: str
    """Its choice and the condition of its case: « Mail, sinon »."""
    destination: str
    """What it leads to now, in French."""
    next_question: str
    """The key of the question that it leads to; empty if it leads to none."""
    seen: str
    """Its token and what it leads to now, by keys; empty if that is not known."""

    @property
    def gone_sentence(self) -> str:
        """Says that it does not lead where it led, and where it leads now."""
        return f"{GONE} Maintenant\u00a0: {self.name} → {self.destination}."

    def is_led_elsewhere(self, seen: Sequence[str]) -> bool:
        """True if it led to another place when `seen` was noted. What was not noted is no difference."""
        token = arrow_token(self.arrow)
        places = {one for one in seen if one.partition("~")[0] == token}
        return bool(self.seen and places) and self.seen not in places


def arrow_token(arrow: Arrow) -> str:
    """Returns the text that stands for an arrow in addresses and forms. No key contains a dot."""
    return ".".join([arrow.question, arrow.choice, *arrow.rules])


def arrows_query(arrows: Iterable[Arrow]) -> str:
    """Returns the query with which a page of an act opens at some arrows."""
    return urlencode([(ARROW, arrow_token(arrow)) for arrow in arrows])


def choices_query(question: str, choices: Iterable[str]) -> str:
    """Returns the query with which a page of an act opens at some choices of a question."""
    return urlencode([("question", question), *((CHOICE, choice) for choice in choices)])


def question_and_choice(token: str) -> tuple[str, str]:
    """Returns the keys of the line of an arrow, given by its token; both are empty for the start."""
    question, _, others = token.partition(".")
    return question, others.partition(".")[0]


def offer_arrows(draft: MappedDraft, question: str) -> Mapping[str, OfferedArrow]:
    """Returns all arrows of a stop, or of the start if `question` is empty, by their tokens."""
    return {
        arrow_token(arrow): OfferedArrow(
            arrow,
            arrow_name(draft.guide, line, case),
            destination_label(draft.guide, case.destination),
            case.destination.question,
            seen_destination(arrow, case.destination),
        )
        for arrow, line, case in guide_arrows(draft.guide, draft.parcours)
        if arrow.question == question
    }


def find_tokens(offered: Mapping[str, OfferedArrow], wanted: Iterable[str]) -> list[str]:
    """Returns the tokens of the arrows that a query names, of those that are offered.

    The beginning of tokens, such as the key of a question, names all arrows that begin so, unless it is
    the whole token of one.
    """
    found: list[str] = []
    for name in wanted:
        beginning = f"{name}."
        found += (
            [name] if name in offered else [one for one in offered if one.startswith(beginning)]
        )
    return list(dict.fromkeys(found))


def seen_destination(arrow: Arrow, destination: Destination) -> str:
    keys = ".".join([destination.question, *destination.outcomes])
    return f"{arrow_token(arrow)}~{keys}" if destination.is_known else ""


def refuse_other_destinations(offered: Sequence[OfferedArrow], act: Act) -> Act:
    """Makes an act refuse drafts in which arrows lead elsewhere than they did when they were offered."""
    seen = [one.seen for one in offered]

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        now = offer_arrows(draft, offered[0].arrow.question)
        for token in (arrow_token(one.arrow) for one in offered):
            if token in now and now[token].is_led_elsewhere(seen):
                raise RefusedActError(now[token].gone_sentence)
        yield from act(draft)

    return propose_edits


def arrow_name(guide: GuideContent, line: Line, case: Case) -> str:
    choice = (
        guide.question[line.question].find_choice(line.choice).label if line.choice else "Départ"
    )
    condition = case_words(guide, line, case)
    return f"{choice}, {condition}" if condition else choice


def destination_label(guide: GuideContent, destination: Destination) -> str:
    if destination.question:
        return quoted_question(guide, destination.question)
    outcomes = (quoted_outcome(guide, key) for key in destination.outcomes)
    return " et ".join(outcomes) or ("impasse" if destination.is_known else "pas encore su")
