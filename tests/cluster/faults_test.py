"""A cluster under load while its processes and servers fail at random: nothing acknowledged is
lost, nothing is done twice, and everybody catches up. Prints its seed."""
import os
import random
import signal
import time
import unittest

import servers
from cluster_site import SERVICES, ClusterSite
from load import Load
from site_under_test import wait_until

LONG = os.environ.get("KKR_LONG") == "1"
SECONDS, PER_SECOND = (300, 500) if LONG else (20, 40)
SEED = int(os.environ.get("KKR_SEED", str(random.randrange(10**6))))


class Faults(unittest.TestCase):
    def setUp(self):
        self.site = self.enterContext(ClusterSite(replicas=2, gateways=2))
        self.assertEqual(self.site.get("/v1/regions/hovedstaden/papers").status, 200)

    def rows(self, statement):
        return servers.postgres().query(self.site.database, statement)

    def test_writes_are_back_within_three_seconds_of_a_killed_leader(self):
        with Load(self.site.ports, per_second=40) as load:
            time.sleep(2)
            for service, region in (("consultation", "hovedstaden"), ("registry", "danmark")):
                leader = wait_until(lambda s=service, r=region: self.site.leader(s, r), "a leader")
                acked = len(load.acked[service])
                killed_at = time.monotonic()
                self.site.members[leader].kill()
                wait_until(lambda s=service, n=acked: len(load.acked[s]) > n + 4, "writes", 10)
                print(f"{service}: writes back after {load.longest_pause(killed_at):.2f} s")
                self.assertLess(load.longest_pause(killed_at), 3)
                self.site.members[leader].start()
                wait_until(self.site.members[leader].is_ready, "the killed one is back")

    def test_nothing_acknowledged_is_lost(self):
        print(f"seed {SEED}")
        choose = random.Random(SEED)
        faults = [self.kill, self.kill, self.pause, self.restart_postgres, self.wipe_nats]
        with Load(self.site.ports, PER_SECOND) as load:
            ends_at = time.monotonic() + SECONDS
            while time.monotonic() < ends_at:
                time.sleep(choose.uniform(1, 3))
                choose.choice(faults)(choose)
            last_fault_at = time.monotonic()
        self.assertEqual(load.refused, [])
        wait_until(self.is_caught_up, "every follower has caught up", 30)
        print(f"caught up {time.monotonic() - last_fault_at:.1f} s after the last fault")
        for service, region, fact in (("consultation", "hovedstaden", "paper_created"),
                                      ("registry", "danmark", "person_created")):
            self.check(service, region, fact, load)

    def check(self, service, region, fact, load):
        schema, acked = f"kkr_{service}", load.acked[service]
        stored = self.rows(f"SELECT request_id FROM {schema}.requests WHERE region = '{region}'")
        count, newest, facts = self.rows(
            f"SELECT count(*), max(position), count(*) FILTER (WHERE type = '{fact}') "
            f"FROM {schema}.events WHERE region = '{region}'")[0].split("\t")
        covered = self.rows(
            f"SELECT count(*) FROM {schema}.events e JOIN {schema}.requests r "
            f"ON r.region = e.region AND e.position BETWEEN r.first_position AND r.last_position "
            f"WHERE e.region = '{region}' AND e.type = '{fact}'")[0]
        print(f"{service}: acked {len(acked)}, stored {len(stored)}, events {count}, "
              f"duplicated {len(stored) - len(set(stored))}, tries in vain {load.failures}")
        self.assertTrue(acked <= set(stored), "acknowledged, but not stored")
        self.assertGreater(len(acked), 0)
        self.assertEqual(count, newest, "positions without gaps")
        self.assertEqual(facts, covered, "every fact belongs to one command")

    def is_caught_up(self):
        behind = self.rows(
            "SELECT 1 FROM kkr_consultation.logs l LEFT JOIN kkr_notification.checkpoints c "
            "ON c.region = l.region AND c.source = 'consultation/' || l.region "
            "AND c.position = l.position WHERE c.region IS NULL UNION ALL "
            "SELECT 1 FROM kkr_registry.logs l LEFT JOIN kkr_consultation.checkpoints c "
            "ON c.source = 'registry/danmark' AND c.position = l.position WHERE c.region IS NULL")
        return behind == []

    def one_of(self, choose):
        service = choose.choice([*SERVICES, "gateway"])
        return self.site.members[f"{service}-{choose.randrange(1, 3)}"]

    def kill(self, choose):
        member = self.one_of(choose)
        print("kill", member.name)
        member.kill()
        time.sleep(choose.uniform(0, 1))
        member.start()

    def pause(self, choose):
        member = self.one_of(choose)
        print("stop for a while", member.name)
        member.signal(signal.SIGSTOP)
        time.sleep(5)
        member.signal(signal.SIGCONT)

    def restart_postgres(self, _):
        print("restart PostgreSQL")
        servers.postgres().kill(signal.SIGINT)
        servers.postgres().start()

    def wipe_nats(self, _):
        print("wipe NATS")
        self.site.nats.wipe()


if __name__ == "__main__":
    unittest.main()
