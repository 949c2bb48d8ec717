#include "services/notification/sending/office_desk.h"

#include <gmock/gmock.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <memory>

namespace kkr::notification {
namespace {

using grpc::ServerContext;
using grpc::Status;
using grpc::StatusCode;

constexpr char kRound[] = "regions/hovedstaden/rounds/r1";
constexpr char kOffice[] = "municipalities/165/offices/sundhedsdirektoer";
const absl::Time kNow = absl::FromUnixSeconds(1'362'470'400);  // 5 March 2013, 9:00.

// What the owners would say.
struct Said {
  consultation::v1::Round round;
  consultation::v1::Invitee invitee;
  registry::v1::Municipality municipality;
  registry::v1::Office office;
  registry::v1::Person person;
  StatusCode consultation = StatusCode::OK;
  StatusCode registry = StatusCode::OK;
};

class Rounds final : public consultation::v1::RoundService::Service {
 public:
  explicit Rounds(const Said& said) : said_(said) {}
  Status GetRound(ServerContext*, const consultation::v1::GetRoundRequest*,
                  consultation::v1::Round* reply) override {
    *reply = said_.round;
    return {said_.consultation, ""};
  }
  Status ListInvitees(ServerContext*, const consultation::v1::ListInviteesRequest*,
                      consultation::v1::ListInviteesResponse* reply) override {
    *reply->add_invitees() = said_.invitee;
    return {said_.consultation, ""};
  }

 private:
  const Said& said_;
};

class Regions final : public registry::v1::RegionService::Service {
  Status GetRegion(ServerContext*, const registry::v1::GetRegionRequest*,
                   registry::v1::Region*) override {
    return Status::OK;
  }
};

class Municipalities final : public registry::v1::MunicipalityService::Service {
 public:
  explicit Municipalities(const Said& said) : said_(said) {}
  Status GetMunicipality(ServerContext*, const registry::v1::GetMunicipalityRequest*,
                         registry::v1::Municipality* reply) override {
    *reply = said_.municipality;
    return {said_.registry, ""};
  }

 private:
  const Said& said_;
};

class Offices final : public registry::v1::OfficeService::Service {
 public:
  explicit Offices(const Said& said) : said_(said) {}
  Status GetOffice(ServerContext*, const registry::v1::GetOfficeRequest*,
                   registry::v1::Office* reply) override {
    *reply = said_.office;
    return reply->title().empty() ? Status(StatusCode::NOT_FOUND, "") : Status::OK;
  }

 private:
  const Said& said_;
};

class Persons final : public registry::v1::PersonService::Service {
 public:
  explicit Persons(const Said& said) : said_(said) {}
  Status GetPerson(ServerContext*, const registry::v1::GetPersonRequest*,
                   registry::v1::Person* reply) override {
    *reply = said_.person;
    return Status::OK;
  }

 private:
  const Said& said_;
};

class PlainWriter final : public LetterWriter {
 public:
  std::variant<Letter, std::string> write(const Send&, const Addressee& addressee,
                                          const Circumstances&, const std::string& message_id,
                                          absl::Time) override {
    Letter letter;
    letter.person = addressee.person;
    letter.address = addressee.address;
    letter.name = addressee.name;
    letter.language = addressee.language;
    letter.message = message_id + " to " + addressee.address;
    return letter;
  }
};

class OfficeDeskTest : public testing::Test {
 protected:
  OfficeDeskTest() {
    said_.round.set_state(consultation::v1::Round::STATE_OPEN);
    said_.invitee.mutable_municipality()->set_code("165");
    said_.invitee.set_deadline_date("2013-03-19");
    said_.municipality.set_official_name("Albertslund Kommune");
    said_.office.set_title("Sundhedsdirektør");
    said_.office.set_holder("persons/karen");
    said_.person.set_name("persons/karen");
    said_.person.set_given_name("Karen");
    said_.person.set_family_name("Eksempel");
    said_.person.set_email("karen@165.example");
    grpc::ServerBuilder builder;
    for (grpc::Service* service :
         {static_cast<grpc::Service*>(&rounds_), static_cast<grpc::Service*>(&regions_),
          static_cast<grpc::Service*>(&municipalities_), static_cast<grpc::Service*>(&offices_),
          static_cast<grpc::Service*>(&persons_)})
      builder.RegisterService(service);
    server_ = builder.BuildAndStart();
    const auto channel = server_->InProcessChannel({});
    owners_ = std::make_unique<OwnerClient>(channel, channel, channel);
    Wishes wishes;
    wishes.of_person = [this](const std::string&) { return preferences_; };
    wishes.of_region = [] {
      v1::NotificationSettings settings;
      settings.set_send_hour(9);
      return settings;
    };
    wishes.is_mandatory = [](v1::Occasion occasion) { return occasion == v1::OCCASION_REMINDER; };
    desk_ = std::make_unique<OfficeDesk>("hovedstaden", *owners_, std::make_unique<PlainWriter>(),
                                         std::move(wishes), "kkr.example");
  }

  Send send(v1::Occasion occasion = v1::OCCASION_REMINDER) {
    v1::NoticeDue notice;
    notice.set_occasion(occasion);
    notice.set_subject(kRound);
    notice.set_round(kRound);
    notice.set_deadline_date("2013-03-19");
    Send send;
    send.id = "0123";
    send.planned = {{"", kRound, kOffice, ""}, "165", kRound, kNow, notice.SerializeAsString(), ""};
    send.reason = reason::kDue;
    return send;
  }
  Ready ready(const Send& send) {
    auto made = desk_->prepare(send, kNow);
    if (const auto* not_sent = std::get_if<NotSent>(&made)) ADD_FAILURE() << not_sent->reason;
    return std::get<Ready>(std::move(made));
  }
  NotSent not_sent(const Send& send) {
    auto made = desk_->prepare(send, kNow);
    if (!std::holds_alternative<NotSent>(made)) ADD_FAILURE() << "it would be sent";
    return std::get<NotSent>(std::move(made));
  }

  Said said_;
  v1::Preferences preferences_;
  Rounds rounds_{said_};
  Regions regions_;
  Municipalities municipalities_{said_};
  Offices offices_{said_};
  Persons persons_{said_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<OwnerClient> owners_;
  std::unique_ptr<OfficeDesk> desk_;
};

TEST_F(OfficeDeskTest, WritesToWhoeverHoldsTheOfficeNow) {
  const Ready written = ready(send());
  EXPECT_EQ(written.letter.person, "persons/karen");
  EXPECT_EQ(written.letter.name, "Karen Eksempel");
  EXPECT_EQ(written.letter.language, "da");
  EXPECT_EQ(written.message_id, "0123@kkr.example");
  EXPECT_EQ(written.gap, "");
}

TEST_F(OfficeDeskTest, NoReplyMeansNotNow) {
  said_.consultation = StatusCode::UNAVAILABLE;
  EXPECT_EQ(not_sent(send()).reason, reason::kOwnerUnavailable);
  EXPECT_EQ(not_sent(send()).state, SendState::kDeferred);
  said_.consultation = StatusCode::OK;
  said_.registry = StatusCode::DEADLINE_EXCEEDED;
  EXPECT_EQ(not_sent(send()).reason, reason::kRegistryUnavailable);
  EXPECT_EQ(not_sent(send()).state, SendState::kDeferred);
}

TEST_F(OfficeDeskTest, WhatNoLongerHoldsIsDropped) {
  said_.invitee.set_answer_state(consultation::v1::Invitee::ANSWER_STATE_ANSWERED);
  EXPECT_EQ(not_sent(send()).reason, reason::kNoLongerHolds);
  said_.consultation = StatusCode::NOT_FOUND;
  EXPECT_EQ(not_sent(send()).state, SendState::kDropped);
}

TEST_F(OfficeDeskTest, TheMailboxStandsInForWhoeverCannotBeReachedAndTheGapIsNamed) {
  said_.municipality.set_mailbox("post@165.example");
  said_.person.clear_email();
  EXPECT_EQ(ready(send()).gap, gap::kNoAddress);
  said_.person.set_erased(true);
  EXPECT_EQ(ready(send()).gap, gap::kNoPerson);
  said_.office.clear_holder();
  EXPECT_EQ(ready(send()).gap, gap::kNoPerson);
  said_.office.clear_title();  // There is no such office.
  const Ready written = ready(send());
  EXPECT_EQ(written.gap, gap::kNoPerson);
  EXPECT_EQ(written.letter.address, "post@165.example");
  EXPECT_EQ(written.letter.person, "");
  said_.municipality.clear_mailbox();
  EXPECT_EQ(not_sent(send()).gap, gap::kNoMailbox);
  EXPECT_EQ(not_sent(send()).state, SendState::kFailed);
}

TEST_F(OfficeDeskTest, RepeatsALetterByteByByteButNotToSomebodyElse) {
  Send again = send();
  again.message_id = "first@kkr.example";
  again.letter = ready(send()).letter;
  again.letter->message = "as it was";
  EXPECT_EQ(ready(again).letter.message, "as it was");
  said_.person.set_name("persons/bent");
  said_.person.set_email("bent@165.example");
  EXPECT_EQ(ready(again).letter.message, "first@kkr.example to bent@165.example");
}

TEST_F(OfficeDeskTest, KeepsToWhatThePersonWishesWhereItMay) {
  said_.invitee.set_answer_state(consultation::v1::Invitee::ANSWER_STATE_ANSWERED);
  const Send received = send(v1::OCCASION_ANSWER_RECEIVED);
  preferences_.set_digest(v1::Preferences::DIGEST_DAILY);
  EXPECT_EQ(not_sent(received).held_until, kNow + absl::Hours(24));
  Send held = received;
  held.reason = reason::kDigest;
  EXPECT_EQ(ready(held).gap, "") << "its hour has come";
  preferences_.add_turned_off(v1::OCCASION_ANSWER_RECEIVED);
  EXPECT_EQ(not_sent(received).reason, reason::kTurnedOff);

  said_.invitee.clear_answer_state();
  preferences_.add_turned_off(v1::OCCASION_REMINDER);
  EXPECT_EQ(ready(send()).gap, "") << "cannot be turned off and does not wait";
}

}  // namespace
}  // namespace kkr::notification
