"""What SPDX 2.3 demands of a JSON document, as far as our bills of materials use it."""

import re

RELATIONSHIPS = {"DESCRIBES", "RUNTIME_DEPENDENCY_OF", "BUILD_DEPENDENCY_OF"}
CHECKSUM_DIGITS = {"SHA1": 40, "SHA256": 64, "SHA512": 128}
PURPOSES = {"APPLICATION", "FRAMEWORK", "LIBRARY", "CONTAINER", "OPERATING-SYSTEM", "DEVICE",
            "FIRMWARE", "SOURCE", "ARCHIVE", "FILE", "INSTALL", "OTHER"}
# Of the SPDX licence list 3.x: those that sbom.py may name.
LICENSES = {"Apache-2.0", "BSL-1.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-4-Clause", "MIT", "ISC",
            "Zlib", "curl", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later",
            "LGPL-2.0-only", "LGPL-2.0-or-later", "LGPL-2.1-only", "LGPL-2.1-or-later",
            "LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0", "OpenSSL", "PostgreSQL", "Unlicense",
            "OLDAP-2.8"}
URI = r"[a-z][a-z0-9+.-]*://[^\s#]+"


def faults(document):
    """Everything that is wrong, in words; nothing for a valid document."""
    found = list(document_faults(document))
    known = {"SPDXRef-DOCUMENT"}
    for package in document.get("packages", []):
        name = package.get("SPDXID", "")
        if name in known:
            found.append(f"{name} is there twice")
        known.add(name)
        found += [f"{name}: {fault}" for fault in package_faults(package)]
    described = False
    for each in document.get("relationships", []):
        if each.get("relationshipType") not in RELATIONSHIPS:
            found.append(f"relationshipType {each.get('relationshipType')}")
        for end in ("spdxElementId", "relatedSpdxElement"):
            if each.get(end) not in known:
                found.append(f"a relationship with {each.get(end)}, which is not there")
        described |= each.get("relationshipType") == "DESCRIBES" and \
            each.get("spdxElementId") == "SPDXRef-DOCUMENT"
    if not described:
        found.append("the document describes nothing")
    return found


def document_faults(document):
    for field, pattern in (("spdxVersion", r"SPDX-2\.3"), ("dataLicense", r"CC0-1\.0"),
                           ("SPDXID", "SPDXRef-DOCUMENT"), ("name", r".+"),
                           ("documentNamespace", URI)):
        if not re.fullmatch(pattern, document.get(field, "")):
            yield f"{field}: {document.get(field)}"
    creation = document.get("creationInfo", {})
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", creation.get("created", "")):
        yield "creationInfo.created"
    creators = creation.get("creators", [])
    if not creators or not all(re.match(r"(Person|Organization|Tool): \S", each)
                               for each in creators):
        yield "creationInfo.creators"


def package_faults(package):
    patterns = {"SPDXID": r"SPDXRef-[A-Za-z0-9.-]+", "name": r".+",
                "downloadLocation": f"NOASSERTION|NONE|{URI}",
                "supplier": r"NOASSERTION|(Person|Organization): .+"}
    for field, pattern in patterns.items():
        if not re.fullmatch(pattern, package.get(field, "")):
            yield f"{field}: {package.get(field)}"
    if not re.fullmatch(rf"NONE|NOASSERTION|{URI}(#\S*)?", package.get("homepage", "NONE")):
        yield f"homepage: {package['homepage']}"
    for field in ("licenseConcluded", "licenseDeclared"):
        expression = package.get(field, "")
        if expression not in ("NONE", "NOASSERTION") and \
                not set(expression.split(" AND ")) <= LICENSES:
            yield f"{field}: {expression}"
    if not package.get("copyrightText"):
        yield "copyrightText"
    if package.get("filesAnalyzed") is not False:
        yield "filesAnalyzed, and no files"
    if package.get("primaryPackagePurpose", "OTHER") not in PURPOSES:
        yield "primaryPackagePurpose"
    for checksum in package.get("checksums", []):
        digits = CHECKSUM_DIGITS.get(checksum.get("algorithm"))
        if digits is None or not re.fullmatch(f"[0-9a-f]{{{digits}}}", checksum["checksumValue"]):
            yield "checksums"
    for reference in package.get("externalRefs", []):
        if reference.get("referenceCategory") != "PACKAGE-MANAGER" or \
                reference.get("referenceType") != "purl" or \
                not re.fullmatch(r"pkg:deb/debian/[a-z0-9.%A-F+-]+@[^@?\s]+\?arch=\w+&distro=\w+",
                                 reference.get("referenceLocator", "")):
            yield f"externalRefs: {reference.get('referenceLocator')}"
