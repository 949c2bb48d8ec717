#include "services/platform/appender/answers.h"

#include <algorithm>
#include <utility>

namespace kkr::platform {
namespace {

// One job of the pool answers so many commands.
constexpr std::size_t kAnswersPerJob = 32;

}  // namespace

CommandFailure command_failure(StoreFailure failure) {
  switch (failure) {
    case StoreFailure::kStorageFull: return CommandFailure::kStorageFull;
    case StoreFailure::kDamaged:
    case StoreFailure::kConflict: return CommandFailure::kRegionDamaged;
    case StoreFailure::kNotHolder: return CommandFailure::kNotHolder;
    case StoreFailure::kUnavailable:
    case StoreFailure::kOutcomeUnknown: break;
  }
  return CommandFailure::kStoreUnavailable;
}

void Answers::expect() {
  const std::lock_guard lock(mutex_);
  ++expected_;
}

void Answers::tell(std::vector<BatchDraft::Judged> judged) {
  const auto all = std::make_shared<std::vector<BatchDraft::Judged>>(std::move(judged));
  for (std::size_t first = 0; first < all->size(); first += kAnswersPerJob) {
    const auto job = [this, all, first] { tell_some(*all, first); };
    // A stopped pool leaves nobody else to answer.
    if (!pool_.post(job)) job();
  }
}

void Answers::refuse(std::unique_ptr<PendingCommand> command, CommandFailure why) {
  std::vector<BatchDraft::Judged> refused;
  refused.push_back({std::move(command), why, false});
  tell(std::move(refused));
}

void Answers::wait() {
  std::unique_lock lock(mutex_);
  all_told_.wait(lock, [this] { return expected_ == 0; });
}

void Answers::tell_some(std::vector<BatchDraft::Judged>& all, std::size_t first) {
  const std::size_t last = std::min(first + kAnswersPerJob, all.size());
  for (std::size_t i = first; i < last; ++i) {
    meter_.outcome(*all[i].verdict);
    all[i].command->complete(*all[i].verdict);
    all[i].command.reset();
  }
  const std::lock_guard lock(mutex_);
  expected_ -= last - first;
  if (expected_ == 0) all_told_.notify_all();
}

}  // namespace kkr::platform
