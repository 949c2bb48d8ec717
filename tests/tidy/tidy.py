"""Holds every file of the repository to the rules of rules.py and to .clang-format.

  tidy.py <repository>      exits 1 and names each fault as path:line, or exits 0
"""

import pathlib
import re
import subprocess
import sys

import rules

FORMATTER = "14"  # Other versions of clang-format lay out the same style differently.


def files_of(repository):
    """The files git tracks or would add, as paths relative to the repository."""
    listed = subprocess.run(
        ["git", "-C", str(repository), "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"], check=True, capture_output=True)
    names = listed.stdout.decode().split("\0")
    return sorted({name for name in names if name and (repository / name).is_file()})


def text_of(path):
    """The file's text, or None when it is not text."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


def formatting_faults(repository, paths):
    paths = [path for path in paths if path.endswith(rules.CPP)]
    version = subprocess.run(["clang-format", "--version"], capture_output=True, text=True).stdout
    if f"version {FORMATTER}." not in version:
        print(f"layout not checked: it needs clang-format {FORMATTER}, this is {version.strip()}")
        return
    if not paths:
        return
    result = subprocess.run(["clang-format", "--dry-run", "-Werror", *paths], cwd=repository,
                            capture_output=True, text=True)
    for place in sorted(set(re.findall(r"^(\S+?:\d+):\d+: error", result.stderr, re.M))):
        yield f"{place}: not laid out as .clang-format says (run clang-format -i)"


def faults_of(repository):
    paths = files_of(repository)
    for path in paths:
        text = text_of(repository / path)
        if text is not None:
            yield from rules.faults(path, text)
    yield from formatting_faults(repository, paths)


def main():
    faults = list(faults_of(pathlib.Path(sys.argv[1])))
    print("\n".join(faults) if faults else "Tidy.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
