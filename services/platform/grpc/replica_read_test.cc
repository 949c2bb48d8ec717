// A read that comes to a process that follows the log another one writes.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/server_builder.h>

#include <memory>
#include <string>

#include "kkr/notebook/v1/notebook.grpc.pb.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/grpc/command_call.h"
#include "tests/notebook/never_leads.h"
#include "tests/notebook/workbench.h"

namespace kkr::notebook {
namespace {

using platform::reason_of;

// The store that both processes have, and the one process in which it is read.
class ReplicaRead : public testing::Test, public v1::NotebookService::CallbackService {
 protected:
  ReplicaRead() {
    grpc::ServerBuilder builder;
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    stub_ = v1::NotebookService::NewStub(server_->InProcessChannel({}));
    EXPECT_TRUE(get_note({}).ok());  // Opens the log.
  }
  ~ReplicaRead() override {
    server_->Shutdown();
    logs_.stop();
  }

  grpc::ServerUnaryReactor* GetNote(grpc::CallbackServerContext* call,
                                    const v1::GetNoteRequest* request, v1::Note* reply) override {
    return platform::run_query(
        call, logs_, request->region(), reply,
        [](const platform::StateAt<Notebook>& at, platform::RegionLog<Notebook>&, v1::Note& note) {
          const auto found = at.state.notes.find("minutes");
          if (found != nullptr) note.set_text(found->text);
          return grpc::Status::OK;
        });
  }

  // The other process, which leads. Returns where its note stands.
  std::string write() {
    const auto leader = bench_.appender(*store_);
    const auto outcome =
        carry_out(*leader, a_command("r1", notebook::write("minutes", "29 answers")));
    EXPECT_EQ(outcome.index(), 0u);
    return "notebook/hovedstaden/" + store_->head().generation + "/1";
  }

  grpc::Status get_note(const std::map<std::string, std::string>& metadata) {
    grpc::ClientContext context;
    for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
    v1::GetNoteRequest request;
    request.set_region("hovedstaden");
    return stub_->GetNote(&context, request, &reply_);
  }

  Workbench bench_;
  platform::InProcessBus bus_{bench_.completions};
  platform::LogDirectory directory_;
  NeverLeads never_;
  const std::shared_ptr<platform::MemoryEventStore> store_ =
      std::make_shared<platform::MemoryEventStore>();
  platform::RegionLogs<Notebook> logs_{
      platform::RegionPorts{
          .service = "notebook",
          .open = [this](const std::string&) -> platform::StoreResult<platform::RegionStores> {
            return platform::RegionStores{store_, nullptr};
          },
          .clock = bench_.clock,
          .threads = bench_.threads(),
          .bus = bus_,
          .directory = directory_,
          .roles = &never_},
      {.knows_region = [](std::string_view) { return true; }, .opened = {}}};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::NotebookService::Stub> stub_;
  v1::Note reply_;
};

TEST_F(ReplicaRead, ShowsWhatItHasToWhoNamesNothing) {
  write();
  EXPECT_TRUE(get_note({}).ok());
  EXPECT_EQ(reply_.text(), "");
}

TEST_F(ReplicaRead, ShowsACallerItsOwnWrite) {
  const std::string written = write();
  EXPECT_TRUE(get_note({{"kkr-min-position", written}}).ok());
  EXPECT_EQ(reply_.text(), "29 answers");
}

TEST_F(ReplicaRead, ShowsWhatTheGatewayKnowsToBeThere) {
  const std::string written = write();
  EXPECT_TRUE(get_note({{"kkr-known-position", written}}).ok());
  EXPECT_EQ(reply_.text(), "29 answers");
  EXPECT_TRUE(get_note({{"kkr-known-position", "notebook/hovedstaden/gone/9"}}).ok());
}

TEST_F(ReplicaRead, ShowsTheNewestToWhoMustKnowWhatHoldsNow) {
  write();
  EXPECT_TRUE(get_note({{"kkr-min-position", "newest"}}).ok());
  EXPECT_EQ(reply_.text(), "29 answers");
}

TEST_F(ReplicaRead, SaysSoWhenAPositionIsNotThere) {
  write();
  const std::string log = "notebook/hovedstaden/";
  EXPECT_EQ(reason_of(get_note({{"kkr-min-position", log + store_->head().generation + "/2"}})),
            "POSITION_NOT_REACHED");
  EXPECT_EQ(reason_of(get_note({{"kkr-min-position", log + "gone/1"}})), "GENERATION_CHANGED");
}

}  // namespace
}  // namespace kkr::notebook
