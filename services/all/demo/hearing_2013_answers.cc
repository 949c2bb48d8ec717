#include "services/all/demo/hearing_2013_answers.h"

#include "embedded/demo_answers_2013.h"

namespace kkr::demo {
namespace {

using nlohmann::json;

json text_column(const std::string& id, const std::string& title, bool required) {
  return {{"id", id}, {"title", title}, {"required", required}, {"text", {{"maxLength", 500}}}};
}

json partners_column() {
  return {{"id", "partnere"}, {"title", "Partnere"}, {"municipality", {{"several", true}}}};
}

json status_column() {
  return {{"id", "status"},
          {"title", "Status"},
          {"required", true},
          {"choice",
           {{"options",
             {{{"id", "startet"}, {"title", "Startet"}},
              {{"id", "starter-2013"}, {"title", "Starter 2013"}}}}}}};
}

json goals_value(const json& answer) {
  return {{"question", "maalsaetninger"}, {"text", answer.at("goals")}};
}

json pilots_value(const json& answer) {
  json rows = json::array();
  for (const json& pilot : answer.at("pilots")) {
    const bool started = pilot.at("status") == "Startet";
    rows.push_back({{"cells",
                     {pilot.at("projekt"), pilot.at("partnere"),
                      started ? "startet" : "starter-2013", pilot.at("resultater")}}});
  }
  return {{"question", "pilotprojekter"}, {"table", {{"rows", rows}}}};
}

json efforts_value(const json& answer) {
  json rows = json::array();
  for (const json& effort : answer.at("efforts")) {
    rows.push_back({{"cells", {effort.at("indsats"), effort.at("begrundelse")}}});
  }
  return {{"question", "faelles-indsatser"}, {"table", {{"rows", rows}}}};
}

}  // namespace

json hearing_questions() {
  return {{{"id", "maalsaetninger"},
           {"title", "Arbejdet med målsætningerne"},
           {"prompt", "Hvordan vil kommunen arbejde med målsætningerne?"},
           {"required", true},
           {"text", {{"maxLength", 10000}}}},
          {{"id", "pilotprojekter"},
           {"title", "Pilotprojekter"},
           {"prompt",
            "Vil kommunen, eventuelt sammen med andre kommuner, starte pilotprojekter på "
            "sundhedsområdet, eller har den startet dem?"},
           {"required", false},
           {"table",
            {{"maxRows", 20},
             {"columns",
              {text_column("projekt", "Projekt", true), partners_column(), status_column(),
               text_column("resultater", "Resultater", false)}}}}},
          {{"id", "faelles-indsatser"},
           {"title", "Fælles kommunale indsatser"},
           {"prompt",
            "Hvilke indsatser ser kommunen, hvor der med fordel kan etableres fælles kommunale "
            "samarbejder?"},
           {"required", false},
           {"table",
            {{"maxRows", 20},
             {"columns",
              {text_column("indsats", "Indsats", true),
               text_column("begrundelse", "Begrundelse", false)}}}}}};
}

std::vector<ExampleAnswer> example_answers() {
  std::vector<ExampleAnswer> answers;
  const json parsed = json::parse(embedded::demo_answers_2013());
  for (const json& entry : parsed.at("answers")) {
    ExampleAnswer answer;
    answer.municipality = entry.at("municipality");
    const std::string day = entry.at("answered_on");
    answer.answered_on = *platform::parse_date(day);
    answer.no_comments = entry.at("kind") == "NO_COMMENTS";
    answer.values = json::array();
    if (!answer.no_comments) {
      answer.values = {goals_value(entry), pilots_value(entry), efforts_value(entry)};
    }
    answer.sign_off = {{"signer", entry.at("signed_by")}, {"signDate", day}};
    answer.treatment = {{"kind", "TREATMENT_KIND_" + entry.at("treatment").get<std::string>()}};
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace kkr::demo
