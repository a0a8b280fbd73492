"""Does acts on random drafts, and checks by brute force that each keeps its promise.

    python -m tests.edits.check_many_acts COUNT [FIRST SEED]

It goes on until COUNT acts were done: those that were refused are counted apart. It prints, for each
act, how often it was done, refused (with the most frequent refusals) and not checked to the end. It fails
if a promise is broken, or was not checked to the end.
"""

import random
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from rules.document.serialising import canonical_json
from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.checking.check_promise import CheckedEdit, choose_edit
from rules.edits.edit import MappedDraft, RefusedActError
from rules.edits.promises import AsksOnTheWay, LeadsTo, ShowsChanges
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Answers, ExampleContent, GuideContent
from rules.engine.oracle import fired_positions
from rules.parcours.build import build_parcours
from rules.proof.bounds import Effort, ProofBound
from rules.proof.findings import Proof
from rules.proof.prove import prove_guide
from tests.edits.brute_promises import BrutePromises, KnownSteps
from tests.edits.random_acts import PlacedAct, all_acts
from tests.parcours.brute_steps import SIZES
from tests.proof.small_guides import leave_unfinished, random_guide, random_rules_guide

MAX_STATES, MAX_PREFIXES = 300, 800
"""The most states that a draft may have, and the most beginnings of paths for brute force."""
DRAWS = 5
"""The number of random drafts of which the one with the most paths is taken: many have few."""
ACTS_OF_DRAFT = 25
"""How many acts are drawn from all acts at all places of one draft."""
PROCESSES = 2
SEEDS_AT_ONCE = 20
MOST_FREQUENT = 4
"""How many of the refusals of each act are printed."""
BOUND = ProofBound(seconds=60)
"""What the checks of one act may take; the time is that of a machine with other work."""
NOTHING_TO_DO = re.compile(
    r"mène déjà|mènent déjà|a déjà été posée|est déjà|passent déjà|Rien n’a changé|plus à changer"
    r"|Aucun visiteur|Aucune réponse"
)
"""What refusals say where there is nothing to do, or what no guide can do: ask a question twice."""


class OracleGuide(CompiledGuide):
    """A guide whose rules fire as plain Python says, which takes less time to compile."""

    def __init__(self, guide: GuideContent) -> None:
        self.guide = guide

    def fire(self, answers: Answers) -> tuple[int, ...]:
        return fired_positions(self.guide.rules, answers)


@dataclass
class ActCounts:
    """What became of acts, by their names."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    """Acts that were done without a promise."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Acts whose promise was not checked to the end."""
    impossible: Counter[str] = field(default_factory=Counter)
    """Refused acts that no rules at all could do, or where there is nothing to do."""
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    skipped: int = 0
    """Drafts that have too many paths for brute force."""

    @property
    def figures(self) -> tuple[Counter[str], ...]:
        return self.done, self.shown, self.impossible, self.refused, self.unknown

    @property
    def done_count(self) -> int:
        """How many acts were done, with a promise or without: what was refused is no act done."""
        return self.done.total() + self.shown.total()

    def add_counts(self, other: "ActCounts") -> None:
        self.done += other.done
        self.refused += other.refused
        self.shown += other.shown
        self.impossible += other.impossible
        self.unknown += other.unknown
        self.refusals += other.refusals
        self.broken += other.broken
        self.skipped += other.skipped


def check_draft(seed: int, *, acts_of_draft: int = ACTS_OF_DRAFT) -> ActCounts:
    """Does some acts on one random draft."""
    chance, counts = random.Random(seed), ActCounts()
    found = list(filter(None, (random_draft(chance) for _ in range(DRAWS))))
    counts.skipped += DRAWS - len(found)
    if not found:
        return counts
    draft, proof = max(found, key=lambda one: one[1].graph.prefix_count)
    before, brute = canonical_json(draft.guide), KnownSteps(compile_draft(draft.guide).guide)
    acts = [*all_acts(draft, proof.findings, chance)]
    for placed in chance.sample(acts, min(acts_of_draft, len(acts))):
        problems = [*check_act(counts, draft, brute, placed)]
        counts.broken += [f"seed {seed}, {placed.name}: {problem}" for problem in problems]
    if canonical_json(draft.guide) != before:
        counts.broken.append(f"seed {seed}: an act changed the draft itself")
    return counts


def check_act(
    counts: ActCounts, draft: MappedDraft, brute: KnownSteps, placed: PlacedAct
) -> Iterator[str]:
    """Does an act and counts what became of it. Yields what is wrong."""
    older, timed = compile_draft(draft.guide), replace(draft, effort=Effort(BOUND))
    try:
        chosen = choose_edit(draft, older, placed.act(timed), compile_draft, BOUND)
    except RefusedActError as refusal:
        sentence = str(refusal)
        refused = counts.impossible if NOTHING_TO_DO.search(sentence) else counts.refused
        refused[placed.name] += 1
        counts.refusals[placed.name, general_sentence(sentence)] += 1
        if is_false_refusal(brute, placed, sentence):
            yield f"{sentence} is not true"
    except Exception as error:  # whatever is wrong with one act, the others are done too
        yield describe_error(error)
    else:
        count_chosen(counts, placed.name, chosen)
        yield from find_problems(brute, placed, chosen)


