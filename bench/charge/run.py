"""Charge runs of 10,000 invoices in all, as the service decides them: planned, numbered, posted,
written as UBL, read back and checked; beside xmllint, which parses the same files, in turn and in
one run. Prints medians and the rate the project holds itself to."""
import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time

ROUNDS = 5
INVOICES = 10_000
RATE_MIN = 1_000


def parse_all(files):
    start = time.monotonic()
    subprocess.run(["xmllint", "--noout", "--nonet", *files], check=True)
    return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", required=True)
    options = parser.parse_args()
    if shutil.which("xmllint") is None:
        raise SystemExit("xmllint is missing: install the Debian package libxml2-utils")
    figures = {"charge runs": [], "xmllint": []}
    with tempfile.TemporaryDirectory(prefix="kkr-charge-") as folder:
        for _ in range(ROUNDS):
            done = subprocess.run([options.runs, str(INVOICES), folder], check=True,
                                  stdout=subprocess.PIPE, text=True)
            agreements, issued, seconds = done.stdout.split()
            figures["charge runs"].append(float(seconds))
            files = [os.path.join(folder, name) for name in os.listdir(folder)]
            figures["xmllint"].append(parse_all(files))
        size = sum(map(os.path.getsize, files))
    issued = int(issued)
    print(f"{issued} invoices of {agreements} agreements, {len(files)} documents of "
          f"{size / len(files):.0f} bytes, medians of {ROUNDS}:")
    medians = {name: statistics.median(all_of) for name, all_of in figures.items()}
    for name, median in medians.items():
        rounds = [round(seconds, 3) for seconds in figures[name]]
        print(f"  {name:11} {median:7.3f} s {issued / median:10.0f}/s   {rounds}")
    rate = issued / medians["charge runs"]
    print(f"  {rate:.0f} invoices/s (at least {RATE_MIN} are asked for), "
          f"{medians['charge runs'] / medians['xmllint']:.1f} times as long as xmllint")
    if rate < RATE_MIN:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
