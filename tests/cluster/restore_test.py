"""PostgreSQL is restored to a point 1,000 events earlier, under gateways that go on, a NATS and a
Redis that know what has never been: followers, streams and views converge on what is there now."""
import time
import unittest

import financing
import hearing
import servers
from archived_postgres import ArchivedPostgres
from cluster_site import SERVICES, ClusterSite
from load import Load
from site_under_test import wait_until
from whole_state import WholeState, ask

BOARD = hearing.ROUND + ":board"
LOST = 1000


class Restore(unittest.TestCase):
    def setUp(self):
        self.postgres, self.redis = ArchivedPostgres(), servers.Redis()
        for server in (self.postgres, self.redis):
            self.addCleanup(server.remove)
            server.start()
        self.site = self.enterContext(ClusterSite(replicas=2, gateways=2, postgres=self.postgres,
                                                  redis=self.redis))
        hearing.open_round(self.site, deadline=hearing.in_days(90))
        financing.agree(self.site)

    def test_everything_converges_on_the_new_generation(self):
        self.postgres.back_up()
        self.load_until(self.head("consultation") + 200)
        self.await_followers()
        then = self.site.whole_state()
        kept = self.head("consultation")
        generations = self.generations()
        self.postgres.mark("before")
        self.load_until(kept + LOST)
        self.await_followers()
        lost = self.head("consultation") - kept
        self.restore()
        self.assertEqual(self.site.whole_state().digest, then.digest,
                         "the site is what it was then")
        load = self.load_until(kept + 100)
        print(f"lost {lost} events, acked {len(load.acked['consultation'])} since, "
              f"tries in vain {load.failures}")
        self.assertEqual(load.refused, [])
        self.await_followers()
        for log, generation in self.generations().items():
            self.assertNotEqual(generation, generations[log], log)
        wait_until(self.streams_are_intact, "the streams hold the logs", 20)
        with self.site.gateway_to(1) as fresh:
            board = ask(fresh, BOARD)
        for port in self.site.ports:
            self.assertEqual(ask(port, BOARD), board)
        self.assertEqual(self.site.whole_state(1).digest, self.site.whole_state(2).digest)

    def restore(self):
        """As docs/operations.md says: no service runs meanwhile. The gateways do."""
        services = [member for name, member in self.site.members.items() if "gateway" not in name]
        for member in services:
            member.kill()
        self.postgres.restore("before")
        began = time.monotonic()
        for member in services:
            member.start()
        for member in services:
            wait_until(member.is_ready, f"{member.name} is back")
        self.await_followers()
        print(f"caught up {time.monotonic() - began:.1f} s after the restore")

    def load_until(self, position):
        with Load(self.site.ports, per_second=400, clients=8) as load:
            wait_until(lambda: self.head("consultation") >= position, "the load", 120)
        return load

    def head(self, service):
        return int(self.site.rows(f"SELECT max(position) FROM kkr_{service}.logs")[0])

    def generations(self):
        return {f"{service}/{region}": generation for service in SERVICES
                for region, generation in (row.split("\t") for row in self.site.rows(
                    f"SELECT region, generation FROM kkr_{service}.logs WHERE position > 0"))}

    def streams_are_intact(self):
        """One stream for each log, and it holds exactly the log."""
        held = self.site.nats.streams()
        wanted = {}
        for service in SERVICES:
            for row in self.site.rows("SELECT region, generation, position "
                                      f"FROM kkr_{service}.logs WHERE position > 0"):
                region, generation, position = row.split("\t")
                wanted[f"kkr-{service}-{region}-{generation}"] = [1, int(position), int(position)]
        return {name: state for name, state in held.items() if state[2] > 0} == wanted

    def await_followers(self):
        wait_until(lambda: not self.site.behind(), "every follower has caught up")


if __name__ == "__main__":
    unittest.main()
