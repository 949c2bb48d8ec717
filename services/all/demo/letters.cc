#include "services/all/demo/letters.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace kkr::demo {
namespace {

using nlohmann::json;

constexpr char kSends[] = "/v1/regions/hovedstaden/sends?pageSize=100";
constexpr char kNobodysOffice[] = "183";
constexpr absl::Duration kTriedAgainWithin = absl::Seconds(90);
constexpr std::array kGivenNames = {"Karen", "Søren", "Åse", "Jørgen", "Bodil", "Ejnar", "Gyda"};

// What a notice of the occasion is called.
std::string name_of(const std::string& occasion) {
  static const std::map<std::string, std::string> names = {
      {"OCCASION_INVITATION", "invitation"},
      {"OCCASION_ANSWER_RECEIVED", "kvittering for svar"},
      {"OCCASION_REMINDER", "påmindelse"},
      {"OCCASION_EXTENSION_GRANTED", "ny frist"},
      {"OCCASION_ROUND_CLOSED", "høring lukket"},
      {"OCCASION_COLLECTION_READY", "opsamling klar"},
      {"OCCASION_INVOICE_ISSUED", "faktura"},
      {"OCCASION_DUNNING", "betalingsrykker"},
      {"OCCASION_ROUND_CANCELLED", "høring aflyst"},
  };
  const auto found = names.find(occasion);
  return found == names.end() ? occasion : found->second;
}

bool has_state(const json& send, const char* state) { return send.value("state", "") == state; }

// Not sent because a service gave no reply: tried again after half a minute.
bool is_deferred(const json& send) { return has_state(send, "STATE_DEFERRED"); }

}  // namespace

void Letters::fill_offices() {
  const json members =
      narrator_.get("/v1/regions/hovedstaden/municipalities?asOf=2013-01-23&pageSize=100");
  std::size_t next = 0;
  for (const json& municipality : members.at("municipalities")) {
    const std::string code = municipality.at("code");
    narrator_.patch("/v1/municipalities/" + code + "?updateMask=mailbox",
                    {{"mailbox", "post@kommune-" + code + ".example"}}, kSecretariat);
    const char* director = code == kNobodysOffice ? "" : kGivenNames[next++ % kGivenNames.size()];
    appoint(code, "sundhedsdirektoer", "Sundhedsdirektør", director);
    appoint(code, "oekonomi", "Økonomichef", kGivenNames[next++ % kGivenNames.size()]);
  }
  narrator_.tell(
      "Sundhedsdirektører og økonomichefer (opdigtede) føres ind",
      std::to_string(members.at("municipalities").size()) + " kommuner; i Ishøj er ingen direktør");
}

void Letters::appoint(const std::string& code, const std::string& office, const std::string& title,
                      const std::string& given_name) {
  const std::string offices = "/v1/municipalities/" + code + "/offices";
  narrator_.post(offices + "?officeId=" + office, {{"title", title}, {"fromDate", "2013-01-01"}},
                 kSecretariat);
  if (given_name.empty()) return;
  const json person = narrator_.post("/v1/persons",
                                     {{"givenName", given_name},
                                      {"familyName", "Eksempel"},
                                      {"email", office + "@kommune-" + code + ".example"}},
                                     kSecretariat);
  narrator_.post(offices + "/" + office + ":appoint",
                 {{"person", person.at("name")}, {"fromDate", "2013-01-01"}}, kSecretariat);
}

Letters::Sends Letters::news() {
  narrator_.settle();
  Sends found = untold();
  for (const absl::Time end = absl::Now() + kTriedAgainWithin;
       std::any_of(found.begin(), found.end(), is_deferred) && absl::Now() < end;) {
    absl::SleepFor(absl::Seconds(1));
    found = untold();
  }
  for (const json& send : found) told_.insert(send.at("name"));
  return found;
}

Letters::Sends Letters::untold() {
  Sends found;
  for (std::string token;;) {
    const json page = narrator_.get(std::string(kSends) + "&pageToken=" + token);
    for (const json& send : page.value("sends", json::array())) {
      if (!told_.contains(send.at("name"))) found.push_back(send);
    }
    token = page.value("nextPageToken", "");
    if (token.empty()) break;
  }
  std::stable_sort(found.begin(), found.end(), [](const json& a, const json& b) {
    const auto key = [](const json& send) {
      return std::pair(send.value("dueTime", ""), send.value("municipality", ""));
    };
    return key(a) < key(b);
  });
  return found;
}

void Letters::pass_over() {
  narrator_.settle();
  for (const json& send : untold()) told_.insert(send.at("name"));
}

void Letters::tell() {
  std::vector<std::pair<std::string, Sends>> occasions;  // In the order in which they came up.
  for (json& send : news()) {
    const std::string occasion = send.at("occasion");
    const auto known = std::find_if(occasions.begin(), occasions.end(),
                                    [&](const auto& one) { return one.first == occasion; });
    auto& sends =
        known == occasions.end() ? occasions.emplace_back(occasion, Sends()).second : known->second;
    sends.push_back(std::move(send));
  }
  for (const auto& [occasion, sends] : occasions) tell_occasion(occasion, sends);
}

void Letters::tell_occasion(const std::string& occasion, const Sends& sends) {
  const auto count = [&](const char* state) {
    return std::count_if(sends.begin(), sends.end(),
                         [&](const json& send) { return has_state(send, state); });
  };
  const auto sent = count("STATE_SENT");
  const auto vacant = std::count_if(sends.begin(), sends.end(), [](const json& send) {
    return has_state(send, "STATE_SENT") && send.value("person", "").empty();
  });
  std::string result = std::to_string(sent) + " sendt";
  if (vacant > 0) result += ", heraf " + std::to_string(vacant) + " til kommunens postkasse";
  if (const auto dropped = count("STATE_DROPPED")) {
    result += ", " + std::to_string(dropped) + " frafaldet";
  }
  narrator_.expect(sent + count("STATE_DROPPED") == static_cast<long>(sends.size()),
                   "Ikke alle mails er sendt: " + name_of(occasion) + ".");
  narrator_.tell("Mails, " + name_of(occasion), result);
  sent_ += static_cast<std::size_t>(sent);
  if (!shown_.insert(occasion).second) return;
  const auto first = std::find_if(sends.begin(), sends.end(),
                                  [](const json& send) { return has_state(send, "STATE_SENT"); });
  if (first != sends.end()) print_mail(*first);
}

void Letters::print_mail(const json& send) {
  const json mail = narrator_.get("/v1/" + send.at("name").get<std::string>());
  std::printf("    | Til: %s\n    | Emne: %s\n    |\n", mail.value("address", "").c_str(),
              mail.value("mailSubject", "").c_str());
  std::istringstream text(mail.value("mailText", ""));
  for (std::string line; std::getline(text, line) && line != "-- ";) {
    std::printf("    | %s\n", line.c_str());
  }
  std::fflush(stdout);
}

}  // namespace kkr::demo
