"""The board of a round with 98 municipalities from the gateway's cache of a real `kkr serve`, with
one write a second going on, beside nginx serving the same bytes and beside the same board made
afresh for every request; in turn, several times, in one run. Prints medians, the ratio the project
holds itself to, and what an idle site takes."""
import argparse
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request
import uuid

ROUNDS = 3
RATIO_MIN = 0.5
NGINX_PORT = 18098
REGION = "/v1/regions/landet"
BOARD = REGION + "/rounds/maaling:board"
OLD_REGIONS = ["hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"]
NGINX = """
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  types {{ application/json json; }}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


class Site:
    """A `kkr serve` on a fresh folder."""

    def __init__(self, kkr, data):
        self.process = subprocess.Popen(
            [kkr, "serve", "--data", data, "--http-listen", "127.0.0.1:0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        about = os.path.join(data, "site.json")
        deadline = time.monotonic() + 60
        while not os.path.exists(about):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("the site did not start")
            time.sleep(0.05)
        with open(about, encoding="utf-8") as file:
            self.url = json.load(file)["http"]

    def get(self, path):
        with urllib.request.urlopen(self.url + path) as reply:
            return reply.read(), reply.headers

    def post(self, path, body, **query):
        if query:
            path += "?" + "&".join(f"{name}={value}" for name, value in query.items())
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {
            "Content-Type": "application/json", "KKR-Actor": "secretariat"})
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)

    def command(self, path, body):
        return self.post(path, dict(body, requestId=str(uuid.uuid4())))

    def create(self, path, resource, **query):
        return self.post(path, resource, requestId=uuid.uuid4(), **query)

    def resident_mebibytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def open_round_for_all(site):
    """Puts every municipality into one region for half a year, and asks them all."""
    listed, _ = site.get("/v1/municipalities?pageSize=200")
    for region in OLD_REGIONS:
        site.command(f"/v1/regions/{region}:end", {"toDate": "2026-06-30"})
    period = {"fromDate": "2026-07-01", "toDate": "2026-12-31"}
    site.create("/v1/regions", dict(period, displayName="Landet", officialName="Hele landet"),
                regionId="landet")
    for municipality in json.loads(listed)["municipalities"]:
        site.command(REGION + ":addMember", dict(period, municipality=municipality["name"]))
    site.create(REGION + "/rounds", {
        "title": "Måling", "questions": [{"id": "a", "title": "A", "text": {}}],
        "invitation": {"asOfDate": "2026-09-01"}, "deadlineDate": "2099-12-31"},
        roundId="maaling")
    opened = site.command(REGION + "/rounds/maaling:open", {})
    if opened["invitedCount"] != 98:
        raise SystemExit(f"{opened['invitedCount']} municipalities are invited, not 98")


@contextlib.contextmanager
def one_write_a_second(site):
    """In the region of the board, so that every write makes the kept board stale."""
    done = threading.Event()

    def write():
        while not done.wait(1):
            site.create(REGION + "/papers", {"title": "Papir", "area": "somatik"})

    writer = threading.Thread(target=write)
    writer.start()
    yield
    done.set()
    writer.join()


@contextlib.contextmanager
def nginx_in(folder):
    with open(os.path.join(folder, "nginx.conf"), "w", encoding="utf-8") as file:
        file.write(NGINX.format(folder=folder, port=NGINX_PORT))
    os.chmod(folder, 0o755)
    process = subprocess.Popen(["nginx", "-p", folder, "-c", os.path.join(folder, "nginx.conf")])
    time.sleep(1)
    yield f"http://127.0.0.1:{NGINX_PORT}/"
    process.terminate()
    process.wait()


def requests_per_second(url, seconds, headers=()):
    done = subprocess.run(["wrk", "-t2", "-c64", f"-d{seconds}s", *headers, url],
                          stdout=subprocess.PIPE, check=True)
    printed = done.stdout.decode()
    if "Non-2xx" in printed:
        raise SystemExit(printed)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1))


def measure(site, folder, seconds):
    content, headers = site.get(BOARD)
    with open(os.path.join(folder, "board.json"), "wb") as file:
        file.write(content)
    # A reader who has seen a position gets a board made afresh.
    afresh = ["-H", "KKR-Min-Position: " + headers["KKR-Position"]]
    figures = {"nginx": [], "cached": [], "uncached": []}
    with nginx_in(folder) as nginx, one_write_a_second(site):
        for _ in range(ROUNDS):
            figures["nginx"].append(requests_per_second(nginx + "board.json", seconds))
            figures["cached"].append(requests_per_second(site.url + BOARD, seconds))
            figures["uncached"].append(requests_per_second(site.url + BOARD, seconds, afresh))
    return len(content), figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kkr", required=True)
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    for tool in ("wrk", "nginx"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is missing: install the Debian packages wrk and nginx-light")
    with tempfile.TemporaryDirectory(prefix="kkr-board-") as folder:
        site = Site(options.kkr, os.path.join(folder, "site"))
        time.sleep(2)
        idle = site.resident_mebibytes()
        open_round_for_all(site)
        size, figures = measure(site, folder, options.seconds)
        loaded = site.resident_mebibytes()
        site.stop()
    medians = {name: statistics.median(all_of) for name, all_of in figures.items()}
    print(f"board of 98 municipalities, {size} bytes, one write a second, medians of {ROUNDS}:")
    for name, median in medians.items():
        print(f"  {name:9} {median:8.0f} requests/s   {[round(x) for x in figures[name]]}")
    ratio = medians["cached"] / medians["nginx"]
    print(f"  cached / nginx = {ratio:.2f} (at least {RATIO_MIN} is asked for)")
    print(f"  idle site {idle:.0f} MiB resident, after the load {loaded:.0f} MiB")
    if ratio < RATIO_MIN:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
