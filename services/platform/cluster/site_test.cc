// What one process of a cluster finds out about the others, against processes that say what they
// are told to.
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "kkr/platform/v1/cluster.grpc.pb.h"
#include "services/platform/cluster/site_settlement.h"
#include "services/platform/cluster/site_watch.h"
#include "services/platform/time/timestamp.h"

namespace kkr::platform {
namespace {

using testing::Contains;
using testing::Pair;
using namespace std::chrono_literals;

const absl::Time kBeginning = absl::FromUnixSeconds(1'000'000);

// A process of some service.
class Neighbour final : public v1::ClusterService::Service {
 public:
  Neighbour() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~Neighbour() override { end(); }
  void end() { server_->Shutdown(std::chrono::system_clock::now()); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // It holds the log, which ends there. Once settled it goes up to `grows_to`.
  void holds(const std::string& log, std::uint64_t position, bool leading = true,
             std::uint64_t grows_to = 0) {
    const std::lock_guard lock(mutex_);
    logs_[log] = {position, leading, grows_to};
  }
  void time_is(absl::Time now) {
    const std::lock_guard lock(mutex_);
    now_ = now;
  }
  void next_due_at(absl::Time due) {
    const std::lock_guard lock(mutex_);
    due_ = due;
  }
  // The ends that it was told of last.
  std::map<std::string, std::uint64_t> told() {
    const std::lock_guard lock(mutex_);
    return told_;
  }
  std::atomic<bool> busy = false;

 private:
  struct Held {
    std::uint64_t position;
    bool leading;
    std::uint64_t grows_to;
  };

  grpc::Status LookAround(grpc::ServerContext*, const v1::LookAroundRequest*,
                          v1::LookAroundResponse* reply) override {
    const std::lock_guard lock(mutex_);
    list(*reply->mutable_logs());
    if (now_) *reply->mutable_demo_time() = timestamp_of(*now_);
    return grpc::Status::OK;
  }
  grpc::Status Settle(grpc::ServerContext*, const v1::SettleRequest* request,
                      v1::SettleResponse* reply) override {
    if (busy) return {grpc::StatusCode::DEADLINE_EXCEEDED, "busy"};
    const std::lock_guard lock(mutex_);
    told_.clear();
    for (const v1::LogEnd& end : request->logs()) told_[end.log()] = end.position();
    list(*reply->mutable_logs());
    if (due_) *reply->mutable_next_due_time() = timestamp_of(*due_);
    for (auto& [log, held] : logs_) held.position = std::max(held.position, held.grows_to);
    return grpc::Status::OK;
  }
  void list(google::protobuf::RepeatedPtrField<v1::LogEnd>& to) {
    for (const auto& [log, held] : logs_) {
      auto& end = *to.Add();
      end.set_log(log);
      end.set_position(held.position);
      end.set_leading(held.leading);
    }
  }

  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::mutex mutex_;
  std::map<std::string, Held> logs_;
  std::map<std::string, std::uint64_t> told_;
  std::optional<absl::Time> now_;
  std::optional<absl::Time> due_;
};

class SiteTest : public testing::Test {
 protected:
  bool rests(std::chrono::milliseconds within = 10s) {
    return settlement_.await_rest(clock_.now(), std::chrono::steady_clock::now() + within);
  }

  Neighbour registry_;
  Neighbour one_;
  Neighbour other_;
  ServiceChannels channels_{{{"registry", registry_.address()},
                             {"notification", one_.address() + "," + other_.address()}},
                            {}};
  DemoClock clock_{kBeginning};
  SiteSettlement settlement_{{"registry", "notification"}, channels_, clock_};
};

TEST_F(SiteTest, RestsWhenNobodyHasRecordedAnythingMeanwhile) {
  registry_.holds("registry/danmark", 7);
  one_.holds("notification/fyn", 3, /*leading=*/true, /*grows_to=*/5);
  other_.holds("notification/fyn", 2, /*leading=*/false);
  registry_.next_due_at(kBeginning + absl::Hours(2));
  other_.next_due_at(kBeginning + absl::Hours(1));
  EXPECT_TRUE(rests());
  for (Neighbour* each : {&registry_, &one_, &other_}) {
    EXPECT_THAT(each->told(), Contains(Pair("notification/fyn", 5)));
    EXPECT_THAT(each->told(), Contains(Pair("registry/danmark", 7)));
  }
  EXPECT_EQ(settlement_.next_due(), kBeginning + absl::Hours(1));
}

TEST_F(SiteTest, DoesNotRestWhileSomebodyIsAtWork) {
  other_.busy = true;
  EXPECT_FALSE(rests(200ms));
  other_.busy = false;
  EXPECT_TRUE(rests());
}

TEST_F(SiteTest, DoesNotRestWhileNobodyLeadsALog) {
  one_.holds("notification/fyn", 3, /*leading=*/false);
  other_.holds("notification/fyn", 3, /*leading=*/false);
  EXPECT_FALSE(rests(200ms));
  other_.holds("notification/fyn", 3, /*leading=*/true);
  EXPECT_TRUE(rests());
}

TEST_F(SiteTest, RestsWithoutAReplicaThatIsGoneButNotWithoutAService) {
  one_.end();
  EXPECT_TRUE(rests());
  registry_.end();
  EXPECT_FALSE(rests(500ms));
}

TEST_F(SiteTest, IsToldOfTheLogsOfOthersAndGoesByTheirTime) {
  RegionWatches watches;
  std::mutex mutex;
  std::vector<std::string> known;
  const auto watch = watches.add("registry", [&](const std::string& region) {
    const std::lock_guard lock(mutex);
    known.push_back(region);
  });
  SiteWatch site(channels_, watches, &clock_);
  registry_.holds("registry/danmark", 7);
  registry_.time_is(kBeginning + absl::Hours(1));
  EXPECT_TRUE(site.await("registry", std::chrono::steady_clock::now() + 10s));
  EXPECT_EQ(known, std::vector<std::string>{"danmark"});
  EXPECT_EQ(clock_.now(), kBeginning + absl::Hours(1));
  registry_.time_is(kBeginning);
  EXPECT_TRUE(site.await("registry", std::chrono::steady_clock::now() + 10s));
  EXPECT_EQ(clock_.now(), kBeginning + absl::Hours(1)) << "never back";

  site.watch("registry");
  registry_.holds("registry/norge", 1);
  site.start();
  const auto knows = [&] {
    const std::lock_guard lock(mutex);
    return std::count(known.begin(), known.end(), "norge") > 0;
  };
  for (int i = 0; i < 2'000 && !knows(); ++i) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(knows());
  site.stop();
}

TEST_F(SiteTest, IsToldOfALogByItsName) {
  RegionWatches watches;
  std::vector<std::string> known;
  const auto watch =
      watches.add("registry", [&known](const std::string& region) { known.push_back(region); });
  SiteWatch site(channels_, watches, nullptr);
  site.tell("registry/danmark");
  site.tell("notification/fyn");
  site.tell("nonsense");
  EXPECT_EQ(known, std::vector<std::string>{"danmark"});
}

TEST_F(SiteTest, WaitsForAServiceOnlySoLong) {
  registry_.end();
  RegionWatches watches;
  SiteWatch site(channels_, watches, nullptr);
  EXPECT_FALSE(site.await("registry", std::chrono::steady_clock::now() + 100ms));
  EXPECT_FALSE(site.await("financing", std::chrono::steady_clock::now() + 100ms));
}

}  // namespace
}  // namespace kkr::platform
