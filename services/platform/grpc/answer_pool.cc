#include "services/platform/grpc/answer_pool.h"

#include <utility>

namespace kkr::platform {

AnswerPool::AnswerPool(std::size_t threads, std::size_t waiting_max)
    : waiting_max_(waiting_max), threads_(threads) {}

bool AnswerPool::submit(std::function<void()> work) {
  if (waiting_.fetch_add(1) >= waiting_max_) {
    --waiting_;
    return false;
  }
  return threads_.post([this, work = std::move(work)] {
    --waiting_;
    work();
  });
}

}  // namespace kkr::platform
