#include "services/platform/process/module.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>
#include <vector>

#include "kkr/platform/v1/event_log.grpc.pb.h"
#include "services/platform/log/log.h"

namespace kkr::platform {
namespace {

using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Object {
 public:
  Object(std::vector<std::string>& story, std::string name)
      : story_(story), name_(std::move(name)) {}
  ~Object() { story_.push_back(name_ + " gone"); }

 private:
  std::vector<std::string>& story_;
  std::string name_;
};

TEST(Module, StopsServersThenBackgroundWorkThenTheObjects) {
  std::vector<std::string> story;
  {
    Module module("toy");
    module.make<Object>(story, "store");
    module.make<Object>(story, "logs");
    const auto tell = [&story](const std::string& what) {
      return [&story, what] { story.push_back(what); };
    };
    module.run_in_background("logs", tell("logs start"), tell("logs stop"));
    module.run_in_background("relay", tell("relay start"), tell("relay stop"));
    module.serve("http", tell("http start"),
                 [&story](Module::Deadline) { story.push_back("http drained"); });
    EXPECT_EQ(module.start(), nullptr) << "there is nothing to call";
    module.stop(steady_clock::now());
  }
  EXPECT_THAT(story, ElementsAre("logs start", "relay start", "http start", "http drained",
                                 "relay stop", "logs stop", "logs gone", "store gone"));
}

// Answers when it is told to.
class SlowLog final : public v1::EventLogService::CallbackService {
 public:
  grpc::ServerUnaryReactor* AwaitFollowed(grpc::CallbackServerContext* call,
                                          const v1::AwaitFollowedRequest*,
                                          v1::AwaitFollowedResponse*) override {
    grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
    arrived.set_value(reactor);
    return reactor;
  }
  std::promise<grpc::ServerUnaryReactor*> arrived;
};

TEST(Module, LogsACallThatFailedByOurFaultWithItsTrace) {
  testing::internal::CaptureStderr();
  start_json_logs(LogLevel::kInfo);
  Module module("toy");
  auto& slow = module.make<SlowLog>();
  module.serve_grpc(slow);
  const auto stub = v1::EventLogService::NewStub(module.start());
  std::thread answering([&slow] {
    slow.arrived.get_future().get()->Finish(
        grpc::Status(grpc::StatusCode::UNAVAILABLE, "The disk is full."));
  });
  grpc::ClientContext context;
  context.AddMetadata("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  v1::AwaitFollowedResponse reply;
  EXPECT_FALSE(stub->AwaitFollowed(&context, {}, &reply).ok());
  answering.join();
  grpc::ClientContext unimplemented;
  v1::ReadEventsResponse none;
  EXPECT_FALSE(stub->ReadEvents(&unimplemented, {}, &none).ok());
  module.stop(steady_clock::now() + std::chrono::seconds(20));

  const std::string logged = testing::internal::GetCapturedStderr();
  EXPECT_THAT(logged, HasSubstr("\"level\":\"warning\",\"message\":\"call ended\","
                                "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                                "\"method\":\"/kkr.platform.v1.EventLogService/AwaitFollowed\","
                                "\"code\":\"UNAVAILABLE\""));
  EXPECT_THAT(logged, Not(HasSubstr("ReadEvents"))) << "the caller's fault";
  EXPECT_THAT(logged, Not(HasSubstr("disk"))) << "sentences may name what was asked for";
}

TEST(Module, LetsCallsUnderWayEnd) {
  Module module("toy");
  auto& slow = module.make<SlowLog>();
  module.serve_grpc(slow);
  std::promise<void> stopping;
  module.serve(
      "what stops first", [] {}, [&stopping](Module::Deadline) { stopping.set_value(); });
  const auto stub = v1::EventLogService::NewStub(module.start());

  grpc::Status first;
  std::thread caller([&] {
    grpc::ClientContext context;
    v1::AwaitFollowedResponse reply;
    first = stub->AwaitFollowed(&context, {}, &reply);
  });
  grpc::ServerUnaryReactor* under_way = slow.arrived.get_future().get();
  auto stopped = std::async(std::launch::async, [&module] {
    module.stop(steady_clock::now() + std::chrono::seconds(20));
  });
  stopping.get_future().wait();
  for (int i = 0; i < 100; ++i) {  // Longer than a server takes that does not wait.
    grpc::ClientContext context;
    v1::ReadEventsResponse none;
    EXPECT_EQ(stub->ReadEvents(&context, {}, &none).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  }
  EXPECT_EQ(stopped.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  under_way->Finish(grpc::Status::OK);
  stopped.wait();
  caller.join();
  EXPECT_TRUE(first.ok()) << first.error_message();
}

TEST(Module, CancelsWhatIsLeftAtTheDeadline) {
  Module module("toy");
  auto& slow = module.make<SlowLog>();
  module.serve_grpc(slow);
  const auto stub = v1::EventLogService::NewStub(module.start());
  grpc::Status status;
  std::thread caller([&] {
    grpc::ClientContext context;
    v1::AwaitFollowedResponse reply;
    status = stub->AwaitFollowed(&context, {}, &reply);
  });
  grpc::ServerUnaryReactor* under_way = slow.arrived.get_future().get();
  auto stopped = std::async(std::launch::async, [&module] {
    module.stop(steady_clock::now() + std::chrono::milliseconds(50));
  });
  caller.join();  // Nothing but the stop ends the call.
  EXPECT_FALSE(status.ok());
  under_way->Finish(grpc::Status::OK);
}

}  // namespace
}  // namespace kkr::platform
