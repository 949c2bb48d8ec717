#include "services/notification/domain/templates.h"

#include <gtest/gtest.h>

#include "services/notification/domain/story.h"
#include "services/notification/templates/first_templates.h"

namespace kkr::notification {
namespace {

using story::Scene;

constexpr char kTemplate[] = "regions/hovedstaden/templates/reminder-da";

v1::UpdateTemplateRequest update() {
  v1::UpdateTemplateRequest command;
  command.mutable_template_()->set_name(kTemplate);
  *command.mutable_template_()->mutable_content() =
      first_template(v1::OCCASION_REMINDER, v1::LANGUAGE_DANISH);
  return command;
}

v1::ResetTemplateRequest reset() {
  v1::ResetTemplateRequest command;
  command.set_name(kTemplate);
  return command;
}

TEST(TemplateName, IsAnOccasionAndALanguage) {
  const auto name = parse_template_name("regions/hovedstaden/templates/invoice-issued-en");
  ASSERT_TRUE(name);
  EXPECT_EQ(name->id.occasion, v1::OCCASION_INVOICE_ISSUED);
  EXPECT_EQ(name->id.language, v1::LANGUAGE_ENGLISH);
  EXPECT_EQ(name->id.text(), "invoice-issued-en");
  EXPECT_FALSE(parse_template_name("regions/hovedstaden/templates/reminder"));
  EXPECT_FALSE(parse_template_name("regions/hovedstaden/templates/unspecified-da"));
  EXPECT_EQ(all_templates().size(), 18u);
}

// Top to bottom, each command repairs one fault of the row above: the order is tested too.
TEST(UpdateTemplate, NamesTheFirstRuleThatIsBroken) {
  Scene scene;
  scene.tell(update());
  v1::UpdateTemplateRequest command = update();
  v1::Template& sent = *command.mutable_template_();
  sent.set_name("regions/hovedstaden/templates/letter-da");
  sent.set_etag("9-stale");
  sent.mutable_content()->set_subject("");
  sent.mutable_content()->set_text("{{deadlin}}");
  EXPECT_EQ(scene.refused(command), Rejection::kTemplateUnknown);
  sent.set_name(kTemplate);
  EXPECT_EQ(scene.refused(command), Rejection::kEtagStale);
  sent.clear_etag();
  EXPECT_EQ(scene.refused(command), Rejection::kArgumentInvalid);
  sent.mutable_content()->set_subject("{{round}}");
  EXPECT_EQ(scene.refused(command), Rejection::kTemplateInvalid);
  sent.mutable_content()->set_text("{{deadline}} {{place}} {{action_url}}");
  EXPECT_EQ(scene.tell(command).size(), 1u);
}

TEST(UpdateTemplate, SaysWhereTheFaultIs) {
  const Scene scene;
  v1::UpdateTemplateRequest command = update();
  command.mutable_template_()->mutable_content()->set_text("x\n{{deadlin}}");
  const auto decision = decide(scene.state, command, scene.context());
  const auto& details = std::get<Refusal>(decision).details;
  EXPECT_EQ(details.at("field"), "content.text");
  EXPECT_EQ(details.at("line"), "2");
  EXPECT_EQ(details.at("fault"), "mentions 'deadlin', which this occasion does not have");
}

TEST(UpdateTemplate, AddsAVersionAndKeepsTheTextOutsideTheLog) {
  Scene scene;
  const auto decision = decide(scene.state, update(), scene.context());
  const auto& effects = std::get<Effects>(decision);
  ASSERT_EQ(effects.private_writes.size(), 1u);
  EXPECT_EQ(effects.private_writes[0].key,
            effects.facts[0].event.template_updated().content().key());
  scene.tell(update());
  EXPECT_EQ(scene.tell(update())[0].template_updated().version(), 2);
}

TEST(ResetTemplate, IsAVersionOfItsOwnAndHappensOnce) {
  Scene scene;
  EXPECT_TRUE(scene.tell(reset()).empty());
  scene.tell(update());
  EXPECT_EQ(scene.tell(reset())[0].template_updated().version(), 2);
  EXPECT_TRUE(scene.tell(reset()).empty());
  EXPECT_EQ(scene.state.templates.find("reminder-da")->versions.size(), 2u);
}

TEST(Templates, AreTheSameAfterASnapshot) {
  Scene scene;
  scene.tell(update());
  scene.tell(reset());
  Notification loaded;
  ASSERT_TRUE(load_state(save_state(scene.state), loaded));
  EXPECT_EQ(save_state(loaded), save_state(scene.state));
  EXPECT_EQ(loaded.templates.find("reminder-da")->versions.size(), 2u);
  EXPECT_EQ(loaded.templates.find("reminder-da")->etag,
            scene.state.templates.find("reminder-da")->etag);
}

}  // namespace
}  // namespace kkr::notification
