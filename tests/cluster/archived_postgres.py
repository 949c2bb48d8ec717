"""A PostgreSQL that archives its log, and can be set back to an earlier point in time as its
operators do it: from a base backup and the archive."""
import os
import shutil

from servers import Postgres
from site_under_test import wait_until


class ArchivedPostgres(Postgres):
    def __init__(self):
        super().__init__()
        self._base = os.path.join(self.folder, "base")
        self._archive = os.path.join(self.folder, "archive")
        os.mkdir(self._archive)
        if self.user:
            shutil.chown(self._archive, self.user)
        self.settings += ["archive_mode=on", f"archive_command=cp %p {self._archive}/%f"]

    def back_up(self):
        self.run_program("pg_basebackup", "-D", self._base, "--no-sync", "--checkpoint=fast",
                         "--host=127.0.0.1", f"--port={self.port}", "--username=kkr")

    def mark(self, name):
        """Names this moment, to be able to come back to it."""
        self.query("postgres", f"SELECT pg_create_restore_point('{name}')")

    def restore(self, name):
        """Everything that was committed after the moment has never been."""
        last = self.query("postgres", "SELECT pg_walfile_name(pg_switch_wal())")[0]
        wait_until(lambda: os.path.exists(os.path.join(self._archive, last)), "all is archived")
        self.kill()
        shutil.rmtree(self.cluster)
        self.run_program("cp", "-a", self._base, self.cluster)
        self.run_program("touch", os.path.join(self.cluster, "recovery.signal"))
        with open(os.path.join(self.cluster, "postgresql.auto.conf"), "a",
                  encoding="utf-8") as settings:
            settings.write(f"restore_command = 'cp {self._archive}/%f %p'\n"
                           f"recovery_target_name = '{name}'\n"
                           "recovery_target_action = 'promote'\n")
        self.start()
        wait_until(lambda: self.query("postgres", "SELECT pg_is_in_recovery()") == ["f"],
                   "the restored server takes writes")
