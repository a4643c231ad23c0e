"""The task as the parent of its job's run, for those who draw lineage: where Airflow's OpenLineage provider is installed."""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger(__name__)


def lineage_parent(task_instance: Any) -> dict[str, str]:
    """:returns: what the job's container is told; nothing without the provider. Never raises"""
    try:
        from airflow.providers.openlineage.plugins.macros import lineage_parent_id
    except ImportError:
        return {}
    try:
        return {"OPENLINEAGE_PARENT_ID": lineage_parent_id(task_instance)}
    except Exception as error:  # a lineage without a parent is better than a day without data
        log.warning("The lineage of this task's job names no parent: %s", error)
        return {}
