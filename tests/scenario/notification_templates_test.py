"""What notices read, changed by the secretariat through the site's HTTP."""
import json
import unittest

from financing import patch
from hearing import REGION, ROUND, must, open_round
from site_under_test import Site

CLOCK = "2013-02-06T08:00:00Z"
TEMPLATE = REGION + "/templates/reminder-da"
ROUND_NAME = ROUND.removeprefix("/v1/")
WHOLE = "Frist: {{deadline}}, {{place}}: {{action_url}}"


def content(text=WHOLE, subject="Husk {{round}}", html=""):
    return {"subject": subject, "text": text, "html": html}


class Templates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(demo_clock=CLOCK)
        cls.addClassCleanup(cls.site.__exit__)
        cls.site.start()
        open_round(cls.site)

    def update(self, text=WHOLE, path=TEMPLATE, **fields):
        return patch(self.site, path, dict({"content": content(text)}, **fields))

    def test_there_is_one_for_each_occasion_and_language(self):
        listed = must(self.site.get(REGION + "/templates?pageSize=1000"))["templates"]
        names = [one["name"].rsplit("/", 1)[1] for one in listed]
        self.assertEqual(names, sorted(names))
        self.assertEqual(len(names), 18)
        self.assertIn("invoice-issued-en", names)
        first = must(self.site.get(REGION + "/templates?pageSize=7"))
        rest = must(self.site.get(
            REGION + "/templates?pageSize=100&pageToken=" + first["nextPageToken"]))
        self.assertEqual([one["name"] for one in first["templates"] + rest["templates"]],
                         [one["name"] for one in listed])

    def test_tells_which_variables_there_are(self):
        shown = must(self.site.get(REGION + "/templates/dunning-da"))
        names = [variable["name"] for variable in shown["variables"]]
        self.assertIn("former_due_date", names)
        self.assertNotIn("deadline", names)

    def test_every_change_is_a_version_and_the_first_one_comes_back(self):
        before = must(self.site.get(TEMPLATE))
        changed = must(self.update("Hej. " + WHOLE))
        self.assertEqual(changed["version"], before["version"] + 1)
        self.assertEqual(must(self.site.get(TEMPLATE))["content"]["text"], "Hej. " + WHOLE)
        first = must(self.site.get(TEMPLATE + "?version=0"))
        self.assertIn("Vi har endnu ikke modtaget", first["content"]["text"])
        reset = must(self.site.post(TEMPLATE + ":reset", {}))
        self.assertEqual(reset["version"], changed["version"] + 1)
        self.assertEqual(reset["content"], first["content"])
        old = must(self.site.get(f"{TEMPLATE}?version={changed['version']}"))
        self.assertEqual(old["content"]["text"], "Hej. " + WHOLE)

    def test_refuses_a_fault_when_it_is_saved(self):
        wrong = self.update("x\n{{deadlin}}")
        self.assertEqual((wrong.status, wrong.reason), (400, "TEMPLATE_INVALID"))
        metadata = wrong.json["error"]["details"][0]["metadata"]
        self.assertEqual(metadata["line"], "2")
        self.assertIn("deadlin", metadata["fault"])
        self.assertEqual(self.update("{{#meeting}}" + WHOLE).reason, "TEMPLATE_INVALID")
        self.assertEqual(self.update("Uden frist").reason, "TEMPLATE_INVALID")
        self.assertEqual(self.update("").reason, "ARGUMENT_INVALID")

    def test_refuses_a_change_of_what_somebody_else_changed(self):
        seen = must(self.update(path=REGION + "/templates/invitation-en"))["etag"]
        must(self.update(path=REGION + "/templates/invitation-en"))
        stale = self.update(path=REGION + "/templates/invitation-en", etag=seen)
        self.assertEqual((stale.status, stale.reason), (409, "ETAG_STALE"))

    def test_knows_no_other(self):
        for path in ("/templates/reminder-de", "/templates/reminder", "/templates/unspecified-da"):
            missing = self.site.get(REGION + path)
            self.assertEqual((missing.status, missing.reason), (404, "TEMPLATE_UNKNOWN"), path)
        self.assertEqual(self.site.get(TEMPLATE + "?version=99").reason, "TEMPLATE_UNKNOWN")

    def preview(self, path=TEMPLATE, subject=ROUND_NAME, municipality="165", **fields):
        body = dict({"subject": subject, "municipality": municipality}, **fields)
        return self.site.request("POST", path + ":preview", body=json.dumps(body).encode(),
                                 headers={"Content-Type": "application/json"})

    def test_shows_what_it_would_read_for_a_real_municipality(self):
        shown = must(self.preview(REGION + "/templates/reminder-en"))
        self.assertEqual(shown["subject"], "Reminder: Albertslund Kommune has not answered Sundhed"
                                           " – deadline 19 March 2013")
        self.assertIn("Dear Albertslund Kommune", shown["text"])
        self.assertIn("Deadline: Tuesday 19 March 2013", shown["text"])
        self.assertIn(f"http://127.0.0.1:0/v1/{ROUND_NAME}", shown["text"])
        self.assertIn("<th", shown["html"])

    def test_shows_a_text_that_is_not_saved(self):
        shown = must(self.preview(content=content(
            WHOLE, html="<p>{{deadline}} {{place}} {{action_url}}</p>")))
        self.assertIn("Frist: tirsdag den 19. marts 2013", shown["text"])
        self.assertEqual(self.preview(content=content("{{x}}")).reason, "TEMPLATE_INVALID")

    def test_previews_only_what_there_is(self):
        for fields in ({"subject": "regions/hovedstaden/rounds/none"},
                       {"subject": "regions/hovedstaden/invoices/165-2013-1"},
                       {"subject": "regions/sjaelland/rounds/sundhed-2013"},
                       {"municipality": "999"},
                       {"path": REGION + "/templates/dunning-da"}):
            missing = self.preview(**fields)
            self.assertEqual((missing.status, missing.reason), (404, "SUBJECT_UNKNOWN"), fields)


if __name__ == "__main__":
    unittest.main()
