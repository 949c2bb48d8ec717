"""What the cluster profile is held to, measured on this machine in one run: real processes on real
servers, load and servers on the same processors, ratios between things measured in turn. Prints a
table; exits 1 when a line does not hold.
  run.py [figure ...]      only these, by the name in the first column"""
import argparse
import contextlib
import os
import re
import statistics
import subprocess
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(__file__), "../../tests", folder)
                for folder in ("scenario", "cluster")]

import financing  # noqa: E402
import servers  # noqa: E402
import sse_delay  # noqa: E402
from hearing import must  # noqa: E402
from loaded_site import DURABLE, HASTY, OTHERS, PROGRAMS, LoadedSite  # noqa: E402

IN_FLIGHT = 128
MANY_IN_FLIGHT = 1_000
TURNS = 3
SERVICES = ["registry", "consultation", "financing", "notification"]
REGION = "hovedstaden"
# Of each service a log, and the fact of the command that write_everywhere() gives it: when it
# happens again it changes nothing.
REPEATED = {"registry": ("danmark", "person_registered"),
            "consultation": (REGION, "paper_created"),
            "financing": (REGION, "agreement_created"),
            "notification": (REGION, "settings_updated")}
MANY, MOST = 1_000_000, 10_000_000


class Line:
    """One line of the table."""

    def __init__(self, name, wanted, seen, holds, note=""):
        self.name, self.wanted, self.seen, self.holds, self.note = name, wanted, seen, holds, note

    def __str__(self):
        holds = "yes" if self.holds else "NO"
        return f"{self.name:22} {self.wanted:>12} {self.seen:>12}  {holds:3}  {self.note}"


def at_least(name, wanted, seen, unit="", note=""):
    return Line(name, f"≥ {wanted:,}{unit}", f"{seen:,.4g}{unit}" if seen < 100
                else f"{seen:,.0f}{unit}", seen >= wanted, note)


def at_most(name, wanted, seen, unit="", note=""):
    return Line(name, f"≤ {wanted:,}{unit}", f"{seen:,.3g}{unit}", seen <= wanted, note)


def percentile_99(ordered):
    return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]


def program(name):
    """Runs one of the programs of this folder, which exits 1 when too slow; what it prints."""
    done = subprocess.run([os.path.join(PROGRAMS, "bench/cluster", name)], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=False)
    return done.stdout.decode()


def pgbench(site, clients, seconds=3):
    """Events a second, one in each transaction."""
    script = os.path.join(site.postgres.folder, "one_event.sql")
    payload, metadata = site.rows(
        "SELECT avg(octet_length(payload))::int, avg(octet_length(metadata))::int "
        "FROM kkr_consultation.events WHERE type = 'answer_submitted'")[0].split("\t")
    with open(script, "w", encoding="ascii") as file:
        file.write(
            "\\set position random(1, 9000000000000000000)\n"
            "INSERT INTO single_events VALUES ('region', :position, "
            "'6f0c2c0e-0f6b-4d8a-9d70-2f2b8a2f2f10', 'round-1', :position, 'answer_submitted', "
            f"decode(repeat('78', {payload}), 'hex'), decode(repeat('78', {metadata}), 'hex'), "
            "1360105200000000000, decode(repeat('78', 32), 'hex'));\n")
    done = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T",
                           str(seconds), "-f", script, site.conninfo()], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return float(re.search(r"tps = ([\d.]+)", done.stdout.decode()).group(1))


def submit_rate(site, answers, seconds=3):
    return site.submit(answers, seconds)["per_second"]


def submitting(site):
    """Durable SubmitAnswer beside pgbench, which has as many clients as answers are in flight."""
    answers = site.answers(REGION, MANY_IN_FLIGHT)
    site.end(*OTHERS)
    submit_rate(site, answers[:IN_FLIGHT])
    site.rows("CREATE TABLE single_events (LIKE kkr_consultation.events INCLUDING ALL)")
    for in_flight in (IN_FLIGHT, MANY_IN_FLIGHT):
        single, grouped = [], []
        for _ in range(TURNS):
            single.append(pgbench(site, in_flight))
            grouped.append(submit_rate(site, answers[:in_flight]))
        single, grouped = statistics.median(single), statistics.median(grouped)
        yield at_least(f"submit/pgbench {in_flight:5,}", 2, grouped / single, "",
                       f"{grouped:,.0f}/s over gRPC, pgbench {single:,.0f}/s, {in_flight:,} each")


