// What every cache must do, wherever it keeps its bytes. An adapter joins by one line:
//   INSTANTIATE_TEST_SUITE_P(Redis, CacheContract, testing::Values(redis_cache));
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "services/platform/cache/cache.h"

namespace kkr::platform {

// A fresh, empty cache for one test, with room for at least 100,000 bytes.
using MakeCache = std::unique_ptr<Cache> (*)();

class CacheContract : public testing::TestWithParam<MakeCache> {
 protected:
  CachedBytes find(const std::string& key);
  void keep(const std::string& key, std::string value, std::chrono::milliseconds at_most);
  void forget(const std::string& key);

 private:
  const std::unique_ptr<Cache> cache_ = GetParam()();
  boost::asio::io_context loop_;
};

}  // namespace kkr::platform
