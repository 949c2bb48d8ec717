"""The images: what is in them, what is not, and how they run. On every Debian we know."""

import json
import os
import sys
import tempfile
import unittest

import machine

sys.path.insert(0, os.path.join(machine.ROOT, "tests/deploy"))
import spdx  # noqa: E402  (beside the manifests' tests)

HARDENED = ("--read-only", "--tmpfs", "/tmp", "--volume", "/var/lib/kkr", "--cap-drop", "all",
            "--security-opt", "no-new-privileges")
OPEN = ("--env", "KKR_HTTP_LISTEN=0.0.0.0:8080", "--env", "KKR_BEHIND_AUTHENTICATING_PROXY=true")


def remove_scenarios():
    """Those of a scenario that was broken off."""
    left = machine.podman("ps", "--all", "--quiet", "--filter",
                          "name=^kkr-scenario-").stdout.split()
    if left:
        machine.podman("rm", "--force", *left)


def every_scenario():
    """All but the one that looks at the site's process, which is podman's here."""
    return sorted(name.removesuffix("_test.py")
                  for name in os.listdir(os.path.join(machine.ROOT, "tests/scenario"))
                  if name.endswith("_test.py") and
                  name not in ("administration_test.py", "site_under_test.py"))


class Images:
    """What must hold of the images of one release."""

    release = ""

    @classmethod
    def setUpClass(cls):
        machine.build(cls.release)

    def image(self, program):
        return f"localhost/{program}:{self.release}"

    def config(self, program):
        return json.loads(machine.podman("inspect", self.image(program)).stdout)[0]

    def files(self, program):
        """The unpacked image."""
        mounted = machine.podman("image", "mount", self.image(program)).stdout.strip()
        self.addCleanup(machine.podman, "image", "unmount", self.image(program))
        return mounted

    def test_they_are_of_one_user_without_rights_or_shell(self):
        for program in machine.PROGRAMS:
            config = self.config(program)
            self.assertEqual(config["Config"]["User"], "10001:10001")
            self.assertEqual(config["Config"]["Cmd"], ["serve"])
            root = self.files(program)
            for shell in ("sh", "bash", "dash", "busybox", "apt", "dpkg", "perl", "python3"):
                for folder in ("usr/bin", "usr/sbin", "usr/local/bin"):
                    self.assertFalse(os.path.lexists(os.path.join(root, folder, shell)), shell)
            held = {name for name in os.listdir(os.path.join(root, "usr/bin"))}
            self.assertEqual(held, {program, "program"})

    def test_they_are_small(self):
        for program in machine.PROGRAMS:
            self.assertLess(self.config(program)["Size"], 150 * 1024 * 1024, program)

    def test_labels_say_of_which_commit_they_are(self):
        revision = machine.run("git", "-C", machine.ROOT, "rev-parse", "HEAD").stdout.strip()
        for program in machine.PROGRAMS:
            labels = self.config(program)["Labels"]
            self.assertEqual(labels["org.opencontainers.image.title"], program)
            self.assertTrue(labels["org.opencontainers.image.revision"].startswith(revision))
            self.assertRegex(labels["org.opencontainers.image.created"], r"^20\d\d-.*Z$")

    def test_the_bill_of_materials_is_valid_and_names_every_package(self):
        for program in machine.PROGRAMS:
            root = self.files(program)
            with open(os.path.join(root, f"usr/share/sbom/{program}.spdx.json"),
                      encoding="utf-8") as file:
                document = json.load(file)
            self.assertEqual(spdx.faults(document), [])
            names = {package["name"] for package in document["packages"]}
            self.assertLessEqual(set(os.listdir(os.path.join(root, "var/lib/dpkg/status.d"))),
                                 names)

    def test_the_embedded_site_runs_on_a_root_it_cannot_write(self):
        with machine.Container(self.image("kkr"), *HARDENED, *OPEN) as site:
            machine.wait_until(site.health, "the site is well: " + site.log())
            machine.wait_until(
                lambda: machine.podman("exec", site.id, "/usr/bin/program", "probe", "--ready",
                                       check=False).returncode == 0, "the site is ready")
            machine.podman("stop", "--time", "30", site.id)
            self.assertEqual(site.inspect("{{.State.ExitCode}}"), "0", site.log())

    def test_a_site_without_a_proxy_listens_to_itself_only(self):
        with machine.Container(self.image("kkr"), *HARDENED, "--env",
                               "KKR_HTTP_LISTEN=0.0.0.0:8080") as site:
            machine.wait_until(lambda: site.inspect("{{.State.Status}}") == "exited", "it ends")
            self.assertIn("--behind-authenticating-proxy", site.log())

    def test_scenarios_hold_in_the_image(self):
        """The scenario tests, whose `kkr` is a container of this image."""
        with tempfile.TemporaryDirectory(prefix="kkr-image-") as folder:
            kkr = os.path.join(folder, "kkr")
            with open(kkr, "w", encoding="utf-8") as script:
                script.write(
                    "#!/bin/sh\nexec podman run --rm --name kkr-scenario-$$ --user 0:0 "
                    "--no-healthcheck --network host --read-only --cap-drop all "
                    "--volume /tmp:/tmp "
                    f"--volume {machine.ROOT}:{machine.ROOT}:ro --workdir /tmp "
                    f'{self.image("kkr")} "$@"\n')
            os.chmod(kkr, 0o755)
            self.addCleanup(remove_scenarios)
            scenarios = os.path.join(machine.ROOT, "tests/scenario")
            names = os.environ.get("KKR_SCENARIOS", " ".join(every_scenario())).split()
            environment = {**machine.ENVIRONMENT, "KKR_BINARY": kkr, "PYTHONPATH": scenarios}
            for name in names:
                with self.subTest(scenario=name):
                    done = machine.subprocess.run(
                        [f"{machine.ROOT}/scripts/tool.sh", sys.executable,
                         f"{machine.HERE}/scenario_in_image.py", f"{name}_test"],
                        cwd=scenarios, env=environment, capture_output=True, text=True,
                        check=False)
                    self.assertEqual(done.returncode, 0, done.stderr[-4000:])


for _release in machine.RELEASES:
    globals()[f"ImagesOf{_release.capitalize()}"] = type(
        f"ImagesOf{_release.capitalize()}", (Images, unittest.TestCase), {"release": _release})


class TheSameLayer(unittest.TestCase):
    def test_one_commit_gives_one_application_layer(self):
        """Built again from nothing but the sources and what the compiler remembers."""
        release = machine.RELEASES[0]
        machine.build(release)
        layers = []
        for tag, options in (("once", ()), ("again", ("--fresh",))):
            machine.run(f"{machine.ROOT}/scripts/images.sh", "--base", machine.base(release),
                        "--tag", tag, *options, "kkr")
            inspected = json.loads(
                machine.podman("inspect", f"localhost/kkr:{tag}").stdout)[0]
            layers.append(inspected["RootFS"]["Layers"][-1])
            machine.podman("rmi", f"localhost/kkr:{tag}")
        self.assertEqual(*layers)


if __name__ == "__main__":
    unittest.main()
