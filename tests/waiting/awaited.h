// Runs a coroutine to its end, in a test that is none.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "services/platform/asio/awaitable.h"

namespace kkr::waiting {

// What `work` comes to. Returns when nothing is left to do on the loop, so that whatever holds it
// up is noticed.
template <class T>
T awaited(boost::asio::io_context& loop, boost::asio::awaitable<T> work) {
  std::optional<T> result;
  boost::asio::co_spawn(loop, std::move(work),
                        [&result](const std::exception_ptr& thrown, T value) {
                          if (thrown) std::rethrow_exception(thrown);
                          result = std::move(value);
                        });
  loop.restart();
  loop.run();
  return *std::move(result);
}

inline void awaited(boost::asio::io_context& loop, boost::asio::awaitable<void> work) {
  boost::asio::co_spawn(loop, std::move(work), [](const std::exception_ptr& thrown) {
    if (thrown) std::rethrow_exception(thrown);
  });
  loop.restart();
  loop.run();
}

}  // namespace kkr::waiting
