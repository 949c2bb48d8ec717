"""A prism proxy between a test and the site: it compares every request and reply with the site's
own /openapi.json. Used by every scenario test when KKR_THROUGH_PRISM=1."""
import json
import os
import signal
import socket
import subprocess

from ports import free_port

PRISM = os.path.join(os.path.dirname(__file__), "../../tools/node_modules/.bin/prism")


def deviations(status, headers):
    """What the proxy found wrong with a reply, or with a request that the site accepted."""
    found = json.loads(headers.get("sl-violations", "[]"))
    return [one for one in found if one["severity"] == "Error" and
            (one["location"][0] == "response" or status < 400)]


class Prism:
    """One proxy before one site. Stop it with `stop()`."""

    def __init__(self, openapi, folder, upstream):
        document = os.path.join(folder, "openapi.json")
        with open(document, "wb") as file:
            file.write(openapi)
        self.port = free_port()
        self.log = open(os.path.join(folder, "prism.log"), "ab")  # Closed in stop().
        self.process = subprocess.Popen(
            [PRISM, "proxy", document, upstream, "--port", str(self.port), "-v", "error"],
            stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.log.close()
