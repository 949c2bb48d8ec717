"""A service and its PostgreSQL: one that is away when the service starts, and one whose rows were
tampered with."""
import os
import signal
import subprocess
import tempfile
import unittest

import servers
from cluster_site import ClusterSite, Member, program
from hearing import REGION, must
from ports import free_port
from site_under_test import wait_until


class StoreOfAService(unittest.TestCase):
    def test_a_site_that_starts_before_its_postgresql_waits_for_it(self):
        postgres = servers.Postgres()
        self.addCleanup(postgres.remove)
        postgres.start()
        with ClusterSite(postgres=postgres) as site:
            paper = must(site.create(REGION + "/papers", {"title": "Før", "area": "somatik"}))
            site.kill()
            postgres.kill()
            site.start(ready=False)
            for service in ("consultation", "financing", "notification"):
                waiting = site.members[service + "-1"]
                wait_until(lambda it=waiting: "cannot be found" in it.said(),
                           f"{service} says what it waits for", 60)
            for name, member in site.members.items():
                self.assertIsNone(member.process.poll(), f"{name}: {member.said()[-2000:]}")
            postgres.start()
            for member in site.members.values():
                wait_until(member.is_ready, f"{member.name} is ready")
            must(site.get("/v1/" + paper["name"]))
            must(site.create(REGION + "/papers", {"title": "Efter", "area": "somatik"}))

    def test_a_service_that_waits_for_it_can_be_told_to_end(self):
        told = [program("registry"), "serve", "--replica=one", "--nats=nats://127.0.0.1:1",
                "--grpc-listen=127.0.0.1:0",
                f"--postgres=host=127.0.0.1 port={free_port()} user=kkr dbname=none"]
        with tempfile.TemporaryDirectory(prefix="kkr-store-") as folder:
            member = Member("registry", told, os.path.join(folder, "log"))
            member.start()
            self.addCleanup(member.kill)
            wait_until(lambda: "cannot be used" in member.said(), "it misses PostgreSQL", 60)
            member.signal(signal.SIGTERM)
            self.assertEqual(member.process.wait(60), 1, member.said())

    def test_verify_names_the_first_position_that_cannot_be_vouched_for(self):
        with ClusterSite() as site:
            for _ in range(3):
                must(site.create(REGION + "/papers", {"title": "Rammepapir", "area": "somatik"}))
            code, said = self.verify(site)
            self.assertEqual(code, 0, said)
            self.assertIn("consultation/hovedstaden", said)
            servers.postgres().query(
                site.database, "UPDATE kkr_consultation.events SET payload = payload || '\\x00' "
                "WHERE region = 'hovedstaden' AND position = 2")
            code, said = self.verify(site)
            self.assertEqual(code, 1, said)
            self.assertRegex(said, r"consultation/hovedstaden.*\b2\b")

    def verify(self, site):
        conninfo = servers.postgres().conninfo(site.database)
        done = subprocess.run([program("consultation"), "verify", f"--postgres={conninfo}"],
                              check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout.decode()


if __name__ == "__main__":
    unittest.main()
