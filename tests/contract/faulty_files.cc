#include "tests/contract/faulty_files.h"

namespace kkr::platform {
namespace {

// SQLite allocates szOsFile bytes: this, and behind it the real file.
struct FaultyFile {
  sqlite3_file base;
  FaultyFiles* files;
  bool is_wal;
};

FaultyFile& faulty(sqlite3_file* file) { return *reinterpret_cast<FaultyFile*>(file); }
sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<FaultyFile*>(file) + 1);
}
FaultyFiles& files(sqlite3_vfs* vfs) { return *static_cast<FaultyFiles*>(vfs->pAppData); }

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  const int code = faulty(file).is_wal ? faulty(file).files->before_write() : SQLITE_OK;
  if (code != SQLITE_OK) return code;
  return real(file)->pMethods->xWrite(real(file), bytes, count, offset);
}

int flush(sqlite3_file* file, int flags) {
  const int code = faulty(file).is_wal ? faulty(file).files->before_flush() : SQLITE_OK;
  if (code != SQLITE_OK) return code;
  return real(file)->pMethods->xSync(real(file), flags);
}

// Version 1: without shared memory and mapping, neither of which a store uses.
constexpr sqlite3_io_methods kMethods = {
    1,
    [](sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); },
    [](sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
      return real(file)->pMethods->xRead(real(file), to, count, offset);
    },
    write,
    [](sqlite3_file* file, sqlite3_int64 size) {
      return real(file)->pMethods->xTruncate(real(file), size);
    },
    flush,
    [](sqlite3_file* file, sqlite3_int64* size) {
      return real(file)->pMethods->xFileSize(real(file), size);
    },
    [](sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); },
    [](sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); },
    [](sqlite3_file* file, int* held) {
      return real(file)->pMethods->xCheckReservedLock(real(file), held);
    },
    [](sqlite3_file* file, int operation, void* argument) {
      return real(file)->pMethods->xFileControl(real(file), operation, argument);
    },
    [](sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); },
    [](sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); },
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  faulty(file).base.pMethods = nullptr;
  faulty(file).files = &files(vfs);
  faulty(file).is_wal = (flags & SQLITE_OPEN_WAL) != 0;
  if (const int code = files(vfs).before_open(); code != SQLITE_OK) return code;
  auto& system = files(vfs).real();
  const int code = system.xOpen(&system, path, real(file), flags, out_flags);
  if (real(file)->pMethods != nullptr) faulty(file).base.pMethods = &kMethods;
  return code;
}

}  // namespace

FaultyFiles::FaultyFiles() : real_(*sqlite3_vfs_find(nullptr)), vfs_(real_) {
  vfs_.iVersion = 1;
  vfs_.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_.szOsFile;
  vfs_.zName = "kkr-faulty";
  vfs_.pAppData = this;
  vfs_.xOpen = open;
  vfs_.xDelete = [](sqlite3_vfs* vfs, const char* path, int flush_folder) {
    return files(vfs).real().xDelete(&files(vfs).real(), path, flush_folder);
  };
  vfs_.xAccess = [](sqlite3_vfs* vfs, const char* path, int flags, int* result) {
    return files(vfs).real().xAccess(&files(vfs).real(), path, flags, result);
  };
  vfs_.xFullPathname = [](sqlite3_vfs* vfs, const char* path, int size, char* full) {
    return files(vfs).real().xFullPathname(&files(vfs).real(), path, size, full);
  };
  sqlite3_vfs_register(&vfs_, 0);
}

FaultyFiles::~FaultyFiles() { sqlite3_vfs_unregister(&vfs_); }

}  // namespace kkr::platform
