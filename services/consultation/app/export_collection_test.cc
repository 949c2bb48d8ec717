#include "services/consultation/app/export_collection.h"

#include <gmock/gmock.h>

#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/consultation/app/collected_story.h"

namespace kkr::consultation {
namespace {

using namespace story;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(ExportCollection, NamesFilesAndTypes) {
  const v1::Collection collection = collection_shown(collected_round());
  const struct {
    v1::ExportFormat format;
    std::string name;
    std::string type;
  } rows[] = {
      {v1::EXPORT_FORMAT_JSON, "opsamling-1.json", "application/json"},
      {v1::EXPORT_FORMAT_CSV, "opsamling-1.csv", "text/csv"},
      {v1::EXPORT_FORMAT_XLSX, "opsamling-1.xlsx",
       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {v1::EXPORT_FORMAT_HTML, "opsamling-1.html", "text/html"},
  };
  for (const auto& row : rows) {
    const ExportedFile file = exported(collection, row.format);
    EXPECT_EQ(file.name, row.name);
    EXPECT_THAT(file.content_type, StartsWith(row.type));
    EXPECT_FALSE(file.content.empty());
  }
}

TEST(ExportJson, IsTheCollection) {
  const v1::Collection collection = collection_shown(collected_round());
  v1::Collection read;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(to_json(collection), &read).ok());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(read, collection));
}

TEST(ExportCsv, HasALineForEachValueAndForThoseWhoWroteNothing) {
  const std::string csv = to_csv(collection_shown(collected_round()));
  EXPECT_THAT(csv, StartsWith("\xEF\xBB\xBF\"kommunekode\",\"kommune\","));
  EXPECT_THAT(csv,
              HasSubstr("\"arbejde\",\"Hvordan vil kommunen arbejde med målsætningerne?\",\"\","
                        "\"\",\"Vi begynder i det små.\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"1\",\"pris (kr.)\",\"125000.50\"\r\n"));
  EXPECT_THAT(csv,
              HasSubstr("\"223\",\"Hørsholm\",\"Nord\",\"Intet svar\",\"\",\"\",\"0\",\"\",\"\","
                        "\"\",\"\",\"\",\"\",\"\",\"\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"Besluttet af Borgerrepræsentationen 28. februar 2013\""));
}

TEST(ExportCsv, DefusesFormulasAndLeavesNumbersAlone) {
  const std::string csv = to_csv(collection_shown(collected_round()));
  EXPECT_THAT(csv, HasSubstr("\"'=SUM(A1) & <b>mål</b>, \"\"citat\"\"\nlinje to\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"'-Telemedicin\"\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"pris (kr.)\",\"-1\"\r\n"));
}

TEST(ExportXlsx, IsAnArchiveMadeInMemory) {
  const std::string book = to_xlsx(collection_shown(collected_round()));
  EXPECT_THAT(book, StartsWith("PK\x03\x04"));
  EXPECT_THAT(book, HasSubstr("xl/worksheets/sheet5.xml"));  // An overview and four questions.
  EXPECT_THAT(book, Not(HasSubstr("xl/worksheets/sheet6.xml")));
}

TEST(ExportHtml, ShowsWhatWasWrittenAndRunsNoneOfIt) {
  const std::string page = to_html(collection_shown(collected_round()));
  EXPECT_THAT(page, HasSubstr("<html lang=\"da\">"));
  EXPECT_THAT(page, HasSubstr("=SUM(A1) &amp; &lt;b&gt;mål&lt;/b&gt;, &quot;citat&quot;"));
  EXPECT_THAT(page, Not(HasSubstr("<b>mål")));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">125000,50</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"missing\">Intet svar</td>"));
  EXPECT_THAT(page, HasSubstr("Svarfrist 19. marts 2013."));
  EXPECT_THAT(page, Not(HasSubstr("ikke fuldstændig")));
  EXPECT_THAT(page, HasSubstr("Tre pilotprojekter"));
}

TEST(ExportHtml, WarnsOfAnIncompleteCollection) {
  v1::Collection collection = collection_shown(collected_round());
  collection.set_incomplete(true);
  collection.add_changed_since("223");
  collection.set_next_number(2);
  EXPECT_THAT(to_html(collection),
              HasSubstr("Siden er svaret ændret fra: Hørsholm. Se opsamling nr. 2."));
}

}  // namespace
}  // namespace kkr::consultation
