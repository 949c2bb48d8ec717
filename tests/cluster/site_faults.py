"""What goes wrong with a site: its processes, its servers and the network between them. Each fault
is over when its method returns."""
import signal
import time

import network
from cluster_site import SERVICES


class SiteFaults:
    """Chooses with `choose`, a random.Random: the same seed, the same faults."""

    def __init__(self, site, choose, has_network):
        self.site, self.choose = site, choose
        self.kinds = [self.kill, self.kill, self.pause, self.restart_postgres, self.promote_standby,
                      self.wipe_nats, self.flush_redis, self.stop_redis]
        if has_network:
            self.kinds.append(self.cut_postgres)
        self._ahead = []
        self.struck = 0

    def strike(self):
        """Each kind comes once before any comes again."""
        if not self._ahead:
            self._ahead = self.kinds[:]
            self.choose.shuffle(self._ahead)
        self.struck += 1
        began = time.monotonic()
        kind = self._ahead.pop()
        what = kind() or ""
        print(f"  {kind.__name__} {what} ({time.monotonic() - began:.1f} s)", flush=True)

    def _any_of(self, services):
        return f"{self.choose.choice(services)}-{self.choose.randrange(1, 3)}"

    def kill(self):
        name = self._any_of([*SERVICES, "gateway"])
        self.site.members[name].kill()
        time.sleep(self.choose.uniform(0, 1))
        self.site.members[name].start()
        return name

    def pause(self):
        name = self._any_of([*SERVICES, "gateway"])
        self.site.members[name].signal(signal.SIGSTOP)
        time.sleep(5)
        self.site.members[name].signal(signal.SIGCONT)
        return name

    def cut_postgres(self):
        name = self._any_of(list(SERVICES))
        service, number = name.split("-")
        way = self.site.way(service, int(number))
        network.cut(way)
        time.sleep(self.choose.uniform(3, 6))
        network.mend(way)
        return name

    def restart_postgres(self):
        self.site.postgres.primary.kill(signal.SIGINT)
        self.site.postgres.primary.start()

    def promote_standby(self):
        self.site.postgres.promote()

    def wipe_nats(self):
        self.site.nats.wipe()

    def flush_redis(self):
        self.site.redis.flush()

    def stop_redis(self):
        self.site.redis.kill()
        time.sleep(self.choose.uniform(0, 2))
        self.site.redis.start()
