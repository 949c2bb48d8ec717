"""A rolling upgrade that brings a new fact, `region_updated` of the registry, under load: from the
release before to this one, back, and again, the gateways too; then the operator raises the write
version, and the fact is written and read everywhere. No request fails.

The programs of the release before are those of the folder KKR_OLD_PROGRAMS, which
upgrade_from_before.sh builds from the history. Without it they are those of this release, told by
KKR_REHEARSE_VERSION to know no fact newer than the first version, as an operator rehearses an
upgrade: what they advertise, read and refuse is what such a release does; that their code is this
release's is what the rehearsal leaves out."""
import json
import os
import signal
import subprocess
import time
import unittest

import hearing
from cluster_site import PROGRAMS, SERVICES, ClusterSite, program
from load import Load
from site_under_test import new_id, wait_until

OLD_PROGRAMS = os.environ.get("KKR_OLD_PROGRAMS")
OLD, NEW = "old", "new"
REGION = "/v1/regions/hovedstaden"
NAME = "Hovedstaden med Bornholm"
RAISED_WITHIN = 1.0  # Seconds until the process that leads the log writes the new fact.


class TwoReleases(ClusterSite):
    """A site whose programs are of one release or the other."""

    release = OLD

    def program(self, name):
        if self.release == NEW:
            return [program(name)]
        if OLD_PROGRAMS:
            return [program(name).replace(PROGRAMS, OLD_PROGRAMS, 1)]
        return ["env", "KKR_REHEARSE_VERSION=1", program(name)]

    def new_database(self):
        database = self.postgres.new_database()
        for service in SERVICES:
            self.run(service, "migrate", database)
        return database

    def run(self, service, subcommand, database=None):
        """The exit code and what was said."""
        where = f"--postgres={self.postgres.conninfo(database or self.database)}"
        done = subprocess.run([*self.program(service), subcommand, where], check=False,
                              capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def knows_write_versions(self):
        done = subprocess.run([*self.program("registry"), "--help"], check=True,
                              capture_output=True, text=True)
        return "raise-write-version" in done.stdout

    def restart(self, name):
        """Ends a process and starts the one of the present release in its place."""
        member = self.members[name]
        member.signal(signal.SIGTERM)
        code = member.process.wait(30)
        assert code == 0, f"{name} ended with {code}"
        member.command = self.commands()[name]
        member.start()

    def roll(self, release):
        self.release = release
        for service in SERVICES:
            code, said = self.run(service, "migrate")
            assert code == 0, said
        for name, member in self.members.items():
            self.restart(name)
            wait_until(member.is_ready, f"{name} is ready")
            time.sleep(0.2)
        self._close_connection()  # Its gateway is another process now.

    def rename(self, name=NAME):
        return self.request("PATCH", f"{REGION}?updateMask=displayName&requestId={new_id()}",
                            json.dumps({"displayName": name}).encode(),
                            {"Content-Type": "application/json", "KKR-Actor": "secretariat"})

    def write_versions(self, service):
        return {int(row) for row in self.rows(f"SELECT write_version FROM kkr_{service}.logs")}


class Upgrade(unittest.TestCase):
    def setUp(self):
        self.site = self.enterContext(TwoReleases(replicas=2, gateways=2))
        hearing.open_round(self.site, deadline=hearing.in_days(90))
        hearing.must(self.site.get(REGION + "/agreements"))  # Opens a log that follows as well.

    def test_a_new_fact_comes_in_without_a_failed_request_and_not_before_it_may(self):
        site = self.site
        with Load(site.ports, per_second=60) as load:
            site.roll(NEW)
            self.assertEqual(site.rename().reason, "SITE_IS_BEING_UPGRADED")
            site.roll(OLD)
            site.release = NEW
            self.is_not_raised_for("registry-1", "registry-2")
            site.restart("registry-1")
            wait_until(site.members["registry-1"].is_ready, "registry-1 is ready")
            self.is_not_raised_for("registry-2")
            site.roll(NEW)
            self.assertEqual(site.write_versions("registry"), {1})
            took = self.raise_write_version()
            self.old_program_is_refused()
        self.everybody_knows_it()
        acked = sum(len(ids) for ids in load.acked.values())
        print(f"acked {acked}, tries in vain {load.failures}, turned away {load.turned_away}, "
              f"longest pause {load.longest_pause(min(load.acked_at)):.3f} s, the new fact written "
              f"{took:.2f} s after the raise")
        self.assertEqual((load.failures, load.refused), ({}, []))
        self.assertGreater(acked, 500)
        self.assertLess(took, RAISED_WITHIN)

    def is_not_raised_for(self, *behind):
        code, said = self.site.run("registry", "raise-write-version")
        self.assertEqual(code, 1, said)
        self.assertEqual([line.split()[2] for line in said.splitlines()], list(behind), said)
        self.assertEqual(self.site.write_versions("registry"), {1})

    def raise_write_version(self):
        """The seconds from the operator's word to the first fact of the new version."""
        raising = subprocess.Popen(
            [program("registry"), "raise-write-version",
             f"--postgres={self.site.postgres.conninfo(self.site.database)}"],
            stdout=subprocess.PIPE, text=True)
        wait_until(lambda: self.site.rows("SELECT version FROM kkr_registry.wanted_version"),
                   "the word is given")
        began = time.monotonic()
        wait_until(lambda: self.site.rename().status == 200, "the region has its new name")
        took = time.monotonic() - began
        said, _ = raising.communicate(timeout=30)
        self.assertEqual(raising.returncode, 0, said)
        self.assertIn("version 2", said)
        self.assertEqual(self.site.write_versions("registry"), {2})
        return took

    def old_program_is_refused(self):
        """Rolled back too far: it does not become ready, says why, and the other replica serves."""
        self.site.release = OLD
        if not self.site.knows_write_versions():
            return  # It is of the time before there were write versions.
        member = self.site.members["registry-2"]
        self.site.restart("registry-2")
        self.assertEqual(member.process.wait(30), 1)
        self.assertIn("may hold facts of version 2, while this program reads up to version 1",
                      member.said())
        self.site.release = NEW
        member.command = self.site.commands()["registry-2"]
        member.start()
        wait_until(member.is_ready, "registry-2 is ready")

    def everybody_knows_it(self):
        for replica in (1, 2):
            with self.site.gateway_to(replica) as port:
                self.site.port = port
                self.assertEqual(self.site.get(REGION).json["displayName"], NAME)
        wait_until(lambda: not self.site.behind(), "all have followed past the new fact")


if __name__ == "__main__":
    unittest.main()
