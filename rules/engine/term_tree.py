"""The tree in which durable_rules evaluates the terms of a ruleset, and how much of it is stacked.

durable_rules turns the conjunctions of a ruleset into a tree. Each conjunction is a branch of it, and
conjunctions share the nodes of the terms with which they begin. There is one exception: a term that
compares two questions is a new node in each conjunction, and so is every term after it.

A run visits the nodes whose terms are true. It takes a node from a stack, and puts the true nodes
that follow it on the stack. This stack has room for 64 nodes; beyond them the run fails with error
303.
"""

from dataclasses import dataclass, field

from rules.engine.terms import Conjunction, Property

Steps = tuple[Conjunction, ...]
"""A conjunction cut into the parts that it can share with others.

Each term is a step, except that all terms after the first comparison of two questions are in the
same step as that comparison.
"""


def steps_of_conjunction(conjunction: Conjunction) -> Steps:
    """Returns the steps of a conjunction whose comparisons of two questions come last."""
    shared = [term for term in conjunction if not term.other_question]
    compared = conjunction[len(shared) :]
    return (*((term,) for term in shared), *([compared] if compared else []))


@dataclass(slots=True)
class TermTree:
    """The nodes that follow one node of the tree, or its root."""

    branches: dict[Conjunction, "TermTree"] = field(default_factory=dict)
    """The next steps, each with the nodes that follow it."""
    simultaneous_steps: set[Conjunction | Property] = field(default_factory=set)
    """The next steps that may be true at once.

    A property has one value at a time. So if several steps require different values of one property,
    at most one of them is true, and the property stands for all of them.
    """
    stack_size_of_branches: int = 0
    """The largest stack size of `branches`."""

    def stack_size_with(self, steps: Steps) -> int:
        """Returns how many nodes would be on the stack at most, if these steps were added.

        While a run visits the nodes that follow one step, the other steps wait on the stack.
        """
        waiting, size_of_branch = len(self.simultaneous_steps) - 1, self.stack_size_of_branches
        if steps:
            waiting += _simultaneous_step(steps[0]) not in self.simultaneous_steps
            branch = self.branches.get(steps[0], _LEAF)
            size_of_branch = max(size_of_branch, branch.stack_size_with(steps[1:]))
        return waiting + max(1, size_of_branch)

    def add(self, steps: Steps) -> None:
        if steps:
            branch = self.branches.setdefault(steps[0], TermTree())
            branch.add(steps[1:])
            self.simultaneous_steps.add(_simultaneous_step(steps[0]))
            size_of_branch = branch.stack_size_with(())
            self.stack_size_of_branches = max(self.stack_size_of_branches, size_of_branch)


_LEAF = TermTree()
"""A node that no other node follows."""


def _simultaneous_step(step: Conjunction) -> Conjunction | Property:
    """Returns what stands for a step among those that may be true at once."""
    first = step[0]
    return first.property if first.is_equality and not first.other_question else step
