#include "gateway/backend/grpc_caller.h"

#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/io_context.hpp>

#include "kkr/consultation/v1/rounds.grpc.pb.h"
#include "tests/waiting/awaited.h"

namespace kkr::gateway {
namespace {

namespace consultation = kkr::consultation::v1;
using google::protobuf::DescriptorPool;
using grpc::StatusCode;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Fails the next calls as it is told, then carries them out.
class Rounds final : public consultation::RoundService::Service {
 public:
  Rounds() {
    grpc::ServerBuilder builder;
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~Rounds() override { server_->Shutdown(); }

  std::shared_ptr<grpc::Channel> channel() { return server_->InProcessChannel({}); }
  void fail_next(int count, StatusCode code = StatusCode::UNAVAILABLE) {
    to_fail_ = count;
    code_ = code;
  }
  int calls() const { return calls_; }
  // What the last caller knew.
  std::string known() const { return known_; }

 private:
  grpc::Status GetRound(grpc::ServerContext* context, const consultation::GetRoundRequest* request,
                        consultation::Round* round) override {
    round->set_name(request->name());
    note_what_is_known(*context);
    return answer();
  }
  grpc::Status OpenRound(grpc::ServerContext* context,
                         const consultation::OpenRoundRequest* request,
                         consultation::Round* round) override {
    round->set_name(request->name());
    note_what_is_known(*context);
    return answer();
  }
  void note_what_is_known(const grpc::ServerContext& context) {
    const auto found = context.client_metadata().find("kkr-known-position");
    known_ = found == context.client_metadata().end()
                 ? ""
                 : std::string(found->second.data(), found->second.size());
  }
  grpc::Status answer() {
    ++calls_;
    return to_fail_.fetch_sub(1) > 0 ? grpc::Status(code_, "as told") : grpc::Status::OK;
  }

  std::atomic<int> to_fail_{0};
  std::atomic<StatusCode> code_{StatusCode::UNAVAILABLE};
  std::atomic<int> calls_{0};
  std::string known_;
  std::unique_ptr<grpc::Server> server_;
};

class GrpcCallerTest : public ::testing::Test {
 protected:
  static constexpr Repeats kRepeats{milliseconds(2000), milliseconds(2000)};

