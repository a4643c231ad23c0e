#!/usr/bin/env python
"""alert test|channels: sends a test alert to every channel that is configured, or names the channels.

Exit code 0: each took it. 1: one did not. 2: there is none, or the word is wrong. `channels` ends with 0 in any case.
"""

from __future__ import annotations

import os
import sys

# Connections are read from the database, as the scheduler does.
os.environ["_AIRFLOW_PROCESS_CONTEXT"] = "server"
sys.path.insert(0, os.environ.get("AIRFLOW__CORE__DAGS_FOLDER") or "/opt/airflow/dags")

import alert_channels  # noqa: E402

TEXT = "This is a test: a failure of a day would be told here, with its exit code, what to do and the last lines of its log."


def channels() -> list[str]:
    known = alert_channels.configured()
    print(f"alerts go to {', '.join(known)}" if known else alert_channels.NOWHERE)
    return known


def list_channels() -> int:
    channels()
    return 0


def test() -> int:
    if not channels():
        return 2
    sent = alert_channels.send("recipe_etl: a test alert", TEXT)
    for conn_id, took_it in sent.items():
        print(f"{conn_id}: {'sent' if took_it else 'failed: look at the connection'}")
    return 0 if all(sent.values()) else 1


WORDS = {"test": test, "channels": list_channels}

if __name__ == "__main__":
    if sys.argv[1:] in (["--help"], ["-h"]):
        print(__doc__)
        sys.exit(0)
    if len(sys.argv) != 2 or sys.argv[1] not in WORDS:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(WORDS[sys.argv[1]]())
