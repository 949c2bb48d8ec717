#include "services/platform/settlement/settlement.h"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace kkr::platform {
namespace {

// Counts what is still awaited. Shared with the loops, because a loop may answer after the caller
// has stopped waiting.
class Outstanding {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
  }
  void done() {
    const std::lock_guard lock(mutex_);
    if (--count_ == 0) none_.notify_all();
  }
  bool wait(Settlement::Deadline deadline) {
    std::unique_lock lock(mutex_);
    return none_.wait_until(lock, deadline, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  std::size_t count_ = 0;
};

// Awaits the loops of one visit: those followers for which `target` gives a position, and all due
// work up to `instant`.
template <class Target>
Settlement::Loops awaiting(const std::shared_ptr<Outstanding>& outstanding, absl::Time instant,
                           Target target) {
  return {.follower =
              [outstanding, target](FollowLoop& loop) {
                const std::optional<std::uint64_t> position = target(loop.source());
                if (!position) return;
                outstanding->add();
                loop.when_caught_up(*position, [outstanding] { outstanding->done(); });
              },
          .due_work =
              [outstanding, instant](DueLoop& loop) {
                outstanding->add();
                loop.when_quiesced(instant, [outstanding] { outstanding->done(); });
              },
          .next_due = [](std::optional<absl::Time>) {},
          .errands =
              [outstanding, instant](Errands& errands) {
                outstanding->add();
                errands.when_rested(instant, [outstanding] { outstanding->done(); });
              },
          .led = [](const std::string&) {}};
}

std::vector<std::uint64_t> positions_of(const LogDirectory& directory) {
  std::vector<std::uint64_t> positions;
  for (const auto& listed : directory.list()) positions.push_back(listed.head.position);
  return positions;
}

}  // namespace

bool Settlement::await_followed(const std::string& log, std::uint64_t position, absl::Time now,
                                Deadline deadline) {
  const auto outstanding = std::make_shared<Outstanding>();
  visit(awaiting(outstanding, now, [&](const std::string& source) {
    return source == log ? std::optional(position) : std::nullopt;
  }));
  return outstanding->wait(deadline);
}

bool Settlement::await_rest(absl::Time instant, Deadline deadline) {
  // What one service records another may follow, so ask again until nothing was recorded meanwhile.
  while (true) {
    const auto before = positions_of(directory_);
    if (!await_settled({}, instant, deadline)) return false;
    if (positions_of(directory_) == before) return true;
  }
}

bool Settlement::await_settled(const std::map<std::string, std::uint64_t>& ends, absl::Time instant,
                               Deadline deadline) {
  const auto outstanding = std::make_shared<Outstanding>();
  visit(awaiting(outstanding, instant,
                 [this, &ends](const std::string& source) -> std::optional<std::uint64_t> {
                   if (const auto head = directory_.head(source)) return head->position;
                   const auto end = ends.find(source);
                   if (end == ends.end()) return std::nullopt;
                   return end->second;
                 }));
  return outstanding->wait(deadline);
}

std::optional<absl::Time> Settlement::next_due() {
  std::optional<absl::Time> first;
  visit({.follower = [](FollowLoop&) {},
         .due_work = [](DueLoop&) {},
         .next_due =
             [&first](std::optional<absl::Time> due) {
               if (due) first = first ? std::min(*first, *due) : *due;
             },
         .errands = [](Errands&) {},
         .led = [](const std::string&) {}});
  return first;
}

std::set<std::string> Settlement::led() {
  std::set<std::string> logs;
  visit({.follower = [](FollowLoop&) {},
         .due_work = [](DueLoop&) {},
         .next_due = [](std::optional<absl::Time>) {},
         .errands = [](Errands&) {},
         .led = [&logs](const std::string& log) { logs.insert(log); }});
  return logs;
}

std::unique_ptr<Settlement::Watch> Settlement::watch(Visit visit) {
  const std::lock_guard lock(mutex_);
  const auto place = visits_.insert(visits_.end(), std::move(visit));
  return std::make_unique<Watch>([this, place] {
    const std::lock_guard ending(mutex_);
    visits_.erase(place);
  });
}

void Settlement::visit(const Loops& loops) {
  const std::lock_guard lock(mutex_);
  for (const Visit& visit : visits_) visit(loops);
}

}  // namespace kkr::platform
