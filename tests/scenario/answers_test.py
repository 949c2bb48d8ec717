"""Answers as they are given: drafts, versions, letters, treatments, withdrawals."""
import concurrent.futures
import unittest

from hearing import REGION, ROUND, SIGN_OFF, answer_body, must, open_round, submit
from site_under_test import Site, new_id

# Codes of twenty of the 29 municipalities of Hovedstaden.
TWENTY = ["101", "147", "151", "153", "155", "157", "159", "161", "163", "165",
          "167", "169", "173", "175", "183", "185", "187", "190", "201", "210"]


def errors(reply):
    """The one ErrorInfo of a refusal."""
    return next(d for d in reply.json["error"]["details"] if d["@type"].endswith("ErrorInfo"))


class Answers(unittest.TestCase):
    def setUp(self):
        self.site = Site(demo_clock="2013-02-06T08:00:00Z")
        self.site.start()
        self.addCleanup(self.site.__exit__)
        open_round(self.site)

    def save(self, question, text, etag="", actor="persons/anna", code="165"):
        return self.site.post(f"{ROUND}/answers/{code}:saveDraft",
                              {"value": {"question": question, **text}, "questionEtag": etag},
                              actor=actor)

    def advance_to(self, instant):
        must(self.site.post("/v1/clock:advance", {"to": instant}))

    def upload(self, text):
        return must(self.site.upload(REGION + "/attachments?filename=brev.txt", text))["sha256"]

    def test_two_colleagues_edit_one_draft(self):
        first = must(self.save("maalsaetninger", {"text": "Annas"}))
        must(self.save("akutpladser", {"number": "7"}, actor="persons/bo"))
        late = self.save("maalsaetninger", {"text": "Bos"}, actor="persons/bo")
        self.assertEqual((late.status, late.reason), (409, "DRAFT_CHANGED"))
        metadata = errors(late)["metadata"]
        self.assertEqual(metadata["question"], "maalsaetninger")
        self.assertEqual(metadata["changed_by"], "persons/anna")
        self.assertEqual(metadata["etag"], first["questionEtag"])
        self.assertIn("persons/anna", late.json["error"]["message"])

        must(self.save("maalsaetninger", {"text": "Bos"}, metadata["etag"], actor="persons/bo"))
        draft = must(self.site.get(f"{ROUND}/answers/165/draft"))
        self.assertEqual([q["value"].get("text") for q in draft["questions"]], ["Bos", None])

        body = dict(answer_body(), fromDraft=True, draftEtag=draft["etag"])
        del body["values"]
        answer = must(self.site.post(f"{ROUND}/answers/165:submit", body))
        self.assertEqual(answer["values"][0]["text"], "Bos")
        self.assertEqual(must(self.site.get(f"{ROUND}/answers/165/draft")).get("questions", []), [])

    def test_twenty_municipalities_answer_at_once(self):
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            replies = list(pool.map(lambda code: submit(self.site, code), TWENTY))
        self.assertEqual([r.status for r in replies], [200] * 20)
        listed = must(self.site.get(f"{ROUND}/answers?pageSize=1000"))["answers"]
        self.assertEqual([a["name"].rsplit("/", 1)[1] for a in listed], TWENTY)

    def test_one_request_id_makes_one_answer(self):
        request_id = new_id()
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            replies = list(pool.map(
                lambda _: submit(self.site, "165", request_id=request_id), range(20)))
        self.assertEqual([r.status for r in replies], [200] * 20)
        self.assertEqual({r.json["version"] for r in replies}, {1})
        versions = must(self.site.get(f"{ROUND}/answers/165/versions"))["versions"]
        self.assertEqual(len(versions), 1)
        other = submit(self.site, "165", text="Noget andet", request_id=request_id)
        self.assertEqual((other.status, other.reason), (400, "REQUEST_ID_REUSED"))

    def test_an_answer_is_late_from_the_midnight_after_its_deadline(self):
        self.advance_to("2013-03-19T22:59:59Z")
        self.assertEqual(must(submit(self.site, "101"))["timeliness"], "TIMELINESS_ON_TIME")
        self.advance_to("2013-03-19T23:00:00Z")
        self.assertEqual(must(submit(self.site, "165"))["timeliness"], "TIMELINESS_LATE")
        must(self.site.post(f"{ROUND}/extensions/165:grant",
                            {"deadlineDate": "2013-03-26", "reason": "Udvalgsmøde flyttet"}))
        self.assertEqual(must(self.site.get(f"{ROUND}/answers/165"))["timeliness"],
                         "TIMELINESS_WITHIN_EXTENSION")

    def test_a_letter_is_on_time_by_the_day_it_was_received(self):
        self.advance_to("2013-03-25T10:00:00Z")
        letter = {"kind": "ANSWER_KIND_ANSWER", "channel": "ANSWER_CHANNEL_LETTER",
                  "receivedDate": "2013-03-19",
                  "treatment": {"kind": "TREATMENT_KIND_ADMINISTRATIVE"},
                  "values": [{"question": "maalsaetninger", "text": "Som i brevet"}]}
        missing = self.site.post(f"{ROUND}/answers/165:record", letter)
        self.assertEqual(missing.reason, "LETTER_MISSING")
        letter["letterSha256"] = "0" * 64
        unknown = self.site.post(f"{ROUND}/answers/165:record", letter)
        self.assertEqual(unknown.reason, "ATTACHMENT_UNKNOWN")
        letter["letterSha256"] = self.upload("Et brev\n")
        answer = must(self.site.post(f"{ROUND}/answers/165:record", letter))
        self.assertEqual(answer["timeliness"], "TIMELINESS_ON_TIME")
        self.assertEqual(answer["receivedDate"], "2013-03-19")
        self.assertTrue(answer["recordTime"].startswith("2013-03-25T10:00"), answer["recordTime"])

    def test_a_later_extract_changes_the_treatment_and_nothing_else(self):
        must(submit(self.site, "165"))
        treatment = {"kind": "TREATMENT_KIND_DECIDED", "decidingBody": "Kommunalbestyrelsen",
                     "decisionDate": "2013-02-06"}
        early = self.site.post(f"{ROUND}/answers/165:recordTreatment", {"treatment": treatment})
        self.assertEqual((early.status, early.reason), (400, "EXTRACT_MISSING"))
        treatment["extractSha256"] = self.upload("Uddrag af referat\n")
        answer = must(self.site.post(f"{ROUND}/answers/165:recordTreatment",
                                     {"treatment": treatment}))
        self.assertEqual(answer["version"], 1)
        self.assertEqual(answer["treatment"], treatment)

    def test_versions_are_compared_word_by_word(self):
        must(submit(self.site, "165", text="Vi vil begynde i det små."))
        must(submit(self.site, "165", text="Vi begynder i det helt små."))
        compared = must(self.site.get(f"{ROUND}/answers/165:compare?fromVersion=1&toVersion=2"))
        change = compared["changes"][0]
        self.assertEqual([(p["change"].rsplit("_", 1)[1], p["text"]) for p in change["text"]],
                         [("KEPT", "Vi "), ("REMOVED", "vil begynde "), ("ADDED", "begynder "),
                          ("KEPT", "i det "), ("ADDED", "helt "), ("KEPT", "små.")])
        old = must(self.site.get(f"{ROUND}/answers/165?version=1"))
        self.assertEqual(old["values"][0]["text"], "Vi vil begynde i det små.")

    def test_wrong_values_are_named_and_implausible_numbers_are_taken(self):
        body = answer_body()
        body["values"].append({"question": "akutpladser", "number": "1.5"})
        wrong = self.site.post(f"{ROUND}/answers/165:submit", body)
        self.assertEqual((wrong.status, wrong.reason), (400, "VALUE_INVALID"))
        self.assertEqual(wrong.json["error"]["message"],
                         "The value of question `akutpladser` has more than 0 decimals.")
        body["values"][-1]["number"] = "250"
        answer = must(self.site.post(f"{ROUND}/answers/165:submit", body))
        self.assertEqual(answer["warnings"][0]["plausibleMax"], "100")

    def test_nobody_answers_for_a_municipality_that_was_not_asked(self):
        refused = submit(self.site, "751")
        self.assertEqual((refused.status, refused.reason), (400, "MUNICIPALITY_NOT_INVITED"))
        nothing = self.site.get(f"{ROUND}/answers/165")
        self.assertEqual((nothing.status, nothing.reason), (404, "ANSWER_UNKNOWN"))

    def test_a_withdrawn_answer_makes_room_for_the_next(self):
        must(submit(self.site, "165"))
        gone = must(self.site.post(f"{ROUND}/answers/165:withdraw", {"reason": "Fejl i bilag"}))
        self.assertEqual(gone["withdrawalReason"]["text"], "Fejl i bilag")
        self.assertTrue(gone["withdrawn"])
        self.assertEqual(must(submit(self.site, "165"))["version"], 2)
        self.assertEqual(SIGN_OFF["signer"],
                         must(self.site.get(f"{ROUND}/answers/165"))["signOff"]["signer"])


if __name__ == "__main__":
    unittest.main()
