"""Acts of every kind on random drafts, written and undone."""

import random

import pytest

from rules.document.serialising import canonical_json
from rules.drafts.acts import act_apply, act_prepare
from rules.drafts.content import draft_read, draft_write
from rules.drafts.undo import draft_undo
from rules.edits.edit import RefusedActError
from rules.models import Guide
from rules.proof.bounds import THOROUGH_BOUND
from tests.edits.check_many_acts import random_draft
from tests.edits.random_acts import all_acts

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,  # other tests take the same branches
]
ACTS_OF_DRAFT = 10


@pytest.mark.parametrize("seed", range(24))
def test_an_act_is_undone_to_the_same_bytes_and_a_refused_one_writes_nothing(
    no_guide: None, seed: int
) -> None:
    chance = random.Random(seed)
    mapped, proof = next(found for _ in range(99) if (found := random_draft(chance)))
    guide = Guide.objects.create(slug=mapped.guide.slug, title=mapped.guide.title)
    draft_write(guide=guide, content=mapped.guide)
    before = draft_read(guide)
    document = canonical_json(before)
    acts = [*all_acts(mapped, proof.findings, chance)]
    done = 0
    for placed in chance.sample(acts, min(ACTS_OF_DRAFT, len(acts))):
        rows = guide.snapshots.count(), guide.changes.count()
        try:
            prepared = act_prepare(before, placed.act, THOROUGH_BOUND)
        except RefusedActError:
            assert canonical_json(draft_read(guide)) == document
            assert (guide.snapshots.count(), guide.changes.count()) == rows
            continue
        snapshot = act_apply(guide=guide, prepared=prepared, author=None)
        assert canonical_json(draft_read(guide)) == canonical_json(prepared.edit.content)
        if snapshot:
            draft_undo(snapshot=snapshot, author=None)
            done += 1
        assert canonical_json(draft_read(guide)) == document, placed.name
    assert done
