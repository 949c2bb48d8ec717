"""Containers for tests, by podman, on a machine without an image registry: bases are made by
debootstrap, images by scripts/images.sh. Everything made here bears the tag of its Debian; nothing
else is touched."""

import os
import platform
import shutil
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "../.."))
RELEASES = tuple(os.environ.get("KKR_RELEASES", "bookworm trixie").split())
SERVERS = ("postgres", "nats", "redis", "prometheus")
SERVICES = ("registry", "consultation", "financing", "notification")
# Those of the cluster only where the sources have them.
HAS_CLUSTER = os.path.exists(f"{ROOT}/gateway/main.cc")
PROGRAMS = ("kkr", *((*(f"kkr-{service}" for service in SERVICES), "kkr-gateway")
                     if HAS_CLUSTER else ()))
ENVIRONMENT = {**os.environ, "CONTAINERS_CONF": os.path.join(HERE, "containers.conf")}


def run(*command, check=True, **options):
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False,
                          **options)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done


def podman(*arguments, **options):
    return run("podman", *arguments, **options)


def exists(image):
    return podman("image", "exists", image, check=False).returncode == 0


def base(release):
    """The name of an image of a bare Debian."""
    image = f"localhost/debian:{release}"
    if exists(image):
        return image
    folder = tempfile.mkdtemp(prefix="kkr-debian-")
    try:
        run("debootstrap", "--variant=minbase", release, folder)
        tar = subprocess.Popen(["tar", "-C", folder, "-c", "."], stdout=subprocess.PIPE)
        subprocess.run(["podman", "import", "-", image], stdin=tar.stdout, env=ENVIRONMENT,
                       check=True, capture_output=True)
        tar.wait()
    finally:
        shutil.rmtree(folder)
    return image


def compiler_cache(release):
    """The folder of what the compiler was asked before: this machine's own if it is of that
    release, so that what `./test.sh` has compiled is not compiled again."""
    if platform.freedesktop_os_release().get("VERSION_CODENAME") == release:
        return run("ccache", "--get-config", "cache_dir").stdout.strip()
    return f"{ROOT}/.cache/images/{release}"


_built = set()


def build(release):
    """Images of every program and server, of the sources as they are now; with KKR_IMAGES=there,
    those that are there."""
    if release in _built or os.environ.get("KKR_IMAGES") == "there":
        return
    environment = {"KKR_IMAGE_CCACHE": compiler_cache(release), **ENVIRONMENT,
                   "KKR_IMAGE_PROGRAMS": " ".join(PROGRAMS)}
    subprocess.run([f"{ROOT}/scripts/images.sh", "--base", base(release), "--tag", release,
                    *PROGRAMS], env=environment, check=True)
    for server in SERVERS:
        podman("build", "--format", "docker", "--file", f"{ROOT}/deploy/servers/Containerfile",
               "--build-arg", f"BASE={base(release)}", "--target", server,
               "--tag", f"localhost/kkr-{server}:{release}", ROOT)
    _built.add(release)


def wait_until(holds, what, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.2)


class Container:
    """A container that is removed, with its anonymous volumes, at the end of the `with` block."""

    def __init__(self, image, *options, arguments=()):
        self.id = podman("run", "--detach", *options, image, *arguments).stdout.strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        podman("rm", "--force", "--volumes", self.id)

    def inspect(self, template):
        return podman("inspect", "--format", template, self.id).stdout.strip()

    def log(self):
        done = podman("logs", self.id)
        return done.stdout + done.stderr

    def health(self):
        return podman("healthcheck", "run", self.id, check=False).returncode == 0
