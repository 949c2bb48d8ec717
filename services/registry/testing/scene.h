// For tests only: a state brought about by carrying out commands, and short ways to write commands.
#pragma once

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/registry/domain/body.h"
#include "services/registry/domain/cluster.h"
#include "services/registry/domain/demo_clock.h"
#include "services/registry/domain/municipality.h"
#include "services/registry/domain/office.h"
#include "services/registry/domain/person.h"
#include "services/registry/domain/region.h"
#include "services/registry/domain/sequence.h"

namespace kkr::registry::scene {

// The morning on which the hearing letter of paper 000 went out.
inline Context context() {
  Context context;
  context.now = platform::start_of(LocalDate(2013, 2, 6)) + absl::Hours(9);
  context.actor = "secretariat";
  context.new_id = "4f6a0000-0000-4000-8000-000000000001";
  return context;
}

// A message in protobuf's text format.
template <class Message>
Message make(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// Carries out commands; one that is refused fails the test.
class Scene {
 public:
  template <class Command>
  Scene& then(const Command& command) {
    return take(decide(sequence_.state(), command, context()));
  }
  template <class Command>
  Scene& then(const std::string& text) {
    return then(make<Command>(text));
  }
  Scene& take(Decision decision) {
    const auto refusal = sequence_.take(std::move(decision), context());
    EXPECT_FALSE(refusal) << "rejection " << static_cast<int>(refusal->rejection);
    return *this;
  }
  const State& state() const { return sequence_.state(); }
  operator const State&() const { return sequence_.state(); }

 private:
  Sequence sequence_{State{}};
};

// The regions Hovedstaden (2007 to 2026) and Sjælland (from 2007), the municipalities 101 and 165,
// and 165 in Hovedstaden from 2007 to 2026.
inline Scene with_a_member() {
  Scene scene;
  scene.then<v1::CreateRegionRequest>(R"(region_id: "hovedstaden" region {
      display_name: "Hovedstaden" official_name: "Region Hovedstaden"
      from_date: "2007-01-01" to_date: "2026-12-31" })");
  scene.then<v1::CreateRegionRequest>(R"(region_id: "sjaelland" region {
      display_name: "Sjælland" official_name: "Region Sjælland" from_date: "2007-01-01" })");
  scene.then<v1::CreateMunicipalityRequest>(R"(municipality_id: "101" municipality {
      display_name: "København" official_name: "Københavns Kommune" cvr: "64942212" })");
  scene.then<v1::CreateMunicipalityRequest>(R"(municipality_id: "165" municipality {
      display_name: "Albertslund" official_name: "Albertslund Kommune" cvr: "66137112" })");
  scene.then<v1::AddRegionMemberRequest>(R"(region: "regions/hovedstaden"
      municipality: "municipalities/165" from_date: "2007-01-01")");
  return scene;
}

// The rejection of a decision that must be a refusal.
inline Rejection rejection_of(const Decision& decision) {
  const auto* refusal = std::get_if<Refusal>(&decision);
  if (refusal == nullptr) {
    ADD_FAILURE() << "not refused";
    return {};
  }
  return refusal->rejection;
}

// The facts of a decision that must not be a refusal.
inline std::vector<Fact> facts_of(const Decision& decision) {
  const auto* effects = std::get_if<Effects>(&decision);
  if (effects == nullptr) {
    ADD_FAILURE() << "refused: " << static_cast<int>(std::get<Refusal>(decision).rejection);
    return {};
  }
  return effects->facts;
}

// `facts` holds one fact on the stream, which reads like `text` in protobuf's text format.
inline void expect_fact(const std::vector<Fact>& facts, const std::string& stream,
                        const std::string& text) {
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].stream, stream);
  EXPECT_EQ(facts[0].event.DebugString(), make<v1::Event>(text).DebugString());
}

}  // namespace kkr::registry::scene
