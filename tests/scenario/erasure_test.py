"""What people wrote about people, erased on request: it stands nowhere any more, and what happened
stays told."""
import unittest

from hearing import ROUND, answer_body, must, open_round
from site_under_test import Site, admin, files_holding

SECRETS = ("Tusnelda", "Prøvesten", "Hjortespring", "Ærenpris", "Natskygge")


def answer_naming_people():
    body = answer_body("Kontakt Tusnelda på rådhuset")
    body["signOff"] = {"signer": "Ole Prøvesten", "signDate": "2013-02-06"}
    return body


class Erasure(unittest.TestCase):
    def setUp(self):
        self.site = Site(demo_clock="2013-02-06T08:00:00Z")
        self.site.start()
        self.addCleanup(self.site.__exit__)
        open_round(self.site)
        must(self.site.post(f"{ROUND}/answers/165:submit", answer_naming_people()))
        second = answer_naming_people()
        second["values"][0]["text"] = "Spørg Hjortespring i stedet"
        must(self.site.post(f"{ROUND}/answers/165:submit", second))
        must(self.site.post(f"{ROUND}/answers/165:saveDraft", {
            "value": {"question": "maalsaetninger", "text": "Eller Ærenpris"}}))
        must(self.site.post(f"{ROUND}/answers/157:submit", answer_body("Uden navne")))

    def erase_texts(self):
        return must(self.site.post(f"{ROUND}/answers/165:eraseTexts", {}))

    def collect(self):
        must(self.site.post(f"{ROUND}:close", {}))
        must(self.site.post(f"{ROUND}/collections", {
            "questionNotes": [{"question": "maalsaetninger", "text": "Fru Natskygge ønsker det"}],
            "outcomeNote": "Aftalt med fru Natskygge"}))

    def test_an_answer_keeps_its_story_without_its_words(self):
        before = must(self.site.get(f"{ROUND}/answers/165"))
        erased = self.erase_texts()
        self.assertTrue(erased["valuesErased"] and erased["signOffErased"])
        for version in (1, 2):
            read = must(self.site.get(f"{ROUND}/answers/165?version={version}"))
            self.assertTrue(read["valuesErased"] and read["signOffErased"])
            self.assertEqual(read["values"], [])
            self.assertNotIn("signOff", read)
            self.assertEqual(read["kind"], before["kind"])
        self.assertEqual(erased["recordTime"], before["recordTime"])
        draft = must(self.site.get(f"{ROUND}/answers/165/draft"))
        self.assertEqual(draft.get("questions", []), [])
        other = must(self.site.get(f"{ROUND}/answers/157"))
        self.assertEqual(other["values"][0]["text"], "Uden navne")

    def test_erasing_again_changes_nothing_and_what_is_not_there_is_not_erased(self):
        first = self.erase_texts()
        self.assertEqual(self.erase_texts()["etag"], first["etag"])
        unknown = self.site.post(f"{ROUND}/answers/101:eraseTexts", {})
        self.assertEqual((unknown.status, unknown.reason), (404, "ANSWER_UNKNOWN"))
        unknown = self.site.post(f"{ROUND}/collections/1:eraseNotes", {})
        self.assertEqual((unknown.status, unknown.reason), (404, "COLLECTION_UNKNOWN"))

    def test_a_collection_made_before_shows_it_as_erased(self):
        self.collect()
        self.erase_texts()
        must(self.site.post(f"{ROUND}/collections/1:eraseNotes", {}))
        collection = must(self.site.get(f"{ROUND}/collections/1"))
        rows = {m["municipality"]: m for m in collection["content"]["municipalities"]}
        self.assertTrue(rows["165"]["valuesErased"] and rows["165"]["signOffErased"])
        self.assertFalse(rows["157"].get("valuesErased", False))
        for export in ("JSON", "CSV", "HTML"):
            page = self.site.get(f"{ROUND}/collections/1:export?format=EXPORT_FORMAT_{export}")
            text = page.body.decode()
            self.assertIn("Uden navne", text)
            self.assertEqual([secret for secret in SECRETS if secret in text], [], export)

    def test_nothing_of_it_stays_in_any_file(self):
        self.collect()
        for secret in SECRETS:
            self.assertNotEqual(files_holding(self.site.folder, secret), [], "nothing to erase")
        self.erase_texts()
        must(self.site.post(f"{ROUND}/collections/1:eraseNotes", {}))
        self.assertEqual(self.site.stop(), 0)
        for secret in SECRETS:
            self.assertEqual(files_holding(self.site.folder, secret), [], secret)
        code, said = admin("verify", "--data", self.site.data)
        self.assertEqual(code, 0, said)


if __name__ == "__main__":
    unittest.main()
