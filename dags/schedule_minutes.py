"""When a DAG's run begins: the configuration of the jobs says it, beside the times that it has to fit."""

from __future__ import annotations

from pathlib import Path

import yaml

NIGHT = "schedule_minutes"
EXPECTED = "expected_minutes"


def schedule_minutes(configs: Path, environment: str, key: str = NIGHT) -> int:
    """@returns minutes after midnight UTC @raises ValueError naming file and key"""
    file = configs / environment / "kafka_config.yml"
    if not file.is_file():
        raise ValueError(f"there is no {file}: set RECIPE_ETL_ENV to a folder of {configs}")
    minutes = (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get(key)
    if not isinstance(minutes, int) or not 0 <= minutes < 24 * 60:
        raise ValueError(f"{file}: {key} must be a whole number of minutes from 0 to 1439, not {minutes!r}")
    return minutes
