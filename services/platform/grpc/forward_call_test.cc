// A command that comes to a process that does not lead the log.
#include "services/platform/grpc/forward_call.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>

#include "kkr/notebook/v1/notebook.grpc.pb.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/grpc/command_call.h"
#include "tests/notebook/never_leads.h"
#include "tests/notebook/workbench.h"

namespace kkr::notebook {

grpc::Status to_status(const platform::Refusal<Rejection>& refusal);

namespace {

using namespace std::chrono_literals;
using platform::reason_of;
using testing::StartsWith;

// One process: it leads everything, or nothing and knows who does.
class Process final : public v1::NotebookService::CallbackService {
 public:
  explicit Process(bool leads)
      : logs_(ports(leads ? nullptr : &never_),
              {.knows_region = [](std::string_view) { return true; }, .opened = {}}) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    logs_.find("hovedstaden");
  }
  ~Process() override { end(); }
  void end() {
    if (server_ == nullptr) return;
    server_->Shutdown(std::chrono::system_clock::now());
    server_ = nullptr;
    logs_.stop();
  }

  std::shared_ptr<grpc::Channel> channel() const {
    return grpc::CreateChannel("127.0.0.1:" + std::to_string(port_),
                               grpc::InsecureChannelCredentials());
  }
  void knows_leader(std::shared_ptr<grpc::Channel> leader) { leader_ = std::move(leader); }
  platform::RegionLog<Notebook>& log() { return *logs_.find("hovedstaden"); }

  grpc::ServerUnaryReactor* CreateNote(grpc::CallbackServerContext* call,
                                       const v1::CreateNoteRequest* request,
                                       v1::Note* reply) override {
    ++calls;
    traceparent = platform::metadata_of(*call, platform::kTraceparentKey);
    deadline = call->deadline();
    if (held_up) {
      grpc::ServerUnaryReactor* const reactor = call->DefaultReactor();
      cancelled = std::async(std::launch::async, [call, reactor] {
        while (!call->IsCancelled()) std::this_thread::sleep_for(1ms);
        reactor->Finish(grpc::Status::CANCELLED);
        return true;
      });
      return reactor;
    }
    return platform::run_command(
        call, logs_, request->region(), *request, reply, create(request->key(), request->text()),
        [request](const Committed& done, platform::RegionLog<Notebook>&, v1::Note& note) {
          note.set_key(request->key());
          note.set_written_by(done.state->state.notes.find(request->key())->written_by);
          return grpc::Status::OK;
        });
  }

  grpc::ServerUnaryReactor* GetNote(grpc::CallbackServerContext* call,
                                    const v1::GetNoteRequest* request, v1::Note* reply) override {
    return platform::run_where_led(
        call, logs_, request->region(), request, reply,
        [this](const platform::StateAt<Notebook>&, platform::RegionLog<Notebook>&, v1::Note&) {
          ++answers;
          return grpc::Status::OK;
        });
  }

  std::atomic<int> calls = 0;
  std::atomic<int> answers = 0;
  std::string traceparent;
  std::chrono::system_clock::time_point deadline;
  bool held_up = false;
  std::future<bool> cancelled;

 private:
  platform::RegionPorts ports(platform::LogRoles* roles) {
    return {.service = "notebook",
            .open =
                [](const std::string&) {
                  return platform::StoreResult<platform::RegionStores>(platform::RegionStores{
                      std::make_shared<platform::MemoryEventStore>(), nullptr});
                },
            .clock = bench_.clock,
            .threads = bench_.threads(),
            .bus = bus_,
            .directory = directory_,
            .roles = roles,
            .leader = [this](const std::string&) { return leader_; }};
  }

  NeverLeads never_;
  Workbench bench_;
  platform::InProcessBus bus_{bench_.completions};
  platform::LogDirectory directory_;
  std::shared_ptr<grpc::Channel> leader_;
  platform::RegionLogs<Notebook> logs_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

class ForwardCall : public testing::Test {
 protected:
  ForwardCall() { follower_.knows_leader(leader_.channel()); }

