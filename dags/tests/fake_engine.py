"""A Docker engine in memory, for faults that a real one does not show on demand."""

import itertools
import time
from types import SimpleNamespace
from unittest.mock import Mock

from docker.errors import APIError, NotFound

SUMMARY = '{"job":"dataload","logicalDate":"2019-11-29","outcome":"published","exitCode":0,"counts":{"read":119}}'


def refusal(status, kind=APIError):
    return kind("refused", response=Mock(status_code=status, reason="refused"))


class FakeEngine:
    def __init__(self, exit_code=0, lines=(SUMMARY,), out_of_memory=False):
        self.exit_code, self.lines, self.out_of_memory = exit_code, lines, out_of_memory
        self.held, self.calls, self.numbers = {}, [], itertools.count(1)
        self.on_create = self.on_wait = lambda: None

    def serve(self, task):
        """Makes the engine the task's."""
        task.__dict__["hook"] = SimpleNamespace(api_client=self, client_created=True)

    def hold(self, state, labels, name="left", age=600, leaves_after=None):
        """A container that is there already; it is gone after it was listed `leaves_after` times."""
        found = {"Id": f"id-{name}", "State": state, "Status": state, "Labels": labels, "Created": time.time() - age}
        self.held[found["Id"]] = found | {"Name": name, "leaves_after": leaves_after}

    def names(self):
        return [held["Name"] for held in self.held.values()]

    def images(self, name):
        return [name]

    def containers(self, all, filters):
        wanted = dict(label.split("=", 1) for label in filters["label"])
        found = [held for held in self.held.values() if wanted.items() <= held["Labels"].items()]
        for held in found:
            if held["leaves_after"] is not None:
                held["leaves_after"] -= 1
                if held["leaves_after"] < 0:
                    del self.held[held["Id"]]
        return [held for held in found if held["Id"] in self.held]

    def create_host_config(self, **options):
        return options

    def create_container(self, name, labels, **options):
        hook, self.on_create = self.on_create, lambda: None
        hook()
        if name in self.names():
            raise refusal(409)
        self.created = options | {"name": name, "labels": labels}
        self.hold("created", labels, name=f"{name}", age=0)
        self.calls.append("create")
        return {"Id": f"id-{name}"}

    def attach(self, container, **_):
        return iter(f"{line}\n".encode() for line in self.lines)

    def start(self, container):
        self.calls.append("start")
        self._get(container)["State"] = "running"

    def wait(self, container):
        self.on_wait()
        self._get(container)["State"] = "exited"
        return {"StatusCode": self.exit_code}

    def inspect_container(self, container):
        self._get(container)
        return {"State": {"OOMKilled": self.out_of_memory}}

    def stop(self, container, timeout):
        self._get(container)["State"] = "exited"
        self.calls.append(f"stop {container} {timeout}")

    def remove_container(self, container, force):
        self._get(container)
        del self.held[container]
        self.calls.append(f"remove {container}")

    def _get(self, container):
        if container not in self.held:
            raise refusal(404, NotFound)
        return self.held[container]