def appending(_):
    printed = program("bench_append")
    yield at_least("append/pgbench", 2, float(re.search(r"([\d.]+) x pgbench", printed).group(1)),
                   "", "the same without gRPC, domain and relay")


def relaying(_):
    rates = [float(rate) for rate in re.findall(r"server\(s\): (\d+) events/s",
                                                program("bench_relay"))]
    yield at_least("relay", 20_000, min(rates), "/s",
                   f"one server {rates[0]:,.0f}/s, three {rates[1]:,.0f}/s")


def hearing(site):
    """From the acknowledgement of a command to the event stream."""
    sse_delay.delays(site.port, 500, 2)
    ordered = sse_delay.delays(site.port, 500, 10)
    yield at_most("acknowledged to SSE", 20, percentile_99(ordered) * 1000, " ms",
                  f"p99 of {len(ordered)}, median {ordered[len(ordered) // 2] * 1000:.1f} ms")


def view_from_redis(_):
    printed = program("bench_redis_board")
    yield at_least("view from Redis", 5_000,
                   float(re.search(r"from Redis\s+([\d.]+)", printed).group(1)), "/s")


def idling(site):
    time.sleep(2)
    sizes = {name: site.memory(name) for name in site.members}
    yield at_most("idle memory", 30, max(own for _, own in sizes.values()), " MiB",
                  "the largest, with its share of the libraries; all resident pages: "
                  + ", ".join(f"{name[:-2]} {all_of:.0f}" for name, (all_of, _) in sizes.items()))


def write_everywhere(site, turn):
    """A command to each service, and what follows from it."""
    must(site.create("/v1/persons", {"givenName": "Eksempel", "familyName": "Eksempelsen",
                                     "email": "eksempel@kommune.example"}))
    must(site.create(f"/v1/regions/{REGION}/papers", {"title": "Papir", "area": "somatik"}))
    must(site.create(f"/v1/regions/{REGION}/agreements", {
        "title": "Aftale", "fromDate": "2013-05-08", "versions": [financing.TERMS]},
        agreementId=f"aftale-{turn}"))
    settings = f"/v1/regions/{REGION}/notificationSettings"
    must(financing.patch(site, settings, must(site.get(settings))))


def starting(site):
    """Ready with 100,000 events in each service, and a snapshot."""
    answers = site.answers(REGION, IN_FLIGHT)
    submit_rate(site, answers)
    write_everywhere(site, 1)
    everybody = [f"{service}-1" for service in SERVICES]
    site.await_rest("notification")
    site.end("gateway-1", *reversed(everybody))
    for service, (region, repeated) in REPEATED.items():
        site.fill(service, region, repeated, to=100_000)
    site.begin_again(*everybody, "gateway-1")
    site.await_relays(*SERVICES)
    site.await_rest("notification")
    write_everywhere(site, 2)
    site.end("gateway-1", *reversed(everybody))
    seconds = {service: site.ready_after(f"{service}-1") for service in SERVICES}
    site.begin_again("gateway-1")
    yield at_most("ready after", 1, max(seconds.values()), " s", "100,000 events: " + ", ".join(
        f"{service} {seconds[service]:.2f} s" for service in SERVICES))


def growing(site):
    """The cost of a command in a long log beside that in a short one."""
    short, long = "syddanmark", "hovedstaden"
    answers = {region: site.answers(region, IN_FLIGHT) for region in (short, long)}
    site.end(*OTHERS)
    submit_rate(site, answers[long], seconds=1)
    submit_rate(site, answers[short], seconds=1)
    site.end("consultation-1")
    site.fill("consultation", long, "answer_submitted", to=MANY)
    site.begin_again("consultation-1")
    site.await_relays("consultation")
    submit_rate(site, answers[long])  # Each page's first change after a checkpoint is dear.
    began = site.position("consultation", short)
    rates = {short: [], long: []}
    for _ in range(TURNS):
        for region, so_far in rates.items():
            so_far.append(submit_rate(site, answers[region]))
    few, many = (statistics.median(rates[region]) for region in (short, long))
    yield Line("cost with events", "within 15 %", f"{(few / many - 1) * 100:+.0f} %",
               few / many <= 1.15,
               f"{few:,.0f}/s from {began:,} events on, {many:,.0f}/s after {MANY:,}")
    site.begin_again(*reversed(OTHERS))


