"""Runs clang-tidy over the domain folders and over what changed since the last commit.

  lint.py <repository> <build folder>     exits 1 when clang-tidy finds a fault

Two processes at a time, and never the whole tree: files that pull in gRPC or Beast take seconds
each. A file the compile database does not know, or that uses coroutines (which clang 14 cannot
parse with this libstdc++), is left out.
"""

import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys


def git(repository, *arguments):
    result = subprocess.run(["git", "-C", repository, *arguments], capture_output=True, text=True)
    return result.stdout.split("\n") if result.returncode == 0 else []


def wanted(repository):
    """The sources to look at, relative to the repository."""
    tracked = git(repository, "ls-files", "*.cc")
    changed = set(git(repository, "diff", "--name-only", "HEAD~1")) | set(
        git(repository, "diff", "--name-only", "HEAD"))
    domain = {path for path in tracked if "/domain/" in path and not path.endswith("_test.cc")}
    return sorted(path for path in tracked if path in domain | changed)


def compiled(build):
    database = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    return {entry["file"] for entry in database}


def uses_coroutines(path):
    return re.search(r"\bco_(?:await|return|spawn)\b|<boost/asio", path.read_text()) is not None


def lint(build, path):
    result = subprocess.run(
        ["clang-tidy", "-p", build, "--quiet", "--extra-arg=-Wno-unknown-warning-option",
         str(path)],
        capture_output=True, text=True)
    return result.returncode, result.stdout


def main():
    repository, build = sys.argv[1:]
    known = compiled(build)
    paths = [pathlib.Path(repository) / path for path in wanted(repository)]
    paths = [path for path in paths
             if path.is_file() and str(path) in known and not uses_coroutines(path)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda path: lint(build, path), paths))
    for status, output in results:
        if status != 0:
            print(output)
    print(f"clang-tidy looked at {len(paths)} files.")
    return 1 if any(status for status, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main())
