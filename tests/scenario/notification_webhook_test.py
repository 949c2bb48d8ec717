"""Notices to the case systems of others: signed posts, verified as docs/webhooks.md tells to."""
import http.server
import json
import pathlib
import re
import threading
import unittest

from hearing import REGION, must, open_round
from notices import DIRECTOR, advance, appoint, sends
from site_under_test import Site, new_id, wait_until

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "webhooks.md"
OPENED = "2013-02-06T10:00:00Z"
IN_ITS_OWN_NETWORK = ["--webhooks-to-private-addresses", "--smtp-retry-seconds=1"]


def verify_of_the_document():
    """The function that the document shows to receivers."""
    code = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)[1]
    names = {}
    exec(compile(code, DOCUMENT.name, "exec"), names)  # pylint: disable=exec-used
    return names["verify"]


verify = verify_of_the_document()


class CaseSystem:
    """A receiver on this machine: keeps what it is sent and answers as it is told to."""

    def __init__(self):
        self.posts = []  # (headers with names in lower case, body)
        self.status = 204
        system = self

        class Inbox(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                system.posts.append((headers, body))
                self.send_response(system.status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Inbox)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}/kkr"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def register(site, url, **webhook):
    return must(site.create(REGION + "/webhooks", {"url": url, **webhook}))


def posts(site, state):
    return sends(site, state=state, channel="CHANNEL_WEBHOOK")


class Webhook(unittest.TestCase):
    def setUp(self):
        self.site = self.enterContext(Site(demo_clock=OPENED, arguments=IN_ITS_OWN_NETWORK))
        self.system = self.enterContext(CaseSystem())

    def wait_for_posts(self, count):
        wait_until(lambda: len(self.system.posts) >= count, f"{count} posts")
        self.assertEqual(len(self.system.posts), count)
        return self.system.posts

    def test_posts_each_notice_once_signed_as_the_document_says(self):
        webhook = register(self.site, self.system.url)
        open_round(self.site)
        posts = self.wait_for_posts(29)
        seen = set()
        for headers, body in posts:
            self.assertTrue(verify(webhook["secret"], headers, body, seen))
            self.assertFalse(verify(webhook["secret"], headers, body, seen), "a repeat")
            notice = json.loads(body)
            self.assertEqual(notice["id"], headers["webhook-id"])
            self.assertEqual(notice["occasion"], "INVITATION")
            self.assertEqual(notice["deadline_date"], "2013-03-19")
        self.assertEqual(len({json.loads(body)["municipality"] for _, body in posts}), 29)

    def test_signs_with_nothing_that_others_have(self):
        first = register(self.site, self.system.url, municipality="165")
        rotated = must(self.site.post("/v1/" + first["name"] + ":rotateSecret", {}))
        self.assertNotEqual(rotated["secret"], first["secret"])
        open_round(self.site)
        headers, body = self.wait_for_posts(1)[0]
        late = int(headers["webhook-timestamp"]) + 301
        self.assertFalse(verify(first["secret"], headers, body, set()), "the old secret")
        self.assertFalse(verify(rotated["secret"], headers, body + b" ", set()), "another body")
        self.assertFalse(verify(rotated["secret"], headers, body, set(), now=late), "too late")
        self.assertTrue(verify(rotated["secret"], headers, body, set()))

    def test_posts_only_what_was_asked_for(self):
        register(self.site, self.system.url, municipality="165",
                 occasions=["OCCASION_EXTENSION_GRANTED"])
        open_round(self.site)
        must(self.site.post(REGION + "/rounds/sundhed-2013/extensions/165:grant",
                            {"deadlineDate": "2013-04-02", "reason": "Møde"}))
        _, body = self.wait_for_posts(1)[0]
        self.assertEqual(json.loads(body)["occasion"], "EXTENSION_GRANTED")

    def test_posts_again_what_could_not_be_taken(self):
        webhook = register(self.site, self.system.url, municipality="165")
        self.system.status = 503
        open_round(self.site)
        self.wait_for_posts(1)
        self.system.status = 204
        first, again = self.wait_for_posts(2)
        self.assertEqual(first[0]["webhook-id"], again[0]["webhook-id"])
        self.assertEqual(first[1], again[1])
        self.assertTrue(verify(webhook["secret"], *again, set()))
        wait_until(lambda: posts(self.site, "STATE_SENT"), "the post is sent")

    def test_keeps_what_was_refused_until_it_is_mended(self):
        webhook = register(self.site, self.system.url, municipality="165")
        self.system.status = 404
        open_round(self.site)
        failed = wait_until(lambda: posts(self.site, "STATE_FAILED"), "the post is given up")
        self.assertEqual(len(failed), 1)
        self.system.status = 204
        must(self.site.request("POST", "/v1/" + failed[0]["name"] + ":retry", body=b"{}",
                               headers={"Content-Type": "application/json",
                                        "KKR-Actor": "secretariat"}))
        wait_until(lambda: posts(self.site, "STATE_SENT"), "the post is sent")
        ids = {headers["webhook-id"] for headers, _ in self.wait_for_posts(2)}
        self.assertEqual(len(ids), 1)
        self.assertTrue(webhook["secret"])

    def test_is_told_instead_of_a_person_who_wishes_it(self):
        register(self.site, self.system.url, municipality="165")
        advance(self.site, "2013-02-06T11:00:00Z")
        for code in ("101", "165"):
            person = appoint(self.site, code)
            wish = json.dumps({"channel": "CHANNEL_WEBHOOK"}).encode()
            path = f"{REGION}/preferences/{person['name'].removeprefix('persons/')}"
            must(self.site.request("PATCH", f"{path}?requestId={new_id()}", body=wish,
                                   headers={"Content-Type": "application/json",
                                            "KKR-Actor": "secretariat"}))
        open_round(self.site)
        advance(self.site, "2013-02-06T12:00:00Z")
        self.wait_for_posts(1)
        told = {send["office"]: send for send in sends(self.site, municipality="165")}
        self.assertEqual(told[DIRECTOR]["dropRule"], "DROP_RULE_TOLD_BY_WEBHOOK")
        # There is none for the other, so it is written to.
        self.assertEqual([send["state"] for send in sends(self.site, municipality="101")],
                         ["STATE_SENT"])

    def test_posts_nothing_to_one_that_was_removed(self):
        webhook = register(self.site, self.system.url, municipality="165")
        must(self.site.request("DELETE", f"/v1/{webhook['name']}?requestId={new_id()}",
                               headers={"KKR-Actor": "secretariat"}))
        open_round(self.site)
        advance(self.site, "2013-02-06T11:00:00Z")
        self.assertEqual(self.site.get("/v1/" + webhook["name"]).reason, "WEBHOOK_UNKNOWN")
        self.assertEqual(self.system.posts, [])


