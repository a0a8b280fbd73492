"""A guide of 100 questions in a row, 300 rules and 30 examples, for the benchmark of the pages."""

from rules.engine import guide as values


def large() -> values.Guide:
    choices = (values.Choice("oui", "Oui"), values.Choice("non", "Non"))
    keys = [f"q{at}" for at in range(100)]
    questions = tuple(values.Question(key, f"Question {key}\u00a0?", choices) for key in keys)
    is_yes = [(values.Condition(key, values.Operator.IS, ("oui",)),) for key in keys]
    is_no = [(values.Condition(key, values.Operator.IS, ("non",)),) for key in keys]
    ask, advise, conclude = values.Effect.ASK, values.Effect.ADVISE, values.Effect.CONCLUDE
    rules = [values.Rule("debut", (), ask, "q0")]
    for at, key in enumerate(keys):
        after = keys[at + 1 : at + 2]
        rules += [values.Rule(f"suite-{key}", is_yes[at], ask, to) for to in after]
        rules.append(values.Rule(f"fin-{key}", is_no[at], conclude, "fin"))
        rules.append(values.Rule(f"conseil-{key}", is_yes[at], advise, "conseil"))
    rules[-1] = values.Rule("fin", is_yes[-1], conclude, "fin")
    examples = tuple(
        values.Example(f"Cas {at}", dict.fromkeys(keys[:at], "oui") | {keys[at]: "non"}, ("fin",))
        for at in range(5, 95, 3)
    )
    outcomes = (
        values.Outcome("fin", "Fin", final=True),
        values.Outcome("conseil", "Conseil", final=False),
    )
    return values.Guide("grand", "Grand guide", questions, outcomes, tuple(rules), examples)
