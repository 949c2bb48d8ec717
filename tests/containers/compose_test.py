"""The whole system by compose: up with one command, the demo played from outside, and a container
killed in the middle of it."""

import os
import random
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

import machine

BEGINNING = "2013-01-23T08:00:00+01:00"
RELEASE = machine.RELEASES[0]
SEED = int(os.environ.get("KKR_SEED", random.randrange(1 << 32)))
SERVICES = ("registry", "consultation", "financing", "notification", "gateway")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=10) as reply:
        return reply.read().decode()


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()[-3000:]


@unittest.skipUnless(machine.HAS_CLUSTER, "the sources have no programs of the cluster")
class Compose(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        machine.build(RELEASE)
        cls.port, cls.prometheus_port = free_port(), free_port()
        cls.environment = {
            **machine.ENVIRONMENT, "KKR_TAG": RELEASE, "KKR_BUILD": "no",
            "KKR_BASE": machine.base(RELEASE), "KKR_PORT": str(cls.port),
            "KKR_PROMETHEUS_PORT": str(cls.prometheus_port), "KKR_DEMO_CLOCK": BEGINNING}
        cls.addClassCleanup(cls.down)
        cls.compose("up")

    @classmethod
    def compose(cls, *arguments):
        done = subprocess.run([f"{machine.ROOT}/deploy/compose.sh", *arguments],
                              env=cls.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            logs = "".join(cls.log(name) for name in SERVICES)
            raise AssertionError(done.stdout[-2000:] + done.stderr[-2000:] + logs)

    @classmethod
    def down(cls):
        cls.compose("down", "--volumes")

    @staticmethod
    def log(name):
        done = machine.podman("logs", "--tail", "20", f"kkr-{name}", check=False)
        return f"--- {name}\n{done.stdout}{done.stderr}"

    def kill(self, name):
        """As the kernel would, out of memory: nobody asked podman to stop it."""
        pid = int(machine.podman("inspect", "--format", "{{.State.Pid}}", name).stdout)
        os.kill(pid, 9)

    def test_it_is_published_on_this_machine_only(self):
        for name in ("kkr-gateway", "kkr-prometheus"):
            ports = machine.podman("port", name).stdout.split()
            self.assertTrue(ports[-1].startswith("127.0.0.1:"), ports)
        published = machine.podman("ps", "--filter", "name=^kkr-", "--format",
                                   "{{.Names}} {{.Ports}}").stdout
        for line in published.splitlines():
            if line.split()[0] not in ("kkr-gateway", "kkr-prometheus"):
                self.assertNotIn("->", line)

    def test_the_demo_is_played_to_its_end_though_a_container_dies(self):
        print(f"KKR_SEED={SEED}")
        victim = f"kkr-{random.Random(SEED).choice(SERVICES[:4])}"
        with tempfile.NamedTemporaryFile("w+") as said:
            demo = subprocess.Popen(
                ["podman", "run", "--rm", "--network", "host", f"localhost/kkr:{RELEASE}", "demo",
                 f"--at=127.0.0.1:{self.port}"], env=machine.ENVIRONMENT, stdout=said, stderr=said)
            machine.wait_until(lambda: os.path.getsize(said.name) > 3000 or demo.poll() is not None,
                               "the play is under way", 300)
            self.assertIsNone(demo.poll(), "over before its middle: " + text_of(said.name))
            self.kill(victim)
            killed_at = time.monotonic()
            self.assertEqual(demo.wait(timeout=900), 0, text_of(said.name) +
                             self.log(victim.removeprefix("kkr-")))
            print(f"killed {victim}; the play ended {time.monotonic() - killed_at:.1f} s later")

    def test_prometheus_sees_every_process_and_knows_the_alarms(self):
        site = f"http://127.0.0.1:{self.prometheus_port}/api/v1"
        machine.wait_until(
            lambda: get(f"{site}/query?query=sum(up)").count('"5"') == 1,
            "all five processes are scraped", 90)
        self.assertIn("KkrNobodyLeads", get(f"{site}/rules"))


if __name__ == "__main__":
    unittest.main()
