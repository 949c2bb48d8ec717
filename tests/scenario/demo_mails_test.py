"""The demo as somebody watches it: it prints the mails of each step, and its maildir holds them as
a mail program reads them (python's mailbox)."""
import email.policy
import json
import mailbox
import os
import subprocess
import unittest
import urllib.request

from site_under_test import KKR

STAYS = "The site stays until Ctrl-C."
MAILS_STAND_IN = "The mails stand in "


class DemoMails(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.demo = subprocess.Popen([KKR, "demo", "--http-listen", "127.0.0.1:0"], text=True,
                                    stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        cls.addClassCleanup(cls.demo.communicate)
        cls.addClassCleanup(cls.demo.terminate)
        cls.printed = []
        for line in cls.demo.stdout:
            cls.printed.append(line.rstrip("\n"))
            if line.startswith(STAYS):
                break
        folder = next(line for line in cls.printed if line.startswith(MAILS_STAND_IN))
        cls.maildir = folder.removeprefix(MAILS_STAND_IN).rstrip(".")
        with open(os.path.join(cls.maildir, "..", "site.json"), encoding="utf-8") as file:
            cls.url = json.load(file)["http"]
        cls.mails = {}
        for message in mailbox.Maildir(cls.maildir, create=False):
            mail = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
            cls.mails[mail["Message-ID"].strip("<>")] = mail

    def get(self, path):
        with urllib.request.urlopen(self.url + path) as reply:
            return json.load(reply)

    def sends(self):
        found, token = [], ""
        while True:
            page = self.get(f"/v1/regions/hovedstaden/sends?pageSize=100&pageToken={token}")
            found += page["sends"]
            token = page.get("nextPageToken", "")
            if not token:
                return [send for send in found if send["state"] == "STATE_SENT"]

    def test_prints_the_mails_of_each_step(self):
        told = [line.split("Mails, ")[1] for line in self.printed if "Mails, " in line]
        self.assertEqual(told[0], "invitation: 29 sendt, heraf 1 til kommunens postkasse")
        names = [line.split(":")[0] for line in told]
        self.assertLessEqual({"invitation", "kvittering for svar", "påmindelse", "ny frist",
                              "høring lukket", "opsamling klar", "faktura", "betalingsrykker"},
                             set(names))
        self.assertIn("    | Emne: Høring: Politiske målsætninger på sundhedsområdet – Københavns "
                      "Kommune bedes svare senest 19. marts 2013", self.printed)

    def test_the_maildir_holds_each_mail_once(self):
        sends = self.sends()
        self.assertEqual({send["messageId"] for send in sends}, set(self.mails))
        self.assertEqual(len(os.listdir(os.path.join(self.maildir, "new"))), len(sends))
        self.assertEqual(os.listdir(os.path.join(self.maildir, "tmp")), [])

    def test_a_mail_program_reads_what_was_written(self):
        for send in self.sends():
            mail = self.mails[send["messageId"]]
            shown = self.get("/v1/" + send["name"])
            self.assertEqual(mail["Subject"], shown["mailSubject"])
            self.assertEqual([one.addr_spec for one in mail["To"].addresses], [shown["address"]])
            text = mail.get_body(("plain",)).get_content()
            self.assertEqual(text.replace("\r\n", "\n"), shown["mailText"])
            self.assertIn("/v1/regions/hovedstaden/", mail.get_body(("html",)).get_content())
            self.assertFalse(mail.defects)

    def test_a_reminder_puts_its_deadline_into_the_calendar(self):
        reminders = [send for send in self.sends() if send["occasion"] == "OCCASION_REMINDER"]
        for send in reminders:
            kinds = [part.get_content_type() for part in self.mails[send["messageId"]].walk()]
            self.assertIn("text/calendar", kinds)


if __name__ == "__main__":
    unittest.main()
