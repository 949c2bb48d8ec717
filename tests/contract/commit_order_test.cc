// That the order of positions is the order of commits: many writers contend for one log while
// readers tail it, and no reader may skip or reorder anything. The same readers over a table whose
// positions come from a sequence (bigserial) show that they would notice.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <thread>

#include "services/platform/event_store/postgres_event_store.h"
#include "tests/contract/event_store_rows.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::IsEmpty;
using testing::Not;

constexpr int kWriters = 8;
constexpr int kReaders = 4;

std::chrono::seconds running_time() {
  return std::getenv("KKR_LONG") != nullptr ? std::chrono::seconds(600) : std::chrono::seconds(4);
}

unsigned seed() {
  const char* const given = std::getenv("KKR_SEED");
  return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                          : std::random_device{}();
}

struct Row {
  std::uint64_t position = 0;
  std::string payload;  // `{writer} {number}`, the number gapless for each writer.
  bool operator==(const Row&) const = default;
};

// One process's way to a log: it writes or it tails.
class Participant {
 public:
  virtual ~Participant() = default;
  // Whether these are certain to be in the log; when not, they are certain not to be.
  virtual bool append(const std::vector<std::string>& payloads) = 0;
  // What stands behind `position` by now.
  virtual std::vector<Row> read_after(std::uint64_t position) = 0;
};
using Join = std::function<std::unique_ptr<Participant>(PostgresPool&)>;

// The event store; a writer that another one has pushed aside takes the log back.
class StoreParticipant final : public Participant {
 public:
  explicit StoreParticipant(PostgresPool& pool)
      : store_(std::move(std::get<0>(
            PostgresEventStore::open(pool, {.service = "test", .region = "hovedstaden"})))),
        follower_(std::move(std::get<0>(
            PostgresEventStore::open(pool, {.service = "test",
                                            .region = "hovedstaden",
                                            .lease = std::make_shared<HeldLease>()})))) {}

  bool append(const std::vector<std::string>& payloads) override {
    std::vector<NewEvent> events;
    for (const auto& payload : payloads) events.push_back(an_event("round-1", payload));
    if (std::holds_alternative<StoreFailure>(store_->recover())) return false;
    const auto appended = store_->append(BatchBuilder(*store_).command("", events).build());
    return std::holds_alternative<std::vector<RecordedEvent>>(appended);
  }

  std::vector<Row> read_after(std::uint64_t position) override {
    value_of(follower_->recover());
    std::vector<Row> rows;
    for (const auto& event : value_of(follower_->read(position + 1, kSliceMax)))
      rows.push_back({event.position, event.payload});
    return rows;
  }

 private:
  std::unique_ptr<PostgresEventStore> store_;
  std::unique_ptr<PostgresEventStore> follower_;
};

// What looks just as good: a table that numbers its rows by itself.
class SerialParticipant final : public Participant {
 public:
  explicit SerialParticipant(PostgresPool& pool) : pool_(pool) {}

  bool append(const std::vector<std::string>& payloads) override {
    const auto taken = pool_.take();
    return std::holds_alternative<PostgresRows>(std::get<PostgresPool::Handle>(taken)->run(
        "INSERT INTO serial_events (payload) SELECT * FROM unnest($1::text[])",
        PostgresParameters().texts({payloads.begin(), payloads.end()})));
  }

  std::vector<Row> read_after(std::uint64_t position) override {
    const auto taken = pool_.take();
    const auto found = std::get<PostgresPool::Handle>(taken)->run(
        "SELECT position, payload FROM serial_events WHERE position > $1::bigint "
        "ORDER BY position LIMIT 256",
        PostgresParameters().number(position));
    const auto& rows = std::get<PostgresRows>(found);
    std::vector<Row> read;
    for (int row = 0; row < rows.size(); ++row)
      read.push_back({rows.number(row, 0), std::string(rows.text(row, 1))});
    return read;
  }

 private:
  PostgresPool& pool_;
};

// Commits take their time, and each another one.
constexpr char kDelays[] =
    "CREATE FUNCTION delay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "PERFORM pg_sleep(random() * 0.002); RETURN NULL; END $$;"
    "CREATE TABLE serial_events (position bigserial PRIMARY KEY, payload text NOT NULL);"
    "CREATE CONSTRAINT TRIGGER delay AFTER INSERT ON serial_events DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION delay();"
    "CREATE CONSTRAINT TRIGGER delay AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION delay()";

std::vector<Row> read_all_after(Participant& participant, std::uint64_t position) {
  std::vector<Row> all;
  for (;;) {
    const auto rows = participant.read_after(position);
    if (rows.empty()) return all;
    position = rows.back().position;
    all.insert(all.end(), rows.begin(), rows.end());
  }
}

