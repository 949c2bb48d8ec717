// A page in Danish, ready to print on A4.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/consultation/app/danish_labels.h"
#include "services/consultation/app/export_collection.h"
#include "services/platform/html/html_writer.h"
#include "services/platform/html/page_style.h"
#include "services/platform/time/danish_date.h"
#include "services/platform/time/local_date.h"
#include "services/platform/time/timestamp.h"

namespace kkr::consultation {
namespace {

using platform::danish_date;
using platform::HtmlWriter;

void write_note(HtmlWriter& html, const std::string& label, const v1::PersonalText& note) {
  if (note.text().empty() && !note.erased()) return;
  html.raw("<div class=\"note\">").element("strong", label);
  html.element("span", note.erased() ? "(slettet)" : note.text(), "text").raw("</div>\n");
}

void write_tally(HtmlWriter& html, const v1::CollectionTally& tally) {
  const std::pair<const char*, int> counts[] = {
      {"inviterede", tally.invited()},
      {"til tiden", tally.on_time()},
      {"inden for forlænget frist", tally.within_extension()},
      {"for sent", tally.late()},
      {"ingen bemærkninger", tally.no_comments()},
      {"ønsker ikke at svare", tally.declined()},
      {"mangler", tally.missing()}};
  html.raw("<ul class=\"tally\">");
  for (const auto& [label, count] : counts) {
    html.raw("<li>").element("b", std::to_string(count)).text(label).raw("</li>");
  }
  html.raw("</ul>\n");
}

// The names of the municipalities whose answers came after the collection.
std::string names_of(const v1::Collection& collection) {
  std::string names;
  for (const v1::CollectedMunicipality& one : collection.content().municipalities()) {
    const auto& changed = collection.changed_since();
    if (std::find(changed.begin(), changed.end(), one.municipality()) == changed.end()) continue;
    names += (names.empty() ? "" : ", ") + one.display_name();
  }
  return names;
}

void write_head(HtmlWriter& html, const v1::Collection& collection) {
  const v1::CollectionContent& content = collection.content();
  html.raw(
      "<!DOCTYPE html>\n<html lang=\"da\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  html.element("title",
               "Opsamling " + std::to_string(collection.number()) + ": " + content.round_title());
  html.raw("<style>").raw(platform::kPageStyle).raw("</style></head>\n<body><main>\n");
  html.element("h1", content.round_title());
  const std::string made = platform::format_date(
      platform::local_date_of(platform::instant_of(collection.create_time())));
  html.element("p",
               "Opsamling nr. " + std::to_string(collection.number()) + ", dannet " +
                   danish_date(made) + ". Svarfrist " + danish_date(content.deadline_date()) + ".",
               "quiet");
  if (collection.incomplete()) {
    html.raw("<div class=\"note alert\">").element("strong", "Opsamlingen er ikke fuldstændig");
    html.text("Siden er svaret ændret fra: " + names_of(collection) + ". Se opsamling nr. " +
              std::to_string(collection.next_number()) + ".");
    html.raw("</div>\n");
  }
  write_tally(html, collection.tally());
  write_note(html, "Ændret på baggrund af høringen", collection.outcome_note());
}

void write_municipalities(HtmlWriter& html, const v1::CollectionContent& content) {
  html.element("h2", "Kommunerne");
  html.raw(
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Kommunerne\">"
      "<table><thead>");
  html.row({"Kommune", "Svar", "Rettidighed", "Modtaget", "Behandling", "Underskrift"}, "th");
  html.raw("</thead><tbody>\n");
  const std::string* cluster = nullptr;
  for (const v1::CollectedMunicipality& one : content.municipalities()) {
    if ((cluster == nullptr || *cluster != one.cluster()) && !one.cluster().empty()) {
      html.raw("<tr><td class=\"group\" colspan=\"6\">").text(one.cluster()).raw("</td></tr>\n");
    }
    cluster = &one.cluster();
    const bool missing = one.version() == 0 || one.withdrawn();
    std::string timeliness = timeliness_label(one.timeliness());
    if (!one.extension_date().empty()) {
      timeliness += (timeliness.empty() ? "Frist forlænget til " : ", forlænget til ") +
                    danish_date(one.extension_date());
    }
    html.raw("<tr>").element("td", one.display_name());
    html.element("td", outcome_label(one), missing ? "missing" : "");
    html.element("td", timeliness).element("td", danish_date(one.received_date()), "date");
    html.element("td", treatment_label(one.treatment())).element("td", sign_off_label(one));
    html.raw("</tr>\n");
  }
  html.raw("</tbody></table></div>\n");
}

void write_options(HtmlWriter& html, const v1::CollectedQuestion& question) {
  if (question.options().empty()) return;
  html.raw(
      "<table><thead><tr><th>Svarmulighed</th><th class=\"number\">Antal</th><th></th>"
      "</tr></thead><tbody>\n");
  for (const v1::OptionCount& option : question.options()) {
    const int percent = question.answered() == 0 ? 0 : 100 * option.count() / question.answered();
    html.raw("<tr>").element("td", option.label());
    html.element("td", std::to_string(option.count()), "number");
    html.raw("<td class=\"bars\"><span class=\"bar\" style=\"width:");
    html.raw(std::to_string(percent)).raw("%\"></span></td></tr>\n");
  }
  html.raw("</tbody></table>\n");
}

void write_statistics(HtmlWriter& html, const v1::CollectedQuestion& question) {
  if (!question.has_statistics()) return;
  const v1::NumberStatistics& numbers = question.statistics();
  html.raw("<table><thead><tr>");
  for (const char* label : {"Antal svar", "Sum", "Gennemsnit", "Median", "Mindst", "Størst"}) {
    html.element("th", label, "number");
  }
  html.raw("</tr></thead><tbody><tr>").element("td", std::to_string(numbers.count()), "number");
  for (const std::string& figure :
       {numbers.sum(), numbers.mean(), numbers.median(), numbers.min(), numbers.max()}) {
    html.element("td", danish_number(figure) + " " + numbers.unit(), "number");
  }
  html.raw("</tr></tbody></table>\n");
}

void write_table(HtmlWriter& html, const v1::CollectedQuestion& question) {
  const v1::MergedTable& table = question.table();
  if (table.rows().empty()) return;
  html.raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"")
      .text(question.title())
      .raw("\"><table><thead><tr><th>Kommune</th>");
  for (const v1::MergedColumn& column : table.columns()) {
    html.element("th", heading_label(column), column.numeric() ? "number" : "");
  }
  html.raw("</tr></thead><tbody>\n");
  for (const v1::MergedRow& row : table.rows()) {
    html.raw("<tr>").element("td", row.display_name());
    for (int i = 0; i < row.cells_size(); ++i) {
      const bool numeric = table.columns(i).numeric();
      html.element("td", numeric ? danish_number(row.cells(i)) : row.cells(i),
                   numeric ? "number" : "text");
    }
    html.raw("</tr>\n");
  }
  html.raw("</tbody></table></div>\n");
}

void write_values(HtmlWriter& html, const v1::CollectedQuestion& question) {
  for (const v1::ClusterValues& cluster : question.clusters()) {
    if (!cluster.cluster().empty()) html.element("h3", cluster.cluster());
    html.raw("<dl>");
    for (const v1::CollectedValue& value : cluster.values()) {
      html.element("dt", value.display_name());
      html.element("dd", value.display_text(), "text").raw("\n");
    }
    html.raw("</dl>\n");
  }
}

}  // namespace

std::string to_html(const v1::Collection& collection) {
  const v1::CollectionContent& content = collection.content();
  HtmlWriter html;
  write_head(html, collection);
  write_municipalities(html, content);
  int number = 0;
  for (const v1::CollectedQuestion& question : content.questions()) {
    html.raw("<section>");
    html.element("h2", std::to_string(++number) + ". " + question.title());
    if (!question.prompt().empty()) html.element("p", question.prompt(), "text");
    html.element("p",
                 std::to_string(question.answered()) + " af " +
                     std::to_string(collection.tally().invited()) + " kommuner har svaret.",
                 "quiet");
    write_note(html, "Sekretariatets note", question.note());
    write_options(html, question);
    write_statistics(html, question);
    write_table(html, question);
    write_values(html, question);
    html.raw("</section>\n");
  }
  return html.raw("</main></body></html>\n").take();
}

}  // namespace kkr::consultation
