"""What a job published, as assets of Airflow: other DAGs are scheduled by them, and the UI shows them.

An asset is a dataset, not a day: `recipes`, and each report by its name. Its event tells of the day that has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from airflow.sdk import Asset, AssetAlias

ALIASES = {"dataload": AssetAlias("recipe_etl_table"), "prepare": AssetAlias("recipe_etl_reports")}
"""What a task says beforehand. An event is made only where a day has changed: not by a dry run, nor by the same day again."""
PUBLISHED = "published"


def tell_assets(job: str, summary: Mapping[str, Any], outlet_events: Any) -> None:
    for url, outcome in _made(summary):
        if outcome != PUBLISHED:
            continue
        extra = {"day": summary["logicalDate"], "object": url, "run": summary.get("runId", "")}
        outlet_events[ALIASES[job]].add(asset_of(url), extra)


def asset_of(url: str) -> Asset:
    """:param url: of a day's object, .../recipes/year=2019/month=11/day=29/recipes.parquet; Spark's s3a is S3"""
    root = url.split("/year=")[0].replace("s3a://", "s3://")
    return Asset(name=root.rsplit("/", 1)[-1], uri=root if "://" in root else f"file://{root}")


def _made(summary: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for made in (summary, *(summary.get("reports") or ())):
        url = made.get("table") or made.get("report")
        if url:
            yield url, made["outcome"]
