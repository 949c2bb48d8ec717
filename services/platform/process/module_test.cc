#include "services/platform/process/module.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>
#include <vector>

#include "kkr/platform/v1/event_log.grpc.pb.h"

namespace kkr::platform {
namespace {

using std::chrono::steady_clock;
using ::testing::ElementsAre;

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

TEST(Module, LetsCallsUnderWayEnd) {
  Module module("toy");
  auto& slow = module.make<SlowLog>();
  module.serve_grpc(slow);
  const auto stub = v1::EventLogService::NewStub(module.start());

  grpc::Status first;
  std::thread caller([&] {
    grpc::ClientContext context;
    v1::AwaitFollowedResponse reply;
    first = stub->AwaitFollowed(&context, {}, &reply);
  });
  grpc::ServerUnaryReactor* under_way = slow.arrived.get_future().get();
  std::thread late([under_way] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    under_way->Finish(grpc::Status::OK);
  });
  module.stop(steady_clock::now() + std::chrono::seconds(20));
  caller.join();
  late.join();
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
  std::thread late([under_way] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    under_way->Finish(grpc::Status::OK);
  });
  module.stop(steady_clock::now() + std::chrono::milliseconds(50));
  caller.join();
  late.join();
  EXPECT_FALSE(status.ok());
}

}  // namespace
}  // namespace kkr::platform
