"""The buttons of a task that lead to what it made."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from airflow.sdk import BaseOperatorLink

PLACES = {"dataload": ("table", "quarantine", "manifest"), "prepare": ("page", "report", "manifest")}


class PlaceLink(BaseOperatorLink):
    """Opens one object that the job's summary names, of several reports that of the first that has it.

    In the object store's own browser, where RECIPE_ETL_BROWSER_URL says where that is, such as
    https://store.example/{bucket}/{key}; else the task's XCom, which holds the address. Leads nowhere where there is none.
    """

    def __init__(self, place: str) -> None:
        self.place = place

    @property
    def name(self) -> str:
        return self.place.capitalize()

    @property
    def xcom_key(self) -> str:
        return f"_link_{self.place}"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        place = address_of(getattr(operator, "summary", None) or {}, self.place)
        if not place:
            return ""
        url, browser = urlsplit(place), os.environ.get("RECIPE_ETL_BROWSER_URL", "")
        # The jobs name objects as Spark does.
        if browser and url.scheme in ("s3", "s3a"):
            return browser.replace("{bucket}", quote(url.netloc)).replace("{key}", quote(url.path.lstrip("/")))
        return f"/dags/{ti_key.dag_id}/runs/{quote(ti_key.run_id, safe='')}/tasks/{ti_key.task_id}/xcom"


def address_of(summary: Mapping[str, Any], place: str) -> str:
    """:returns: empty where the job made none; manifests are named by their key in the lake"""
    of_reports = (report[place] for report in summary.get("reports") or () if report.get(place))
    named = summary.get(place) or next(of_reports, None) or ""
    if not named or urlsplit(named).scheme or named.startswith("/"):
        return named
    return f"{os.environ.get('RECIPE_ETL_LAKE', '').rstrip('/')}/{named}"
