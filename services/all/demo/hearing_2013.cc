#include "services/all/demo/hearing_2013.h"

#include <cstdio>

#include "absl/strings/str_format.h"
#include "services/all/demo/hearing_2013_answers.h"
#include "services/all/demo/letters.h"
#include "services/all/demo/narrator.h"

namespace kkr::demo {
namespace {

using nlohmann::json;
using platform::LocalDate;

constexpr char kPaperText[] =
    "Kommunernes fælles rolle – udviklingen af det nære sundhedsvæsen\n\n"
    "Eksempel på et rammepapir. Teksten er opfundet til demonstrationen.\n\n"
    "1. Forebyggelse af indlæggelser og sygepleje\n"
    "2. Indsatsen mod kroniske sygdomme og rehabilitering\n"
    "3. Styring og opfølgning på indsatsen\n";

// The play and what its scenes hand on to each other.
class Hearing {
 public:
  Hearing(std::uint16_t port, Figures& figures) : narrator_(port), figures_(figures) {}

  void play() {
    letters_.fill_offices();
    draft_and_approve_paper();
    open_round();
    receive_answers_until_deadline();
    receive_the_extended_answer();
    close_and_collect();
    report();
  }

 private:
  static std::string municipality_actor(const std::string& code) {
    return "municipalities/" + code;
  }
  std::string round_path() const { return "/v1/" + round_; }
  std::string answer_path(const std::string& code) const {
    return round_path() + "/answers/" + code;
  }

  void draft_and_approve_paper() {
    narrator_.advance_to(LocalDate(2013, 1, 23), 20);
    const json file = narrator_.upload(
        std::string(kRegion) + "/attachments?filename=rammepapir.txt", "text/plain", kPaperText);
    const json paper = narrator_.post(
        std::string(kRegion) + "/papers",
        {{"title", "Kommunernes fælles rolle – udviklingen af det nære sundhedsvæsen"},
         {"area", "somatik"},
         {"caseNumber", "2013-0001"},
         {"documentNumber", "2013-000001"}},
        kSecretariat);
    paper_ = paper.at("name");
    narrator_.post(
        "/v1/" + paper_ + ":addVersion",
        {{"attachments",
          json::array({{{"sha256", file.at("sha256")}, {"filename", file.at("filename")}}})}},
        kSecretariat);
    narrator_.tell("Udkast til rammepapir efter dialogmødet", "version 1, sag 2013-0001");

    narrator_.advance_to(LocalDate(2013, 2, 4), 17);
    narrator_.post("/v1/" + paper_ + ":approve",
                   {{"version", 1},
                    {"approvedBy", "regions/hovedstaden/bodies/kkr"},
                    {"approvedDate", "2013-02-04"}},
                   kSecretariat);
    narrator_.tell("KKR Hovedstaden godkender rammepapiret", "godkendt");
  }

  void open_round() {
    narrator_.advance_to(LocalDate(2013, 2, 6), 9);
    const json round = narrator_.post(std::string(kRegion) + "/rounds?roundId=sundhed-2013",
                                      {{"title", "Politiske målsætninger på sundhedsområdet"},
                                       {"paper", paper_},
                                       {"paperVersion", 1},
                                       {"caseNumber", "2013-0001"},
                                       {"documentNumber", "2013-000002"},
                                       {"questions", hearing_questions()},
                                       {"invitation", {{"asOfDate", "2013-02-06"}}},
                                       {"deadlineDate", "2013-03-19"},
                                       {"meeting",
                                        {{"title", "Møde i KKR Hovedstaden"},
                                         {"body", "regions/hovedstaden/bodies/kkr"},
                                         {"date", "2013-04-16"}}}},
                                      kSecretariat);
    round_ = round.at("name");
    const json opened = narrator_.post("/v1/" + round_ + ":open", json::object(), kSecretariat);
    narrator_.expect(opened.at("invitedCount") == 29, "Der skulle være inviteret 29 kommuner.");
    narrator_.tell(
        "Høringen åbnes med tre spørgsmål, frist 19. marts",
        "29 kommuner inviteret, " + std::to_string(opened.at("warnings").size()) + " advarsler");
    for (const json& invitee : list_invitees()) {
      const json& municipality = invitee.at("municipality");
      names_[municipality.at("code")] = municipality.at("displayName");
    }
    letters_.tell();
  }

