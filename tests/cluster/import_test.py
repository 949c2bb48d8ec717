"""A secretariat moves from one machine to the cluster: what the backup of its embedded site holds
is imported service by service, and the site goes on with nothing lost and nothing done twice."""
import concurrent.futures
import json
import os
import random
import shutil
import subprocess
import tempfile
import unittest

import financing
import servers
import site_under_test
from cluster_site import SERVICES, ClusterSite, new_database, program
from hearing import REGION, ROUND, must, open_round, submit
from notices import advance, appoint, await_owners, invited, sends
from site_under_test import wait_until
from whole_state import WholeState

CLOCK = "2013-02-06T09:00:00Z"
REMINDED = "2013-03-05T09:00:00Z"
# What each service keeps in PostgreSQL and not on one machine.
OF_THE_CLUSTER = "'migrations', 'replicas', 'leases', 'snapshots', 'wanted_version'"


def take_in(service, postgres, database, backup):
    """Runs `kkr-<service> import`; returns (exit code, what it printed)."""
    done = subprocess.run(
        [program(service), "import", f"--postgres={postgres.conninfo(database)}", backup],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False)
    return done.returncode, done.stdout.decode()


def mails_in(site):
    folder = os.path.join(site.data, "mail", "new")
    return os.listdir(folder) if os.path.isdir(folder) else []


def live_through_a_hearing(site):
    """A round with a paper, answers, one of them erased, a person erased who was written to, and
    what else a secretariat has."""
    persons = {code: appoint(site, code) for code in ("101", "147", "157", "165")}
    open_round(site)
    financing.agree(site)
    for code in ("157", "165"):
        must(submit(site, code, f"Svar fra {code}, skrevet af Tusnelda Prøvesten"))
    must(site.post(f"{ROUND}/answers/157:eraseTexts", {}))
    advance(site, REMINDED)
    must(site.post("/v1/" + persons["157"]["name"] + ":erase", {}))
    wait_until(lambda: not any(send.get("address") for send in sends(site, municipality="157")),
               "the letters to the erased person are empty")


class ImportedSite(ClusterSite):
    """A cluster on what `backup` holds, imported in the order of `services`."""

    def __init__(self, backup, services):
        super().__init__(demo_clock=CLOCK)
        self.backup, self.services = backup, services
        self.said = []

    def new_database(self):
        self.database = super().new_database()
        for service in self.services:
            code, said = self.take_in(service)
            assert code == 0, said
            self.said += said.splitlines()
        self.heads = self.positions()
        return self.database

    def take_in(self, service):
        return take_in(service, self.postgres, self.database, self.backup)

    def positions(self):
        """Where each log ends."""
        return {service: self.rows("SELECT region, position, encode(hash, 'hex') "
                                   f"FROM kkr_{service}.logs ORDER BY region")
                for service in SERVICES}

    def generations(self):
        return {(service, row) for service in SERVICES
                for row in self.rows(f"SELECT region, generation FROM kkr_{service}.logs")}


