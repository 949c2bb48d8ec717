"""Invitations over a mail server that wants encryption and a login, signed with the site's key."""
import base64
import os
import subprocess
import tempfile
import unittest

from notices import appoint, sends
from hearing import open_round
from scripted_mail import MailServer
from site_under_test import Site, wait_until

CLOCK = "2013-02-06T08:00:00Z"
ALBERTSLUND = "165"


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


class OverTls(unittest.TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory(prefix="kkr-tls-"))
        self.certificate = self.new_certificate("server")
        openssl("genrsa", "-out", self.path("dkim"), "2048")
        public = openssl("rsa", "-in", self.path("dkim"), "-pubout", "-outform", "DER")
        self.mail = self.enterContext(MailServer({"": {
            "certificate": self.certificate, "key": self.path("server.key"), "user": "kkr",
            "password": "hemmelig", "dkim": "v=DKIM1; k=rsa; p=" + base64.b64encode(
                public).decode()}}))
        with open(self.path("password"), "w", encoding="utf-8") as file:
            file.write("hemmelig\n")

    def path(self, name):
        return os.path.join(self.folder, name)

    def new_certificate(self, name):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=scripted.example", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                self.path(name + ".key"), "-out", self.path(name + ".crt"))
        return self.path(name + ".crt")

    def invite(self, ca_file, password="password"):
        """A site that has opened a round, and what became of the director's invitation."""
        site = self.enterContext(Site(demo_clock=CLOCK, arguments=[
            f"--smtp-url=smtp://127.0.0.1:{self.mail.port}", f"--smtp-ca-file={ca_file}",
            "--smtp-user=kkr", f"--smtp-password-file={self.path(password)}",
            f"--dkim-key={self.path('dkim')}", "--mail-from=KKR <kkr@kkr.example>"]))
        appoint(site, ALBERTSLUND, address="karen@albertslund.example")
        open_round(site)

        def tried():
            found = sends(site, municipality=ALBERTSLUND)
            return found and found[0]["state"] in ("STATE_SENT", "STATE_DEFERRED") and found[0]
        return wait_until(tried, "the invitation is tried")

    def test_a_mail_travels_encrypted_and_carries_a_signature_that_holds(self):
        self.assertEqual(self.invite(self.certificate)["state"], "STATE_SENT")
        mail, = self.mail.journal(to="karen")
        self.assertTrue(mail["encrypted"])
        self.assertTrue(mail["signed"])

    def test_nothing_goes_to_a_server_that_is_not_the_one(self):
        send = self.invite(self.new_certificate("other"))
        self.assertEqual(send["state"], "STATE_DEFERRED")
        self.assertEqual(self.mail.journal(), [])

    def test_a_login_that_fails_is_no_fault_of_the_recipient(self):
        with open(self.path("wrong"), "w", encoding="utf-8") as file:
            file.write("forkert\n")
        send = self.invite(self.certificate, password="wrong")
        self.assertEqual(send["state"], "STATE_DEFERRED")
        self.assertIn("535", send["reason"])
        self.assertEqual(self.mail.journal(), [])


if __name__ == "__main__":
    unittest.main()