def starting_long(site):
    """From the snapshot of the longest log."""
    answers = site.answers("midtjylland", IN_FLIGHT)
    site.end(*OTHERS)
    submit_rate(site, answers, seconds=10)  # A state of many versions.
    site.end("consultation-1")
    site.fill("consultation", "midtjylland", "answer_submitted", to=MOST)
    size = int(site.rows("SELECT length(state) FROM kkr_consultation.snapshots "
                         "WHERE region = 'midtjylland'")[0])
    yield at_most("start at 10,000,000", 5, site.ready_after("consultation-1"), " s",
                  f"from a snapshot of {size / 2**20:.1f} MiB")


def spreading(site):
    """One region alone, then one and all among fifty."""
    site.end_old_regions()
    listed = site.get("/v1/municipalities?pageSize=200").json["municipalities"]
    regions = [f"region-{number}" for number in range(50)]
    site.begin_region(regions[0], listed[0]["name"])
    one = site.answers(regions[0], IN_FLIGHT)
    site.end(*OTHERS)
    alone = [submit_rate(site, one) for _ in range(TURNS)]
    site.begin_again(*reversed(OTHERS))
    for region, municipality in list(zip(regions, listed))[1:]:
        site.begin_region(region, municipality["name"])
    each = -(-IN_FLIGHT // len(regions))
    everywhere = [name for region in regions[1:] for name in site.answers(region, each)]
    everywhere = (everywhere + one)[:IN_FLIGHT]
    site.end(*OTHERS)
    among, together = [], []
    for _ in range(TURNS):
        among.append(submit_rate(site, one))
        together.append(submit_rate(site, everywhere))
    alone, among, together = (statistics.median(rates) for rates in (alone, among, together))
    yield Line("cost among 50 regions", "within 15 %", f"{(alone / among - 1) * 100:+.0f} %",
               alone / among <= 1.15, f"{alone:,.0f}/s alone, {among:,.0f}/s among 50")
    yield at_least("50 active/one", 0.5, together / alone, "", f"{together:,.0f}/s together")


def boarding(site):
    """The first page of a board of 10,000, made afresh for every reader."""
    paper = site.approved_paper(REGION)
    site.open_round(REGION, "stor", paper)
    site.end("gateway-1", "notification-1", "consultation-1")
    site.invite(REGION, 10_000)
    site.begin_again("consultation-1", "notification-1", "gateway-1")
    path = f"/v1/regions/{REGION}/rounds/stor"
    board = site.get(path + ":board")
    afresh = {"KKR-Min-Position": board.headers["kkr-position"]}
    took = {}
    for what, asked, headers in (("board", path + ":board", afresh),
                                 ("list", path + "/invitees?pageSize=1000", {})):
        took[what] = []
        for _ in range(500):
            began = time.monotonic()
            assert site.get(asked, headers).status == 200
            took[what].append(time.monotonic() - began)
    worst = max(percentile_99(sorted(of)) for of in took.values()) * 1000
    invited = board.json["counts"]["invited"]
    yield at_most("board of 10,000", 50, worst, " ms", f"p99 of {len(took['board'])}, "
                  f"{len(board.body):,} bytes of {invited:,} invited")


# Figures of one row share a site, on a PostgreSQL with these settings.
FIGURES = [(DURABLE, {"memory": idling, "sse": hearing, "board": boarding, "submit": submitting}),
           (DURABLE, {"ready": starting}),
           (DURABLE, {"growth": growing}),
           (DURABLE, {"regions": spreading}),
           (HASTY, {"longest": starting_long})]
PROGRAM_FIGURES = {"append": appending, "relay": relaying, "redis": view_from_redis}


@contextlib.contextmanager
def postgres_with(settings):
    postgres = servers.Postgres(settings)
    try:
        postgres.start()
        yield postgres
    finally:
        postgres.remove()


def measured(asked):
    """The lines, one by one, as they are measured."""
    for name, measure in PROGRAM_FIGURES.items():
        if not asked or name in asked:
            yield from measure(None)
    for settings, row in FIGURES:
        wanted = [measure for name, measure in row.items() if not asked or name in asked]
        if wanted:
            with postgres_with(settings) as postgres, LoadedSite(postgres) as site:
                for measure in wanted:
                    yield from measure(site)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("figures", nargs="*")
    lines = []
    for line in measured(parser.parse_args().figures):
        print(line, flush=True)
        lines.append(line)
    sys.exit(0 if all(line.holds for line in lines) else 1)


if __name__ == "__main__":
    main()
