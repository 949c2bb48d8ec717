"""Two processes of one service on a real PostgreSQL and NATS: one leads the log, the other takes
it over when the first is killed, and gives it back when it ends."""
import os
import shutil
import subprocess
import tempfile
import time
import unittest

import servers
from cluster_site import Member, program
from ports import free_port
from site_under_test import wait_until


class Registry(unittest.TestCase):
    def setUp(self):
        self.postgres = servers.postgres()
        self.database = self.postgres.new_database()
        self.nats = servers.Nats()
        self.addCleanup(self.nats.remove)
        self.nats.start()
        self.folder = tempfile.mkdtemp(prefix="kkr-takeover-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.told = [f"--postgres={self.postgres.conninfo(self.database)}",
                     f"--nats={self.nats.url}"]
        subprocess.run([program("registry"), "migrate", self.told[0]], check=True)

    def start_two(self):
        members = {}
        for name in ("one", "other"):
            command = [program("registry"), "serve", f"--replica={name}", *self.told,
                       f"--grpc-listen=127.0.0.1:{free_port()}"]
            members[name] = Member(name, command, os.path.join(self.folder, name))
            members[name].start()
            self.addCleanup(members[name].kill)
        for member in members.values():
            wait_until(member.is_ready, f"{member.name} is ready")
        return members

    def leader(self):
        rows = self.postgres.query(
            self.database, "SELECT r.name FROM kkr_registry.leases l JOIN kkr_registry.replicas r "
            "ON r.instance = l.holder WHERE r.expires_at > now()")
        return rows[0] if rows else None

    def test_leads_again_within_three_seconds_of_a_kill_and_drains(self):
        members = self.start_two()
        first = wait_until(self.leader, "somebody leads")
        second = next(name for name in members if name != first)
        killed_at = time.monotonic()
        members[first].kill()
        wait_until(lambda: self.leader() == second, "the other leads", 10)
        seconds = time.monotonic() - killed_at
        print(f"taken over after {seconds:.2f} s")
        self.assertLess(seconds, 3)
        members[first].start()
        wait_until(members[first].is_ready, "the killed one is back")
        for member in members.values():
            member.signal(15)
        self.assertEqual([member.process.wait(20) for member in members.values()], [0, 0])
        events, newest = self.postgres.query(
            self.database, "SELECT count(*), max(position) FROM kkr_registry.events")[0].split("\t")
        self.assertEqual(events, newest)
        self.assertGreater(int(newest), 300, "the first facts, once")

    def test_warns_of_a_postgresql_without_a_synchronous_standby(self):
        done = subprocess.run([program("registry"), "serve", "--verify-config", *self.told,
                               "--grpc-listen=127.0.0.1:0"], stderr=subprocess.PIPE, check=True)
        self.assertIn("no synchronous standby", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