struct Outcome {
  std::vector<std::string> acked;  // Payloads, in no order.
  std::vector<Row> stored;         // What stands there in the end.
  std::vector<std::vector<Row>> delivered{kReaders};
};

void write(Participant& participant, int writer, unsigned seed, const std::atomic<bool>& done,
           std::vector<std::string>& acked) {
  std::mt19937 random(seed + static_cast<unsigned>(writer));
  for (int number = 0; !done;) {
    std::vector<std::string> payloads;
    const int size = std::uniform_int_distribution(1, 3)(random);
    for (int i = 0; i < size; ++i)
      payloads.push_back(std::to_string(writer) + " " + std::to_string(number + i));
    if (!participant.append(payloads)) continue;
    number += size;
    acked.insert(acked.end(), payloads.begin(), payloads.end());
  }
}

void tail(Participant& participant, const std::atomic<bool>& done, std::vector<Row>& delivered) {
  for (bool last = false; !last;) {
    last = done;  // What was acknowledged before it was done is read after.
    const auto rows =
        read_all_after(participant, delivered.empty() ? 0 : delivered.back().position);
    delivered.insert(delivered.end(), rows.begin(), rows.end());
  }
}

Outcome contend(PostgresPool& pool, const Join& join, std::chrono::seconds time) {
  const unsigned chance = seed();
  Outcome outcome;
  std::atomic<bool> written = false, acknowledged = false;
  std::vector<std::vector<std::string>> acked(kWriters);
  std::vector<std::thread> writers, readers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&, i, participant = std::shared_ptr(join(pool))] {
      write(*participant, i, chance, written, acked[static_cast<std::size_t>(i)]);
    });
  }
  for (auto& delivered : outcome.delivered) {
    readers.emplace_back([&, participant = std::shared_ptr(join(pool))] {
      tail(*participant, acknowledged, delivered);
    });
  }
  std::this_thread::sleep_for(time);
  written = true;
  for (auto& writer : writers) writer.join();
  acknowledged = true;
  for (auto& reader : readers) reader.join();
  for (const auto& some : acked)
    outcome.acked.insert(outcome.acked.end(), some.begin(), some.end());
  outcome.stored = read_all_after(*join(pool), 0);
  std::size_t delivered = 0;
  for (const auto& rows : outcome.delivered) delivered += rows.size();
  std::printf("seed %u: acked %zu, stored %zu, delivered to %d readers %zu\n", chance,
              outcome.acked.size(), outcome.stored.size(), kReaders, delivered);
  return outcome;
}

// What went wrong, each in a sentence; at most one of a kind for each reader.
std::vector<std::string> faults_in(const Outcome& outcome) {
  std::vector<std::string> faults;
  for (const auto& delivered : outcome.delivered) {
    for (std::size_t i = 0; i < outcome.stored.size(); ++i) {
      if (i < delivered.size() && delivered[i] == outcome.stored[i]) continue;
      faults.push_back("a reader skipped position " + std::to_string(outcome.stored[i].position));
      break;
    }
    if (delivered.size() > outcome.stored.size()) faults.push_back("a reader saw too much");
  }
  std::vector<std::string> acked = outcome.acked, stored;
  for (const auto& row : outcome.stored) stored.push_back(row.payload);
  std::sort(acked.begin(), acked.end());
  std::sort(stored.begin(), stored.end());
  if (acked != stored) faults.push_back("what is stored is not what was acknowledged");
  return faults;
}

class CommitOrder : public testing::Test {
 protected:
  CommitOrder() { schema_.execute(kDelays); }

  PostgresTestSchema schema_;
  PostgresPool pool_{schema_.settings(), kWriters + kReaders + 1};
};

TEST_F(CommitOrder, IsTheOrderOfPositionsForEveryReader) {
  const auto join = [](PostgresPool& pool) { return std::make_unique<StoreParticipant>(pool); };
  const Outcome outcome = contend(pool_, join, running_time());
  EXPECT_THAT(faults_in(outcome), IsEmpty());
  EXPECT_GT(outcome.acked.size(), 50U);
  for (std::size_t i = 0; i < outcome.stored.size(); ++i)
    ASSERT_EQ(outcome.stored[i].position, i + 1);
}

TEST_F(CommitOrder, IsNotThatOfASequenceAndThisTestNoticesIt) {
  const auto join = [](PostgresPool& pool) { return std::make_unique<SerialParticipant>(pool); };
  const Outcome outcome = contend(pool_, join, std::chrono::seconds(3));
  EXPECT_THAT(faults_in(outcome), Not(IsEmpty()));
}

}  // namespace
}  // namespace kkr::platform