class Import(unittest.TestCase):
    maxDiff = None
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="kkr-import-"))
        cls.backup = os.path.join(cls.folder, "backup")
        with site_under_test.Site(demo_clock=CLOCK) as site:
            live_through_a_hearing(site)
            cls.before = WholeState(site.port)
            assert mails_in(site)
            code, said = site_under_test.admin("backup", cls.backup, "--data", site.data)
            assert code == 0, said
        with open(os.path.join(cls.backup, "manifest.json"), encoding="utf-8") as file:
            cls.logs = sorted(log["log"] for log in json.load(file)["logs"])

    def imported(self, services):
        return self.enterContext(ImportedSite(self.backup, services))

    def test_the_site_goes_on_where_it_was(self):
        site = self.imported(list(reversed(SERVICES)))
        self.assertEqual(sorted(said.split(":")[0] for said in site.said), self.logs)
        self.assertRegex(site.said[-1], r"^registry/danmark: [1-9]\d+ events, \d+ requests and 0 "
                                        "attachments are imported$")
        self.assertTrue([said for said in site.said
                         if said.startswith("consultation/hovedstaden") and "1 attach" in said])
        self.assertEqual(site.whole_state().differences(self.before), "")
        wait_until(lambda: not site.behind(), "every follower has caught up")
        self.assertEqual(site.positions(), site.heads, "nothing is taken in a second time")
        self.verify(site)

        advance(site, "2013-03-06T09:00:00Z")
        self.assertEqual(mails_in(site), [], "no notice goes out a second time")
        must(submit(site, "101", "Skrevet i klyngen"))
        must(site.create(REGION + "/papers", {"title": "Efter flytningen", "area": "somatik"}))
        must(site.create("/v1/persons", {"givenName": "Ny", "familyName": "Person"}))
        advance(site, "2013-03-12T09:00:00Z")
        wait_until(lambda: not site.behind(), "every follower has caught up")
        known = {send["name"] for send in self.before.answers[REGION + "/sends"]}
        new = sorted((send["occasion"], send["municipality"]) for send in sends(site)
                     if send["name"] not in known and send["state"] == "STATE_SENT")
        self.assertEqual(new, [("OCCASION_ANSWER_RECEIVED", "101"), ("OCCASION_REMINDER", "147")])
        self.assertEqual(len(mails_in(site)), len(new))
        self.verify(site)

    def verify(self, site):
        for service in SERVICES:
            done = subprocess.run(
                [program(service), "verify", f"--postgres={site.postgres.conninfo(site.database)}"],
                stdout=subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, 0, done.stdout.decode())

    def test_a_copy_made_under_load_goes_on_as_it_does_on_one_machine(self):
        folder = self.enterContext(tempfile.TemporaryDirectory(prefix="kkr-import-"))
        backup, restored = os.path.join(folder, "backup"), os.path.join(folder, "restored")
        with site_under_test.Site(demo_clock=CLOCK) as site:
            open_round(site)
            financing.agree(site)
            codes = invited(site)
            for code in codes:
                appoint(site, code)
            with concurrent.futures.ThreadPoolExecutor(4) as writers:
                answers = [writers.submit(submit, site, code) for code in codes for _ in range(8)]
                code, said = site_under_test.admin("backup", backup, "--data", site.data)
                self.assertEqual(code, 0, said)
                for answer in answers:
                    must(answer.result())
        code, said = site_under_test.admin("restore", backup, "--data", restored)
        self.assertEqual(code, 0, said)
        later = "2013-02-06T10:00:00Z"
        with site_under_test.Site(data=restored) as site:
            advance(site, later)
            await_owners(site)
            expected = WholeState(site.port)
            mails = len(mails_in(site))
        services = random.sample(list(SERVICES), len(SERVICES))
        site = self.enterContext(ImportedSite(backup, services))
        advance(site, later)
        await_owners(site)
        wait_until(lambda: not site.behind(), "every follower has caught up")
        state = site.whole_state()
        for one in (state, expected):  # When a notice goes out depends on who starts first.
            for send in one.answers[REGION + "/sends"]:
                del send["updateTime"]
        self.assertEqual(state.differences(expected), "", services)
        self.assertEqual(len(mails_in(site)), mails)
        self.verify(site)

    def test_a_second_import_is_refused_but_for_what_is_missing(self):
        site = self.imported(list(SERVICES))
        services = [member for name, member in site.members.items() if "gateway" not in name]
        for service in SERVICES:
            code, said = site.take_in(service)
            self.assertEqual(code, 1, said)
            self.assertIn(f"the {service} service runs", said)
        for member in services:
            member.kill()
        before = site.generations()
        for service in SERVICES:
            wait_until(lambda it=service: "already" in site.take_in(it)[1],
                       "its last sign of life is old", 20)
            self.assertEqual(site.take_in(service)[0], 1)
        self.assertEqual(site.generations(), before)

        for table in ("logs", "events", "requests", "documents", "checkpoints", "attachments"):
            site.rows(f"DELETE FROM kkr_consultation.{table} WHERE region = 'hovedstaden'")
        code, said = site.take_in("consultation")
        self.assertEqual(code, 1, "the other regions are there")
        self.assertRegex(said, r"consultation/hovedstaden: \d+ events.* are imported")
        self.assertEqual(len(site.generations() - before), 1)
        for member in services:
            member.start()
        for member in services:
            wait_until(member.is_ready, f"{member.name} is ready")
        wait_until(lambda: site.get("/readyz").status == 200, "the site is ready")
        self.assertEqual(site.whole_state().differences(self.before), "")

    def test_a_backup_with_one_other_byte_is_refused_and_leaves_nothing(self):
        postgres = servers.postgres()
        database = new_database(postgres)
        self.addCleanup(postgres.drop_database, database)
        damaged = os.path.join(self.folder, "damaged")
        files = [os.path.join(folder, name) for folder, _, names in os.walk(self.backup)
                 for name in names if folder != self.backup]
        self.assertGreater(len(files), len(self.logs), "sends and an attachment stand beside them")
        for file in files:
            shutil.copytree(self.backup, damaged)
            name = os.path.relpath(file, self.backup)
            with open(os.path.join(damaged, name), "r+b") as changed:
                at = random.randrange(os.path.getsize(file))
                changed.seek(at)
                byte = changed.read(1)[0]
                changed.seek(at)
                changed.write(bytes([byte ^ 1]))
            code, said = take_in(name.split("/")[0], postgres, database, damaged)
            self.assertEqual(code, 1, f"byte {at} of {name}: {said}")
            shutil.rmtree(damaged)
        tables = postgres.query(
            database, "SELECT schemaname || '.' || tablename FROM pg_tables "
            f"WHERE schemaname LIKE 'kkr_%' AND tablename NOT IN ({OF_THE_CLUSTER})")
        self.assertGreater(len(tables), 20)
        for table in tables:
            self.assertEqual(postgres.query(database, f"SELECT count(*) FROM {table}"), ["0"])


if __name__ == "__main__":
    unittest.main()
