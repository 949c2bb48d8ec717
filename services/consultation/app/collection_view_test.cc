#include "services/consultation/app/collection_view.h"

#include "services/consultation/app/collected_story.h"
#include "services/consultation/app/danish_order.h"

namespace kkr::consultation {
namespace {

using namespace story;

const v1::CollectedQuestion& question(const v1::Collection& collection, int index) {
  return collection.content().questions(index);
}

TEST(CollectionView, SaysWhereEveryMunicipalityStands) {
  const v1::Collection collection = collection_shown(collected_round());
  EXPECT_EQ(collection.name(), kRoundName + "/collections/1");
  EXPECT_EQ(collection.tally().on_time(), 1);
  EXPECT_EQ(collection.tally().within_extension(), 1);
  EXPECT_EQ(collection.tally().missing(), 1);
  EXPECT_FALSE(collection.incomplete());
  EXPECT_EQ(collection.next_number(), 0);
  EXPECT_EQ(collection.outcome_note().text(), "Målsætning 3 er skærpet");

  const auto& rows = collection.content().municipalities();
  ASSERT_EQ(rows.size(), 3);
  // By cluster, then by name.
  EXPECT_EQ(rows[0].display_name(), "Albertslund");
  EXPECT_EQ(rows[0].timeliness(), v1::TIMELINESS_WITHIN_EXTENSION);
  EXPECT_EQ(rows[0].extension_date(), "2013-03-26");
  EXPECT_EQ(rows[1].display_name(), "København");
  EXPECT_EQ(rows[1].treatment().deciding_body(), "Borgerrepræsentationen");
  EXPECT_EQ(rows[1].sign_off().title(), "Udvalgsformand");
  EXPECT_EQ(rows[2].cluster(), "Nord");
  EXPECT_EQ(rows[2].version(), 0);
}

TEST(CollectionView, LaysTextsOutByClusterAndMunicipality) {
  const v1::Collection collection = collection_shown(collected_round());
  ASSERT_EQ(question(collection, 0).clusters_size(), 1);
  const v1::ClusterValues& cluster = question(collection, 0).clusters(0);
  EXPECT_EQ(cluster.cluster(), "Midt");
  ASSERT_EQ(cluster.values_size(), 2);
  EXPECT_EQ(cluster.values(0).display_name(), "Albertslund");
  EXPECT_EQ(cluster.values(0).display_text(), "Vi begynder i det små.");
  EXPECT_EQ(question(collection, 0).answered(), 2);
}

TEST(CollectionView, CountsChoices) {
  const v1::Collection collection = collection_shown(collected_round());
  const auto& options = question(collection, 1).options();
  ASSERT_EQ(options.size(), 3);
  EXPECT_EQ(options[0].label(), "Svar hjemme");
  EXPECT_EQ(options[0].count(), 2);
  EXPECT_EQ(options[1].count(), 1);
  EXPECT_EQ(options[1].municipalities(0), "København");
  EXPECT_EQ(options[2].count(), 0);
  EXPECT_EQ(question(collection, 1).clusters(0).values(1).display_text(), "Svar hjemme, Svar ude");
}

TEST(CollectionView, ReckonsNumbersExactly) {
  const v1::Collection collection = collection_shown(collected_round());
  const v1::NumberStatistics& numbers = question(collection, 2).statistics();
  EXPECT_EQ(numbers.count(), 2);
  EXPECT_EQ(numbers.sum(), "14.5");
  EXPECT_EQ(numbers.mean(), "7.250");
  EXPECT_EQ(numbers.median(), "7.25");
  EXPECT_EQ(numbers.min(), "4.0");
  EXPECT_EQ(numbers.max(), "10.5");
  EXPECT_EQ(question(collection, 2).clusters(0).values(1).display_text(), "10,5 borgere");
}

TEST(CollectionView, MergesTablesIntoOne) {
  const v1::Collection collection = collection_shown(collected_round());
  const v1::MergedTable& table = question(collection, 3).table();
  ASSERT_EQ(table.columns_size(), 4);
  EXPECT_EQ(table.columns(3).unit(), "kr.");
  EXPECT_TRUE(table.columns(3).numeric());
  ASSERT_EQ(table.rows_size(), 3);
  EXPECT_EQ(table.rows(0).display_name(), "Albertslund");
  EXPECT_EQ(table.rows(0).cells(1), "999");  // Not of this round: its code.
  EXPECT_EQ(table.rows(1).cells(1), "Albertslund, Hørsholm");
  EXPECT_EQ(table.rows(1).cells(3), "125000.50");
  EXPECT_EQ(question(collection, 3).note().text(), "Tre pilotprojekter");
  EXPECT_TRUE(question(collection, 3).clusters().empty());
}

TEST(CollectionView, ReadsTheSameAfterLaterAnswersButSaysItIsIncomplete) {
  Story story = collected_round();
  const v1::Collection before = collection_shown(story);
  story.when(because<v1::ReopenRoundRequest>(kRoundName, "Et brev kom bort"));
  submit(story, submission("165"));
  auto extract = on<v1::RecordTreatmentRequest>(answer_name("165"));
  extract.mutable_treatment()->set_kind(v1::TREATMENT_KIND_SUBJECT_TO_APPROVAL);
  story.when(extract, stored_files());
  const v1::Collection after = collection_shown(story);
  EXPECT_EQ(after.content().SerializeAsString(), before.content().SerializeAsString());
  EXPECT_TRUE(after.incomplete());
  EXPECT_EQ(after.changed_since(0), "165");
  EXPECT_EQ(after.next_number(), 2);
}

TEST(CollectionView, SaysWhatWasErased) {
  Story story = collected_round();
  story.documents.erase(sign_off_key_of(story, "101"));
  story.documents.erase(body_key_of(story, "101"));
  const v1::Collection collection = collection_shown(story);
  EXPECT_TRUE(collection.content().municipalities(1).sign_off_erased());
  EXPECT_TRUE(collection.content().municipalities(1).values_erased());
  EXPECT_EQ(question(collection, 0).answered(), 1);
}

TEST(DanishOrder, PutsTheThreeLettersLast) {
  const std::vector<std::string> names = {"albertslund", "Ballerup", "Zealand",
                                          "Ærø",         "Ørestad",  "Ålborg"};
  for (std::size_t i = 1; i < names.size(); ++i) {
    EXPECT_LT(danish_order_key(names[i - 1]), danish_order_key(names[i])) << names[i];
  }
  EXPECT_LT(danish_order_key("Hillerød"), danish_order_key("Hvidovre"));
}

}  // namespace
}  // namespace kkr::consultation
