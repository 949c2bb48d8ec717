#include "services/platform/grpc/command_call.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "kkr/notebook/v1/notebook.grpc.pb.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/workbench.h"

namespace kkr::notebook {

grpc::Status to_status(const platform::Refusal<Rejection>& refusal) {
  if (refusal.rejection == Rejection::kNoteExists) {
    return platform::error_status(grpc::StatusCode::ALREADY_EXISTS, "NOTE_EXISTS", "It exists.");
  }
  return platform::error_status(grpc::StatusCode::INVALID_ARGUMENT, "KEY_MISSING", "No key.");
}

namespace {

using ::testing::StartsWith;

constexpr char kRequestId[] = "0f8fad5b-d9cb-469f-a165-70867728950e";

grpc::Status render(const Notes& notes, const std::string& key, v1::Note& reply) {
  const auto note = notes.notes.find(key);
  if (note == nullptr) {
    return platform::error_status(grpc::StatusCode::NOT_FOUND, "NOTE_UNKNOWN", "There is none.");
  }
  reply.set_key(key);
  reply.set_text(note->text);
  reply.set_written_by(note->written_by);
  return grpc::Status::OK;
}

class Api final : public v1::NotebookService::CallbackService {
 public:
  explicit Api(platform::RegionLogs<Notebook>& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* CreateNote(grpc::CallbackServerContext* call,
                                       const v1::CreateNoteRequest* request,
                                       v1::Note* reply) override {
    return platform::run_command(
        call, logs_, request->region(), *request, reply, create(request->key(), request->text()),
        [request](const Committed& done, platform::RegionLog<Notebook>&, v1::Note& note) {
          return render(done.state->state, request->key(), note);
        });
  }

  grpc::ServerUnaryReactor* GetNote(grpc::CallbackServerContext* call,
                                    const v1::GetNoteRequest* request, v1::Note* reply) override {
    return platform::run_query(
        call, logs_, request->region(), reply,
        [request](const platform::StateAt<Notebook>& at, platform::RegionLog<Notebook>&,
                  v1::Note& note) { return render(at.state, request->key(), note); });
  }

 private:
  platform::RegionLogs<Notebook>& logs_;
};

class CommandCall : public testing::Test {
 protected:
  struct Said {
    grpc::Status status;
    v1::Note note;
    std::string position;
  };

  CommandCall() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&api_);
    server_ = builder.BuildAndStart();
    stub_ = v1::NotebookService::NewStub(server_->InProcessChannel({}));
  }
  ~CommandCall() override {
    server_->Shutdown();
    logs_.stop();
  }

  static v1::CreateNoteRequest a_note(std::string text = "29 answers") {
    v1::CreateNoteRequest request;
    request.set_region("hovedstaden");
    request.set_key("minutes");
    request.set_text(std::move(text));
    request.set_request_id(kRequestId);
    return request;
  }

  Said create_note(const v1::CreateNoteRequest& request,
                   const std::map<std::string, std::string>& metadata = {}) {
    grpc::ClientContext context;
    for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
    Said said;
    said.status = stub_->CreateNote(&context, request, &said.note);
    said.position = position_of(context);
    return said;
  }

  Said get_note(const std::string& region, const std::string& min_position = {}) {
    grpc::ClientContext context;
    if (!min_position.empty()) context.AddMetadata("kkr-min-position", min_position);
    v1::GetNoteRequest request;
    request.set_region(region);
    request.set_key("minutes");
    Said said;
    said.status = stub_->GetNote(&context, request, &said.note);
    said.position = position_of(context);
    return said;
  }

  static std::string position_of(const grpc::ClientContext& context) {
    const auto& sent = context.GetServerInitialMetadata();
    const auto found = sent.find("kkr-position");
    return found == sent.end() ? "" : std::string(found->second.data(), found->second.size());
  }

  std::string generation() { return logs_.find("hovedstaden")->store().head().generation; }