def describe_error(error: Exception) -> str:
    """Returns an error with the line that raised it."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{error!r} in {Path(place.filename).name}, line {place.lineno}"


def count_chosen(counts: ActCounts, name: str, chosen: CheckedEdit) -> None:
    if not chosen.verdict.is_proved:
        counts.unknown[name] += 1
    elif isinstance(chosen.edit.promise, ShowsChanges):
        counts.shown[name] += 1
    else:
        counts.done[name] += 1


def find_problems(brute: KnownSteps, placed: PlacedAct, chosen: CheckedEdit) -> Iterator[str]:
    """Yields what is wrong with an edit: above all, a promise that brute force finds broken."""
    edit, newer = chosen.edit, leave_out_unfinished_parts(chosen.edit.content)
    pair = BrutePromises(brute, newer)
    expected = [one for one in placed.promises if type(one) is type(edit.promise)]
    if not placed.may_promise(edit.promise) and not any(map(pair.is_true, expected)):
        yield f"the promise {edit.promise}"
    if not edit.sentence:
        yield "no sentence"
    yield from find_wrong_references(edit.content)
    if not pair.is_true(edit.promise) and chosen.verdict.is_proved:
        yield f"broken {edit.promise}"


def find_wrong_references(guide: GuideContent) -> Iterator[str]:
    """Yields the keys that are used twice, and what rules and examples name but the guide does not have."""
    for parts, by_key in (
        (guide.questions, guide.question),
        (guide.outcomes, guide.outcome),
        (guide.rules, guide.rule),
    ):
        if len(parts) != len(by_key):
            yield "a key is used twice"
    named = {key for rule in guide.rules for key in rule.questions if key}
    targets = {rule.target for rule in guide.rules}
    answered = {key for example in guide.examples for key in example.answers}
    expected = {key for example in guide.examples for key in example.outcomes}
    if not named | answered <= guide.question.keys():
        yield "a question that is gone is used"
    if not targets <= guide.question.keys() | guide.outcome.keys():
        yield "a rule asks or gives what is gone"
    if not expected <= guide.outcome.keys():
        yield "an example expects what is gone"


def random_draft(chance: random.Random) -> tuple[MappedDraft, Proof] | None:
    """Returns a random draft of up to 12 questions and about 40 rules, finished or not, and its proof.

    Returns None if it has too many paths.
    """
    make_guide = chance.choice((random_guide, random_guide, random_rules_guide))
    guide = make_guide(chance, *chance.choice(SIZES))
    if chance.random() < 0.3:
        guide = leave_unfinished(guide, chance)
    examples = (leave_out_answers(example, chance) for example in guide.examples)
    guide = replace(guide, examples=tuple(examples))
    older = compile_draft(guide)
    proof = prove_guide(older, ProofBound(states=MAX_STATES))
    if not proof.complete or proof.graph.prefix_count > MAX_PREFIXES:
        return None
    return MappedDraft(guide, build_parcours(older.guide, proof.graph)), proof


def leave_out_answers(example: ExampleContent, chance: random.Random) -> ExampleContent:
    """Returns an example with some of its answers."""
    share = chance.random()
    answers = {key: one for key, one in example.answers.items() if chance.random() < share}
    return replace(example, answers=answers)


def compile_draft(guide: GuideContent) -> CompiledGuide:
    return OracleGuide(leave_out_unfinished_parts(guide))


def is_false_refusal(brute: KnownSteps, placed: PlacedAct, refusal: str) -> bool:
    """True if an act is refused because its question was asked before an arrow, but it was not."""
    promise, pair = placed.promises[0], BrutePromises(brute, brute.guide)
    if "a déjà été posée" not in refusal or not isinstance(promise, LeadsTo | AsksOnTheWay):
        return False
    question = (
        promise.question if isinstance(promise, AsksOnTheWay) else promise.destination.question
    )
    return not any(
        question in dict(path) for path in brute.states if pair.arrow_after(path) in promise.arrows
    )


def general_sentence(sentence: str) -> str:
    """Returns a sentence without the names and the numbers in it."""
    return re.sub(r"\(.*?\)|«.*?»|\d+", "…", sentence)[:110]


def print_counts(counts: ActCounts) -> None:
    lines = []
    for name in sorted({name for one in counts.figures for name in one}):
        done, shown, impossible, refused, unknown = (one[name] for one in counts.figures)
        rate = 100 * refused / max(done + shown + refused, 1)
        lines.append(
            f"{name:32} {done:7} done {shown:6} shown {impossible:6} impossible"
            f" {refused:6} refused ({rate:4.1f} %) {unknown:3} unknown"
        )
        own = Counter(
            {text: number for (act, text), number in counts.refusals.items() if act == name}
        )
        lines += [f"    {number:6} {text}" for text, number in own.most_common(MOST_FREQUENT)]
    lines += counts.broken
    lines.append(
        f"{counts.done_count:,} acts done, {counts.impossible.total():,} impossible, "
        f"{counts.refused.total():,} refused, "
        f"{counts.unknown.total()} unknown, {len(counts.broken)} broken; "
        f"{counts.skipped} drafts skipped"
    )
    sys.stdout.write("\n".join(lines) + "\n")


def check_seeds(first: int) -> ActCounts:
    counts = ActCounts()
    for seed in range(first, first + SEEDS_AT_ONCE):
        counts.add_counts(check_draft(seed))
    return counts


def main(wanted: int, first: int = 0) -> None:
    counts, seeds = ActCounts(), count(first, SEEDS_AT_ONCE)
    with ProcessPoolExecutor(PROCESSES) as pool:
        while counts.done_count < wanted:
            batch = [next(seeds) for _ in range(5 * PROCESSES)]
            for found in pool.map(check_seeds, batch):
                counts.add_counts(found)
    print_counts(counts)
    sys.exit(bool(counts.broken or counts.unknown))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
