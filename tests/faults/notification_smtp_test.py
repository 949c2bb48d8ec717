"""Invitations over a real mail server that answers 250, 421, 452 and 550, drops the connection
after the message, is slow, or never answers. What the send log says is what happened; what was put
off arrives later; and nobody gets two Message-IDs for one notice."""
import unittest

from hearing import REGION, ROUND, must, open_round
from notices import appoint, sends
from scripted_mail import MailServer
from site_under_test import Site, wait_until

CLOCK = "2013-02-06T08:00:00Z"
SCRIPT = {"busy": "rcpt 421", "full": "rcpt 452", "gone": "always 550", "grey": "data 451",
          "spam": "data 554", "dropped": "drop", "slow": "slow 2", "stalled": "stall"}
# Which municipality's director has which address, and what the log says in the end.
MUNICIPALITIES = {
    "101": ("taken", [("SENT", "ACCEPTED", 250)]),
    "147": ("busy", [("DEFERRED", "TRY_AGAIN", 421), ("SENT", "ACCEPTED", 250)]),
    "151": ("full", [("DEFERRED", "TRY_AGAIN", 452), ("SENT", "ACCEPTED", 250)]),
    "153": ("gone", [("FAILED", "REFUSED", 550)]),
    "155": ("grey", [("DEFERRED", "TRY_AGAIN", 451), ("SENT", "ACCEPTED", 250)]),
    "157": ("spam", [("FAILED", "REFUSED", 554)]),
    "159": ("dropped", [("DEFERRED", "OUTCOME_UNKNOWN", 0), ("SENT", "ACCEPTED", 250)]),
    "161": ("slow", [("SENT", "ACCEPTED", 250)]),
    "163": ("stalled", [("DEFERRED", "OUTCOME_UNKNOWN", 0), ("SENT", "ACCEPTED", 250)]),
}
ON_THE_WAY = ("STATE_PLANNED", "STATE_SENDING", "STATE_DEFERRED")


def outcomes(site, send):
    """The transitions of a send that say what a server did, without its words."""
    shown = must(site.get("/v1/" + send["name"]))
    steps = [(one["state"].removeprefix("STATE_"), one["reason"].split(":")[0],
              one.get("code", 0))
             for one in shown["transitions"]]
    return [step for step in steps if step[0] in ("DEFERRED", "SENT", "FAILED", "DROPPED")]


class AgainstAMailServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mail = cls.enterClassContext(MailServer(SCRIPT))
        cls.site = cls.enterClassContext(Site(demo_clock=CLOCK, arguments=cls.mail.arguments + [
            "--smtp-timeout-seconds=5", "--smtp-retry-seconds=1"]))
        for code, (local, _) in MUNICIPALITIES.items():
            appoint(cls.site, code, address=f"{local}@kommune-{code}.example")
        open_round(cls.site)
        cls.sends = wait_until(cls.ended, "every invitation has its outcome", 120)
        cls.journal = cls.mail.journal()
        cls.outcomes = {code: outcomes(cls.site, send) for code, send in cls.sends.items()}

    def heard_of(self, local):
        """What the server noted of the recipient until every invitation had its outcome."""
        return [line for line in self.journal if line["to"].startswith(local + "@")]

    @classmethod
    def ended(cls):
        found = {send["municipality"]: send for send in sends(
            cls.site, occasion="OCCASION_INVITATION") if send["municipality"] in MUNICIPALITIES}
        done = len(found) == len(MUNICIPALITIES) and all(
            send["state"] not in ON_THE_WAY for send in found.values())
        return found if done else None

    def test_each_outcome_is_in_the_log_as_it_was(self):
        for code, (local, expected) in MUNICIPALITIES.items():
            with self.subTest(local):
                self.assertEqual(self.outcomes[code], expected)

    def test_what_was_put_off_arrives_and_what_was_refused_does_not(self):
        for local, expected in MUNICIPALITIES.values():
            said = [line["said"] for line in self.heard_of(local)]
            self.assertEqual(said.count(250), 1 if expected[-1][0] == "SENT" else 0, local)

    def test_nobody_gets_two_message_ids_or_two_texts_for_one_notice(self):
        for local, _ in MUNICIPALITIES.values():
            heard = [line for line in self.heard_of(local) if line["heard"]]
            self.assertLessEqual(len({line["message_id"] for line in heard}), 1, local)
            self.assertLessEqual(len({line["digest"] for line in heard}), 1, local)
        ids = [line["message_id"] for line in self.journal if line["said"] == 250]
        self.assertEqual(len(set(ids)), len(ids))

    def test_the_subject_says_what_who_and_when(self):
        subject = self.heard_of("taken")[0]["subject"]
        self.assertEqual(subject, "Høring: Sundhed – Københavns Kommune bedes svare senest "
                                  "19. marts 2013")

    def test_a_refused_address_is_shown_and_can_be_mended(self):
        gaps = must(self.site.get(REGION + "/noticeGaps?pageSize=1000"))["gaps"]
        refused = {gap["municipality"]: gap for gap in gaps if gap["kind"] == "KIND_REFUSED"}
        self.assertEqual(set(refused), {"153", "157"})
        # The spam filter refused one message only: the same address takes the next one.
        send = refused["157"]["send"]
        must(self.site.request("POST", f"/v1/{send}:retry", body=b"{}",
                               headers={"Content-Type": "application/json",
                                        "KKR-Actor": "secretariat"}))
        wait_until(lambda: must(self.site.get("/v1/" + send))["state"] == "STATE_SENT",
                   "the mended send arrives")
        ids = {line["message_id"] for line in self.mail.journal(to="spam") if line["heard"]}
        self.assertEqual(len(ids), 1)


if __name__ == "__main__":
    unittest.main()
