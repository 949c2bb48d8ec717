#include <grpcpp/create_channel.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_log/event_log_service.h"
#include "services/platform/event_log/remote_log_reader.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/grpc/error_status.h"
#include "tests/notebook/workbench.h"

namespace kkr::notebook {
namespace {

using platform::LogReadFailure;
using platform::LogSlice;

constexpr char kLog[] = "notebook/hovedstaden";

class EventLog : public testing::Test {
 protected:
  EventLog() {
    for (int i = 1; i <= 300; ++i) {
      carry_out(log().appender(), a_command("", write("note-" + std::to_string(i), "text")));
    }
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    channel_ = server_->InProcessChannel({});
  }
  ~EventLog() override {
    server_->Shutdown();
    logs_.stop();
  }

  platform::RegionLog<Notebook>& log() { return *logs_.find("hovedstaden"); }

  grpc::Status read_in(const std::string& generation) {
    platform::v1::ReadEventsRequest request;
    request.set_log(kLog);
    request.set_generation(generation);
    platform::v1::ReadEventsResponse reply;
    grpc::ClientContext context;
    return platform::v1::EventLogService::NewStub(channel_)->ReadEvents(&context, request, &reply);
  }

  grpc::Status await(const std::string& log_name) {
    platform::v1::AwaitFollowedRequest request;
    request.set_log(log_name);
    request.set_position(1);
    platform::v1::AwaitFollowedResponse reply;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    return platform::v1::EventLogService::NewStub(channel_)->AwaitFollowed(&context, request,
                                                                           &reply);
  }

  Workbench bench_;
  platform::InProcessBus bus_{bench_.completions};
  platform::LogDirectory directory_;
  platform::Settlement settlement_{directory_};
  platform::RegionLogs<Notebook> logs_{
      platform::RegionPorts{
          .service = "notebook",
          .open = [](const std::string&) -> platform::StoreResult<platform::RegionStores> {
            return platform::RegionStores{std::make_shared<platform::MemoryEventStore>(
                                              platform::MemoryEventStore::Options{.log = kLog}),
                                          nullptr};
          },
          .clock = bench_.clock,
          .threads = bench_.threads(),
          .bus = bus_,
          .directory = directory_},
      {.knows_region = [](std::string_view) { return true; }, .opened = {}}};
  std::atomic<bool> leads_ = true;
  platform::EventLogService service_{
      directory_, settlement_, bench_.clock,
      [this](const std::string& log) { return log == kLog && leads_; }};
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(EventLog, ReadsTheSameSlicesFromAfarAsFromWithin) {
  platform::RemoteLogReader remote(channel_);
  const struct {
    std::uint64_t from;
    std::size_t limit;
    std::size_t events;
  } rows[] = {{1, 10, 10}, {250, 256, 51}, {300, 1, 1}, {301, 256, 0}, {1, 200, 200}};
  for (const auto& row : rows) {
    const auto far = std::get<LogSlice>(remote.read(kLog, row.from, row.limit));
    const auto near = std::get<LogSlice>(directory_.read(kLog, row.from, row.limit));
    EXPECT_EQ(far.generation, near.generation);
    EXPECT_EQ(far.head_position, 300u);
    EXPECT_EQ(far.previous_hash, near.previous_hash);
    ASSERT_EQ(far.events.size(), row.events);
    for (std::size_t i = 0; i < far.events.size(); ++i) {
      EXPECT_EQ(far.events[i].position, row.from + i);
      EXPECT_EQ(far.events[i].hash, near.events[i].hash);
      EXPECT_EQ(far.events[i].payload, near.events[i].payload);
      EXPECT_EQ(far.events[i].metadata, near.events[i].metadata);
      EXPECT_EQ(far.events[i].stream, near.events[i].stream);
      EXPECT_EQ(far.events[i].type, "note_written");
      EXPECT_EQ(far.events[i].recorded_at, near.events[i].recorded_at);
    }
  }
}

TEST_F(EventLog, TellsOnlyOfALogItLeadsThatPositionsAreGone) {
  platform::RemoteLogReader remote(channel_);
  EXPECT_EQ(std::get<LogSlice>(remote.read(kLog, 302, 10)).previous_hash, std::nullopt);
  leads_ = false;
  EXPECT_EQ(std::get<LogReadFailure>(remote.read(kLog, 302, 10)), LogReadFailure::kUnavailable);
  EXPECT_TRUE(std::get<LogSlice>(remote.read(kLog, 301, 10)).events.empty()) << "nothing is new";
}

TEST_F(EventLog, KnowsOnlyTheLogsOfThisProcess) {
  platform::RemoteLogReader remote(channel_);
  EXPECT_EQ(std::get<LogReadFailure>(remote.read("notebook/atlantis", 1, 10)),
            LogReadFailure::kLogUnknown);
  EXPECT_EQ(platform::reason_of(await("notebook/atlantis")), "LOG_UNKNOWN");
}

TEST_F(EventLog, TellsAReaderThatItsPositionsAreGone) {
  EXPECT_TRUE(read_in(log().store().head().generation).ok());
  const grpc::Status status = read_in("an-earlier-one");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(platform::reason_of(status), "GENERATION_CHANGED");
}

TEST_F(EventLog, HasNothingToAwaitWithoutFollowers) { EXPECT_TRUE(await(kLog).ok()); }

TEST_F(EventLog, CountsADeadServerAsUnavailable) {
  platform::RemoteLogReader remote(
      grpc::CreateChannel("unix:/nonexistent.sock", grpc::InsecureChannelCredentials()),
      std::chrono::milliseconds(200));
  EXPECT_EQ(std::get<LogReadFailure>(remote.read(kLog, 1, 10)), LogReadFailure::kUnavailable);
}

}  // namespace
}  // namespace kkr::notebook
