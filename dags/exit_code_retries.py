"""Which failures Airflow tries again, how often, and when: as the exit code says."""

from __future__ import annotations

import logging
from typing import Any

from airflow.sdk.definitions.retry_policy import RetryDecision, RetryPolicy
from exit_codes import MOST_RETRIES, exit_code_of

log = logging.getLogger(__name__)

STORED_AS = "failures"


class ExitCodeRetries(RetryPolicy):
    """Counts failures by exit code, so that an hour of waiting for input leaves the tries for an outage untouched.

    A task that was cleared starts to count anew. What a scheduler that died cost is no failure of the job.
    """

    def evaluate(self, exception: BaseException, try_number: int, max_tries: int, context: Any = None) -> RetryDecision:
        code = getattr(exception, "exit_code", None)
        known = exit_code_of(code)
        first_try = max_tries - MOST_RETRIES + 1
        failures = self._count(context, code, first_try, at_most=try_number - first_try + 1)
        about = f"exit code {code}, {known.meaning}" if code is not None else known.meaning
        if failures > known.retries:
            return RetryDecision.fail(f"{about}: no further try after {known.retries} retries")
        return RetryDecision.retry(known.delay, f"{about}: retry {failures} of {known.retries}")

    @staticmethod
    def _count(context: Any, code: int | None, first_try: int, at_most: int) -> int:
        """Number of failures with this code since the first try; all tries where Airflow cannot remember."""
        try:
            store = context["task_state_store"]
            stored = store.get(STORED_AS) or {}
            counts = stored["counts"] if stored.get("first_try") == first_try else {}
            counts = {**counts, str(code): counts.get(str(code), 0) + 1}
            store.set(STORED_AS, {"first_try": first_try, "counts": counts})
            return counts[str(code)]
        except Exception as error:  # a retry too few is better than a task whose failure fails
            log.warning("Earlier failures cannot be told apart, so all tries count: %s", error)
            return at_most
