#include "services/platform/postgres/postgres_values.h"

#include <charconv>
#include <utility>

namespace kkr::platform {
namespace {

// Types by their numbers in PostgreSQL's catalogue, which never change.
constexpr std::uint32_t kBytea = 17;
constexpr std::uint32_t kBigint = 20;
constexpr std::uint32_t kText = 25;

// Numbers travel with the high byte first.
template <class Number>
void put(std::string& to, Number number) {
  for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8)
    to.push_back(static_cast<char>((number >> shift) & 0xff));
}

std::uint64_t number_in(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

// An array of one dimension: so many dimensions, whether a NULL is among them, the type, how many
// elements, the first index; then each element with its length before it.
std::string array_of(std::uint32_t type, std::size_t size) {
  std::string array;
  put(array, std::uint32_t{size == 0 ? 0u : 1u});
  put(array, std::uint32_t{1});
  put(array, type);
  if (size == 0) return array;
  put(array, static_cast<std::uint32_t>(size));
  put(array, std::uint32_t{1});
  return array;
}

void put_element(std::string& array, std::string_view element) {
  put(array, static_cast<std::uint32_t>(element.size()));
  array.append(element);
}

constexpr std::uint32_t kNull = 0xffffffff;  // The length of an element that is NULL.

}  // namespace

PostgresParameters& PostgresParameters::number(std::uint64_t number) {
  std::string value;
  put(value, number);
  values_.emplace_back(std::move(value));
  return *this;
}

PostgresParameters& PostgresParameters::flag(bool flag) {
  values_.emplace_back(std::string(1, flag ? '\1' : '\0'));
  return *this;
}

PostgresParameters& PostgresParameters::text(std::string_view text) { return bytes(text); }

PostgresParameters& PostgresParameters::bytes(std::string_view bytes) {
  values_.emplace_back(std::string(bytes));
  return *this;
}

PostgresParameters& PostgresParameters::null() {
  values_.emplace_back(std::nullopt);
  return *this;
}

PostgresParameters& PostgresParameters::numbers(const std::vector<std::uint64_t>& column) {
  std::string array = array_of(kBigint, column.size());
  for (const std::uint64_t number : column) {
    put(array, std::uint32_t{sizeof number});
    put(array, number);
  }
  values_.emplace_back(std::move(array));
  return *this;
}

PostgresParameters& PostgresParameters::texts(const std::vector<std::string_view>& column) {
  std::string array = array_of(kText, column.size());
  for (const std::string_view text : column) put_element(array, text);
  values_.emplace_back(std::move(array));
  return *this;
}

PostgresParameters& PostgresParameters::byte_rows(
    const std::vector<std::optional<std::string_view>>& column) {
  std::string array = array_of(kBytea, column.size());
  for (const auto& bytes : column) {
    if (bytes) {
      put_element(array, *bytes);
    } else {
      put(array, kNull);
    }
  }
  values_.emplace_back(std::move(array));
  return *this;
}

std::vector<const char*> PostgresParameters::pointers() const {
  std::vector<const char*> pointers;
  pointers.reserve(values_.size());
  for (const auto& value : values_) pointers.push_back(value ? value->data() : nullptr);
  return pointers;
}

std::vector<int> PostgresParameters::lengths() const {
  std::vector<int> lengths;
  lengths.reserve(values_.size());
  for (const auto& value : values_) lengths.push_back(value ? static_cast<int>(value->size()) : 0);
  return lengths;
}

void PostgresParameters::append_row(std::string& copy) const {
  put(copy, static_cast<std::uint16_t>(values_.size()));
  for (const auto& value : values_) {
    if (value) {
      put_element(copy, *value);
    } else {
      put(copy, kNull);
    }
  }
}

std::uint64_t PostgresRows::touched() const {
  const std::string_view count = PQcmdTuples(result_.get());
  std::uint64_t number = 0;
  std::from_chars(count.data(), count.data() + count.size(), number);
  return number;
}

std::uint64_t PostgresRows::number(int row, int column) const {
  return number_in(text(row, column));
}

bool PostgresRows::flag(int row, int column) const { return number_in(text(row, column)) != 0; }

std::string_view PostgresRows::text(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

Hash PostgresRows::hash(int row, int column) const {
  Hash hash{};
  from_bytes(text(row, column), hash);
  return hash;
}

}  // namespace kkr::platform
