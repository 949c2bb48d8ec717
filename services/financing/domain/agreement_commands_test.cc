#include "services/financing/domain/agreement_commands.h"

#include "services/financing/domain/agreement_story.h"

namespace kkr::financing {
namespace {

using story::kAgreement;
using story::Scene;

v1::AmendAgreementRequest amendment(const std::string& from, const std::string& name = kAgreement) {
  v1::AmendAgreementRequest command;
  command.set_name(name);
  *command.mutable_terms() = story::terms();
  command.mutable_terms()->set_host("municipalities/147");
  command.mutable_terms()->set_from_date(from);
  return command;
}

TEST(CreateAgreement, NamesTheFieldThatMayNotBeSo) {
  const struct {
    void (*spoil)(v1::Agreement&);
    const char* field;
  } rows[] = {
      {[](v1::Agreement& a) { a.clear_title(); }, "agreement.title"},
      {[](v1::Agreement& a) { a.set_from_date("8. maj 2013"); }, "agreement.from_date"},
      {[](v1::Agreement& a) { a.set_to_date("2013-05-07"); }, "agreement.to_date"},
      {[](v1::Agreement& a) { a.clear_versions(); }, "agreement.versions"},
      {[](v1::Agreement& a) { a.mutable_versions(0)->set_host("165"); }, "agreement.versions.host"},
      {[](v1::Agreement& a) { a.mutable_versions(0)->clear_overhead(); },
       "agreement.versions.overhead"},
      {[](v1::Agreement& a) { a.mutable_versions(0)->set_charge_month(13); },
       "agreement.versions.charge_month"},
      {[](v1::Agreement& a) { a.mutable_versions(0)->mutable_vat()->clear_reason(); },
       "agreement.versions.vat.reason"},
      {[](v1::Agreement& a) { a.mutable_versions(0)->mutable_vat()->set_exemption_code("X"); },
       "agreement.versions.vat.exemption_code"},
      {[](v1::Agreement& a) {
         a.mutable_versions(0)->mutable_account()->set_registration_number("41");
       },
       "agreement.versions.account.registration_number"},
  };
  for (const auto& row : rows) {
    v1::CreateAgreementRequest command = story::creation();
    row.spoil(*command.mutable_agreement());
    const auto decision = decide(Financing(), command, Scene().context());
    ASSERT_TRUE(std::holds_alternative<Refusal>(decision)) << row.field;
    EXPECT_EQ(std::get<Refusal>(decision).rejection, Rejection::kArgumentInvalid);
    EXPECT_EQ(std::get<Refusal>(decision).details.at("field"), row.field);
  }
}

TEST(CreateAgreement, KeepsTheContactOutsideTheLog) {
  Scene scene;
  const Effects effects = scene.tell(story::creation());
  ASSERT_EQ(effects.private_writes.size(), 1u);
  EXPECT_EQ(effects.facts[0].event.SerializeAsString().find("Sundhedssekretariatet"),
            std::string::npos);
  EXPECT_EQ(scene.refused(story::creation()), Rejection::kAgreementExists);
}

TEST(AmendAgreement, HoldsFromItsDayOn) {
  Scene scene;
  scene.agree();
  scene.tell(amendment("2015-01-01"));
  const auto agreement = scene.state.agreements.find({"sekretariat"});
  EXPECT_EQ(terms_on(*agreement, LocalDate(2014, 12, 31)).content.host(), "municipalities/165");
  EXPECT_EQ(terms_on(*agreement, LocalDate(2015, 1, 1)).content.host(), "municipalities/147");
  EXPECT_EQ(terms_on(*agreement, LocalDate(2013, 1, 1)).content.host(), "municipalities/165");
}

TEST(AmendAgreement, NamesTheFirstRuleThatIsBroken) {
  Scene scene;
  scene.stand();
  scene.run();
  v1::AmendAgreementRequest stale = amendment("2013-01-01");
  stale.set_etag("another");
  const struct {
    v1::AmendAgreementRequest when;
    Rejection then;
  } rows[] = {
      {amendment("", "regions/hovedstaden/agreements/andet"), Rejection::kAgreementUnknown},
      {stale, Rejection::kEtagStale},
      {amendment(""), Rejection::kArgumentInvalid},
      {amendment("2013-05-07"), Rejection::kOutsideAgreement},
      {amendment("2013-05-08"), Rejection::kYearCharged},
  };
  for (const auto& row : rows) EXPECT_EQ(scene.refused(row.when), row.then);
  scene.tell(amendment("2013-05-09"));
}

TEST(EndAgreement, LeavesAChargedYearAlone) {
  Scene scene;
  scene.stand();
  scene.run();
  v1::EndAgreementRequest command;
  command.set_name(kAgreement);
  command.set_to_date("2012-12-31");
  EXPECT_EQ(scene.refused(command), Rejection::kOutsideAgreement);
  command.set_to_date("2013-12-31");
  EXPECT_EQ(scene.tell(command).facts.size(), 1u);
  EXPECT_TRUE(scene.tell(command).facts.empty());
  EXPECT_EQ(scene.refused(Scene::budgeting("1.00", std::string(kAgreement) + "/budgets/2014")),
            Rejection::kOutsideAgreement);
}

TEST(EraseContacts, SparesTheOneThatInvoicesWereIssuedWith) {
  Scene scene;
  scene.stand();
  v1::EraseContactsRequest command;
  command.set_name(kAgreement);
  scene.run();
  EXPECT_TRUE(scene.tell(command).facts.empty());
  scene.tell(amendment("2014-01-01"));
  EXPECT_EQ(scene.tell(command).private_writes.size(), 1u);
}

TEST(UpdateRecipient, ErasesTheReferenceItReplacesUnlessAnInvoiceBearsIt) {
  Scene scene;
  scene.stand();
  v1::UpdateRecipientRequest command;
  command.mutable_recipient()->set_name(std::string(kAgreement) + "/recipients/101");
  command.mutable_recipient()->set_buyer_reference("En anden");
  EXPECT_EQ(scene.tell(command).private_writes.size(), 2u);  // The new one in, the old one out.
  scene.run();
  EXPECT_EQ(scene.tell(command).private_writes.size(), 1u);
}

}  // namespace
}  // namespace kkr::financing
