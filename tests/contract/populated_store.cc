#include "tests/contract/populated_store.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "services/platform/event_store/store_keeper.h"
#include "tests/contract/event_store_rows.h"

namespace kkr::platform {
namespace {

constexpr std::uint64_t kSweepEvery = 16;  // Some rows are held by the store, most swept.

void add_row(std::string& words, sqlite3_stmt* row) {
  for (int column = 0; column < sqlite3_column_count(row); ++column) {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    words += '|' + to_hex(std::string_view(bytes, bytes == nullptr ? 0 : size));
  }
  words += '\n';
}

// False when SQLite cannot read the table to its end.
bool add_table(std::string& words, sqlite3* connection, const std::string& table) {
  words += table + '\n';
  sqlite3_stmt* statement = nullptr;
  const auto sql = "SELECT * FROM " + table + " ORDER BY 1";
  int code = sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW) add_row(words, statement);
  }
  sqlite3_finalize(statement);
  return code == SQLITE_DONE;
}

}  // namespace

PopulatedStore::PopulatedStore() {
  AnchorFile anchors(anchor_path());
  {
    const auto store = open();
    carry_out(*store, 1, kRequests / 2);
    StoreKeeper({.anchors = &anchors}).watch(*store);  // Anchors when it goes.
  }
  half_ = bytes();
  {
    const auto store = open();
    carry_out(*store, kRequests / 2 + 1, kRequests);
    head_ = store->head();
    value_of(store->save_snapshot({1, head_.generation, head_.position, head_.hash, "state"}));
    StoreKeeper({.anchors = &anchors}).watch(*store);
  }
  whole_ = bytes();
}

// Of every five commands: three with two events, two with one; one writes documents, one erases.
// The last of all has no event.
void PopulatedStore::carry_out(SqliteEventStore& store, std::uint64_t first, std::uint64_t last) {
  for (auto number = first; number <= last; ++number) {
    const auto text = std::to_string(number);
    std::vector<NewEvent> events;
    if (number < kRequests)
      events.push_back(an_event("round-" + std::to_string(number % 3), "svar " + text));
    if (number % 5 < 3 && number < kRequests) events.push_back(an_event("answer-" + text));
    std::vector<DocumentWrite> documents;
    if (number % 5 == 1)
      documents = {{"answer/" + text, "tekst " + text, ""}, {"latest", "udgave " + text, ""}};
    if (number % 5 == 3 && number > 10)
      documents = {{"answer/" + std::to_string(number - 12), std::nullopt, ""}};
    BatchBuilder batch(store);
    batch.command("r" + text, events, documents);
    if (number % 4 == 0) batch.checkpoint({"registry/danmark", "g", number, sha256_of(text)});
    if (number % 7 == 0) batch.checkpoint({"goals/hovedstaden", "g", number, sha256_of(text)});
    value_of(store.append(batch.build()));
  }
}

std::unique_ptr<SqliteEventStore> PopulatedStore::open() const {
  return std::move(std::get<0>(
      SqliteEventStore::open({.path = path(), .log = log(), .sweep_every = kSweepEvery})));
}

std::string PopulatedStore::bytes() const {
  std::ifstream file(path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void PopulatedStore::overwrite(const std::string& bytes) const {
  std::filesystem::remove(path() + "-wal");
  std::filesystem::remove(path() + "-journal");
  std::ofstream(path(), std::ios::binary | std::ios::trunc) << bytes;
}

void PopulatedStore::change(const std::string& sql) const {
  sqlite3* connection = nullptr;
  sqlite3_open(path().c_str(), &connection);
  if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    std::fprintf(stderr, "%s: %s\n", sql.c_str(), sqlite3_errmsg(connection));
    std::abort();
  }
  sqlite3_close(connection);
}

void PopulatedStore::set_back_document(const std::string& key) const {
  const auto half = folder_.path("half.db");
  std::ofstream(half, std::ios::binary) << half_;
  change("ATTACH '" + half + "' AS half;" + "DELETE FROM documents WHERE key = '" + key + "';" +
         "INSERT INTO documents SELECT * FROM half.documents WHERE key = '" + key + "'");
}

std::string PopulatedStore::contents() const {
  sqlite3* connection = nullptr;
  sqlite3_open_v2(path().c_str(), &connection, SQLITE_OPEN_READWRITE, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  std::string words;
  bool readable = true;
  for (const char* table : {"meta", "head", "events", "requests", "request_fingerprints", "streams",
                            "documents", "checkpoints", "snapshot"})
    readable = readable && add_table(words, connection, table);
  sqlite3_close(connection);
  return readable ? words : "unreadable";
}

}  // namespace kkr::platform
