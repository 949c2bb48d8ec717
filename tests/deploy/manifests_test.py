"""The manifests of deploy/kubernetes as kustomize renders them: every object, without a cluster."""

import copy
import os
import subprocess
import unittest

import yaml

import restricted

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
# Ours where the machine's does not know kustomize's present fields (scripts/install.sh).
OWN_KUBECTL = os.path.join(ROOT, "tools/.kubectl/kubectl")
KUBECTL = OWN_KUBECTL if os.path.exists(OWN_KUBECTL) else "kubectl"
OVERLAYS = ("one-region", "five-regions")
SERVICES = ("registry", "consultation", "financing", "notification")
PROGRAMS = (*SERVICES, "gateway")
# What is made from elsewhere: by CloudNativePG, and by hand (docs/operations.md).
FOREIGN_SECRETS = {"kkr-postgres-ca", "kkr-backup", "kkr-notification-smtp",
                   *(f"kkr-{program}-nats" for program in PROGRAMS),
                   *(f"kkr-{service}-postgres" for service in SERVICES)}
FOREIGN_LABELS = ({"cnpg.io/cluster": "kkr-postgres"}, {"app.kubernetes.io/name": "nats"})


def render(overlay):
    folder = os.path.join(ROOT, "deploy/kubernetes/overlays", overlay)
    rendered = subprocess.run([KUBECTL, "kustomize", folder], capture_output=True, text=True,
                              check=False)
    if rendered.returncode != 0 or rendered.stderr:
        raise AssertionError(f"{overlay}: {rendered.stderr}")
    return list(yaml.safe_load_all(rendered.stdout))


class ManifestsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.overlays = {overlay: render(overlay) for overlay in OVERLAYS}

    def objects(self, kind):
        for overlay, objects in self.overlays.items():
            for each in objects:
                if each["kind"] == kind:
                    yield overlay, each

    def names(self, overlay, kind):
        return {each["metadata"]["name"] for each in self.overlays[overlay]
                if each["kind"] == kind}

    def pod_labels(self, overlay):
        return [each["spec"]["template"]["metadata"]["labels"]
                for each in self.overlays[overlay] if each["kind"] == "Deployment"]

    def test_every_object_has_one_name_in_the_namespace(self):
        for overlay, objects in self.overlays.items():
            seen = set()
            for each in objects:
                identity = (each["apiVersion"], each["kind"], each["metadata"]["name"])
                self.assertNotIn(identity, seen)
                seen.add(identity)
                if each["kind"] != "Namespace":
                    self.assertEqual(each["metadata"]["namespace"], "kkr", identity)

    def test_every_program_has_its_objects(self):
        expected = {f"kkr-{program}" for program in PROGRAMS}
        for overlay in OVERLAYS:
            for kind in ("Deployment", "Service", "ServiceAccount", "PodDisruptionBudget",
                         "HorizontalPodAutoscaler"):
                self.assertEqual(self.names(overlay, kind), expected, f"{overlay} {kind}")

    def test_the_namespace_enforces_restricted(self):
        for _, namespace in self.objects("Namespace"):
            self.assertEqual(
                namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"],
                "restricted")

    def test_every_pod_is_restricted_and_more(self):
        for _, deployment in self.objects("Deployment"):
            template = deployment["spec"]["template"]
            self.assertEqual(restricted.violations(template["spec"],
                                                   template["metadata"].get("annotations")), [])
            self.assertEqual(list(restricted.own_violations(template["spec"])), [])

    def test_every_program_is_probed_at_its_operations_port(self):
        for _, deployment in self.objects("Deployment"):
            program = deployment["spec"]["template"]["spec"]["containers"][0]
            self.assertEqual(program["name"], "program")
            ports = {port["name"]: port["containerPort"] for port in program["ports"]}
            self.assertEqual(ports["operations"], 9100)
            for probe, path in (("startupProbe", "/readyz"), ("readinessProbe", "/readyz"),
                                ("livenessProbe", "/healthz")):
                self.assertEqual(program[probe]["httpGet"],
                                 {"path": path, "port": "operations"}, probe)

    def test_every_replica_is_drained_within_its_grace(self):
        for _, deployment in self.objects("Deployment"):
            pod = deployment["spec"]["template"]["spec"]
            self.assertNotIn("replicas", deployment["spec"], "the autoscaler says how many")
            self.assertEqual(deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"], 0)
            self.assertGreater(pod["terminationGracePeriodSeconds"], 5 + 10)

    def test_what_is_mounted_exists(self):
        for overlay, deployment in self.objects("Deployment"):
            certificates = {each["spec"]["secretName"] for each in self.overlays[overlay]
                            if each["kind"] == "Certificate"}
            pod = deployment["spec"]["template"]["spec"]
            volumes = {each["name"]: each for each in pod["volumes"]}
            self.assertEqual(len(volumes), len(pod["volumes"]))
            for volume in pod["volumes"]:
                if "secret" in volume:
                    self.assertIn(volume["secret"]["secretName"], certificates | FOREIGN_SECRETS)
            mounted = {each["name"] for container in restricted.containers_of(pod)
                       for each in container["volumeMounts"]}
            self.assertEqual(mounted, set(volumes))
            for container in restricted.containers_of(pod):
                for source in container.get("envFrom", []):
                    self.assertIn(source["configMapRef"]["name"],
                                  self.names(overlay, "ConfigMap"))

    def test_the_authority_of_postgres_is_mounted_without_its_key(self):
        for _, deployment in self.objects("Deployment"):
            for volume in deployment["spec"]["template"]["spec"]["volumes"]:
                if volume["name"] == "postgres-authority":
                    self.assertEqual([item["key"] for item in volume["secret"]["items"]],
                                     ["ca.crt"])

    def test_selectors_find_pods(self):
        for kind, selector_of in (
                ("Service", lambda each: each["spec"]["selector"]),
                ("PodDisruptionBudget", lambda each: each["spec"]["selector"]["matchLabels"]),
                ("Deployment", lambda each: each["spec"]["selector"]["matchLabels"])):
            for overlay, each in self.objects(kind):
                found = [labels for labels in self.pod_labels(overlay)
                         if selector_of(each).items() <= labels.items()]
                self.assertEqual(len(found), 1)
                self.assertEqual(found[0]["app.kubernetes.io/name"], each["metadata"]["name"])

    def test_network_policies_select_pods_that_exist(self):
        for overlay, policy in self.objects("NetworkPolicy"):
            for selector in selectors_in(policy["spec"]):
                self.assertTrue(
                    not selector or selector in FOREIGN_LABELS or
                    any(selector.items() <= labels.items()
                        for labels in self.pod_labels(overlay)), selector)

    def test_nothing_is_reached_that_no_policy_names(self):
        for _, policy in self.objects("NetworkPolicy"):
            if policy["metadata"]["name"] == "nothing":
                self.assertEqual(policy["spec"], {"podSelector": {},
                                                  "policyTypes": ["Ingress", "Egress"]})
                break
        else:
            self.fail("There is no policy that forbids everything else.")

    def test_only_the_gateway_is_visited_from_outside(self):
        for _, policy in self.objects("NetworkPolicy"):
            for rule in policy["spec"].get("ingress", []):
                for source in rule["from"]:
                    if source.get("namespaceSelector", {}).get("matchLabels", {}).get(
                            "kubernetes.io/metadata.name") == "ingress":
                        self.assertEqual(policy["spec"]["podSelector"]["matchLabels"],
                                         {"app.kubernetes.io/name": "kkr-gateway"})

    def test_autoscalers_scale_what_exists_and_keep_two(self):
        for overlay, autoscaler in self.objects("HorizontalPodAutoscaler"):
            self.assertIn(autoscaler["spec"]["scaleTargetRef"]["name"],
                          self.names(overlay, "Deployment"))
            self.assertGreaterEqual(autoscaler["spec"]["minReplicas"], 2)

    def test_ports_of_services_are_ports_of_pods(self):
        for overlay, service in self.objects("Service"):
            pod = next(each["spec"]["template"]["spec"] for each in self.overlays[overlay]
                       if each["kind"] == "Deployment" and
                       each["metadata"]["name"] == service["metadata"]["name"])
            names = {port["name"] for port in pod["containers"][0]["ports"]}
            self.assertLessEqual({port["targetPort"] for port in service["spec"]["ports"]}, names)

    def test_a_commit_waits_for_a_standby_and_backups_are_kept(self):
        for _, cluster in self.objects("Cluster"):
            self.assertGreaterEqual(cluster["spec"]["instances"], 2)
            self.assertEqual(cluster["spec"]["postgresql"]["synchronous"],
                             {"method": "any", "number": 1, "dataDurability": "required"})
            self.assertIn("retentionPolicy", cluster["spec"]["backup"])
        for overlay in OVERLAYS:
            self.assertEqual(len(self.names(overlay, "ScheduledBackup")), 1)

    def test_certificates_bear_the_names_that_callers_check(self):
        for overlay in OVERLAYS:
            names = {each["metadata"]["name"]: each["spec"].get("dnsNames")
                     for each in self.overlays[overlay] if each["kind"] == "Certificate"}
            for program in PROGRAMS:
                self.assertEqual(names[f"kkr-{program}"], [f"kkr-{program}"])


def selectors_in(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "podSelector":
                yield value.get("matchLabels", {})
            else:
                yield from selectors_in(value)
    elif isinstance(node, list):
        for each in node:
            yield from selectors_in(each)


GOOD_POD = {
    "automountServiceAccountToken": False,
    "securityContext": {"runAsNonRoot": True, "runAsUser": 10001,
                        "seccompProfile": {"type": "RuntimeDefault"}},
    "containers": [{
        "name": "a",
        "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                            "capabilities": {"drop": ["ALL"]}},
        "resources": {"requests": {"cpu": 1, "memory": 1}, "limits": {"memory": 1}},
    }],
    "volumes": [{"name": "tmp", "emptyDir": {}}],
}


def spoil(path, value):
    pod = copy.deepcopy(GOOD_POD)
    node = pod
    for step in path[:-1]:
        node = node[step] if isinstance(step, int) else node.setdefault(step, {})
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return pod


class RestrictedTest(unittest.TestCase):
    """That the check finds each single fault."""

    def test_a_good_pod_has_no_violation(self):
        self.assertEqual(restricted.violations(GOOD_POD), [])
        self.assertEqual(list(restricted.own_violations(GOOD_POD)), [])

    def test_each_fault_is_found(self):
        container = ("containers", 0)
        security = (*container, "securityContext")
        for path, value in (
                (("hostNetwork",), True), (("hostPID",), True), (("hostIPC",), True),
                (("volumes",), [{"name": "a", "hostPath": {"path": "/"}}]),
                (("securityContext", "runAsNonRoot"), None),
                (("securityContext", "runAsNonRoot"), False),
                (("securityContext", "runAsUser"), 0),
                (("securityContext", "seccompProfile"), None),
                (("securityContext", "seccompProfile"), {"type": "Unconfined"}),
                (("securityContext", "seLinuxOptions"), {"type": "spc_t"}),
                (("securityContext", "seLinuxOptions"), {"user": "root"}),
                (("securityContext", "windowsOptions"), {"hostProcess": True}),
                (("securityContext", "appArmorProfile"), {"type": "Unconfined"}),
                (("securityContext", "sysctls"), [{"name": "kernel.msgmax", "value": "1"}]),
                ((*security, "allowPrivilegeEscalation"), None),
                ((*security, "allowPrivilegeEscalation"), True),
                ((*security, "capabilities"), None),
                ((*security, "capabilities"), {"drop": ["ALL"], "add": ["SYS_ADMIN"]}),
                ((*security, "privileged"), True),
                ((*security, "procMount"), "Unmasked"),
                ((*security, "runAsUser"), 0),
                ((*security, "runAsNonRoot"), False),
                ((*security, "seccompProfile"), {"type": "Unconfined"}),
                ((*container, "ports"), [{"containerPort": 80, "hostPort": 80}]),
                ((*container, "livenessProbe"), {"httpGet": {"host": "192.0.2.1"}})):
            self.assertTrue(restricted.violations(spoil(path, value)), f"{path} {value}")

    def test_each_fault_of_our_own_is_found(self):
        container = ("containers", 0)
        for path, value in (
                (("automountServiceAccountToken",), None),
                (("securityContext", "runAsUser"), 999),
                ((*container, "securityContext", "readOnlyRootFilesystem"), None),
                ((*container, "resources", "requests"), {"cpu": 1}),
                ((*container, "resources", "limits"), {}),
                ((*container, "env"), [{"name": "A", "valueFrom": {"secretKeyRef": {}}}]),
                ((*container, "envFrom"), [{"secretRef": {"name": "a"}}])):
            self.assertTrue(list(restricted.own_violations(spoil(path, value))), f"{path} {value}")


if __name__ == "__main__":
    unittest.main()
