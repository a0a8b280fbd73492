"""Records the answers to all questions of a session in several threads at once, many times.

Run as a program, it prepares the database of DATABASE_URL, which must be new, and exits with the
number of answers that were lost.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from threading import Barrier
from uuid import UUID

import django

FIRST_ANSWERS = {
    "liste-a-jour": "oui",
    "attribution-gar": "oui",
    "methode-pix-orga": "mail",
    "connexion-habituelle": "mail",
    "identifiants-connus": "oui",
}
SECOND_ANSWERS = {
    question: "non" if choice == "oui" else choice for question, choice in FIRST_ANSWERS.items()
}


def count_lost_answers(rounds: int) -> int:
    """Returns the number of lost answers. In each round, a thread for each question answers it."""
    from diagnostics.models import Session
    from diagnostics.services import session_create
    from rules.publication.timeline import live_version

    version = live_version("corriger-comptes-pix")
    assert version is not None
    session = session_create(version=version, answers=FIRST_ANSWERS)
    lost = 0
    for answers in islice(cycle([SECOND_ANSWERS, FIRST_ANSWERS]), rounds):
        _record_answers_at_once(session.pk, answers)
        stored = Session.objects.get(pk=session.pk).answers
        lost += sum(stored[question] != choice for question, choice in answers.items())
    return lost


def _record_answers_at_once(session_id: UUID, answers: dict[str, str]) -> None:
    barrier = Barrier(len(answers))
    with ThreadPoolExecutor(len(answers)) as threads:
        for recorded in [
            threads.submit(_record_answer, barrier, session_id, question, choice)
            for question, choice in answers.items()
        ]:
            recorded.result()


def _record_answer(barrier: Barrier, session_id: UUID, question: str, choice: str) -> None:
    from django.db import connection

    from diagnostics.services import answer_record

    connection.ensure_connection()
    barrier.wait()
    answer_record(session_id=session_id, question=question, choice=choice)
    connection.close()


def main() -> int:
    django.setup()
    from django.core.management import call_command

    from rules.guides import SHIPPED_GUIDE

    call_command("migrate", verbosity=0)
    call_command("import_guide", SHIPPED_GUIDE, publish=True, verbosity=0)
    return count_lost_answers(rounds=40)


if __name__ == "__main__":
    raise SystemExit(main())