class WebhookRegistration(unittest.TestCase):
    def setUp(self):
        self.site = self.enterContext(Site(demo_clock=OPENED))

    def test_shows_the_secret_to_whoever_made_it_and_to_nobody_else(self):
        request_id = new_id()
        resource = {"url": "https://esdh.albertslund.example/kkr"}
        made = [must(self.site.create(REGION + "/webhooks", resource, request_id=request_id))
                for _ in range(2)]
        self.assertEqual(made[0], made[1])
        self.assertRegex(made[0]["secret"], r"^whsec_[\w+/]{43}=$")
        self.assertFalse(must(self.site.get("/v1/" + made[0]["name"])).get("secret"))
        listed = must(self.site.get(REGION + "/webhooks"))["webhooks"]
        self.assertTrue(all(not webhook.get("secret") for webhook in listed))

    def test_refuses_a_url_that_cannot_be_posted_to(self):
        for url in ("http://esdh.example/", "https://me:pw@esdh.example/", "esdh.example", ""):
            reply = self.site.create(REGION + "/webhooks", {"url": url})
            self.assertEqual((reply.status, reply.reason), (400, "ARGUMENT_INVALID"), url)

    def test_posts_to_no_private_address(self):
        with CaseSystem() as system:
            url = system.url.replace("http://127.0.0.1", "https://localhost")
            register(self.site, url, municipality="165")
            open_round(self.site)
            failed = wait_until(lambda: posts(self.site, "STATE_FAILED"), "the post is refused")
            self.assertIn("not public", json.dumps(failed[0]))
            self.assertEqual(system.posts, [])


if __name__ == "__main__":
    unittest.main()
