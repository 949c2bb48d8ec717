#include "tests/contract/cache_contract.h"

#include "services/platform/cache/memory_cache.h"

namespace kkr::platform {
namespace {

std::unique_ptr<Cache> memory_cache() { return std::make_unique<MemoryCache>(1'000'000); }

INSTANTIATE_TEST_SUITE_P(Memory, CacheContract, testing::Values(memory_cache));

}  // namespace
}  // namespace kkr::platform
