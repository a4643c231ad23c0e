"""The button of a task that leads to what it published."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote, urlsplit

from airflow.sdk import BaseOperatorLink


class PublishedLink(BaseOperatorLink):
    """Opens the report (of several the first that was made) or the table in the object store's own browser, where RECIPE_ETL_BROWSER_URL says where that is,
    such as https://store.example/{bucket}/{key}; else the task's XCom, which holds the keys and the counts."""

    name = "Published"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        summary = getattr(operator, "summary", None) or {}
        reports = (report.get("report") for report in summary.get("reports") or () if report.get("report"))
        url = urlsplit(summary.get("report") or next(reports, None) or summary.get("table") or "")
        browser = os.environ.get("RECIPE_ETL_BROWSER_URL", "")
        # The jobs name objects as Spark does.
        if browser and url.scheme in ("s3", "s3a"):
            return browser.replace("{bucket}", quote(url.netloc)).replace("{key}", quote(url.path.lstrip("/")))
        return f"/dags/{ti_key.dag_id}/runs/{quote(ti_key.run_id, safe='')}/tasks/{ti_key.task_id}/xcom"
