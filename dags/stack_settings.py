"""What the scheduler's environment says of the stack, and what every container of a DAG is given of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from docker.types import Mount
from job_environment import plain_environment

SETTINGS = os.environ
CONFIGS = Path(__file__).resolve().parents[1] / "configs"
ENVIRONMENT = SETTINGS.get("RECIPE_ETL_ENV") or "dev"
NETWORK = SETTINGS.get("RECIPE_ETL_NETWORK") or "recipe-etl"
START = SETTINGS.get("RECIPE_ETL_SCHEDULE_START") or "2000-01-01"
# A stack that was just set up has no events of yesterday yet.
FIRST_NIGHT = SETTINGS.get("RECIPE_ETL_FIRST_NIGHT") or None


def container_of(image: str) -> dict[str, Any]:
    """:param image: the job whose image it is
    :returns: arguments of a JobOperator
    """
    return {
        "stack": NETWORK,
        "image": SETTINGS.get(f"RECIPE_ETL_{image.upper()}_IMAGE") or f"recipe-etl-{image}:dev",
        "image_setting": f"RECIPE_ETL_{image.upper()}_IMAGE",
        "environment": plain_environment(SETTINGS),
        "network_mode": NETWORK,
        "mounts": _certificates(),
        "mem_limit": SETTINGS.get("RECIPE_ETL_JOB_MEMORY") or "1g",
        "cpus": float(SETTINGS.get("RECIPE_ETL_JOB_CPUS") or 1),
    }


def _certificates() -> list[Mount]:
    volume = SETTINGS.get("RECIPE_ETL_CERTIFICATES")
    return [Mount(target="/run/certificates", source=volume, type="volume", read_only=True)] if volume else []
