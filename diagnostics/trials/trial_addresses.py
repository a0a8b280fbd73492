"""The address of a try, whose query contains the answers.

A short query names each question and its choice. A longer one might be refused, as servers accept
lines of about 8,000 characters, so it has a code for each answer instead. A code is made from both
keys alone: it means the same answer when the guide has changed, as a named answer does.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlencode

from rules.engine.content import Answers, GuideContent

CODES = "_answers"
"""The query parameter that contains the codes of the answers."""
CODE_BYTES = 6
"""Two of the 40,000 answers of the largest guide have the same code in one guide of 350,000."""
CODE_LENGTH = CODE_BYTES * 4 // 3
MAX_NAMED_LENGTH = 2_000
"""The length of the longest query, in characters, that names its answers."""
NO_LONGER_NAMED = ""
"""Stands for the question of an answer whose code is that of no answer of the guide."""


def trial_address(path: str, answers: Answers, **parameters: str) -> str:
    """Returns the address of a try at `path` with these answers and other query parameters."""
    named = [_answer_query(*answer) for answer in answers.items()]
    others = [urlencode(parameters)] if parameters else []
    query = "&".join(named + others)
    if len(query) > MAX_NAMED_LENGTH:
        codes = "".join(_answer_code(*answer) for answer in answers.items())
        query = "&".join([f"{CODES}={codes}", *others])
    return f"{path}?{query}" if query else path


def read_answers(guide: GuideContent, query: Mapping[str, str]) -> dict[str, str]:
    """Returns the answers in the query of a try, including those that the guide does not know."""
    codes, found = query.get(CODES, ""), {}
    if codes:
        answers = {
            _answer_code(question.key, choice.key): (question.key, choice.key)
            for question in guide.questions
            for choice in question.choices
        }
        found = dict(
            answers.get(codes[start : start + CODE_LENGTH], (NO_LONGER_NAMED, ""))
            for start in range(0, len(codes), CODE_LENGTH)
        )
    # No key of a question contains `_`, as the names of the other parameters do.
    return found | {key: choice for key, choice in query.items() if "_" not in key}


@lru_cache(maxsize=1_024)  # the page of a guide has hundreds of addresses with the same answers
def _answer_query(question: str, choice: str) -> str:
    return urlencode({question: choice})


@lru_cache(maxsize=1_024)
def _answer_code(question: str, choice: str) -> str:
    digest = blake2b(f"{question} {choice}".encode(), digest_size=CODE_BYTES).digest()
    return urlsafe_b64encode(digest).decode()
