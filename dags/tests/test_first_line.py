"""What a task says before anything else."""

from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from fake_engine import FakeEngine
from runs import context_of, run


@pytest.fixture
def first_line_of(task, monkeypatch):
    """:returns: makes a run, and returns the level and the text of what it logs first"""

    def first(cleared, **params):
        monkeypatch.setattr(type(task), "log", log := MagicMock())
        run(task, FakeEngine(), context_of(None, **params) | {"dag_run": SimpleNamespace(clear_number=cleared)})
        level, (_, text), _ = log.method_calls[0]
        return level, text

    return first


def test_the_log_begins_with_the_day_and_the_switches_of_the_run(first_line_of):
    assert first_line_of(0) == ("info", "dataload of 2019-11-29 without switches")


def test_a_cleared_run_without_switches_is_like_any_other(first_line_of):
    assert first_line_of(2) == ("info", "dataload of 2019-11-29 without switches")


def test_a_run_with_switches_that_was_cleared_says_first_that_it_has_them_still_and_how_to_do_without(first_line_of):
    level, line = first_line_of(1, dry_run=True, refetch=True)
    assert level == "warning"
    assert line == (
        "dataload of 2019-11-29 with --refetch --dry-run: this run was cleared, and a run keeps its switches. "
        "For one without them: npm run trigger -- 2019-11-29"
    )
