"""A guide of 100 questions in a row, 300 rules and 30 examples, for the benchmark of the pages."""

from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)


def large_guide_content() -> GuideContent:
    choices = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))
    keys = [f"q{index}" for index in range(100)]
    questions = tuple(QuestionContent(key, f"Question {key}\u00a0?", choices) for key in keys)
    is_yes = [(ConditionContent(key, Operator.IS, ("oui",)),) for key in keys]
    is_no = [(ConditionContent(key, Operator.IS, ("non",)),) for key in keys]
    ask, advise, conclude = Effect.ASK, Effect.ADVISE, Effect.CONCLUDE
    rules = [RuleContent("debut", (), ask, "q0")]
    for index, key in enumerate(keys):
        after = keys[index + 1 : index + 2]
        rules += [RuleContent(f"suite-{key}", is_yes[index], ask, to) for to in after]
        rules.append(RuleContent(f"fin-{key}", is_no[index], conclude, "fin"))
        rules.append(RuleContent(f"conseil-{key}", is_yes[index], advise, "conseil"))
    rules[-1] = RuleContent("fin", is_yes[-1], conclude, "fin")
    examples = tuple(
        ExampleContent(f"Cas {n}", dict.fromkeys(keys[:n], "oui") | {keys[n]: "non"}, ("fin",))
        for n in range(5, 95, 3)
    )
    outcomes = (
        OutcomeContent("fin", "Fin", final=True),
        OutcomeContent("conseil", "Conseil", final=False),
    )
    return GuideContent("grand", "Grand guide", questions, outcomes, tuple(rules), examples)
