"""A cluster under load: real processes on real servers, with a PostgreSQL that keeps what it
acknowledges."""
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.request

from cluster_site import ClusterSite
from hearing import QUESTIONS, must
from site_under_test import wait_until

PROGRAMS = os.environ["KKR_PROGRAMS"]
LOAD = os.path.join(PROGRAMS, "bench/submit/bench_submit_load")
FILL = os.path.join(PROGRAMS, "bench/cluster/bench_fill_log")
# What a bench leaves out where it would only take time from what is measured.
OTHERS = ["notification-1", "financing-1", "gateway-1"]
OLD_REGIONS = ["hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"]
PERIOD = {"fromDate": "2026-07-01", "toDate": "2026-12-31"}


# Of a PostgreSQL as a site would run it, but for the size …
DURABLE = ["fsync=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=256MB",
           "max_wal_size=4GB", "max_connections=1200"]
# … and of one in which a long log is made soon.
HASTY = ["shared_buffers=512MB", "max_wal_size=8GB"]


class LoadedSite(ClusterSite):
    """One process of every service."""

    def __init__(self, postgres):
        super().__init__(postgres=postgres)

    def conninfo(self):
        return self.postgres.conninfo(self.database)

    def address(self, service):
        return self._addresses[service][0]

    def end(self, *names):
        """Asks these processes to end, in this order, and waits for them."""
        self._close_connection()
        for name in names:
            member = self.members[name]
            if member.process and member.process.poll() is None:
                member.process.terminate()
                member.process.wait(timeout=120)

    def ready_after(self, name):
        """Starts the process and returns the seconds until it was ready."""
        member = self.members[name]
        began = time.monotonic()
        member.start()
        wait_until(member.is_ready, f"{name} is ready", 900)
        return time.monotonic() - began

    def begin_again(self, *names):
        for name in names:
            self.ready_after(name)
        if "gateway-1" in names:
            wait_until(lambda: self.get("/readyz").status == 200, "the gateway is ready", 60)

    def metric(self, member, name):
        """The sum of the metric over its labels."""
        with urllib.request.urlopen(f"http://{self.members[member].operations}/metrics") as reply:
            lines = reply.read().decode().splitlines()
        return sum(float(line.rsplit(" ", 1)[1])
                   for line in lines if re.match(name + r"[ {]", line))

    def position(self, service, region="%"):
        """How many events the service's logs hold, or the one of that region."""
        return int(self.rows(f"SELECT coalesce(sum(position), 0) FROM kkr_{service}.logs "
                              f"WHERE region LIKE '{region}'")[0])

    def await_relays(self, *services):
        """Returns when the bus has taken every event of these services."""
        for service in services:
            wait_until(lambda name=service: self.metric(f"{name}-1", "kkr_relay_position")
                       >= self.position(name), f"{service}'s events are on the bus", 300)

    def await_rest(self, follower):
        """Returns when the service has nothing more to follow."""
        before = None
        while before != (now := self.metric(f"{follower}-1", "kkr_follower_position")):
            before = now
            time.sleep(1)

    def fill(self, service, region, repeated, to):
        """Makes the log that long with events of that type. Only while the service is ended."""
        self._fill(service, region, "--type", repeated, "--to", str(to))

    def invite(self, region, count):
        """Has the region's newest round invite so many. Only while the service is ended."""
        self._fill("consultation", region, "--invite", str(count))

    def _fill(self, service, region, *arguments):
        subprocess.run([FILL, "--postgres", self.conninfo(), "--service", service, "--region",
                        region, *arguments], check=True, stdout=subprocess.DEVNULL)

    def open_round(self, region, round_id, paper):
        """Opens a round over the paper; returns the names of the answers it waits for."""
        path = f"/v1/regions/{region}/rounds"
        must(self.create(path, {
            "title": "Måling", "paper": paper["name"], "paperVersion": 1,
            "questions": [dict(QUESTIONS[0])], "invitation": {"asOfDate": "2026-09-01"},
            "deadlineDate": "2099-12-31"}, roundId=round_id))
        must(self.post(f"{path}/{round_id}:open", {}))
        listed = must(self.get(f"{path}/{round_id}/invitees?pageSize=1000"))
        return [invitee["name"].replace("/invitees/", "/answers/")
                for invitee in listed["invitees"]]

    def approved_paper(self, region):
        path = f"/v1/regions/{region}"
        paper = must(self.create(path + "/papers", {"title": "Papir", "area": "somatik"}))
        file = must(self.upload(path + "/attachments?filename=papir.txt", "Eksempel\n"))
        must(self.post("/v1/" + paper["name"] + ":addVersion",
                       {"attachments": [{"sha256": file["sha256"], "filename": "papir.txt"}]}))
        return must(self.post("/v1/" + paper["name"] + ":approve",
                              {"version": 1, "approvedBy": f"regions/{region}/bodies/kkr",
                               "approvedDate": "2026-07-01"}))

    def answers(self, region, count):
        """Opens as many rounds as wait for so many answers; returns their names."""
        paper = self.approved_paper(region)
        names = []
        while len(names) < count:
            names += self.open_round(region, f"round-{len(names)}", paper)
        return names[:count]

    def begin_region(self, region, municipality):
        must(self.create("/v1/regions", dict(PERIOD, displayName=region, officialName=region),
                         regionId=region))
        must(self.post(f"/v1/regions/{region}:addMember",
                       dict(PERIOD, municipality=municipality)))

    def end_old_regions(self):
        for region in OLD_REGIONS:
            must(self.post(f"/v1/regions/{region}:end", {"toDate": "2026-06-30"}))

    def submit(self, answers, seconds=3):
        """Submits these answers again and again, all at once; returns the figures."""
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write("".join(name + "\n" for name in answers))
            file.flush()
            done = subprocess.run([LOAD, "--target", self.address("consultation"), "--answers",
                                   file.name, "--seconds", str(seconds)],
                                  check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)

    def memory(self, name):
        """What the process takes, in MiB: all its resident pages, and with those it shares
        divided by the processes that share them."""
        with open(f"/proc/{self.members[name].process.pid}/smaps_rollup", encoding="ascii") as file:
            sizes = dict(re.findall(r"^(\w+):\s+(\d+) kB", file.read(), re.MULTILINE))
        return int(sizes["Rss"]) / 1024, int(sizes["Pss"]) / 1024