  Workbench bench_;
  platform::InProcessBus bus_{bench_.completions};
  platform::LogDirectory directory_;
  platform::RegionLogs<Notebook> logs_{
      platform::RegionPorts{
          .service = "notebook",
          .open = [](const std::string& region) -> platform::StoreResult<platform::RegionStores> {
            return platform::RegionStores{
                std::make_shared<platform::MemoryEventStore>(
                    platform::MemoryEventStore::Options{.log = "notebook/" + region}),
                nullptr};
          },
          .clock = bench_.clock,
          .threads = bench_.threads(),
          .bus = bus_,
          .directory = directory_},
      {.knows_region = [](std::string_view region) -> std::optional<bool> {
         if (region == "silence") return std::nullopt;
         return region == "hovedstaden";
       },
       .opened = {}}};
  Api api_{logs_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::NotebookService::Stub> stub_;
};

TEST_F(CommandCall, CarriesOutACommandAndSaysWhereItStands) {
  const Said said = create_note(a_note(), {{"kkr-actor", "persons/p-17"}});
  ASSERT_TRUE(said.status.ok()) << said.status.error_message();
  EXPECT_EQ(said.note.text(), "29 answers");
  EXPECT_EQ(said.note.written_by(), "persons/p-17");
  EXPECT_EQ(said.position, "notebook/hovedstaden/" + generation() + "/1");
}

TEST_F(CommandCall, TakesTheActorPercentEncodedAndNobodyAsAnonymous) {
  EXPECT_EQ(create_note(a_note(), {{"kkr-actor", "persons%2Fp-17"}}).note.written_by(),
            "persons/p-17");
  v1::CreateNoteRequest other = a_note();
  other.set_key("other");
  other.set_request_id("1f8fad5b-d9cb-469f-a165-70867728950e");
  EXPECT_EQ(create_note(other).note.written_by(), "anonymous");
}

TEST_F(CommandCall, GivesTheFirstOutcomeAgainForTheSameRequestId) {
  const Said first = create_note(a_note());
  const Said again = create_note(a_note());
  ASSERT_TRUE(again.status.ok()) << "not ALREADY_EXISTS: " << again.status.error_message();
  EXPECT_EQ(again.note.text(), first.note.text());
  EXPECT_EQ(again.position, first.position);
}

TEST_F(CommandCall, RefusesTheRequestIdOfAnotherCommand) {
  create_note(a_note());
  const Said other = create_note(a_note("28 answers"));
  EXPECT_EQ(other.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(platform::reason_of(other.status), "REQUEST_ID_REUSED");
}

TEST_F(CommandCall, RefusesWhatItCannotStamp) {
  v1::CreateNoteRequest missing = a_note();
  missing.clear_request_id();
  EXPECT_EQ(platform::reason_of(create_note(missing).status), "REQUEST_ID_MISSING");
  v1::CreateNoteRequest invalid = a_note();
  invalid.set_request_id("17");
  EXPECT_EQ(platform::reason_of(create_note(invalid).status), "REQUEST_ID_INVALID");
  for (const auto actor : {"Anna Jensen", "anna@kkr.example", "%41nna", "p%zz", "p%2"}) {
    EXPECT_EQ(platform::reason_of(create_note(a_note(), {{"kkr-actor", actor}}).status),
              "ACTOR_INVALID")
        << actor;
  }
  EXPECT_TRUE(create_note(a_note()).status.ok()) << "nothing of it was kept";
}

TEST_F(CommandCall, TurnsARefusalIntoItsStatus) {
  create_note(a_note());
  v1::CreateNoteRequest again = a_note();
  again.set_request_id("1f8fad5b-d9cb-469f-a165-70867728950e");
  const Said said = create_note(again);
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(platform::reason_of(said.status), "NOTE_EXISTS");
  EXPECT_EQ(said.position, "");
}

TEST_F(CommandCall, KnowsOnlyTheRegionsThatExist) {
  v1::CreateNoteRequest elsewhere = a_note();
  elsewhere.set_region("atlantis");
  EXPECT_EQ(platform::reason_of(create_note(elsewhere).status), "REGION_UNKNOWN");
  EXPECT_EQ(platform::reason_of(get_note("atlantis").status), "REGION_UNKNOWN");
  elsewhere.set_region("silence");
  for (const auto& status : {create_note(elsewhere).status, get_note("silence").status}) {
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << "which is tried again";
    EXPECT_EQ(platform::reason_of(status), "REGION_NOT_FOUND_OUT");
  }
}

TEST_F(CommandCall, SaysShuttingDownOnceTheLogsHaveStopped) {
  create_note(a_note());
  logs_.stop();
  v1::CreateNoteRequest late = a_note();
  late.set_request_id("1f8fad5b-d9cb-469f-a165-70867728950e");
  EXPECT_EQ(platform::reason_of(create_note(late).status), "SHUTTING_DOWN");
  EXPECT_EQ(get_note("hovedstaden").note.text(), "29 answers") << "reading goes on";
}

TEST_F(CommandCall, LetsAReaderNameWhatItMustHaveSeen) {
  const std::string written = create_note(a_note()).position;
  const Said seen = get_note("hovedstaden", written);
  EXPECT_EQ(seen.note.text(), "29 answers");
  EXPECT_EQ(seen.position, written);

  const std::string log = "notebook/hovedstaden/";
  EXPECT_EQ(platform::reason_of(get_note("hovedstaden", log + generation() + "/2").status),
            "POSITION_NOT_REACHED");
  EXPECT_EQ(platform::reason_of(get_note("hovedstaden", log + "another/1").status),
            "GENERATION_CHANGED");
}

TEST(CommandDigest, TellsRequestsOfOtherTypesAndContentApart) {
  v1::CreateNoteRequest create;
  create.set_region("hovedstaden");
  create.set_key("minutes");
  v1::GetNoteRequest get;
  get.set_region("hovedstaden");
  get.set_key("minutes");
  EXPECT_EQ(create.SerializeAsString(), get.SerializeAsString());
  EXPECT_NE(platform::command_digest(create), platform::command_digest(get));
  v1::CreateNoteRequest other = create;
  EXPECT_EQ(platform::command_digest(create), platform::command_digest(other));
  other.set_text("x");
  EXPECT_NE(platform::command_digest(create), platform::command_digest(other));
}

}  // namespace
}  // namespace kkr::notebook