  json list_invitees() {
    return narrator_.get(round_path() + "/invitees?pageSize=100").at("invitees");
  }

  void receive_answers_until_deadline() {
    bool extension_handled = false;
    for (const ExampleAnswer& answer : example_answers()) {
      if (answer.answered_on > LocalDate(2013, 3, 19)) {
        extended_.push_back(answer);
        continue;
      }
      if (!extension_handled && answer.answered_on > LocalDate(2013, 3, 14)) {
        extend_bornholm();
        extension_handled = true;
      }
      narrator_.advance_to(answer.answered_on, 10);
      letters_.tell();
      receive(answer);
      letters_.tell();
    }
    narrator_.advance_to(LocalDate(2013, 3, 20), 8);
    const json counts = narrator_.get(round_path() + "/invitees?pageSize=1").at("counts");
    letters_.tell();
    narrator_.tell("Fristen er overskredet",
                   absl::StrFormat("%d af 29 mangler, heraf 1 med forlænget frist",
                                   counts.at("notAnswered").get<int>()));
  }

  void receive(const ExampleAnswer& answer) {
    if (answer.no_comments) {
      submit(answer, "ANSWER_KIND_NO_COMMENTS");
      narrator_.tell(names_[answer.municipality], "ingen bemærkninger");
    } else if (answer.municipality == "165") {
      submit_shared_draft(answer);
      narrator_.tell(names_[answer.municipality], "svar fra fælles kladde, to medarbejdere");
    } else if (answer.municipality == "163") {
      record_letter(answer);
      narrator_.tell(names_[answer.municipality],
                     "svar modtaget som brev, ført ind af sekretariatet");
    } else {
      submit(answer, "ANSWER_KIND_ANSWER");
      narrator_.tell(names_[answer.municipality], "svar modtaget");
    }
  }

  void submit(const ExampleAnswer& answer, const char* kind) {
    narrator_.post(answer_path(answer.municipality) + ":submit",
                   {{"kind", kind},
                    {"values", answer.values},
                    {"signOff", answer.sign_off},
                    {"treatment", answer.treatment}},
                   municipality_actor(answer.municipality));
  }

  // Two colleagues fill in a question each; a third sends the whole.
  void submit_shared_draft(const ExampleAnswer& answer) {
    int colleague = 1;
    for (const json& value : answer.values) {
      narrator_.post(answer_path(answer.municipality) + ":saveDraft", {{"value", value}},
                     municipality_actor(answer.municipality) + "/medarbejder-" +
                         std::to_string(1 + colleague++ % 2));
    }
    narrator_.post(answer_path(answer.municipality) + ":submit",
                   {{"kind", "ANSWER_KIND_ANSWER"},
                    {"fromDraft", true},
                    {"signOff", answer.sign_off},
                    {"treatment", answer.treatment}},
                   municipality_actor(answer.municipality));
  }

  void record_letter(const ExampleAnswer& answer) {
    const json letter =
        narrator_.upload(std::string(kRegion) + "/attachments?filename=brev.txt", "text/plain",
                         "Eksempel på et brev med kommunens høringssvar.\n");
    narrator_.post(answer_path(answer.municipality) + ":record",
                   {{"kind", "ANSWER_KIND_ANSWER"},
                    {"values", answer.values},
                    {"signOff", answer.sign_off},
                    {"treatment", answer.treatment},
                    {"channel", "ANSWER_CHANNEL_LETTER"},
                    {"receivedDate", platform::format_date(answer.answered_on)},
                    {"letterSha256", letter.at("sha256")}},
                   kSecretariat);
  }

