"""The scripted mail server as tests use it: started, asked for what it heard, and ended."""
import json
import os
import subprocess
import tempfile

from site_under_test import wait_until

SERVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "smtp_server.py")
DEBIAN_PYTHON = "/usr/bin/python3"  # It has Debian's aiosmtpd, whatever python the tests run on.


class MailServer:
    """One scripted mail server, in a `with` block."""

    def __init__(self, script):
        self.folder = tempfile.TemporaryDirectory(prefix="kkr-smtp-")
        self.journal_path = os.path.join(self.folder.name, "journal")
        script_path = os.path.join(self.folder.name, "script")
        with open(script_path, "w", encoding="utf-8") as file:
            json.dump(script, file)
        self.process = subprocess.Popen([DEBIAN_PYTHON, SERVER, script_path, self.journal_path],
                                        stdin=subprocess.DEVNULL)
        self.port = wait_until(self._port, "the mail server listens")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    @property
    def arguments(self):
        """What tells a site to send here."""
        return [f"--smtp-url=smtp://127.0.0.1:{self.port}", "--smtp-tls=none",
                "--mail-from=KKR Hovedstaden <kkr@kkr.example>"]

    def _lines(self):
        try:
            with open(self.journal_path, encoding="utf-8") as file:
                return [json.loads(line) for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return []

    def _port(self):
        lines = self._lines()
        return lines[0]["port"] if lines else 0

    def journal(self, to=None):
        """What happened to the mails, in order; those of one local part with `to`."""
        lines = self._lines()[1:]
        return [line for line in lines if to is None or line["to"].split("@")[0] == to]
