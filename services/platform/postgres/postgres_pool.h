// A bounded number of connections to one PostgreSQL, for any number of threads. Opens one when none
// is free, and keeps none that is lost.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

class PostgresPool {
 public:
  // Gives the connection back when it goes out of scope.
  class Handle {
   public:
    Handle(PostgresPool& pool, std::unique_ptr<PostgresConnection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Handle(Handle&&) = default;
    Handle& operator=(Handle&&) = delete;
    ~Handle() {
      if (connection_) pool_->give_back(std::move(connection_));
    }
    PostgresConnection& operator*() const { return *connection_; }
    PostgresConnection* operator->() const { return connection_.get(); }

   private:
    PostgresPool* pool_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  PostgresPool(PostgresSettings settings, std::size_t connections_max);
  PostgresPool(const PostgresPool&) = delete;
  PostgresPool& operator=(const PostgresPool&) = delete;

  // A connection that was usable a moment ago. The error is for a server that is out of reach, and
  // for a pool of which no connection became free within the statement's time.
  std::variant<Handle, PostgresError> take();

  const PostgresSettings& settings() const { return settings_; }
  std::size_t connections_max() const { return connections_max_; }
  std::size_t in_use() const;

 private:
  void give_back(std::unique_ptr<PostgresConnection> connection);
  void leave();

  const PostgresSettings settings_;
  const std::size_t connections_max_;
  mutable std::mutex mutex_;  // Guards what follows.
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  std::size_t in_use_ = 0;
};

}  // namespace kkr::platform
