#include "services/platform/cache/memory_cache.h"

#include <utility>

namespace kkr::platform {

MemoryCache::MemoryCache(std::size_t bytes_max, Now now)
    : part_bytes_max_(bytes_max / parts_.size()), now_(std::move(now)) {}

MemoryCache::Part& MemoryCache::part_of(std::string_view key) {
  // The high bits: the map inside uses the low ones.
  return parts_[(std::hash<std::string_view>()(key) >> 32U) % parts_.size()];
}

void MemoryCache::remove(Part& part, Entries::iterator entry) {
  part.bytes -= entry->key.size() + entry->value->size();
  part.by_key.erase(entry->key);
  part.entries.erase(entry);
}

CachedBytes MemoryCache::look_up(std::string_view key) {
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  const auto found = part.by_key.find(key);
  if (found == part.by_key.end()) return nullptr;
  const auto entry = found->second;
  if (entry->until <= now_()) {
    remove(part, entry);
    return nullptr;
  }
  part.entries.splice(part.entries.begin(), part.entries, entry);
  return entry->value;
}

void MemoryCache::store(std::string_view key, CachedBytes value,
                        std::chrono::milliseconds at_most) {
  const std::size_t size = key.size() + value->size();
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  if (const auto found = part.by_key.find(key); found != part.by_key.end())
    remove(part, found->second);
  if (size > part_bytes_max_) return;
  while (part.bytes + size > part_bytes_max_) remove(part, std::prev(part.entries.end()));
  part.entries.push_front({std::string(key), std::move(value), now_() + at_most});
  part.by_key.emplace(part.entries.front().key, part.entries.begin());
  part.bytes += size;
}

boost::asio::awaitable<CachedBytes> MemoryCache::find(std::string_view key) {
  co_return look_up(key);
}

boost::asio::awaitable<void> MemoryCache::keep(std::string_view key, CachedBytes value,
                                               std::chrono::milliseconds at_most) {
  store(key, std::move(value), at_most);
  co_return;
}

boost::asio::awaitable<void> MemoryCache::forget(std::string_view key) {
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  if (const auto found = part.by_key.find(key); found != part.by_key.end())
    remove(part, found->second);
  co_return;
}

std::size_t MemoryCache::bytes() const {
  std::size_t sum = 0;
  for (const Part& part : parts_) {
    const std::lock_guard lock(part.mutex);
    sum += part.bytes;
  }
  return sum;
}

}  // namespace kkr::platform
