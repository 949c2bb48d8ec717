"""Durable SubmitAnswer over gRPC at 64 in flight, beside the same with batches of one command and
beside an empty echo of the same bytes; in turn, several times, in one run. Prints medians and the
two ratios the project holds itself to."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

ROUNDS = 3


class Server:
    """A process under load and the address of its gRPC."""

    def __init__(self, process, target):
        self.process = process
        self.target = target
        self.prepared = False

    def stop(self):
        self.process.terminate()
        self.process.wait()


def start_site(kkr, folder, *arguments):
    os.makedirs(folder)
    process = subprocess.Popen(
        [kkr, "serve", "--data", folder, "--http-listen", "127.0.0.1:0", "--grpc-listen",
         "127.0.0.1:0", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    about = os.path.join(folder, "site.json")
    deadline = time.monotonic() + 30
    while not os.path.exists(about):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("the site did not start")
        time.sleep(0.05)
    with open(about, encoding="utf-8") as file:
        return Server(process, json.load(file)["grpc"])


def start_echo(echo):
    process = subprocess.Popen([echo], stdout=subprocess.PIPE)
    server = Server(process, "127.0.0.1:" + process.stdout.readline().decode().strip())
    server.prepared = True
    return server


def measure(load, server, seconds):
    command = [load, "--target", server.target, "--seconds", str(seconds)]
    if not server.prepared:
        command.append("--prepare")
        server.prepared = True
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kkr", required=True)
    parser.add_argument("--load", required=True)
    parser.add_argument("--echo", required=True)
    parser.add_argument("--folder", default=None, help="on a real disk; default: here")
    parser.add_argument("--seconds", type=int, default=5)
    arguments = parser.parse_args()

    folder = tempfile.mkdtemp(prefix="bench-submit-", dir=arguments.folder or os.getcwd())
    servers = {
        "echo": start_echo(arguments.echo),
        "group commit": start_site(arguments.kkr, os.path.join(folder, "grouped")),
        "batch of one": start_site(arguments.kkr, os.path.join(folder, "single"),
                                   "--batch-commands-max=1"),
    }
    try:
        figures = {name: [] for name in servers}
        for _ in range(ROUNDS):
            for name, server in servers.items():
                figures[name].append(measure(arguments.load, server, arguments.seconds))
    finally:
        for server in servers.values():
            server.stop()
        shutil.rmtree(folder)
    rate = {}
    for name, runs in figures.items():
        rate[name] = statistics.median(run["per_second"] for run in runs)
        p50 = statistics.median(run["p50_us"] for run in runs)
        p99 = statistics.median(run["p99_us"] for run in runs)
        print(f"{name:14} {rate[name]:8.0f}/s   p50 {p50:6.0f} us   p99 {p99:7.0f} us")
    print(f"group commit / batch of one  {rate['group commit'] / rate['batch of one']:.2f}  (>= 4)")
    print(f"group commit / echo          {rate['group commit'] / rate['echo']:.2f}  (>= 0.35)")


if __name__ == "__main__":
    main()
