#include "services/platform/network/network_channel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "services/platform/network/credentials.h"
#include "services/platform/network/testing/replica_process.h"
#include "tests/contract/temporary_folder.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::UnorderedElementsAre;

TEST(TargetOf, TakesANameOrASocketFileOrSeveralAddresses) {
  EXPECT_EQ(target_of("kkr-registry:9090"), "dns:///kkr-registry:9090");
  EXPECT_EQ(target_of("unix:/run/kkr.sock"), "unix:/run/kkr.sock");
  EXPECT_EQ(target_of("10.0.0.1:9090"), "ipv4:10.0.0.1:9090");
  EXPECT_EQ(target_of("10.0.0.1:9090,10.0.0.2:9091"), "ipv4:10.0.0.1:9090,10.0.0.2:9091");
  EXPECT_EQ(target_of("[::1]:9090,[fd00::2]:9090"), "ipv6:[::1]:9090,[fd00::2]:9090");
}

TEST(TargetOf, TakesNothingElse) {
  for (const char* addresses : {"", "kkr-registry", ":9090", "10.0.0.1:", "a:1,b:2",
                                "10.0.0.1:1,[::1]:1", "10.0.0.1:1,", "[x]:1", "::1:9090", "unix:"})
    EXPECT_EQ(target_of(addresses), "") << addresses;
}

class NetworkChannel : public ::testing::Test {
 protected:
  std::unique_ptr<ReplicaProcess> start(const std::string& name,
                                        const std::string& address = "127.0.0.1:0") const {
    return std::make_unique<ReplicaProcess>(folder_.path(), name, "", address);
  }

  std::shared_ptr<grpc::Channel> channel() const {
    return channel_to_replicas({a_->address(), b_->address()}, grpc::InsecureChannelCredentials());
  }

  // Who answers the next calls; "" stands for one that failed.
  static std::multiset<std::string> answers(const std::shared_ptr<grpc::Channel>& channel,
                                            int count, milliseconds time = milliseconds(1000)) {
    std::multiset<std::string> answers;
    for (int i = 0; i < count; ++i) {
      const Answer answer = ask(channel, time);
      answers.insert(answer.status.ok() ? answer.replica : "");
    }
    return answers;
  }

  // True once of the next forty calls none failed and every one of `names` answered some.
  static bool only_come_to_answer(const std::shared_ptr<grpc::Channel>& channel,
                                  const std::set<std::string>& names) {
    return waiting::comes_true([&] {
      const auto got = answers(channel, 40, milliseconds(200));
      return std::set<std::string>(got.begin(), got.end()) == names;
    });
  }

  void set_failing(const std::string& name, bool fails) const {
    if (fails) std::ofstream(folder_.path(name)) << "x";
    if (!fails) std::filesystem::remove(folder_.path(name));
  }

  TemporaryFolder folder_;
  std::unique_ptr<ReplicaProcess> a_ = start("a");
  std::unique_ptr<ReplicaProcess> b_ = start("b");
};

TEST_F(NetworkChannel, GoesRoundTheReplicas) {
  const auto calls = channel();
  ASSERT_TRUE(only_come_to_answer(calls, {"a", "b"}));
  EXPECT_THAT(answers(calls, 4), UnorderedElementsAre("a", "a", "b", "b"));
}

TEST_F(NetworkChannel, PassesByAReplicaThatHangs) {
  const auto calls = channel();
  ASSERT_TRUE(only_come_to_answer(calls, {"a", "b"}));
  a_->process().send(SIGSTOP);
  const auto stopped_at = steady_clock::now();
  ASSERT_TRUE(only_come_to_answer(calls, {"b"}));
  RecordProperty("milliseconds",
                 static_cast<int>((steady_clock::now() - stopped_at) / milliseconds(1)));
  EXPECT_EQ(answers(calls, 200).count("b"), 200U) << "it is left alone while it hangs";
  a_->process().send(SIGCONT);
  EXPECT_TRUE(only_come_to_answer(calls, {"a", "b"})) << "it is asked again";
}

TEST_F(NetworkChannel, PassesByAReplicaThatFailsCallAfterCall) {
  const auto calls = channel();
  ASSERT_TRUE(only_come_to_answer(calls, {"a", "b"}));
  set_failing("a", true);
  ASSERT_TRUE(only_come_to_answer(calls, {"b"}));
  set_failing("a", false);
  EXPECT_TRUE(only_come_to_answer(calls, {"a", "b"})) << "it is asked again";
}

TEST_F(NetworkChannel, FindsAReplicaThatWasKilledAndStartedAgain) {
  const auto calls = channel();
  ASSERT_TRUE(only_come_to_answer(calls, {"a", "b"}));
  const std::string address = a_->address();
  a_.reset();
  ASSERT_TRUE(only_come_to_answer(calls, {"b"}));
  a_ = start("a", address);
  EXPECT_TRUE(only_come_to_answer(calls, {"a", "b"}));
}

TEST_F(NetworkChannel, SeesNoCallFailWhileReplicasRestartInTurn) {
  const auto calls = channel();
  ASSERT_TRUE(only_come_to_answer(calls, {"a", "b"}));
  std::atomic<bool> done{false};
  std::atomic<int> answered{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i)
    callers.emplace_back([&] {
      while (!done) {
        const grpc::Status status = ask(calls).status;
        if (!status.ok()) ADD_FAILURE() << status.error_code() << " " << status.error_message();
        ++(status.ok() ? answered : failed);
      }
    });
  for (int turn = 0; turn < 3; ++turn) {
    for (auto* replica : {&a_, &b_}) {
      const std::string address = (*replica)->address();
      (*replica)->process().send(SIGTERM);
      EXPECT_EQ((*replica)->process().wait(), 0);
      *replica = start(replica == &a_ ? "a" : "b", address);
      // Who restarts the next replica waits until this one takes part, as an orchestrator does.
      EXPECT_TRUE(
          waiting::comes_true([&] { return ask(calls).replica == (replica == &a_ ? "a" : "b"); }));
    }
  }
  done = true;
  for (auto& caller : callers) caller.join();
  EXPECT_GT(answered, 100);
  EXPECT_EQ(failed, 0) << "of " << answered;
}

}  // namespace
}  // namespace kkr::platform
