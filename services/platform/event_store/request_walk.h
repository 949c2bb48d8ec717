// Walks through the requests beside the events they left: both stand in the same order, so the
// request of an event is found without an index. Checks nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/platform/event_store/sqlite_tables.h"

namespace kkr::platform {

class RequestWalk {
 public:
  // `tables` must outlive this.
  explicit RequestWalk(SqliteTables& tables) : tables_(tables) {}

  // The first request whose events do not end before `position`, if there is one. Ask for positions
  // in ascending order.
  Found<StoredRequest> at(std::uint64_t position);

 private:
  int find_start(std::uint64_t position);
  int fetch();

  SqliteTables& tables_;
  bool started_ = false;
  std::uint64_t next_sequence_ = 1;
  std::vector<StoredRequest> ahead_;  // Fetched; the first `passed_` lie behind.
  std::size_t passed_ = 0;
};

}  // namespace kkr::platform
