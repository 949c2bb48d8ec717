#!/usr/bin/env python3
"""Prints an SPDX 2.3 bill of materials of one program's image, from what dpkg knows.

    sbom.py <program> <revision> <epoch> <packages> <headers> <file>

packages: a file with the names of the Debian packages whose files the image holds. headers: one
with the headers that were compiled in, whose packages are listed as well. file: the program.
The same input gives the same bytes.
"""

import datetime
import hashlib
import json
import re
import subprocess
import sys

FIELDS = ("${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\t"
          "${Homepage}\n")

# Debian's short names of licences (DEP 5) that SPDX spells otherwise.
LICENSES = {
    "apache-2": "Apache-2.0", "apache-2.0": "Apache-2.0", "asl-2.0": "Apache-2.0",
    "boost-1.0": "BSL-1.0", "bsl-1.0": "BSL-1.0",
    "bsd-2-clause": "BSD-2-Clause", "bsd-3-clause": "BSD-3-Clause", "bsd-4-clause": "BSD-4-Clause",
    "expat": "MIT", "mit": "MIT", "isc": "ISC", "zlib": "Zlib", "curl": "curl",
    "gpl-2": "GPL-2.0-only", "gpl-2+": "GPL-2.0-or-later", "gpl-3": "GPL-3.0-only",
    "gpl-3+": "GPL-3.0-or-later", "lgpl-2": "LGPL-2.0-only", "lgpl-2+": "LGPL-2.0-or-later",
    "lgpl-2.1": "LGPL-2.1-only", "lgpl-2.1+": "LGPL-2.1-or-later", "lgpl-3": "LGPL-3.0-only",
    "lgpl-3+": "LGPL-3.0-or-later", "mpl-2.0": "MPL-2.0", "openssl": "OpenSSL",
    "postgresql": "PostgreSQL", "unlicense": "Unlicense", "openldap-2.8": "OLDAP-2.8",
}


def debian_release():
    with open("/etc/os-release", encoding="utf-8") as lines:
        release = dict(line.rstrip("\n").split("=", 1) for line in lines if "=" in line)
    return release["VERSION_CODENAME"].strip('"')


def dpkg_facts(names):
    """What dpkg says of installed packages, in order of names."""
    output = subprocess.run(["dpkg-query", "-W", "-f", FIELDS, *names], check=True,
                            capture_output=True, text=True).stdout
    keys = ("name", "version", "architecture", "source", "source_version", "homepage")
    facts = [dict(zip(keys, line.split("\t"))) for line in output.splitlines()]
    return sorted({each["name"]: each for each in facts}.values(), key=lambda each: each["name"])


def owners_of(paths):
    """The packages that own files; a file nobody owns is left out."""
    owners = set()
    for first in range(0, len(paths), 500):
        output = subprocess.run(["dpkg-query", "-S", *paths[first:first + 500]], check=False,
                                capture_output=True, text=True).stdout
        for line in output.splitlines():
            names = line.rsplit(": /", 1)[0]
            if not names.startswith("diversion "):
                owners.update(name.split(":")[0] for name in names.split(", "))
    return sorted(owners)


def declared_license(package):
    """The licences a machine-readable copyright file names; NOASSERTION unless SPDX knows each."""
    try:
        with open(f"/usr/share/doc/{package}/copyright", encoding="utf-8",
                  errors="replace") as file:
            text = file.read()
    except OSError:
        return "NOASSERTION"
    if not text.startswith("Format: http"):
        return "NOASSERTION"
    named = {name.strip().lower() for name in re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)}
    known = {LICENSES.get(name) for name in named}
    if not known or None in known:
        return "NOASSERTION"
    return " AND ".join(sorted(known))


def spdx_id(*parts):
    words = "-".join(parts).replace("+", "plus")  # libgrpc++-dev is not libgrpc-dev.
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]+", "-", words)


def debian_package(facts, release):
    name, version = facts["name"], facts["version"]
    purl_version = version.replace("+", "%2B").replace(":", "%3A").replace("~", "%7E")
    purl_name = name.replace("+", "%2B")
    return {
        "SPDXID": spdx_id("Package", name),
        "name": name,
        "versionInfo": version,
        "supplier": "Organization: Debian",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "homepage": facts["homepage"] or "NONE",
        "sourceInfo": f"built from {facts['source']} {facts['source_version']}",
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": declared_license(name),
        "copyrightText": "NOASSERTION",
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": f"pkg:deb/debian/{purl_name}@{purl_version}"
                                f"?arch={facts['architecture']}&distro={release}",
        }],
    }


def program_package(program, revision, path):
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {
        "SPDXID": spdx_id("Package", "program", program),
        "name": program,
        "versionInfo": revision,
        "supplier": "NOASSERTION",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "primaryPackagePurpose": "APPLICATION",
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}],
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
    }


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip()]


def related(element, relationship, other):
    return {"spdxElementId": element, "relationshipType": relationship,
            "relatedSpdxElement": other}


def document(program, revision, epoch, packages_file, headers_file, path):
    release = debian_release()
    held = lines_of(packages_file)
    compiled_in = [name for name in owners_of(lines_of(headers_file)) if name not in held]
    application = program_package(program, revision, path)
    packages = [application]
    relationships = [related("SPDXRef-DOCUMENT", "DESCRIBES", application["SPDXID"])]
    for names, relationship in ((held, "RUNTIME_DEPENDENCY_OF"),
                                (compiled_in, "BUILD_DEPENDENCY_OF")):
        for facts in dpkg_facts(names) if names else []:
            package = debian_package(facts, release)
            packages.append(package)
            relationships.append(related(package["SPDXID"], relationship, application["SPDXID"]))
    created = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{program}-{revision}",
        "documentNamespace": "https://kkr.example/spdx/"
                             f"{program}-{revision}-{release}-"
                             f"{application['checksums'][0]['checksumValue']}",
        "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
                         "creators": ["Tool: kkr-sbom"]},
        "packages": packages,
        "relationships": relationships,
    }


if __name__ == "__main__":
    json.dump(document(*sys.argv[1:]), sys.stdout, indent=1, sort_keys=True)
    print()