  void extend_bornholm() {
    const std::string extension = round_path() + "/extensions/400";
    narrator_.advance_to(LocalDate(2013, 3, 14), 14);
    narrator_.post(extension + ":ask",
                   {{"deadlineDate", "2013-04-02"},
                    {"reason", "Kommunalbestyrelsen behandler sagen den 21. marts."}},
                   municipality_actor("400"));
    narrator_.tell(names_["400"], "beder om fristforlængelse til 2. april");
    narrator_.advance_to(LocalDate(2013, 3, 15), 9);
    narrator_.post(extension + ":grant",
                   {{"deadlineDate", "2013-04-02"},
                    {"reason", "Svaret kan nå med i sagen til mødet den 16. april."}},
                   kSecretariat);
    narrator_.tell(names_["400"], "fristforlængelse givet");
    letters_.tell();
  }

  void receive_the_extended_answer() {
    for (const ExampleAnswer& answer : extended_) {
      narrator_.advance_to(answer.answered_on, 10);
      submit(answer, "ANSWER_KIND_ANSWER");
      narrator_.tell(names_[answer.municipality], "svar modtaget inden for den forlængede frist");
      letters_.tell();
    }
  }

  void close_and_collect() {
    narrator_.advance_to(LocalDate(2013, 4, 3), 9);
    narrator_.post(round_path() + ":close", json::object(), kSecretariat);
    narrator_.tell("Sekretariatet lukker høringen", "lukket");
    letters_.tell();

    narrator_.advance_to(LocalDate(2013, 4, 5), 9);
    const json collection = narrator_.post(
        round_path() + "/collections",
        {{"questionNotes",
          json::array(
              {{{"question", "pilotprojekter"},
                {"text", "Akutteam går igen i tre kommuner og foreslås som fælles projekt."}}})},
         {"outcomeNote", "Rammepapiret suppleres med et afsnit om telemedicin."}},
        kSecretariat);
    collection_ = collection.at("name");
    narrator_.tell("Opsamling til mødet den 16. april",
                   "version " + std::to_string(collection.at("number").get<int>()) +
                       " ved logposition " + collection.at("logPosition").get<std::string>());
    letters_.tell();
    for (const char* format : {"JSON", "CSV", "XLSX", "HTML"}) {
      const std::string path =
          "/v1/" + collection_ + ":export?format=EXPORT_FORMAT_" + std::string(format);
      narrator_.tell("Opsamlingen som " + std::string(format),
                     std::to_string(narrator_.download_size(path)) + " bytes");
    }
  }

  void report() {
    narrator_.advance_to(LocalDate(2013, 4, 16), 9);
    const json tally = narrator_.get("/v1/" + collection_).at("tally");
    const auto count = [&tally](const char* name) { return tally.at(name).get<int>(); };
    narrator_.tell("KKR Hovedstaden mødes", "opsamlingen er lagt frem");
    const auto tell_of = [&](const char* name, const std::string& words) {
      figures_.push_back(std::to_string(count(name)) + " " + words);
    };
    figures_.push_back(std::to_string(letters_.sent()) + " mails about the hearing");
    tell_of("invited", "invited");
    tell_of("onTime", "on time");
    tell_of("withinExtension", "within its extension");
    tell_of("noComments", "no comments");
    tell_of("missing", "missing");
    narrator_.expect(count("invited") == 29 && count("onTime") == 27 &&
                         count("withinExtension") == 1 && count("noComments") == 1 &&
                         count("missing") == 0,
                     "Tallene er ikke dem fra 2013.");
  }

  Narrator narrator_;
  Letters letters_{narrator_};
  Figures& figures_;
  std::string paper_;
  std::string round_;
  std::string collection_;
  std::map<std::string, std::string> names_;
  std::vector<ExampleAnswer> extended_;
};

}  // namespace

int play_hearing_2013(std::uint16_t port, Figures& figures) {
  return perform([&] { Hearing(port, figures).play(); });
}

}  // namespace kkr::demo
