// A closed store on disk with rows in every table, to be damaged: 50 commands, the last without an
// event, 78 events, documents written, replaced and erased, checkpoints, a snapshot, and an anchor
// file. For tests.
#pragma once

#include <string>

#include "services/platform/event_store/sqlite_event_store.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {

class PopulatedStore {
 public:
  static constexpr std::uint64_t kRequests = 50;
  static constexpr std::uint64_t kEvents = 78;

  PopulatedStore();

  std::string log() const { return "consultation/hovedstaden"; }
  std::string path() const { return folder_.path("log.db"); }
  // Anchored at the half of the commands and at the end.
  std::string anchor_path() const { return folder_.path("outside/anchors"); }
  const LogHead& head() const { return head_; }

  std::unique_ptr<SqliteEventStore> open() const;
  std::string bytes() const;
  void overwrite(const std::string& bytes) const;
  // Runs SQL on the file as another program would.
  void change(const std::string& sql) const;
  // Undoes every change.
  void restore() const { overwrite(whole_); }
  // Puts the file as it was after half of the commands in its place.
  void set_back_to_half() const { overwrite(half_); }
  // Puts one document back as it was then, and leaves the rest.
  void set_back_document(const std::string& key) const;
  // Every row of every table in words; "unreadable" when SQLite cannot read them all.
  std::string contents() const;

 private:
  void carry_out(SqliteEventStore& store, std::uint64_t first, std::uint64_t last);

  const TemporaryFolder folder_;
  LogHead head_;
  std::string half_;
  std::string whole_;
};

}  // namespace kkr::platform
