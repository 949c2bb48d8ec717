"""The bill of materials, made of this machine's packages: valid SPDX, complete, repeatable."""

import copy
import json
import os
import subprocess
import sys
import tempfile
import unittest

import spdx

SBOM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../deploy/image/sbom.py")
HELD = ("libc6", "libstdc++6", "tzdata", "libgcc-s1")
HEADERS = ("/usr/include/stdio.h", "/usr/include/CLI/App.hpp",
           "/usr/include/grpc/grpc.h", "/usr/include/grpcpp/grpcpp.h",
           "/usr/include/no/such/header.h")


def make(folder):
    for name, lines in (("packages", HELD), ("headers", HEADERS)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))
    return subprocess.run(
        [sys.executable, SBOM, "kkr", "0123abc", "1700000000", f"{folder}/packages",
         f"{folder}/headers", "/usr/bin/env"], check=True, capture_output=True, text=True).stdout


class SbomTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.text = make(folder)
            cls.again = make(folder)
        cls.document = json.loads(cls.text)

    def related(self, relationship):
        names = {each["SPDXID"]: each["name"] for each in self.document["packages"]}
        return {names[each["spdxElementId"]] for each in self.document["relationships"]
                if each["relationshipType"] == relationship}

    def test_it_is_valid(self):
        self.assertEqual(spdx.faults(self.document), [])

    def test_it_lists_what_the_image_holds_and_what_was_compiled_in(self):
        self.assertEqual(self.related("RUNTIME_DEPENDENCY_OF"), set(HELD))
        self.assertEqual(self.related("BUILD_DEPENDENCY_OF"),
                         {"libc6-dev", "libcli11-dev", "libgrpc-dev", "libgrpc++-dev"})

    def test_it_says_of_each_package_what_dpkg_says(self):
        version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "tzdata"], check=True,
                                 capture_output=True, text=True).stdout
        package = next(each for each in self.document["packages"] if each["name"] == "tzdata")
        self.assertEqual(package["versionInfo"], version)
        self.assertIn("built from tzdata ", package["sourceInfo"])

    def test_it_is_the_same_each_time(self):
        self.assertEqual(self.text, self.again)

    def test_a_fault_is_found(self):
        def spoilt(change):
            document = copy.deepcopy(self.document)
            change(document)
            return spdx.faults(document)

        package = 1
        for change in (
                lambda d: d.update(spdxVersion="SPDX-3.0"),
                lambda d: d.update(dataLicense="MIT"),
                lambda d: d.update(documentNamespace="kkr"),
                lambda d: d.update(documentNamespace="https://kkr.example/#a"),
                lambda d: d["creationInfo"].update(created="2023-11-14"),
                lambda d: d["creationInfo"].update(creators=["kkr-sbom"]),
                lambda d: d["packages"].append(d["packages"][package]),
                lambda d: d["packages"][package].update(SPDXID="SPDXRef-a+b"),
                lambda d: d["packages"][package].update(licenseDeclared="GPL-2+"),
                lambda d: d["packages"][package].update(supplier="Debian"),
                lambda d: d["packages"][package].update(filesAnalyzed=True),
                lambda d: d["packages"][package].pop("copyrightText"),
                lambda d: d["packages"][package].pop("downloadLocation"),
                lambda d: d["packages"][package]["externalRefs"][0].update(
                    referenceLocator="libc6 2.36"),
                lambda d: d["packages"][0]["checksums"][0].update(checksumValue="0"),
                lambda d: d["relationships"].pop(0),
                lambda d: d["relationships"][1].update(relationshipType="USES"),
                lambda d: d["relationships"][1].update(spdxElementId="SPDXRef-none")):
            self.assertTrue(spoilt(change))


if __name__ == "__main__":
    unittest.main()
