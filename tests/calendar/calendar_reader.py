"""What ical.js reads in a calendar."""

import json
import pathlib
import subprocess

READER = pathlib.Path(__file__).with_name("read_calendar.mjs")


def read(text):
    """{"method": ..., "entries": [...]}; instants are seconds since 1970. Raises when ical.js
    cannot read the text."""
    done = subprocess.run(["node", str(READER)], input=text.encode(), capture_output=True)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode())
    return json.loads(done.stdout)
