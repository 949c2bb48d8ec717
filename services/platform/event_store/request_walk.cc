#include "services/platform/event_store/request_walk.h"

#include <utility>

namespace kkr::platform {

Found<StoredRequest> RequestWalk::at(std::uint64_t position) {
  if (!started_) {
    if (const int code = find_start(position); code != SQLITE_OK) return {std::nullopt, code};
    started_ = true;
  }
  for (;;) {
    for (; passed_ < ahead_.size(); ++passed_) {
      if (ahead_[passed_].request.last_position >= position) return {ahead_[passed_], SQLITE_OK};
    }
    if (const int code = fetch(); code != SQLITE_OK) return {std::nullopt, code};
    if (ahead_.empty()) return {};
  }
}

// The last request that ends before `position`, by halving.
int RequestWalk::find_start(std::uint64_t position) {
  const auto head = tables_.head();
  std::uint64_t low = 1;
  std::uint64_t high = head.row ? head.row->request_sequence + 1 : 1;
  while (position > 1 && low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto row = tables_.request(middle);
    if (row.code != SQLITE_OK) return row.code;
    if (row.row && row.row->request.last_position < position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  next_sequence_ = low;
  return SQLITE_OK;
}

int RequestWalk::fetch() {
  ahead_.clear();
  passed_ = 0;
  return tables_.requests(next_sequence_, kSliceMax, [&](StoredRequest row) {
    next_sequence_ = row.sequence + 1;
    ahead_.push_back(std::move(row));
    return true;
  });
}

}  // namespace kkr::platform
