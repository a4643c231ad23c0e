"""Looks at the lake as `npm run lake -- status --check --page` does, in a container like those of the jobs."""

from __future__ import annotations

from typing import Any

from exit_codes import REFUSED
from job_operator import JobOperator
from lake_lacks import LakeLacks

COMMAND = ["lake", "status", "--check", "--page"]
"""The index page too: after a refused day prepare, which writes it, does not run."""
WARNING = "warn: "
"""How the command begins a line that is no lack."""


class HealthOperator(JobOperator):
    """Its result is the line of a healthy lake; it fails with the lines of what is lacking."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(job="health", command=self._words, **kwargs)

    @staticmethod
    def _words(*, context: Any, jinja_env: Any = None) -> list[str]:
        """The same for every day: what is there now is looked at, whatever day the run is of."""
        return COMMAND

    def _say_first(self, context: Any) -> None:
        """It looks at all days as they are now."""

    def _result(self, exit_code: int, lines: list[str]) -> dict[str, Any]:
        if exit_code == REFUSED:
            raise LakeLacks([line for line in lines if not line.startswith(WARNING)])
        if exit_code != 0:
            raise self._failure(exit_code, self._out_of_memory(), lines)
        return {"outcome": "healthy", "message": lines[-1] if lines else ""}
