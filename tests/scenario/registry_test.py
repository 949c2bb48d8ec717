"""The registry as its users meet it: the facts it ships with, as of a date, and persons that can be
forgotten."""
import json
import re
import tempfile
import unittest

from hearing import must
from site_under_test import Site, admin, files_holding, new_id

MEMBERS = "/v1/regions/{}/municipalities?asOf={}&pageSize=100"
HEADING = "code,name,official_name,cvr,ean,population_2013\n"
PERSON = {"givenName": "Tusnelda", "familyName": "Prøvesten",
          "email": "tusnelda@kommune.example", "telephone": "+45 00 11 22 33"}


class ShippedFacts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(demo_clock="2013-01-23T08:00:00Z")
        cls.addClassCleanup(cls.site.__exit__)
        cls.site.start()

    def members(self, region, as_of):
        return must(self.site.get(MEMBERS.format(region, as_of)))["municipalities"]

    def test_hovedstaden_has_29_members_in_2013(self):
        members = self.members("hovedstaden", "2013-02-06")
        self.assertEqual(len(members), 29)
        albertslund = next(one for one in members if one["code"] == "165")
        self.assertEqual(albertslund["displayName"], "Albertslund")
        self.assertEqual(albertslund["officialName"], "Albertslund Kommune")
        self.assertEqual(albertslund["cvr"], "66137112")
        self.assertEqual(albertslund["clusters"], ["regions/hovedstaden/clusters/syd"])
        self.assertEqual(albertslund["population"]["count"], "27824")
        self.assertEqual(albertslund["population"]["referenceDate"], "2013-01-01")
        self.assertEqual(albertslund["population"]["source"], "Danmarks Statistik")

    def test_oestdanmark_begins_with_46_members(self):
        self.assertEqual(self.members("oestdanmark", "2026-12-31"), [])
        self.assertEqual(len(self.members("oestdanmark", "2027-01-01")), 46)
        self.assertEqual(self.members("hovedstaden", "2027-01-01"), [])

    def test_every_municipality_is_in_one_of_five_regions(self):
        regions = must(self.site.get("/v1/regions?asOf=2013-02-06"))["regions"]
        sizes = {region["displayName"]:
                 len(self.members(region["name"].split("/")[1], "2013-02-06"))
                 for region in regions}
        self.assertEqual(sizes, {"Hovedstaden": 29, "Sjælland": 17, "Syddanmark": 22,
                                 "Midtjylland": 19, "Nordjylland": 11})

    def test_a_region_can_be_called_otherwise(self):
        path = "/v1/regions/oestdanmark"
        before = must(self.site.get(path))
        changed = {**before, "displayName": "Øst"}
        del changed["name"]  # The path says it.
        after = must(self.site.request(
            "PATCH", f"{path}?updateMask=displayName&requestId={new_id()}",
            json.dumps(changed).encode(),
            {"Content-Type": "application/json", "KKR-Actor": "secretariat"}))
        self.assertEqual((after["displayName"], after["officialName"]),
                         ("Øst", before["officialName"]))
        self.assertEqual(must(self.site.get(path)), after)

    def test_a_date_that_does_not_exist_is_refused(self):
        reply = self.site.get(MEMBERS.format("hovedstaden", "2013-02-29"))
        self.assertEqual((reply.status, reply.reason), (400, "DATE_INVALID"))

    def test_a_municipality_cannot_be_in_two_regions(self):
        reply = self.site.post("/v1/regions/sjaelland:addMember",
                               {"municipality": "municipalities/165", "fromDate": "2013-01-01"})
        self.assertEqual((reply.status, reply.reason), (400, "MEMBER_OF_ANOTHER_REGION"))


class Import(unittest.TestCase):
    def setUp(self):
        self.site = Site()
        self.addCleanup(self.site.__exit__)
        self.site.start()

    def take_over(self, lines):
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
            file.write(HEADING + lines)
            file.flush()
            return admin("import", "municipalities", file.name, "--data", self.site.data)

    def population(self, code):
        return must(self.site.get(f"/v1/municipalities/{code}?asOf=2013-02-06"))["population"]

    def test_corrects_a_population_and_keeps_the_first(self):
        code, said = self.take_over(
            "165,Albertslund,Albertslund Kommune,66137112,5798009811578,27825\n")
        self.assertEqual(code, 0, said)
        self.assertEqual(self.population("165")["count"], "27825")
        albertslund = must(self.site.get("/v1/municipalities/165"))
        self.assertEqual(albertslund["ean"], "5798009811578")
        records = must(self.site.get(
            "/v1/municipalities/165/populations?asOf=2013-02-06"))["populations"]
        self.assertEqual([record["count"] for record in records], ["27824", "27825"])

    def test_takes_all_or_nothing_and_names_the_place(self):
        code, said = self.take_over("165,Albertslund,Albertslund Kommune,66137112,,27825\n"
                                    "167,Hvidovre,Hvidovre Kommune,55606618,,51341\n")
        self.assertNotEqual(code, 0)
        self.assertIn("Line 3, column cvr: a CVR number has eight digits", said)
        self.assertEqual(self.population("165")["count"], "27824")


class Persons(unittest.TestCase):
    def test_nothing_of_an_erased_person_stays_in_any_file(self):
        with Site() as site:
            name = must(site.create("/v1/persons", PERSON))["name"]
            self.assertTrue(re.fullmatch(r"persons/[0-9a-f-]{36}", name), name)
            self.assertEqual(must(site.get("/v1/" + name))["familyName"], "Prøvesten")
            must(site.create("/v1/municipalities/165/offices",
                             {"title": "Borgmester", "fromDate": "2007-01-01"},
                             officeId="borgmester"))
            must(site.post("/v1/municipalities/165/offices/borgmester:appoint",
                           {"person": name, "fromDate": "2010-01-01"}))
            self.assertTrue(must(site.post(f"/v1/{name}:erase", {}))["erased"])
            offices = must(site.get("/v1/municipalities/165/offices"))["offices"]
            self.assertEqual(offices[0]["holder"], name)
            self.assertEqual(site.stop(), 0)
            for personal in ("Tusnelda", "Prøvesten", "tusnelda@", "00 11 22 33"):
                self.assertEqual(files_holding(site.folder, personal), [], personal)
            code, said = admin("verify", "--data", site.data)
            self.assertEqual(code, 0, said)


if __name__ == "__main__":
    unittest.main()
