"""What a job logs, as a person reads it in the log of the task: the text, at its level. Its container logs JSON, for machines."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

LEVELS = {"error": logging.ERROR, "warn": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}
TEXT_LINE = re.compile(r"\d\d:\d\d:\d\d (?:(?P<level>error|warn|debug): )?(?P<message>.*)")
"""A line of `format: text` in logging_config.yml."""


class JobLog:
    """Stands in for the logger that a stream of lines is told to."""

    def __init__(self, log: Any) -> None:
        self.log = log

    def info(self, _format: str, line: str) -> None:
        if summary_of([line]) is not None:
            return  # it is the XCom, and told in a sentence
        level, message = read_line(line)
        self.log.log(level, "%s", message)


def read_line(line: str) -> tuple[int, str]:
    """:returns: level and text; a line of anybody else is information"""
    try:
        event = json.loads(line)
        return LEVELS[event["level"]], str(event["message"])
    except (KeyError, TypeError, ValueError):
        pass
    text = TEXT_LINE.fullmatch(line)
    return (LEVELS[text["level"] or "info"], text["message"]) if text else (logging.INFO, line)


def summary_of(lines: list[str]) -> dict[str, Any] | None:
    """The job's last line, if it is one JSON object."""
    try:
        summary = json.loads(lines[-1])
    except (IndexError, ValueError):
        return None
    return summary if isinstance(summary, dict) and "outcome" in summary else None
