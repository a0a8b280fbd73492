"""The rows of a parcours, as the page of a guide shows them."""

from dataclasses import dataclass

from rules.admin.acts.entrance_pages import Entrance
from rules.admin.presented_problems import PresentedProblem
from rules.engine.content import OutcomeContent
from rules.proof.walk import Path

Problems = tuple[PresentedProblem, ...]

PARTICULAR_RULE = (
    "Une règle particulière ne dépend pas de cette seule réponse\u00a0: elle peut agir aussi ailleurs. "
    "Ouvrez-la pour la lire."
)


@dataclass(frozen=True, slots=True)
class RuleLink:
    """A rule that decides a case, or that gives advice."""

    number: int
    url: str
    is_particular: bool
    """True if the rule says what an arrow from its line cannot say."""

    @property
    def hint(self) -> str:
        """The explanation of a rule that the parcours cannot show as an arrow; empty for other rules."""
        return PARTICULAR_RULE if self.is_particular else ""


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A link to a stop, a line or an outcome on the page, or to the form of an outcome."""

    title: str
    url: str
    number: int = 0
    """The number of a stop, or of that of a line; 0 for anything else."""
    tone: str = ""
    """The tone of an outcome; empty for anything else."""
    tone_label: str = ""


@dataclass(frozen=True, slots=True)
class PresentedCase:
    condition: str
    """What earlier answers must be, such as « sinon »; empty if the line has no other case."""
    destinations: tuple[PlaceLink, ...]
    """A question or some conclusions. It is empty at a dead end, and where the proof stopped."""
    is_known: bool
    rules: tuple[RuleLink, ...]
    answers: Path
    """The shortest answers through this case."""
    arrows_query: str
    """The query with which the pages of acts open at the arrows of this case."""
    arrows_name: str
    """What these arrows are called: « Méthode Pix Orga → Mail, sinon »."""

    @property
    def is_dead_end(self) -> bool:
        return self.is_known and not self.destinations


@dataclass(frozen=True, slots=True)
class PresentedAdvice:
    condition: str
    outcome: PlaceLink
    rule: RuleLink
    rule_key: str


@dataclass(frozen=True, slots=True)
class PresentedLine:
    """One choice of a question, or several in a row that give the same and lead to the same places."""

    choices: tuple[tuple[str, str], ...]
    """The id and the label of each choice; empty for the start of the guide."""
    advice: tuple[PresentedAdvice, ...]
    cases: tuple[PresentedCase, ...]
    choices_query: str
    """The query with which the pages of acts open at the choices."""

    @property
    def labels(self) -> str:
        return ", ".join(label for _, label in self.choices)

    @property
    def has_dead_end(self) -> bool:
        return any(case.is_dead_end for case in self.cases)


@dataclass(frozen=True, slots=True)
class PresentedStop:
    question: str
    id: str
    number: int
    name: str
    title: str
    """The title of the question; empty if it is its name."""
    is_about_school: bool
    choice_count: int
    uses: str
    uses_url: str
    """The list of the rules about the question."""
    url: str
    """The page on which the question is changed."""
    deletion_url: str
    lines: tuple[PresentedLine, ...]
    answers: Path
    """The shortest answers that lead to the question."""
    problems: Problems
    """The problems of the question, and those of the rules that act on it."""

    @property
    def destinations(self) -> tuple[PlaceLink, ...]:
        """All places that the lines lead to, each once."""
        places = (
            place for line in self.lines for case in line.cases for place in case.destinations
        )
        return tuple(dict.fromkeys(places))

    @property
    def fault_count(self) -> int:
        return len(self.problems) + sum(line.has_dead_end for line in self.lines)


@dataclass(frozen=True, slots=True)
class PresentedOutcome:
    id: str
    outcome: OutcomeContent
    tone_label: str
    uses: str
    uses_url: str
    """The list of the rules that give the outcome."""
    url: str
    """The page on which the outcome is changed."""
    deletion_url: str
    arrivals: tuple[PlaceLink, ...]
    """The first questions that lead to the outcome, or on which it is given, with their choices."""
    other_arrival_count: int
    answers: Path
    """The shortest answers that lead to the outcome; empty also if none are known."""
    problems: Problems


@dataclass(frozen=True, slots=True)
class PresentedPart:
    """A part of which no path is known: a question, an outcome or a rule."""

    id: str
    """The id that links to the part lead to; empty for a rule."""
    kind: str
    title: str
    url: str
    problems: Problems
    entrance: Entrance | None
    """The page that leads to it; None for a rule and for advice."""
