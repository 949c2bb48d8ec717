"""A cluster under load while its processes, its servers and its network fail at random: nothing
acknowledged is lost, nothing is done twice, and everybody catches up. Prints its seed."""
import os
import random
import time
import unittest

import financing
import hearing
import network
import servers
from cluster_site import SERVICES, ClusterSite
from load import Load
from postgres_pair import PostgresPair
from site_faults import SiteFaults
from site_under_test import wait_until
from whole_state import ask

LONG = os.environ.get("KKR_LONG") == "1"
# Each fault strikes at least once, however long that takes.
SECONDS, PER_SECOND = (300, 500) if LONG else (10, 60)
# How long everything may be taken in anew, or told to clients.
PATIENCE = 300 if LONG else 30
SEED = int(os.environ.get("KKR_SEED", str(random.randrange(10**6))))
OWN_NETWORK = network.enter()


def told(state):
    """What was to be told to whom; what became of it depends on when that was."""
    return [[send[key] for key in ("name", "occasion", "subject", "step", "municipality")]
            for send in state.answers[hearing.REGION + "/sends"]]


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres, cls.redis = PostgresPair(), servers.Redis()
        for server in (cls.postgres, cls.redis):
            cls.addClassCleanup(server.remove)
            server.start()

    def setUp(self):
        self.site = self.enterContext(ClusterSite(replicas=2, gateways=2, postgres=self.postgres,
                                                  redis=self.redis))
        hearing.open_round(self.site, deadline=hearing.in_days(90))
        financing.agree(self.site)

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
        print(f"seed {SEED}" + ("" if OWN_NETWORK else ", no network of its own: none is cut"))
        choose = random.Random(SEED)
        faults = SiteFaults(self.site, choose, OWN_NETWORK)
        with Load(self.site.ports, PER_SECOND, clients=16 if LONG else 4) as load:
            began = time.monotonic()
            ends_at = began + SECONDS
            while time.monotonic() < ends_at or faults.struck < len(faults.kinds):
                time.sleep(choose.uniform(0.5, 1.5))
                faults.strike()
            last_fault_at = time.monotonic()
        rate = len(load.acked_at) / (last_fault_at - began)
        print(f"{rate:.0f} commands/s of {PER_SECOND}, in spite of {faults.struck} faults")
        self.assertEqual(load.refused[:1], [], self.complaints())
        self.await_followers(30)
        seconds = time.monotonic() - last_fault_at
        print(f"caught up {seconds:.1f} s after the last fault")
        self.assertLess(seconds, 10)
        self.check("consultation", "hovedstaden", ["paper_created", "answer_submitted"], load)
        self.check("registry", "danmark", ["person_registered"], load)
        self.check_generations()
        self.check_delivered()
        self.check_views(load)
        self.check_states()

    def complaints(self):
        """What the processes say that needs somebody's hand."""
        return "\n".join(f"{name}: {line}" for name, member in self.site.members.items()
                         for line in member.said().splitlines() if '"level":"error"' in line)

    def check(self, service, region, facts, load):
        """Everything acknowledged is stored, and nothing is stored twice."""
        schema, acked = f"kkr_{service}", load.acked[service]
        of_load = "type IN ('" + "', '".join(facts) + "')"
        stored = self.site.rows(f"SELECT request_id FROM {schema}.requests "
                                f"WHERE region = '{region}'")
        count, newest, made = self.site.rows(
            f"SELECT count(*), max(position), count(*) FILTER (WHERE {of_load}) "
            f"FROM {schema}.events WHERE region = '{region}'")[0].split("\t")
        covered = self.site.rows(
            f"SELECT count(*) FROM {schema}.events e JOIN {schema}.requests r "
            f"ON r.region = e.region AND r.first_position = e.position "  # They make one fact each.
            f"WHERE e.region = '{region}' AND r.last_position = e.position AND {of_load}")[0]
        print(f"{service}: acked {len(acked)}, stored {len(stored)}, events {count}, "
              f"duplicated {len(stored) - len(set(stored))}, tries in vain {load.failures}")
        self.assertTrue(acked <= set(stored), "acknowledged, but not stored")
        self.assertGreater(len(acked), 0)
        self.assertEqual(count, newest, "positions without gaps")
        self.assertEqual(made, covered, "every fact belongs to one command")
        self.assertGreaterEqual(int(made), len(acked), "one fact for each command")

    def check_generations(self):
        """Every log went on under another generation when its PostgreSQL became another."""
        for service in SERVICES:
            self.assertEqual([], self.site.rows(
                f"SET search_path = kkr_{service}; "
                "SELECT region FROM logs WHERE place <> current_place()"), service)

    def check_delivered(self):
        """Notification gave notice of each answer, and of none twice."""
        told = self.site.rows("SELECT count(*) FROM kkr_consultation.events "
                              "WHERE type = 'answer_submitted'")[0]
        notices = self.site.rows("SELECT count(*) FROM kkr_notification.events "
                                 "WHERE type = 'notice_due'")[0]
        sends = self.site.rows("SELECT count(DISTINCT id) FROM kkr_notification.sends "
                               "WHERE subject LIKE '%/answers/%'")[0]
        delivered = int(notices) - 1  # One is the invitation.
        print(f"answers: told {told}, delivered {sends}, duplicated {delivered - int(sends)}")
        self.assertEqual([int(told)] * 2, [delivered, int(sends)])

    def check_views(self, load):
        """What the gateways keep in Redis is what one without it makes anew."""
        board = hearing.ROUND + ":board"
        with self.site.gateway_to(1) as fresh:
            wanted = ask(fresh, board)
        for port in self.site.ports:
            self.assertEqual(wanted, ask(port, board))
        self.assertGreater(load.looks, 10)

    def check_states(self):
        """Both replicas hold what processes hold that begin with the first event; and notification
        has told what one tells that takes in everything from the others anew."""
        wait_until(lambda: not self.unsent(), "whatever is to be sent has been tried", PATIENCE)
        first = self.site.whole_state(1)
        self.await_state(2, lambda state: state.digest == first.digest, first)
        self.site.kill()
        for service in SERVICES:
            self.site.rows(f"DELETE FROM kkr_{service}.snapshots")
        self.site.start()
        self.await_state(1, lambda state: state.digest == first.digest, first)
        self.site.kill()
        self.site.forget("notification")
        self.site.start()
        self.await_followers(PATIENCE)
        self.await_state(1, lambda state: told(state) == told(first), first)
        print(f"state {first.digest[:16]}, rebuilt the same; told anew {len(told(first))} the same")

    def unsent(self):
        """The sends that are still to change by themselves."""
        return self.site.rows("SELECT id FROM kkr_notification.sends "
                              "WHERE state IN ('PLANNED', 'SENDING', 'DEFERRED') LIMIT 1")

    def await_state(self, replica, condition, wanted):
        """A replica reads the log each second, and dispatch takes a moment."""
        ends_at = time.monotonic() + PATIENCE
        while not condition(state := self.site.whole_state(replica)):
            self.assertLess(time.monotonic(), ends_at, wanted.differences(state))

    def await_followers(self, seconds):
        try:
            wait_until(lambda: not self.site.behind(), "every follower has caught up", seconds)
        except AssertionError:
            self.fail(f"{self.site.behind()}\n{self.site.log()}")


if __name__ == "__main__":
    unittest.main()
