#include "tests/contract/event_store_contract.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "services/platform/event_store/hash_chain.h"
#include "tests/contract/event_store_rows.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;

constexpr auto kOther = "another store's generation";

Checkpoint at(std::string source, std::uint64_t position) {
  return {std::move(source), kOther, position, sha256_of(std::to_string(position))};
}

// 3 commands, 4 events on 2 streams, 2 documents, 1 checkpoint.
Batch three_commands(const EventStore& store, const std::string& prefix = "") {
  return BatchBuilder(store)
      .command(prefix + "r1", {an_event("round-1"), an_event("round-2", std::string("\0b", 2))})
      .command(prefix + "r2", {})
      .command(prefix + "r3", {an_event("round-1"), an_event("round-1")},
               {{"answer/1", "ja", ""}, {"answer/2", std::string("n\0j", 3), ""}})
      .checkpoint(at("registry/danmark", 17))
      .build();
}

TEST_P(EventStoreContract, ANewLogIsEmptyAndHasAGeneration) {
  EXPECT_THAT(store().head().generation, SizeIs(36));
  EXPECT_EQ(store().head().position, 0u);
  EXPECT_EQ(store().head().hash, Hash{});
  EXPECT_THAT(value_of(store().read(1, kSliceMax)), IsEmpty());
  EXPECT_THAT(value_of(store().checkpoints()), IsEmpty());
  EXPECT_EQ(value_of(store().snapshot()), std::nullopt);
}

TEST_P(EventStoreContract, GivesPositionsVersionsAndChainedHashesInOrder) {
  const Batch batch = three_commands(store());
  const auto recorded = value_of(store().append(batch));
  ASSERT_THAT(recorded, SizeIs(4));
  const std::uint64_t versions[] = {1, 1, 2, 3};
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    EXPECT_EQ(recorded[i].generation, store().head().generation);
    EXPECT_EQ(recorded[i].position, i + 1);
    EXPECT_EQ(recorded[i].version, versions[i]);
    EXPECT_EQ(recorded[i].stream, batch.events[i].stream);
    EXPECT_EQ(recorded[i].type, batch.events[i].type);
    EXPECT_EQ(recorded[i].payload, batch.events[i].payload);
    EXPECT_EQ(recorded[i].metadata, batch.events[i].metadata);
    EXPECT_EQ(recorded[i].recorded_at, batch.events[i].recorded_at);
    EXPECT_NE(recorded[i].hash, i == 0 ? Hash{} : recorded[i - 1].hash);
  }
  EXPECT_EQ(store().head().position, 4u);
  EXPECT_EQ(store().head().hash, recorded.back().hash);
}

TEST_P(EventStoreContract, ReadsBackExactlyWhatAppendReturned) {
  auto recorded = value_of(store().append(three_commands(store())));
  for (auto& event : value_of(store().append(three_commands(store(), "again-"))))
    recorded.push_back(event);
  EXPECT_EQ(recorded.back().version, 6u) << "a stream goes on over batches";
  EXPECT_EQ(value_of(store().read(1, kSliceMax)), recorded);
  EXPECT_THAT(value_of(store().read(3, 2)), ElementsAre(recorded[2], recorded[3]));
  EXPECT_THAT(value_of(store().read(8, 9)), ElementsAre(recorded[7]));
  EXPECT_THAT(value_of(store().read(9, 9)), IsEmpty());
}