  grpc::Status create_note(const std::string& request_id = "0f8fad5b-d9cb-469f-a165-70867728950e") {
    v1::CreateNoteRequest request;
    request.set_region("hovedstaden");
    request.set_key("minutes");
    request.set_text("29 answers");
    request.set_request_id(request_id);
    context_ = std::make_unique<grpc::ClientContext>();
    context_->AddMetadata("kkr-actor", "persons/p-17");
    context_->AddMetadata("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    context_->set_deadline(std::chrono::system_clock::now() + timeout_);
    const auto stub = v1::NotebookService::NewStub(follower_.channel());
    return stub->CreateNote(context_.get(), request, &reply_);
  }

  Process leader_{true};
  Process follower_{false};
  std::chrono::milliseconds timeout_ = 20s;
  std::unique_ptr<grpc::ClientContext> context_;
  v1::Note reply_;
};

TEST_F(ForwardCall, CarriesTheCommandToTheLeaderAndItsAnswerBack) {
  const grpc::Status status = create_note();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(reply_.key(), "minutes");
  EXPECT_EQ(reply_.written_by(), "persons/p-17");
  const auto& sent = context_->GetServerInitialMetadata();
  ASSERT_TRUE(sent.contains("kkr-position"));
  const grpc::string_ref position = sent.find("kkr-position")->second;
  EXPECT_THAT(std::string(position.data(), position.size()),
              StartsWith("notebook/hovedstaden/" + leader_.log().store().head().generation));
  EXPECT_EQ(leader_.log().store().head().position, 1u);
  EXPECT_EQ(follower_.log().store().head().position, 0u);
  EXPECT_EQ(leader_.traceparent, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  EXPECT_LT(leader_.deadline, std::chrono::system_clock::now() + 21s);
}

TEST_F(ForwardCall, TellsTheCallerWhyTheLeaderRefuses) {
  ASSERT_TRUE(create_note().ok());
  const grpc::Status refused = create_note("7c9e6679-7425-40de-944b-e07fc1f90ae7");
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(reason_of(refused), "NOTE_EXISTS");
  EXPECT_TRUE(create_note().ok()) << "a retry under its request id";
}

TEST_F(ForwardCall, HasWhatConcernsTheLeadersOwnWorkDoneThere) {
  v1::GetNoteRequest request;
  request.set_region("hovedstaden");
  const auto ask = [&request](Process& process) {
    grpc::ClientContext context;
    v1::Note reply;
    return v1::NotebookService::NewStub(process.channel())->GetNote(&context, request, &reply);
  };
  EXPECT_TRUE(ask(leader_).ok());
  EXPECT_TRUE(ask(follower_).ok());
  EXPECT_EQ(leader_.answers, 2);
  EXPECT_EQ(follower_.answers, 0);
  Process other(false);
  other.knows_leader(follower_.channel());
  follower_.knows_leader(other.channel());
  EXPECT_EQ(reason_of(ask(other)), "REGION_CHANGES_HANDS") << "and not in a circle";
  follower_.knows_leader(nullptr);
  EXPECT_EQ(reason_of(ask(follower_)), "REGION_CHANGES_HANDS");
}

TEST_F(ForwardCall, IsNotSentOnASecondTime) {
  Process other(false);
  other.knows_leader(follower_.channel());
  follower_.knows_leader(other.channel());
  const grpc::Status status = create_note();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(reason_of(status), "REGION_CHANGES_HANDS");
  EXPECT_EQ(other.calls, 1);
  EXPECT_EQ(follower_.calls, 1);
}

TEST_F(ForwardCall, SaysThatTheRegionChangesHandsWhenNobodyCanBeReached) {
  leader_.end();
  for (int i = 0; i < 2; ++i) {
    const grpc::Status status = create_note();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
    EXPECT_EQ(reason_of(status), "REGION_CHANGES_HANDS");
    follower_.knows_leader(nullptr);
  }
}

TEST_F(ForwardCall, EndsWhenTheCallerWaitsNoLonger) {
  leader_.held_up = true;
  timeout_ = 200ms;
  EXPECT_EQ(create_note().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  ASSERT_TRUE(leader_.cancelled.valid());
  EXPECT_EQ(leader_.cancelled.wait_for(10s), std::future_status::ready);
}

TEST(MethodOf, IsTheOneThatTakesTheRequest) {
  EXPECT_EQ(platform::method_of(*v1::CreateNoteRequest::descriptor()),
            "/kkr.notebook.v1.NotebookService/CreateNote");
  EXPECT_EQ(platform::method_of(*v1::GetNoteRequest::descriptor()),
            "/kkr.notebook.v1.NotebookService/GetNote");
  EXPECT_EQ(platform::method_of(*v1::Note::descriptor()), "");
}

}  // namespace
}  // namespace kkr::notebook
