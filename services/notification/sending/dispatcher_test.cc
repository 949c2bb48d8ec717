#include "services/notification/sending/dispatcher.h"

#include <gmock/gmock.h>

#include <future>

#include "services/notification/sending/notice_dispatch.h"
#include "services/notification/sending/sqlite_send_table.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/time/timestamp.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::notification {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const absl::Time kNow = absl::FromUnixSeconds(1'362'380'400);

v1::Event notice(const std::string& step, const std::vector<std::string>& codes) {
  v1::Event event;
  v1::NoticeDue& due = *event.mutable_notice_due();
  due.set_occasion(v1::OCCASION_REMINDER);
  due.set_subject("regions/hovedstaden/rounds/r1");
  due.set_round(due.subject());
  due.set_step(step);
  for (const std::string& code : codes) {
    due.add_recipients()->set_municipality(code);
    due.mutable_recipients()->rbegin()->set_office("borgmester");
  }
  return event;
}

class DispatcherTest : public testing::Test {
 protected:
  void SetUp() override { open_table(); }

  void open_table() {
    table_.reset();
    auto opened = SqliteSendTable::open({folder_.path("sends.db"), "notification/hovedstaden"});
    table_ = std::get<std::unique_ptr<SqliteSendTable>>(std::move(opened));
  }
  void record(const v1::Event& event) {
    platform::Batch batch;
    batch.expected = store_->head();
    batch.events = {{"stream", "type", event.SerializeAsString(), "", kNow}};
    auto recorded = store_->append(batch);
    tail_->push(std::get<std::vector<platform::RecordedEvent>>(std::move(recorded)));
  }
  // Runs a dispatcher until it has come to the end of the log.
  void dispatch_all() {
    std::promise<void> at_head;
    bool told = false;
    Dispatcher* running = nullptr;
    std::mutex mutex;
    Dispatcher dispatcher(*table_, *store_, *tail_, clock_, pool_,
                          {.interpret =
                               [](const platform::RecordedEvent& recorded) {
                                 v1::Event event;
                                 event.ParseFromString(recorded.payload);
                                 return dispatch_of(event);
                               },
                           .forget =
                               [this](const std::string& person) {
                                 forgotten_.push_back(person);
                                 return forgotten_.size() > refusals_;
                               },
                           .dispatched =
                               [&](std::size_t) {
                                 const std::lock_guard lock(mutex);
                                 if (!told && running != nullptr && running->is_at_head()) {
                                   told = true;
                                   at_head.set_value();
                                 }
                               }},
                          log_was_new_);
    {
      const std::lock_guard lock(mutex);
      running = &dispatcher;
    }
    dispatcher.start();
    at_head.get_future().wait();
    dispatcher.stop();
  }
  std::vector<std::string> sends() {
    std::vector<std::string> all;
    const auto listed = table_->list({}, 0, 1000);
    for (const Send& send : std::get<std::vector<Send>>(listed))
      all.push_back(send.planned.key.step + " " + send.planned.municipality + " " + send.reason);
    return all;
  }

  platform::TemporaryFolder folder_;
  platform::DemoClock clock_{kNow};
  platform::WorkerPool pool_{2};
  std::unique_ptr<platform::MemoryEventStore> store_ =
      std::make_unique<platform::MemoryEventStore>();
  std::unique_ptr<platform::EventTail> tail_ =
      std::make_unique<platform::EventTail>(store_->head(), 100, 1 << 20);
  std::unique_ptr<SqliteSendTable> table_;
  std::vector<std::string> forgotten_;
  std::size_t refusals_ = 0;
  bool log_was_new_ = false;  // As the process knows since it opened the log.
};

TEST_F(DispatcherTest, MakesOneSendForEachRecipientAndEachThatWasDropped) {
  dispatch_all();
  v1::Event event = notice("2013-03-19-7", {"165", "101"});
  auto& dropped = *event.mutable_notice_due()->add_dropped();
  dropped.mutable_recipient()->set_municipality("157");
  dropped.set_rule(v1::DROP_RULE_DEADLINE_OVER);
  record(event);
  dispatch_all();
  EXPECT_THAT(sends(), ElementsAre("2013-03-19-7 157 DEADLINE_OVER", "2013-03-19-7 101 DUE",
                                   "2013-03-19-7 165 DUE"));
}