TEST_P(EventStoreContract, ReturnsNoMoreThanASlice) {
  std::vector<NewEvent> events(kSliceMax + 50, an_event("round-1"));
  value_of(store().append(BatchBuilder(store()).command("r", events).build()));
  EXPECT_THAT(value_of(store().read(1, 10'000)), SizeIs(kSliceMax));
  EXPECT_THAT(value_of(store().read(kSliceMax + 1, 10'000)), SizeIs(50));
}

TEST_P(EventStoreContract, KeepsAnEventOfTheGreatestSize) {
  std::string payload(512 * 1024, '\0');
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(i * 7);
  value_of(
      store().append(BatchBuilder(store()).command("r", {an_event("round-1", payload)}).build()));
  reopen();
  EXPECT_EQ(value_of(store().read(1, 1)).front().payload, payload);
}

TEST_P(EventStoreContract, RefusesABatchReckonedFromAnotherHead) {
  value_of(store().append(three_commands(store())));
  const LogHead head = store().head();
  for (const int fault : {0, 1, 2}) {
    Batch stale = three_commands(store(), "stale-");
    if (fault == 0) stale.expected.position = 3;
    if (fault == 1) stale.expected.hash = Hash{1};
    if (fault == 2) stale.expected.generation = kOther;
    stale.documents.clear();
    EXPECT_EQ(failure_of(store().append(stale)), StoreFailure::kConflict) << fault;
  }
  EXPECT_EQ(store().head(), head);
  EXPECT_THAT(value_of(store().read(1, kSliceMax)), SizeIs(4));
  EXPECT_THAT(value_of(store().find_requests({"stale-r1"})), ElementsAre(std::nullopt));
}

TEST_P(EventStoreContract, RefusesARequestIdThatIsTakenAndWritesNothing) {
  value_of(store().append(three_commands(store())));
  const LogHead head = store().head();
  const auto twice = BatchBuilder(store())
                         .command("r4", {an_event("round-3")}, {{"answer/3", "x", ""}})
                         .command("r2", {an_event("round-3")})
                         .checkpoint(at("registry/danmark", 99))
                         .build();
  EXPECT_EQ(failure_of(store().append(twice)), StoreFailure::kConflict);
  EXPECT_EQ(store().head(), head);
  EXPECT_THAT(value_of(store().read(1, kSliceMax)), SizeIs(4));
  EXPECT_THAT(value_of(store().find_requests({"r4"})), ElementsAre(std::nullopt));
  EXPECT_EQ(value_of(store().document("answer/3")), std::nullopt);
  EXPECT_THAT(value_of(store().checkpoints()), ElementsAre(at("registry/danmark", 17)));

  const auto after =
      value_of(store().append(BatchBuilder(store()).command("r4", {an_event("round-3")}).build()));
  EXPECT_EQ(after.front().version, 1u) << "a refused batch leaves no trace in the streams";
}

TEST_P(EventStoreContract, FindsRequestsInTheOrderAsked) {
  value_of(store().append(three_commands(store())));
  reopen();
  const RequestRecord r1{"r1", sha256_of("r1"), 1, 2}, r2{"r2", sha256_of("r2"), 3, 2},
      r3{"r3", sha256_of("r3"), 3, 4};
  EXPECT_THAT(value_of(store().find_requests({"r3", "no", "r1", "r2", "r1"})),
              ElementsAre(Optional(r3), std::nullopt, Optional(r1), Optional(r2), Optional(r1)));
  EXPECT_THAT(value_of(store().find_requests({})), IsEmpty());
}

TEST_P(EventStoreContract, RecordsARequestWithoutEvents) {
  const auto recorded = value_of(store().append(BatchBuilder(store()).command("r1", {}).build()));
  EXPECT_THAT(recorded, IsEmpty());
  EXPECT_EQ(store().head().position, 0u);
  reopen();
  EXPECT_THAT(value_of(store().find_requests({"r1"})),
              ElementsAre(Optional(RequestRecord{"r1", sha256_of("r1"), 1, 0})));
}

TEST_P(EventStoreContract, WritesReplacesAndErasesDocuments) {
  value_of(store().append(three_commands(store())));
  EXPECT_THAT(value_of(store().document("answer/1")), Optional(std::string("ja")));
  EXPECT_THAT(value_of(store().document("answer/2")), Optional(std::string("n\0j", 3)));
  EXPECT_EQ(value_of(store().document("answer/")), std::nullopt);

  value_of(store().append(BatchBuilder(store())
                              .command("r4", {an_event("round-1")}, {{"answer/1", "nej", ""}})
                              .command("r5", {an_event("round-1")},
                                       {{"answer/1", "jo", ""}, {"answer/2", std::nullopt, ""}})
                              .build()));
  reopen();
  EXPECT_THAT(value_of(store().document("answer/1")), Optional(std::string("jo")));
  EXPECT_EQ(value_of(store().document("answer/2")), std::nullopt);
}

TEST_P(EventStoreContract, ListsDocumentsByPrefixPageByPage) {
  value_of(store().append(BatchBuilder(store())
                              .command("r1", {an_event("round-1")},
                                       {{"b/2", "2", ""},
                                        {"b/10", "10", ""},
                                        {"b/\xc3\xa6", "ae", ""},
                                        {"b", "no slash", ""},
                                        {"a/1", "a", ""},
                                        {"c/1", "c", ""}})
                              .build()));
  const auto keys = [&](std::string_view prefix, std::string_view after, std::size_t limit) {
    std::vector<std::string> found;
    for (const auto& document : value_of(store().documents(prefix, after, limit))) {
      found.push_back(document.key);
      EXPECT_EQ(document.value, value_of(store().document(document.key)));
    }
    return found;
  };
  EXPECT_THAT(keys("b/", "", 9), ElementsAre("b/10", "b/2", "b/\xc3\xa6"));
  EXPECT_THAT(keys("b/", "", 2), ElementsAre("b/10", "b/2"));
  EXPECT_THAT(keys("b/", "b/2", 9), ElementsAre("b/\xc3\xa6"));
  EXPECT_THAT(keys("b/", "b/\xc3\xa6", 9), IsEmpty());
  EXPECT_THAT(keys("", "b/2", 9), ElementsAre("b/\xc3\xa6", "c/1"));
  EXPECT_THAT(keys("d", "", 9), IsEmpty());
}

TEST_P(EventStoreContract, KeepsTheNewestCheckpointOfEachSource) {
  value_of(store().append(three_commands(store())));
  value_of(store().append(BatchBuilder(store())
                              .checkpoint(at("registry/danmark", 20))
                              .checkpoint(at("goals/hovedstaden", 3))
                              .build()));
  EXPECT_EQ(store().head().position, 4u) << "a checkpoint alone is no event";
  reopen();
  EXPECT_THAT(value_of(store().checkpoints()),
              ElementsAre(at("goals/hovedstaden", 3), at("registry/danmark", 20)));
}

TEST_P(EventStoreContract, KeepsTheNewestSnapshot) {
  const auto recorded = value_of(store().append(three_commands(store())));
  const Snapshot first{1, recorded[1].generation, 2, recorded[1].hash, "early"};
  const Snapshot second{2, recorded[3].generation, 4, recorded[3].hash, std::string("l\0te", 4)};
  value_of(store().save_snapshot(first));
  EXPECT_THAT(value_of(store().snapshot()), Optional(first));
  value_of(store().save_snapshot(second));
  reopen();
  EXPECT_THAT(value_of(store().snapshot()), Optional(second));
}

TEST_P(EventStoreContract, GoesOnWhereItWasAfterReopening) {
  const LogHead empty = store().head();
  reopen();
  EXPECT_EQ(store().head(), empty);
  auto recorded = value_of(store().append(three_commands(store())));
  const LogHead head = store().head();
  reopen();
  EXPECT_EQ(store().head(), head);
  recorded.push_back(
      value_of(store().append(BatchBuilder(store()).command("r4", {an_event("round-2")}).build()))
          .front());
  EXPECT_EQ(recorded.back().version, 2u);
  EXPECT_EQ(value_of(store().read(1, kSliceMax)), recorded);
}

TEST_P(EventStoreContract, RaisesItsWriteVersionAndNeverLowersIt) {
  EXPECT_EQ(store().write_version(), 1u);
  value_of(store().append(three_commands(store())));
  value_of(store().raise_write_version(3));
  EXPECT_EQ(store().write_version(), 3u);
  value_of(store().raise_write_version(2));
  EXPECT_EQ(store().write_version(), 3u);
  reopen();
  EXPECT_EQ(store().write_version(), 3u);
  EXPECT_EQ(store().damage(), std::nullopt);
  value_of(store().raise_write_version(3));
  value_of(store().append(three_commands(store(), "again-")));
  reopen();
  EXPECT_EQ(store().write_version(), 3u);
  EXPECT_EQ(store().damage(), std::nullopt);
  value_of(store().append(three_commands(store(), "anew-")));
  value_of(store().recover());
  EXPECT_EQ(store().write_version(), 3u);
  EXPECT_EQ(store().head().position, 12u);
}

TEST_P(EventStoreContract, RecoversToItsHeadWhenNothingWasWrong) {
  value_of(store().append(three_commands(store())));
  const LogHead head = store().head();
  EXPECT_EQ(value_of(store().recover()), head);
  value_of(store().append(three_commands(store(), "after-")));
  EXPECT_EQ(store().head().position, 8u);
}

TEST_P(EventStoreContract, ServesReadersWhileItAppends) {
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        const auto head = store().head();
        const auto events = value_of(store().read(1, kSliceMax));
        EXPECT_GE(events.size(), head.position) << "what the head promises can be read";
        value_of(store().find_requests({"0-r1"}));
        value_of(store().document("answer/1"));
      }
    });
  }
  for (int i = 0; i < 30; ++i)
    value_of(store().append(three_commands(store(), std::to_string(i) + "-")));
  done = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(store().head().position, 120u);
}

}  // namespace
}  // namespace kkr::platform
