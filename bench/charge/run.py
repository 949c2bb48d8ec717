"""The documents of a charge run of 10,000 members: split, built, written as UBL, read back and
checked; beside xmllint, which parses the same files, in turn and in one run. Prints medians and
the rate the project holds itself to."""
import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time

ROUNDS = 5
MEMBERS = 10_000
RATE_MIN = 1_000


def parse_all(files):
    start = time.monotonic()
    subprocess.run(["xmllint", "--noout", "--nonet", *files], check=True)
    return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", required=True)
    options = parser.parse_args()
    if shutil.which("xmllint") is None:
        raise SystemExit("xmllint is missing: install the Debian package libxml2-utils")
    figures = {"split": [], "documents": [], "xmllint": []}
    with tempfile.TemporaryDirectory(prefix="kkr-charge-") as folder:
        for _ in range(ROUNDS):
            done = subprocess.run([options.documents, str(MEMBERS), folder], check=True,
                                  stdout=subprocess.PIPE, text=True)
            splitting, writing = map(float, done.stdout.split())
            figures["split"].append(splitting)
            figures["documents"].append(writing)
            files = [os.path.join(folder, name) for name in os.listdir(folder)]
            figures["xmllint"].append(parse_all(files))
        size = sum(map(os.path.getsize, files))
    medians = {name: statistics.median(all_of) for name, all_of in figures.items()}
    print(f"{MEMBERS} invoices, {size / MEMBERS:.0f} bytes each, medians of {ROUNDS}:")
    for name, median in medians.items():
        rounds = [round(seconds, 3) for seconds in figures[name]]
        print(f"  {name:9} {median:7.3f} s {MEMBERS / median:10.0f}/s   {rounds}")
    rate = MEMBERS / (medians["split"] + medians["documents"])
    print(f"  charge run {rate:.0f} invoices/s (at least {RATE_MIN} are asked for), "
          f"{medians['documents'] / medians['xmllint']:.1f} times as long as xmllint")
    if rate < RATE_MIN:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
