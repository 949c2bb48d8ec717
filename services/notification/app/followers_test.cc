// What the facts of other services come to here.
#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "kkr/consultation/v1/events.pb.h"
#include "kkr/financing/v1/events.pb.h"
#include "kkr/registry/v1/events.pb.h"
#include "services/notification/app/consultation_follower.h"
#include "services/notification/app/financing_follower.h"
#include "services/notification/app/registry_follower.h"
#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

using story::kInvoice;
using story::kRound;
using story::Scene;
using testing::ElementsAre;
using testing::IsEmpty;

// A log of another service, and what is recorded here because of each fact in it.
class Source {
 public:
  explicit Source(platform::FollowRules<Domain> rules) : rules_(std::move(rules)) {}

  // The types of the facts recorded here; a notice as its occasion and step.
  template <class Event>
  std::vector<std::string> tell(const Event& event, const std::string& type) {
    platform::RecordedEvent recorded;
    recorded.position = ++position_;
    recorded.type = type;
    recorded.payload = event.SerializeAsString();
    recorded.recorded_at = scene.now;
    const auto rule = rules_.interpret(recorded);
    std::vector<std::string> facts;
    if (!rule) return facts;
    for (const v1::Event& fact : scene.take(rule(scene.state, scene.context()))) {
      facts.push_back(line_of(fact));
    }
    return facts;
  }

  Scene scene;

 private:
  static std::string line_of(const v1::Event& fact) {
    if (fact.has_notice_due()) {
      return v1::Occasion_Name(fact.notice_due().occasion()) + " " +
             Scene::line_of(fact.notice_due());
    }
    const auto* oneof = v1::Event::descriptor()->FindOneofByName("fact");
    return fact.GetReflection()->GetOneofFieldDescriptor(fact, oneof)->name();
  }

  const platform::FollowRules<Domain> rules_;
  std::uint64_t position_ = 0;
};

consultation::v1::Event opened() {
  consultation::v1::Event event;
  auto& fact = *event.mutable_round_opened();
  fact.mutable_round()->set_name(kRound);
  fact.mutable_round()->set_deadline_date("2013-03-19");
  for (const char* code : {"101", "165"}) fact.add_invited()->set_code(code);
  return event;
}

TEST(FollowConsultation, LearnsARoundFromItsFactsAndGivesNotice) {
  Source log(follow_consultation("hovedstaden"));
  EXPECT_THAT(log.tell(opened(), "round_opened"),
              ElementsAre("round_followed", "OCCASION_INVITATION 1: 101 165"));
  consultation::v1::Event event;
  event.mutable_extension_granted()->set_extension(std::string(kRound) + "/extensions/165");
  event.mutable_extension_granted()->set_deadline_date("2013-04-02");
  EXPECT_THAT(log.tell(event, "extension_granted"),
              ElementsAre("deadline_followed", "OCCASION_EXTENSION_GRANTED 2013-04-02: 165"));
  event.mutable_extension_withdrawn()->set_extension(std::string(kRound) + "/extensions/165");
  EXPECT_THAT(log.tell(event, "extension_withdrawn"), ElementsAre("deadline_followed"));
  event.mutable_answer_submitted()->set_answer(std::string(kRound) + "/answers/165");
  event.mutable_answer_submitted()->mutable_version()->set_number(1);
  EXPECT_THAT(log.tell(event, "answer_submitted"),
              ElementsAre("answer_followed", "OCCASION_ANSWER_RECEIVED 1: 165"));
  event.mutable_answer_recorded()->set_answer(std::string(kRound) + "/answers/165");
  event.mutable_answer_recorded()->mutable_version()->set_number(2);
  EXPECT_THAT(log.tell(event, "answer_recorded"), ElementsAre("OCCASION_ANSWER_RECEIVED 2: 165"));
  event.mutable_answer_withdrawn()->set_answer(std::string(kRound) + "/answers/165");
  EXPECT_THAT(log.tell(event, "answer_withdrawn"), ElementsAre("answer_followed"));
  event.mutable_round_closed()->set_round(kRound);
  EXPECT_THAT(log.tell(event, "round_closed"),
              ElementsAre("round_phase_followed", "OCCASION_ROUND_CLOSED 1: 101 165"));
  event.mutable_collection_created()->set_collection(std::string(kRound) + "/collections/1");
  EXPECT_THAT(log.tell(event, "collection_created"),
              ElementsAre("OCCASION_COLLECTION_READY 1: 101 165"));
  event.mutable_round_reopened()->set_round(kRound);
  EXPECT_THAT(log.tell(event, "round_reopened"), ElementsAre("round_phase_followed"));
  event.mutable_round_cancelled()->set_round(kRound);
  EXPECT_THAT(log.tell(event, "round_cancelled"),
              ElementsAre("round_phase_followed", "OCCASION_ROUND_CANCELLED 1: 101 165"));
}

TEST(FollowConsultation, PassesOverWhatConcernsNoNotice) {
  Source log(follow_consultation("hovedstaden"));
  consultation::v1::Event event;
  event.mutable_round_created()->mutable_round()->set_name(kRound);
  EXPECT_THAT(log.tell(event, "round_created"), IsEmpty());
  event.mutable_deadline_passed()->set_round(kRound);
  EXPECT_THAT(log.tell(event, "deadline_passed"), IsEmpty());
}

TEST(FollowFinancing, GivesNoticeOfInvoicesButOfNoVoucherAndNoCreditNote) {
  Source log(follow_financing());
  financing::v1::Event event;
  auto& issued = *event.mutable_invoice_issued();
  issued.set_invoice(kInvoice);
  issued.mutable_buyer()->set_code("147");
  issued.set_kind(financing::v1::Invoice::KIND_CREDIT_NOTE);
  EXPECT_THAT(log.tell(event, "invoice_issued"), IsEmpty());
  issued.set_kind(financing::v1::Invoice::KIND_INVOICE);
  issued.set_internal(true);
  EXPECT_THAT(log.tell(event, "invoice_issued"), IsEmpty());
  issued.set_internal(false);
  EXPECT_THAT(log.tell(event, "invoice_issued"), ElementsAre("OCCASION_INVOICE_ISSUED 1: 147"));
  event.mutable_invoice_dunned()->set_invoice(kInvoice);
  event.mutable_invoice_dunned()->set_step(1);
  EXPECT_THAT(log.tell(event, "invoice_dunned"), ElementsAre("OCCASION_DUNNING 1: 147"));
}

TEST(FollowRegistry, ForgetsAPersonWhoIsErased) {
  Source log(follow_registry());
  registry::v1::Event event;
  event.mutable_person_erased()->set_person("persons/p-1");
  EXPECT_THAT(log.tell(event, "person_erased"), ElementsAre("person_forgotten"));
  EXPECT_THAT(log.tell(event, "person_erased"), IsEmpty());
}

}  // namespace
}  // namespace kkr::notification
