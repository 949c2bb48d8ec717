// What every cache must do, wherever it keeps its bytes. An adapter joins by one line:
//   INSTANTIATE_TEST_SUITE_P(Redis, CacheContract, testing::Values(redis_cache));
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "services/platform/cache/cache.h"

namespace kkr::platform {

// A fresh, empty cache for one test, with room for at least 100,000 bytes.
using MakeCache = std::unique_ptr<Cache> (*)();

class CacheContract : public testing::TestWithParam<MakeCache> {
 protected:
  Cache& cache() { return *cache_; }

 private:
  const std::unique_ptr<Cache> cache_ = GetParam()();
};

}  // namespace kkr::platform
