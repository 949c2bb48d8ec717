"""A process that leads logs is stopped in the middle of its work, and wakes up when another leads
them: it commits nothing more. PostgreSQL itself writes down who commits what."""
import signal
import time
import unittest

import hearing
from cluster_site import ClusterSite
from load import Load
from site_under_test import wait_until

LOGS = (("consultation", "hovedstaden"), ("registry", "danmark"))
# Of each event: the session that wrote it, and who held the lease then.
WITNESS = """
CREATE TABLE {schema}.written (
  region text, position bigint, session text, epoch bigint, holder uuid);
CREATE FUNCTION {schema}.witness() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO {schema}.written
    SELECT NEW.region, NEW.position, current_setting('application_name'), epoch, holder
    FROM {schema}.leases WHERE region = NEW.region;
  RETURN NULL;
END $$;
CREATE TRIGGER witness AFTER INSERT ON {schema}.events
  FOR EACH ROW EXECUTE FUNCTION {schema}.witness();
"""


class StoppedLeader(unittest.TestCase):
    def setUp(self):
        self.site = self.enterContext(ClusterSite(replicas=2, gateways=2))
        hearing.open_round(self.site, deadline=hearing.in_days(90))
        for service, _ in LOGS:
            self.site.rows(WITNESS.format(schema=f"kkr_{service}"))

    def test_commits_nothing_after_its_successor_took_over(self):
        with Load(self.site.ports, per_second=60) as load:
            time.sleep(1)
            for service, region in LOGS:
                self.stop_and_wake(service, region)
        self.assertEqual(load.refused, [])
        for service, region in LOGS:
            self.check(service, region, load.acked[service])

    def stop_and_wake(self, service, region):
        first = wait_until(lambda: self.site.leader(service, region), "somebody leads")
        self.site.members[first].signal(signal.SIGSTOP)
        stopped_at = time.monotonic()
        wait_until(lambda: self.site.leader(service, region) not in (first, None),
                   "another leads", 10)
        print(f"{service}: another leads {time.monotonic() - stopped_at:.2f} s after the stop")
        time.sleep(1)  # The successor writes.
        self.site.members[first].signal(signal.SIGCONT)
        time.sleep(2)

    def check(self, service, region, acked):
        schema = f"kkr_{service}"
        rows = [row.split("\t") for row in self.site.rows(
            f"SELECT position, session, epoch, holder FROM {schema}.written "
            f"WHERE region = '{region}' ORDER BY position")]
        for position, session, _, holder in rows:
            self.assertEqual(session, f"kkr {holder}", f"position {position}")
        epochs = [int(epoch) for _, _, epoch, _ in rows]
        self.assertEqual(epochs, sorted(epochs))
        self.assertGreater(epochs[-1], epochs[0])
        events, newest = self.site.rows(f"SELECT count(*), max(position) FROM {schema}.events "
                                        f"WHERE region = '{region}'")[0].split("\t")
        self.assertEqual(events, newest)
        stored = self.site.rows(f"SELECT request_id FROM {schema}.requests")
        print(f"{service}: acked {len(acked)}, stored {len(stored)}, written by each epoch "
              f"{ {epoch: epochs.count(epoch) for epoch in sorted(set(epochs))} }")
        self.assertTrue(acked <= set(stored))


if __name__ == "__main__":
    unittest.main()
