#include "services/registry/domain/municipality.h"

#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

TEST(CreateMunicipality, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(municipality_id: "16")", Rejection::kIdInvalid},
      {R"(municipality_id: "165")", Rejection::kAlreadyExists},
      {R"(municipality_id: "167")", Rejection::kTextTooShort},
      {R"(municipality_id: "167" municipality { display_name: "Hvidovre" })",
       Rejection::kTextTooShort},
      {R"(municipality_id: "167" municipality { display_name: "Hvidovre"
          official_name: "Hvidovre Kommune" cvr: "55606618" ean: "1" })",
       Rejection::kCvrInvalid},
      {R"(municipality_id: "167" municipality { display_name: "Hvidovre"
          official_name: "Hvidovre Kommune" cvr: "55606617" ean: "5790000000001" mailbox: "x" })",
       Rejection::kEanInvalid},
      {R"(municipality_id: "167" municipality { display_name: "Hvidovre"
          official_name: "Hvidovre Kommune" cvr: "55606617" mailbox: "x" })",
       Rejection::kEmailInvalid},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::CreateMunicipalityRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_member(), command, context())), row.then) << row.when;
  }
}

TEST(UpdateMunicipality, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(municipality { name: "165" })", Rejection::kNameInvalid},
      {R"(municipality { name: "municipalities/999" etag: "1" })", Rejection::kMunicipalityUnknown},
      {R"(municipality { name: "municipalities/165" etag: "1" } update_mask { paths: "code" })",
       Rejection::kEtagStale},
      {R"(municipality { name: "municipalities/165" } update_mask { paths: "code" })",
       Rejection::kMaskInvalid},
      {R"(municipality { name: "municipalities/165" } update_mask { paths: "official_name" })",
       Rejection::kTextTooShort},
      {R"(municipality { name: "municipalities/165" cvr: "1" } update_mask { paths: "cvr" })",
       Rejection::kCvrInvalid},
      {R"(municipality { name: "municipalities/165" ean: "1" } update_mask { paths: "ean" })",
       Rejection::kEanInvalid},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::UpdateMunicipalityRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_member(), command, context())), row.then) << row.when;
  }
}

TEST(UpdateMunicipality, KeepsWhatTheMaskDoesNotName) {
  const auto command = make<v1::UpdateMunicipalityRequest>(R"(
      municipality { name: "municipalities/165" ean: "5798009811578" }
      update_mask { paths: "ean" })");
  Scene scene = with_a_member();
  expect_fact(facts_of(decide(scene, command, context())), "municipality-165",
              R"(municipality_updated { municipality: "municipalities/165"
                 display_name: "Albertslund" official_name: "Albertslund Kommune" cvr: "66137112"
                 ean: "5798009811578" })");
  scene.then(command);
  EXPECT_TRUE(facts_of(decide(scene, command, context())).empty());
}

TEST(RecordPopulation, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(parent: "165")", Rejection::kNameInvalid},
      {R"(parent: "municipalities/999")", Rejection::kMunicipalityUnknown},
      {R"(parent: "municipalities/165" population { count: -1 })", Rejection::kTextTooShort},
      {R"(parent: "municipalities/165" population { source: "DST" count: -1 })",
       Rejection::kDateInvalid},
      {R"(parent: "municipalities/165" population { source: "DST" count: -1
          reference_date: "2013-02-07" })",
       Rejection::kReferenceDateInFuture},
      {R"(parent: "municipalities/165" population { source: "DST" count: -1
          reference_date: "2013-02-06" })",
       Rejection::kCountOutOfRange},
      {R"(parent: "municipalities/165" population { source: "DST" count: 10000001
          reference_date: "2013-02-06" })",
       Rejection::kCountOutOfRange},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::RecordPopulationRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_member(), command, context())), row.then) << row.when;
  }
}

std::string figure(const char* reference_date, const char* source, int count) {
  return "parent: \"municipalities/165\" population { reference_date: \"" +
         std::string(reference_date) + "\" source: \"" + source +
         "\" count: " + std::to_string(count) + " }";
}

TEST(RecordPopulation, KeepsTheFigureThatIsCorrected) {
  Scene scene = with_a_member();
  scene.then<v1::RecordPopulationRequest>(figure("2013-01-01", "DST", 27824));
  scene.then<v1::RecordPopulationRequest>(figure("2013-01-01", "DST", 27830));
  scene.then<v1::RecordPopulationRequest>(figure("2012-01-01", "DST", 27706));
  const auto municipality =
      scene.state().municipalities.find(MunicipalityName{"municipalities/165"});
  ASSERT_EQ(municipality->populations.size(), 3U);
  EXPECT_EQ(municipality->populations[0].count, 27824);
  EXPECT_EQ(municipality->populations[0].recorded_at, context().now);
  EXPECT_EQ(population_as_of(*municipality, LocalDate(2013, 1, 1))->count, 27830);
  EXPECT_EQ(population_as_of(*municipality, LocalDate(2012, 12, 31))->count, 27706);
  EXPECT_EQ(population_as_of(*municipality, LocalDate(2011, 12, 31)), nullptr);
}

TEST(RecordPopulation, ChangesNothingForTheFigureOnRecord) {
  Scene scene = with_a_member();
  scene.then<v1::RecordPopulationRequest>(figure("2013-01-01", "DST", 27824));
  const auto again = make<v1::RecordPopulationRequest>(figure("2013-01-01", "DST", 27824));
  EXPECT_TRUE(facts_of(decide(scene, again, context())).empty());
  const auto other =
      make<v1::RecordPopulationRequest>(figure("2013-01-01", "The municipality", 27824));
  EXPECT_EQ(facts_of(decide(scene, other, context())).size(), 1U);
}

}  // namespace
}  // namespace kkr::registry