TEST_F(DispatcherTest, FactsThatMakeNothingCostNoTransaction) {
  dispatch_all();
  record(notice("1", {"165"}));
  dispatch_all();
  const auto mark = std::get<std::optional<DispatchedTo>>(table_->dispatched_to());
  EXPECT_EQ(mark->position, 1U);
  record(v1::Event());
  dispatch_all();
  EXPECT_EQ(std::get<std::optional<DispatchedTo>>(table_->dispatched_to()), mark);
  record(notice("2", {"165"}));
  dispatch_all();
  EXPECT_EQ(std::get<std::optional<DispatchedTo>>(table_->dispatched_to())->position, 3U);
}

TEST_F(DispatcherTest, GoesOnWhereAStoppedOneCameTo) {
  dispatch_all();
  for (int i = 0; i < 300; ++i) record(notice(std::to_string(i), {"165"}));
  dispatch_all();
  record(notice("last", {"165"}));
  open_table();
  dispatch_all();
  EXPECT_THAT(sends(), SizeIs(301));
}

TEST_F(DispatcherTest, ALogRestoredToBeforeTheMarkMakesNothingTwice) {
  dispatch_all();
  record(notice("1", {"165"}));
  record(notice("2", {"165"}));
  dispatch_all();
  store_ = std::make_unique<platform::MemoryEventStore>();
  tail_ = std::make_unique<platform::EventTail>(store_->head(), 100, 1 << 20);
  record(notice("1", {"165"}));
  record(notice("other", {"165"}));
  record(notice("3", {"165"}));
  dispatch_all();
  EXPECT_THAT(sends(), ElementsAre("3 165 DUE", "other 165 DUE", "2 165 DUE", "1 165 DUE"));
}

TEST_F(DispatcherTest, WhenTheSendsAreLostNothingIsSentAgain) {
  record(notice("1", {"165"}));
  dispatch_all();
  record(notice("2", {"165"}));
  dispatch_all();
  EXPECT_THAT(sends(), ElementsAre("2 165 DUE", "1 165 SENDS_LOST"));
}

// The first notices of a region may come before the dispatcher has looked, or looked in vain.
TEST_F(DispatcherTest, WhatCameIntoANewLogBeforeTheFirstLookIsSent) {
  log_was_new_ = mark_if_new(*table_, *tail_, kNow);
  EXPECT_TRUE(log_was_new_);
  record(notice("1", {"165"}));
  dispatch_all();
  EXPECT_THAT(sends(), ElementsAre("1 165 DUE"));
}

TEST_F(DispatcherTest, WhatCameIntoANewLogBeforeTheProcessWasKilledIsSent) {
  EXPECT_TRUE(mark_if_new(*table_, *tail_, kNow));
  record(notice("1", {"165"}));
  log_was_new_ = mark_if_new(*table_, *tail_, kNow);  // As the next process finds it.
  EXPECT_FALSE(log_was_new_);
  dispatch_all();
  EXPECT_THAT(sends(), ElementsAre("1 165 DUE"));
}

TEST_F(DispatcherTest, ATableThatCouldNotBeMarkedWhenTheLogWasNewHasLostNothing) {
  log_was_new_ = true;
  record(notice("1", {"165"}));
  dispatch_all();
  EXPECT_THAT(sends(), ElementsAre("1 165 DUE"));
}

TEST_F(DispatcherTest, APersonIsForgottenBeforeTheMarkMovesOn) {
  dispatch_all();
  v1::Event event;
  event.mutable_person_forgotten()->set_person("persons/her");
  refusals_ = 1;
  record(event);
  dispatch_all();
  EXPECT_THAT(forgotten_, ElementsAre("persons/her", "persons/her"));
}

}  // namespace
}  // namespace kkr::notification
