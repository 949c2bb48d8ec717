#include "services/platform/postgres/postgres_pool.h"

#include <utility>

namespace kkr::platform {

PostgresPool::PostgresPool(PostgresSettings settings, std::size_t connections_max)
    : settings_(std::move(settings)), connections_max_(connections_max) {}

std::variant<PostgresPool::Handle, PostgresError> PostgresPool::take() {
  std::unique_ptr<PostgresConnection> connection;
  {
    std::unique_lock lock(mutex_);
    if (!given_back_.wait_for(lock, settings_.statement_timeout,
                              [this] { return in_use_ < connections_max_; }))
      return PostgresError{"53300", "all " + std::to_string(connections_max_) +
                                        " connections to PostgreSQL are in use"};
    ++in_use_;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection && connection->usable()) return Handle(*this, std::move(connection));
  auto opened = PostgresConnection::open(settings_);
  if (auto* error = std::get_if<PostgresError>(&opened)) {
    leave();
    return std::move(*error);
  }
  return Handle(
      *this, std::make_unique<PostgresConnection>(std::move(std::get<PostgresConnection>(opened))));
}

std::size_t PostgresPool::in_use() const {
  const std::lock_guard lock(mutex_);
  return in_use_;
}

void PostgresPool::give_back(std::unique_ptr<PostgresConnection> connection) {
  if (connection->usable()) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  leave();
}

void PostgresPool::leave() {
  {
    const std::lock_guard lock(mutex_);
    --in_use_;
  }
  given_back_.notify_one();
}

}  // namespace kkr::platform
