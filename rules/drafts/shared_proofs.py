"""The complete proofs that processes share, as JSON in the cache of the site.

They are kept by the digests of their documents, for one state of the program's own code: another
release may find more.
"""

import json
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.cache import cache as shared_cache

from rules.engine.content import GuideContent
from rules.proof.findings import Finding, FindingKind, Proof
from rules.proof.state_graph import StateGraph

MAX_LENGTH = 5_000_000
"""The longest JSON that is shared, in characters."""
SECONDS_SHARED = 30 * 24 * 3600


def find_shared_proof(digest: str, guide: GuideContent) -> Proof | None:
    """Returns the complete proof of the document with this digest if a process has shared it."""
    with suppress(Exception):  # a proof that cannot be had, or is not one, is made again
        text = shared_cache.get(_cache_key(digest))
        return _parse_proof(text, guide) if text else None
    return None


def share_proof(digest: str, proof: Proof) -> None:
    """Shares a complete proof, unless it is very long or the cache does not answer."""
    text = json.dumps(
        {
            "states": proof.graph.to_json(),
            "findings": [astuple(found) for found in proof.findings],
            "seconds": proof.seconds,
            "undecided": proof.undecided_rules,
        }
    )
    if len(text) <= MAX_LENGTH:
        with suppress(Exception):
            shared_cache.set(_cache_key(digest), text, SECONDS_SHARED)


def _parse_proof(text: str, guide: GuideContent) -> Proof:
    """Returns the proof that `share_proof` has written. Raises an error if it is another text."""
    stored: dict[str, Any] = json.loads(text)
    findings = tuple(
        Finding(FindingKind(kind), *map(_lists_to_tuples, others))
        for kind, *others in stored["findings"]
    )
    graph = StateGraph.from_json(stored["states"], guide)
    undecided = tuple(int(position) for position in stored["undecided"])
    return Proof(graph, findings, float(stored["seconds"]), undecided_rules=undecided)


def _lists_to_tuples(value: Any) -> Any:  # noqa: ANN401 (a field of a finding, of whatever type)
    return tuple(map(_lists_to_tuples, value)) if isinstance(value, list) else value


def _cache_key(digest: str) -> str:
    return f"proof:{_code_digest()}:{digest}"


@cache
def _code_digest() -> str:
    """Returns a digest of the code that proves guides."""
    folder = Path(__file__).parents[1]
    files = sorted(file for name in ("engine", "proof") for file in (folder / name).glob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
