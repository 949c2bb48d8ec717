"""kill -9 every second while notices go out: all arrive, a repeat is the same message byte by byte,
and there is at most one repeat for each kill and connection."""
import collections
import time
import unittest

from hearing import REGION, must, open_round
from notices import appoint, sends
from scale import scaled, seeded
from site_under_test import Site, wait_until
from smtp_sink import SmtpSink

CLOCK = "2013-02-06T09:00:00Z"
CONNECTIONS = 2  # Of a region, as Sender has them.
MUNICIPALITIES = 29


def open_rounds(site, how_many):
    """More rounds of the same kind as the first, each of which invites everybody."""
    first = open_round(site, "runde-0")
    body = {key: first[key] for key in ("title", "paper", "paperVersion", "questions",
                                        "invitation", "deadlineDate")}
    for number in range(1, how_many):
        must(site.create(REGION + "/rounds", body, roundId=f"runde-{number}"))
        must(site.post(f"{REGION}/rounds/runde-{number}:open", {}))


def states(site):
    """How many sends are in which state."""
    return collections.Counter(send["state"] for send in sends(site))


class NotificationKill9(unittest.TestCase):
    def test_everything_arrives_and_a_repeat_is_the_same_message(self):
        rounds = scaled(24, 345)
        wanted = rounds * MUNICIPALITIES
        random = seeded("notification_kill9")
        with SmtpSink() as sink:
            arguments = ["--smtp-url=" + sink.url, "--smtp-tls=none",
                         "--mail-from=KKR <kkr@hovedstaden.example>"]
            with Site(demo_clock=CLOCK, arguments=arguments) as site:
                members = must(site.get(REGION + "/municipalities?asOf=2013-02-06&pageSize=100"))
                for member in members["municipalities"]:
                    appoint(site, member["code"])
                open_rounds(site, rounds)
                kills = 0
                while sink.count() < wanted:
                    before = sink.count()
                    time.sleep(random.uniform(0.2, 1.0))  # When the blow falls, not a wait.
                    if sink.count() >= wanted:
                        break
                    site.kill()
                    kills += 1
                    site.start()
                    wait_until(lambda seen=before: sink.count() > seen, "something more arrives",
                               seconds=60)
                wait_until(lambda: states(site) == {"STATE_SENT": wanted}, "all are known as sent",
                           seconds=120)
        repeats = sum(len(copies) - 1 for copies in sink.taken.values())
        print(f"{wanted} notices, {kills} kills, {repeats} repeats, "
              f"{sink.connections} connections", flush=True)
        self.assertGreater(kills, 0)
        self.assertEqual(len(sink.taken), wanted)
        for name, copies in sink.taken.items():
            self.assertEqual(len(set(copies)), 1, f"{name} came as different messages: {copies}")
        self.assertLessEqual(repeats, kills * CONNECTIONS)


if __name__ == "__main__":
    unittest.main()
