// What goes to PostgreSQL and what comes back, in its binary format: nothing is quoted, escaped or
// printed. Knows no table and no connection.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/event_store/sha256.h"

namespace kkr::platform {

// The parameters of one statement, in order from $1. A statement must say of each what it is, such
// as `$1::bigint`. An array takes one element per row: with `unnest` one statement writes many.
class PostgresParameters {
 public:
  PostgresParameters& number(std::uint64_t number);   // bigint
  PostgresParameters& flag(bool flag);                // boolean
  PostgresParameters& text(std::string_view text);    // text; refused when it is not UTF-8.
  PostgresParameters& bytes(std::string_view bytes);  // bytea
  PostgresParameters& hash(const Hash& hash) { return bytes(as_bytes(hash)); }
  PostgresParameters& null();

  PostgresParameters& numbers(const std::vector<std::uint64_t>& column);   // bigint[]
  PostgresParameters& texts(const std::vector<std::string_view>& column);  // text[]
  PostgresParameters& byte_rows(const std::vector<std::optional<std::string_view>>& column);
  // bytea[]

  // As libpq takes them; valid until this changes.
  int count() const { return static_cast<int>(values_.size()); }
  std::vector<const char*> pointers() const;
  std::vector<int> lengths() const;
  // As a row of a COPY in binary format, behind what `copy` holds.
  void append_row(std::string& copy) const;

 private:
  std::vector<std::optional<std::string>> values_;
};

// The rows a statement returned. Views live as long as this does.
class PostgresRows {
 public:
  explicit PostgresRows(PGresult* result) : result_(result) {}

  int size() const { return PQntuples(result_.get()); }
  bool empty() const { return size() == 0; }
  // How many rows an INSERT, UPDATE or DELETE touched.
  std::uint64_t touched() const;

  bool is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  std::uint64_t number(int row, int column) const;  // bigint, integer or smallint.
  bool flag(int row, int column) const;
  std::string_view text(int row, int column) const;  // text or bytea.
  // All zero when the column does not hold 32 bytes.
  Hash hash(int row, int column) const;

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

}  // namespace kkr::platform
