"""Kubernetes' Pod Security Standard "restricted", field by field, and what we ask for beyond it."""

VOLUME_KINDS = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral",
                "persistentVolumeClaim", "projected", "secret"}
SECCOMP_KINDS = ("RuntimeDefault", "Localhost")
SYSCTLS = {"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range",
           "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
           "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports",
           "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
           "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"}
SELINUX_KINDS = {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}
UID_MIN = 10000


def containers_of(pod):
    for kind in ("initContainers", "containers", "ephemeralContainers"):
        yield from pod.get(kind, [])


def violations(pod, annotations=None):
    """What in the pod's spec "restricted" does not allow; nothing when it is allowed."""
    found = []
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(field):
            found.append(field)
    for volume in pod.get("volumes", []):
        kinds = set(volume) - {"name"}
        if not kinds <= VOLUME_KINDS:
            found.append(f"volume {volume['name']}: {sorted(kinds - VOLUME_KINDS)}")
    for key, value in (annotations or {}).items():
        if key.startswith("container.apparmor.security.beta.kubernetes.io/") and \
                value != "runtime/default" and not value.startswith("localhost/"):
            found.append(f"AppArmor: {value}")
    security = pod.get("securityContext", {})
    for sysctl in security.get("sysctls", []):
        if sysctl["name"] not in SYSCTLS:
            found.append(f"sysctl {sysctl['name']}")
    found += [f"pod: {each}" for each in shared_violations(security)]
    for container in containers_of(pod):
        found += [f"{container['name']}: {each}"
                  for each in container_violations(container, security)]
    return found


def shared_violations(security):
    """Of the fields that pods and containers both have."""
    if security.get("runAsUser") == 0:
        yield "runAsUser 0"
    if security.get("runAsNonRoot") is False:
        yield "runAsNonRoot false"
    seccomp = security.get("seccompProfile")
    if seccomp is not None and seccomp.get("type") not in SECCOMP_KINDS:
        yield "seccompProfile"
    selinux = security.get("seLinuxOptions", {})
    if selinux.get("type", "") not in SELINUX_KINDS or "user" in selinux or "role" in selinux:
        yield "seLinuxOptions"
    if security.get("windowsOptions", {}).get("hostProcess"):
        yield "hostProcess"
    if security.get("appArmorProfile", {}).get("type") == "Unconfined":
        yield "appArmorProfile"


def container_violations(container, pod_security):
    security = container.get("securityContext", {})
    yield from shared_violations(security)
    if not security.get("runAsNonRoot", pod_security.get("runAsNonRoot")):
        yield "runAsNonRoot missing"
    if "seccompProfile" not in security and "seccompProfile" not in pod_security:
        yield "seccompProfile missing"
    if security.get("privileged"):
        yield "privileged"
    if security.get("allowPrivilegeEscalation") is not False:
        yield "allowPrivilegeEscalation"
    if security.get("procMount", "Default") != "Default":
        yield "procMount"
    capabilities = security.get("capabilities", {})
    if "ALL" not in capabilities.get("drop", []):
        yield "capabilities not dropped"
    if not set(capabilities.get("add", [])) <= {"NET_BIND_SERVICE"}:
        yield "capabilities added"
    if any(port.get("hostPort") for port in container.get("ports", [])):
        yield "hostPort"
    for handler in (container.get("livenessProbe"), container.get("readinessProbe"),
                    container.get("startupProbe"), *container.get("lifecycle", {}).values()):
        if handler and any(handler.get(kind, {}).get("host") for kind in ("httpGet", "tcpSocket")):
            yield "probe of another host"


def own_violations(pod):
    """What we ask for beyond the standard."""
    security = pod.get("securityContext", {})
    if pod.get("automountServiceAccountToken") is not False:
        yield "a token is mounted"
    for container in containers_of(pod):
        own = container.get("securityContext", {})
        name = container["name"]
        if own.get("runAsUser", security.get("runAsUser", 0)) < UID_MIN:
            yield f"{name}: uid below {UID_MIN}"
        if not own.get("readOnlyRootFilesystem"):
            yield f"{name}: root can be written"
        resources = container.get("resources", {})
        if set(resources.get("requests", {})) != {"cpu", "memory"}:
            yield f"{name}: no requests"
        if "memory" not in resources.get("limits", {}):
            yield f"{name}: no limit of memory"
        if any("secretKeyRef" in each.get("valueFrom", {}) for each in container.get("env", [])) \
                or any("secretRef" in each for each in container.get("envFrom", [])):
            yield f"{name}: a secret in the environment"
