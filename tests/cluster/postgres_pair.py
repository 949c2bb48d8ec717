"""Two PostgreSQL servers, of which one takes writes and commits none that the other does not hold
as well. Does for a site whatever one server does."""
import os
import shutil

from servers import Postgres
from site_under_test import wait_until

# The standby looks for its primary at once, not each 5 s.
SETTINGS = ["wal_retrieve_retry_interval=100ms"]


class PostgresPair:
    def __init__(self):
        self.primary = Postgres(SETTINGS)
        self.standby = None

    def start(self):
        self.primary.start()
        self.standby = Postgres(SETTINGS, copy_of=self.primary)
        self._let_follow()

    def promote(self):
        """Ends the primary as a power cut does and lets the standby take over; what was the primary
        then becomes the standby. Returns when every commit waits for both again."""
        self.primary.kill()
        self.standby.query("postgres", "SELECT pg_promote()")
        self.primary, self.standby = self.standby, self.primary
        shutil.rmtree(self.standby.cluster)
        self.standby.copy(self.primary)
        self._let_follow()

    def _let_follow(self):
        # What was promoted would wait for a standby that it does not have yet.
        with open(os.path.join(self.standby.cluster, "postgresql.auto.conf"), "a",
                  encoding="utf-8") as settings:
            settings.write("synchronous_standby_names = ''\n")
        self.standby.start()
        wait_until(lambda: self._standby_is("state = 'streaming'"), "the standby follows")
        self.primary.query("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.primary.query("postgres", "SELECT pg_reload_conf()")
        wait_until(lambda: self._standby_is("sync_state = 'sync'"), "commits wait for the standby")
        self._await_copy()

    def _await_copy(self):
        end = self.primary.query("postgres", "SELECT pg_current_wal_lsn()")[0]
        wait_until(lambda: self._standby_is(f"replay_lsn >= '{end}'"), "the standby has it all")

    def _standby_is(self, condition):
        return self.primary.query("postgres",
                                  f"SELECT 1 FROM pg_stat_replication WHERE {condition}")

    def conninfo(self, database, host="127.0.0.1"):
        """Of whichever takes writes."""
        ports = sorted([self.primary.port, self.standby.port])
        return (f"host={host},{host} port={ports[0]},{ports[1]} user=kkr dbname={database} "
                "target_session_attrs=read-write")

    @property
    def databases(self):
        return self.primary.databases

    def query(self, database, statement):
        return self.primary.query(database, statement)

    def new_database(self, name=None, template="template1"):
        name = self.primary.new_database(name, template)
        self._await_copy()  # A client asks the standby too, which must know the name by then.
        return name

    def drop_database(self, name):
        self.primary.drop_database(name)

    def remove(self):
        for server in (self.standby, self.primary):
            if server:
                server.remove()
