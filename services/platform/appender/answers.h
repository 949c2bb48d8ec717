// Tells verdicts to those who wait for them, from the completion pool, and knows when everybody has
// been told.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "services/platform/appender/batch_draft.h"
#include "services/platform/appender/log_meter.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

// What becomes of a command whose batch the store failed so.
CommandFailure command_failure(StoreFailure failure);

class Answers {
 public:
  // The pool and the meter must outlive what is told.
  Answers(WorkerPool& pool, LogMeter& meter) : pool_(pool), meter_(meter) {}

  // One more will be told.
  void expect();
  // Tells all of them, each of which has a verdict. Never blocks.
  void tell(std::vector<BatchDraft::Judged> judged);
  // The same for one command that goes no further.
  void refuse(std::unique_ptr<PendingCommand> command, CommandFailure why);
  // Returns when all that were expected have been told.
  void wait();

 private:
  void tell_some(std::vector<BatchDraft::Judged>& all, std::size_t first);

  WorkerPool& pool_;
  LogMeter& meter_;
  std::mutex mutex_;
  std::condition_variable all_told_;
  std::size_t expected_ = 0;
};

}  // namespace kkr::platform
