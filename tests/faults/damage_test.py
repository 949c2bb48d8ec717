"""A damaged store: verify names the first position it cannot vouch for, and serve makes that
region read-only while the others go on."""
import glob
import os
import re
import shutil
import sqlite3
import tempfile
import unittest

from hearing import REGION, ROUND, must, open_round, submit
from scale import scaled, seeded
from site_under_test import Site, admin

CLOCK = "2013-02-06T08:00:00Z"


def run_sql(path, *statements):
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def contents(path):
    """Every row of every table; None when SQLite cannot read them all."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        tables = [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'snapshot'")]
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall()
                for table in sorted(tables)}
    except sqlite3.Error:
        return None


class Damage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="kkr-damage-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.whole = os.path.join(cls.folder, "whole")
        cls.anchor = os.path.join(cls.folder, "anchor")
        with Site(data=cls.whole, demo_clock=CLOCK,
                  arguments=["--anchor", cls.anchor]) as site:
            open_round(site)
            for number in range(30):
                must(submit(site, "165", f"Svar {number}"))
            must(site.create("/v1/regions/nordjylland/papers",
                             {"title": "Nord", "area": "somatik"}))
            assert site.stop() == 0

    def setUp(self):
        self.data = os.path.join(self.folder, "damaged")
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self.whole, self.data)
        self.log = self.log_file(self.data)

    @staticmethod
    def log_file(data):
        found = glob.glob(os.path.join(data, "consultation", "hovedstaden*.db"))
        assert len(found) == 1, found
        return found[0]

    def head(self):
        connection = sqlite3.connect(self.log)
        (position,) = connection.execute("SELECT max(position) FROM events").fetchone()
        connection.close()
        return position

    def verify(self):
        return admin("verify", "--data", self.data, "--anchor", self.anchor)

    def assert_cannot_vouch_for(self, position):
        code, said = self.verify()
        self.assertNotEqual(code, 0, said)
        self.assertRegex(said, rf"consultation/hovedstaden.*position {position}\b")

    def test_vouches_for_an_undamaged_site(self):
        code, said = self.verify()
        self.assertEqual(code, 0, said)
        self.assertIn("consultation/hovedstaden", said)

    def test_names_the_position_of_a_changed_event(self):
        run_sql(self.log, "UPDATE events SET payload = x'00' WHERE position = 7")
        self.assert_cannot_vouch_for(7)

    def test_names_the_position_of_a_deleted_event(self):
        run_sql(self.log, "DELETE FROM events WHERE position = 9")
        self.assert_cannot_vouch_for(9)

    def test_names_the_position_of_a_deleted_last_event(self):
        position = self.head()
        run_sql(self.log, f"DELETE FROM events WHERE position = {position}")
        self.assert_cannot_vouch_for(position)

    def test_names_the_first_of_two_swapped_events(self):
        run_sql(self.log, "UPDATE events SET position = -1 WHERE position = 5",
                "UPDATE events SET position = 5 WHERE position = 8",
                "UPDATE events SET position = 8 WHERE position = -1")
        self.assert_cannot_vouch_for(5)

    def test_finds_a_site_set_back_to_an_earlier_day(self):
        """A whole, consistent, but older copy of a log: only the anchor tells."""
        shutil.rmtree(self.data)
        with Site(data=self.data, demo_clock=CLOCK) as site:
            open_round(site)
            assert site.stop() == 0
        code, said = self.verify()
        self.assertNotEqual(code, 0, said)

    def test_finds_a_changed_document(self):
        run_sql(self.log, "UPDATE documents SET value = x'20' WHERE key = "
                          "(SELECT key FROM documents WHERE value IS NOT NULL LIMIT 1)")
        code, said = self.verify()
        self.assertNotEqual(code, 0, said)
        self.assertRegex(said, r"position \d+")

    def test_finds_a_deleted_request(self):
        run_sql(self.log, "DELETE FROM requests WHERE sequence = 4")
        code, said = self.verify()
        self.assertNotEqual(code, 0, said)
        self.assertRegex(said, r"position \d+")

    def test_never_vouches_for_a_flipped_byte_that_changes_a_row(self):
        random = seeded("damage")
        before = contents(self.log)
        with open(self.log, "rb") as file:
            whole = bytearray(file.read())
        for _ in range(scaled(40, 400)):
            offset = random.randrange(len(whole))
            flipped = bytearray(whole)
            flipped[offset] ^= 1 << random.randrange(8)
            with open(self.log, "wb") as file:
                file.write(flipped)
            code, said = self.verify()
            if code == 0:
                self.assertEqual(contents(self.log), before, f"byte {offset}")
            else:
                self.assertRegex(said, r"position \d+", f"byte {offset}: {said}")

    def test_serves_the_other_regions_and_reads_of_the_damaged_one(self):
        run_sql(self.log, "UPDATE events SET payload = x'00' WHERE position = 7")
        with Site(data=self.data) as site:
            reply = submit(site, "165")
            self.assertEqual(reply.reason, "REGION_READ_ONLY", reply)
            self.assertTrue(re.search("restore", reply.json["error"]["message"]), reply)
            must(site.create("/v1/regions/nordjylland/papers",
                             {"title": "Går videre", "area": "somatik"}))
            self.assertEqual(site.get(REGION + "/papers").status, 200)
            self.assertEqual(must(site.get("/v1/municipalities/165"))["name"],
                             "municipalities/165")

    def test_serves_when_sqlite_itself_reports_corruption(self):
        with open(self.log, "r+b") as file:
            file.seek(0)
            file.write(b"Not a database at all")
        code, said = self.verify()
        self.assertNotEqual(code, 0, said)
        self.assertRegex(said, r"consultation/hovedstaden.*position 1\b")
        with Site(data=self.data) as site:
            self.assertEqual(submit(site, "165").reason, "REGION_READ_ONLY")
            must(site.create("/v1/regions/nordjylland/papers",
                             {"title": "Går videre", "area": "somatik"}))
            self.assertIn(site.get(ROUND).status, (404, 503))


if __name__ == "__main__":
    unittest.main()
