"""The Pods and ConfigMaps of the one-region overlay, played by podman beside test servers. What a
cluster would bring is put in their place here, and only that: names of Services, operators' secrets
and the registry's images."""

import json
import os
import shutil
import sys
import tempfile
import unittest
import uuid

import yaml

import machine

FOLDER = tempfile.TemporaryDirectory(prefix="kkr-play-")
sys.path.insert(0, os.path.join(machine.ROOT, "tests/deploy"))
import manifests_test  # noqa: E402  (renders the overlays)

RELEASE = machine.RELEASES[-1]
SERVICES = machine.SERVICES
BEGINNING = "2013-01-23T08:00:00+01:00"


def secrets(folder):
    """What cert-manager, CloudNativePG and the operators' hands make in a cluster: for each Secret,
    its keys and the files they are of."""
    tls = {"tls.crt": "tls.crt", "tls.key": "tls.key", "ca.crt": "ca.crt"}
    kept = {"kkr-postgres-ca": ("authority", {"ca.crt": "ca.crt"}),
            "kkr-notification-smtp": ("", {})}
    for program in (*SERVICES, "gateway"):
        kept[f"kkr-{program}-tls"] = (program, tls)
        kept[f"kkr-{program}-nats"] = (program, {"password": "nats"})
        if program != "gateway":
            kept[f"kkr-{program}-postgres"] = (program, {"password": "postgres"})
    return {name: {key: os.path.join(folder, own, file) for key, file in files.items()}
            for name, (own, files) in kept.items()}


def keep(name, files):
    """A Secret as a volume of podman: 4.3 mounts Secrets without decoding them."""
    machine.podman("volume", "create", name)
    place = machine.podman("volume", "inspect", "--format", "{{.Mountpoint}}", name).stdout.strip()
    for key, file in files.items():
        shutil.copyfile(file, os.path.join(place, key))
        os.chmod(os.path.join(place, key), 0o444)
    os.chmod(place, 0o755)


def at_home(each):
    """The object as podman can play it."""
    each["metadata"].pop("namespace", None)
    if each["kind"] == "ConfigMap":
        for service in SERVICES:
            each["data"][f"KKR_{service.upper()}"] = f"kkr-{service}-pod-0:9090"
        each["data"]["KKR_POSTGRES"] = each["data"]["KKR_POSTGRES"].replace(
            "kkr-postgres-rw", "kkr-postgres")
        each["data"]["KKR_NATS"] = "tls://kkr-nats:4222"
        each["data"]["KKR_NATS_COPIES"] = "1"
        each["data"]["KKR_DEMO_CLOCK"] = BEGINNING
        return each
    each["spec"]["replicas"] = 1
    pod = each["spec"]["template"]["spec"]
    pod["restartPolicy"] = "OnFailure"  # podman 4.3 would start an init container again and again.
    for volume in pod["volumes"]:
        if "secret" in volume:
            volume["persistentVolumeClaim"] = {"claimName": volume.pop("secret")["secretName"]}
        else:  # Its folders are volumes of the machine, by name.
            volume["name"] = f"{each['metadata']['name']}-{volume['name']}"
    for container in (*pod.get("initContainers", []), *pod["containers"]):
        name = container["image"].rsplit("/", 1)[-1].split(":")[0]
        name = "kkr-redis" if name == "redis" else name
        container["image"] = f"localhost/{name}:{RELEASE}"
        # podman would publish the ports on this machine, and probe with a curl in the container.
        for field in ("ports", "startupProbe", "readinessProbe", "livenessProbe"):
            container.pop(field, None)
        for mount in container["volumeMounts"]:
            if mount["name"] in ("tmp", "redis"):
                mount["name"] = f"{each['metadata']['name']}-{mount['name']}"
        # It knows no status.podIP, and no variable within another.
        for variable in container.get("env", []):
            pod_name = f"{each['metadata']['name']}-pod-0"
            if "fieldRef" in variable.pop("valueFrom", {}):
                variable["value"] = pod_name
            variable["value"] = variable["value"].replace("$(KKR_POD_ADDRESS)", pod_name)
    return each


@unittest.skipUnless(machine.HAS_CLUSTER, "the sources have no programs of the cluster")
class KubePlay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        machine.build(RELEASE)
        cls.addClassCleanup(FOLDER.cleanup)
        cls.network = f"kkr-play-{uuid.uuid4().hex[:8]}"
        machine.podman("network", "create", cls.network)
        cls.addClassCleanup(machine.podman, "network", "rm", "--force", cls.network)
        cls.secrets = os.path.join(FOLDER.name, "secrets")
        machine.run(f"{machine.ROOT}/deploy/secrets.sh", cls.secrets)
        for server, data in (("postgres", "/var/lib/postgresql/data"), ("nats", "/var/lib/nats")):
            container = machine.Container(
                f"localhost/kkr-{server}:{RELEASE}", "--name", f"kkr-play-{server}", "--read-only",
                "--tmpfs", "/tmp", "--network", cls.network, "--network-alias", f"kkr-{server}",
                "--volume", f"{cls.secrets}/{server}:/run/secrets:ro", "--volume", data)
            cls.addClassCleanup(container.__exit__)
        # podman 4.3 stumbles over an init container that has to try again.
        machine.wait_until(
            lambda: machine.podman("exec", "kkr-play-postgres", "pg_isready", "--host=127.0.0.1",
                                   check=False).returncode == 0, "PostgreSQL is ready")
        cls.objects = manifests_test.render("one-region")
        cls.manifest = os.path.join(FOLDER.name, "play.yaml")
        with open(cls.manifest, "w", encoding="utf-8") as file:
            yaml.safe_dump_all([*(at_home(each) for each in cls.objects
                                  if each["kind"] == "ConfigMap"),
                                *(at_home(each) for each in cls.objects
                                  if each["kind"] == "Deployment")], file)

    def test_every_pod_starts_and_the_site_is_ready(self):
        self.addCleanup(self.take_down)
        for name, files in secrets(self.secrets).items():
            keep(name, files)
        machine.podman("kube", "play", "--network", self.network, self.manifest)
        for program in (*SERVICES, "gateway"):
            name = f"kkr-{program}-pod-0-program"
            machine.wait_until(
                lambda name=name: machine.podman(
                    "exec", name, "/usr/bin/program", "probe", "--ready",
                    check=False).returncode == 0,
                f"{name} is ready", 120)
            self.assert_hardened(name)

    def take_down(self):
        for program in (*SERVICES, "gateway"):
            machine.podman("pod", "rm", "--force", f"kkr-{program}-pod-0", check=False)
        for volume in (*secrets(self.secrets), "kkr-gateway-redis",
                       *(f"kkr-{program}-tmp" for program in (*SERVICES, "gateway"))):
            machine.podman("volume", "rm", volume, check=False)

    def assert_hardened(self, name):
        inspected = json.loads(machine.podman("inspect", name).stdout)[0]
        self.assertTrue(inspected["HostConfig"]["ReadonlyRootfs"])
        self.assertEqual(inspected["EffectiveCaps"] or [], [])
        self.assertFalse(inspected["HostConfig"]["Privileged"])
        with open(f"/proc/{inspected['State']['Pid']}/status", encoding="utf-8") as file:
            status = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
        self.assertEqual(status["Uid"].split(), ["10001"] * 4)
        self.assertEqual(status["NoNewPrivs"], "1")


if __name__ == "__main__":
    unittest.main()