  CallReply call(GrpcCaller& caller, const char* method, const google::protobuf::Message& request,
                 milliseconds time = milliseconds(10'000)) {
    const CallContext context{{}, std::chrono::system_clock::now() + time};
    const auto& descriptor = *DescriptorPool::generated_pool()->FindMethodByName(
        std::string("kkr.consultation.v1.RoundService.") + method);
    return waiting::awaited(loop_, caller.call(descriptor, request, context));
  }
  StatusCode read(GrpcCaller& caller, milliseconds time = milliseconds(10'000)) {
    consultation::GetRoundRequest request;
    request.set_name("r");
    const CallReply reply = call(caller, "GetRound", request, time);
    EXPECT_EQ(reply.status.ok(), reply.message != nullptr);
    return reply.status.error_code();
  }
  StatusCode command(GrpcCaller& caller, const char* request_id) {
    consultation::OpenRoundRequest request;
    request.set_request_id(request_id);
    return call(caller, "OpenRound", request).status.error_code();
  }

  Rounds rounds_;
  google::protobuf::MessageFactory& factory_ =
      *google::protobuf::MessageFactory::generated_factory();
  GrpcCaller repeating_{{{"consultation", rounds_.channel()}}, factory_, kRepeats};
  GrpcCaller plain_{{{"consultation", rounds_.channel()}}, factory_};
  boost::asio::io_context loop_;
};

TEST_F(GrpcCallerTest, NamesToAReplicaWhatIsKnownOfTheLogItReads) {
  PositionBook book;
  GrpcCaller knowing({{"consultation", rounds_.channel()}}, factory_, {}, &book);
  consultation::GetRoundRequest request;
  request.set_name("regions/hovedstaden/rounds/r");
  EXPECT_TRUE(call(knowing, "GetRound", request).status.ok());
  EXPECT_EQ(rounds_.known(), "") << "nothing is known yet";
  book.observe({"consultation", "hovedstaden", "g", 7});
  book.observe({"consultation", "sjaelland", "g", 8});
  book.observe({"registry", "danmark", "g", 9});
  call(knowing, "GetRound", request);
  EXPECT_EQ(rounds_.known(), "consultation/hovedstaden/g/7");
  EXPECT_EQ(command(knowing, "id"), StatusCode::OK);
  EXPECT_EQ(rounds_.known(), "") << "a command is decided where all is known";
  call(repeating_, "GetRound", request);
  EXPECT_EQ(rounds_.known(), "") << "there are no replicas";
}

TEST_F(GrpcCallerTest, RepeatsAReadThatFoundNobody) {
  rounds_.fail_next(2);
  EXPECT_EQ(read(repeating_), StatusCode::OK);
  EXPECT_EQ(rounds_.calls(), 3);
}

TEST_F(GrpcCallerTest, RepeatsACommandByItsRequestId) {
  rounds_.fail_next(2);
  EXPECT_EQ(command(repeating_, "id"), StatusCode::OK);
  EXPECT_EQ(rounds_.calls(), 3);
}

TEST_F(GrpcCallerTest, MakesACommandWithoutOneOnce) {
  rounds_.fail_next(1);
  EXPECT_EQ(command(repeating_, ""), StatusCode::UNAVAILABLE);
  EXPECT_EQ(rounds_.calls(), 1);
}

TEST_F(GrpcCallerTest, RepeatsNothingThatWasAnsweredOtherwise) {
  int calls = 0;
  for (const StatusCode code : {StatusCode::NOT_FOUND, StatusCode::ABORTED, StatusCode::UNKNOWN,
                                StatusCode::RESOURCE_EXHAUSTED, StatusCode::CANCELLED}) {
    rounds_.fail_next(1, code);
    EXPECT_EQ(command(repeating_, "id"), code);
    EXPECT_EQ(rounds_.calls(), ++calls);
  }
}

TEST_F(GrpcCallerTest, RepeatsNothingUnlessItIsTold) {
  rounds_.fail_next(1);
  EXPECT_EQ(read(plain_), StatusCode::UNAVAILABLE);
  EXPECT_EQ(rounds_.calls(), 1);
}

TEST_F(GrpcCallerTest, GivesUpInTime) {
  rounds_.fail_next(1'000'000);
  auto began = steady_clock::now();
  EXPECT_EQ(read(repeating_), StatusCode::UNAVAILABLE);
  EXPECT_GE(steady_clock::now() - began, milliseconds(2000));
  EXPECT_GT(rounds_.calls(), 3);

  began = steady_clock::now();
  EXPECT_EQ(read(repeating_, milliseconds(300)), StatusCode::UNAVAILABLE);
  EXPECT_LT(steady_clock::now() - began, milliseconds(2000)) << "the deadline came first";
}

TEST_F(GrpcCallerTest, RepeatsOnlyWhatFailedOfSeveral) {
  rounds_.fail_next(1);
  consultation::GetRoundRequest request;
  const auto& method = *DescriptorPool::generated_pool()->FindMethodByName(
      "kkr.consultation.v1.RoundService.GetRound");
  const std::vector<GrpcCaller::Call> calls(3, {&method, &request, ""});
  const CallContext context{{}, std::chrono::system_clock::now() + std::chrono::seconds(10)};
  for (const CallReply& reply : waiting::awaited(loop_, repeating_.call_all(calls, context)))
    EXPECT_TRUE(reply.status.ok());
  EXPECT_EQ(rounds_.calls(), 4);
}

TEST_F(GrpcCallerTest, TakesWaysThatAreAlikeInTurn) {
  Rounds other;
  GrpcCaller caller({{"consultation", Ways({rounds_.channel(), other.channel()})}}, factory_);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(read(caller), StatusCode::OK);
  EXPECT_EQ(rounds_.calls(), 3);
  EXPECT_EQ(other.calls(), 3);
}

TEST_F(GrpcCallerTest, SaysSoWhenNothingLeadsThere) {
  GrpcCaller caller({{"consultation", Ways()}}, factory_, kRepeats);
  const auto began = steady_clock::now();
  EXPECT_EQ(read(caller), StatusCode::UNAVAILABLE);
  EXPECT_LT(steady_clock::now() - began, milliseconds(1000)) << "waiting would not help";
}

}  // namespace
}  // namespace kkr::gateway
