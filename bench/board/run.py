"""The board of a round with 98 municipalities from the gateway's cache, with one write a second
going on, beside nginx serving the same bytes and beside the same board uncached; in turn, several
times, in one run. Prints medians, the ratio the project holds itself to, and what an idle site
takes."""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROUNDS = 3
RATIO_MIN = 0.5
BOARD = "/v1/regions/hovedstaden/rounds/7:board"
# A reader who has seen a position gets a view made afresh.
UNCACHED = ["-H", "KKR-Min-Position: consultation/hovedstaden/g/1"]
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


def start_nginx(folder, port):
    with open(os.path.join(folder, "nginx.conf"), "w", encoding="utf-8") as file:
        file.write(NGINX.format(folder=folder, port=port))
    os.chmod(folder, 0o755)
    process = subprocess.Popen(["nginx", "-p", folder, "-c", os.path.join(folder, "nginx.conf")])
    time.sleep(1)
    return process


def requests_per_second(url, seconds, headers=()):
    done = subprocess.run(["wrk", "-t2", "-c64", f"-d{seconds}s", *headers, url],
                          stdout=subprocess.PIPE, check=True)
    printed = done.stdout.decode()
    if "Non-2xx" in printed:
        raise SystemExit(printed)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1))


def resident_mebibytes(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


def idle_site(kkr, folder):
    """Resident memory of `kkr serve` on a fresh folder, once it is ready."""
    data = os.path.join(folder, "site")
    process = subprocess.Popen([kkr, "serve", "--data", data, "--http-listen", "127.0.0.1:0"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not os.path.exists(os.path.join(data, "site.json")):
        if process.poll() is not None or time.monotonic() > deadline:
            return None
        time.sleep(0.1)
    time.sleep(2)
    memory = resident_mebibytes(process.pid)
    process.terminate()
    process.wait()
    return memory


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--site", required=True)
    parser.add_argument("--kkr")
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    for tool in ("wrk", "nginx"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is missing: install the Debian packages wrk and nginx-light")
    with tempfile.TemporaryDirectory(prefix="kkr-board-") as folder:
        site = subprocess.Popen([options.site], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        port = int(site.stdout.readline())
        board = f"http://127.0.0.1:{port}{BOARD}"
        with urllib.request.urlopen(board) as reply, \
                open(os.path.join(folder, "board.json"), "wb") as file:
            content = reply.read()
            file.write(content)
        nginx = start_nginx(folder, port=18098)
        same = "http://127.0.0.1:18098/board.json"
        figures = {"nginx": [], "cached": [], "uncached": []}
        for _ in range(ROUNDS):
            figures["nginx"].append(requests_per_second(same, options.seconds))
            figures["cached"].append(requests_per_second(board, options.seconds))
            figures["uncached"].append(requests_per_second(board, options.seconds, UNCACHED))
        print(f"board of 98 municipalities: {len(content)} bytes, medians of {ROUNDS}")
        medians = {name: statistics.median(all_of) for name, all_of in figures.items()}
        for name, median in medians.items():
            print(f"  {name:9} {median:10.0f} requests/s   {[round(x) for x in figures[name]]}")
        ratio = medians["cached"] / medians["nginx"]
        print(f"  cached / nginx = {ratio:.2f} (at least {RATIO_MIN} is asked for)")
        print(f"  gateway and doubles after load: {resident_mebibytes(site.pid):.0f} MiB resident")
        nginx.terminate()
        site.stdin.close()
        site.wait()
        memory = idle_site(options.kkr, folder) if options.kkr else None
        if memory is not None:
            print(f"  idle site: {memory:.0f} MiB resident")
        if ratio < RATIO_MIN:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
