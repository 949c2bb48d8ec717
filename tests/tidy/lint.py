"""Runs clang-tidy over every source of the tree.

  lint.py [--everything] <repository> <build folder> [<path in the repository>...]

Exits 1 when clang-tidy finds a fault. With paths, only the sources at or under them are looked at.
--everything looks at tests and benchmarks too, and lets clang's analyzer follow the paths through
each function, which takes many times as long as the rest.

Most of what clang-tidy does to one source it does to the headers of gRPC and protobuf, and again
to those of the next source. So it is given batches: many sources one behind the other in one file
(batches.py). Where clang cannot compile a batch, for the names in it, the batch is cut in two.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

import batches

# clang 14 knows coroutines but does not announce them in the way libstdc++ and Asio ask for.
COROUTINES = ["-D__cpp_impl_coroutine=201902L", "-DBOOST_ASIO_HAS_CO_AWAIT=1"]


class Linter:
    def __init__(self, folder, options, flags):
        self.folder = folder  # Where the batches are written.
        self.options = options
        self.flags = flags

    def findings(self, name, texts):
        """What clang-tidy says about {source: text}: empty when it finds nothing."""
        batch = batches.Batch(texts)
        file = self.folder / f"{name}.cc"
        file.write_text(batch.text)
        result = subprocess.run(
            ["clang-tidy", "--quiet", *self.options, str(file), "--", *self.flags],
            capture_output=True, text=True)
        if "[clang-diagnostic-error" in result.stdout and len(texts) > 1:
            sources = list(texts)
            middle = len(sources) // 2
            return "".join(
                self.findings(name + half, {source: texts[source] for source in part})
                for half, part in (("a", sources[:middle]), ("b", sources[middle:])))
        if result.returncode == 0:
            return ""
        said = result.stdout or result.stderr
        return re.sub(re.escape(str(file)) + r":(\d+)", lambda at: batch.place(int(at[1])), said)


def tracked_sources(repository, wanted):
    paths = subprocess.run(["git", "-C", repository, "ls-files", "*.cc"],
                           capture_output=True, text=True, check=True).stdout.splitlines()
    under = tuple(path.rstrip("/") + "/" for path in wanted)
    return [path for path in paths if not wanted or path in wanted or path.startswith(under)]


def compile_flags(build):
    """The definitions and include folders of all targets together."""
    flags = set()
    for entry in json.loads((build / "compile_commands.json").read_text()):
        words = shlex.split(entry["command"])
        flags.update(word for word in words if word.startswith(("-D", "-I", "-std=")))
        flags.update(f"-isystem{folder}" for option, folder in zip(words, words[1:])
                     if option == "-isystem")
    return sorted(flags)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("repository", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("paths", nargs="*")
    asked = parser.parse_args()
    repository, build = asked.repository, asked.build

    options = [f"--config-file={repository}/.clang-tidy"]
    if not asked.everything:
        options.append("--checks=-clang-analyzer-*")
    folder = build / "lint"
    folder.mkdir(exist_ok=True)
    linter = Linter(folder, options, [*compile_flags(build), *COROUTINES])
    sources = [source for source in tracked_sources(repository, asked.paths)
               if asked.everything or not batches.is_test(source)]
    parts = batches.split({source: (repository / source).read_text() for source in sources})
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = list(pool.map(lambda part: linter.findings(*part), parts.items()))
    print("".join(found))
    print(f"clang-tidy looked at {len(sources)} sources in {len(parts)} batches.")
    return 1 if any(found) else 0


if __name__ == "__main__":
    sys.exit(main())
