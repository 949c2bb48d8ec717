#include "services/all/demo/secretariat_2013.h"

#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "services/all/demo/letters.h"
#include "services/all/demo/narrator.h"
#include "services/platform/money/money.h"
#include "services/platform/time/danish_date.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::demo {
namespace {

using nlohmann::json;
using platform::LocalDate;

constexpr char kAgreementName[] = "regions/hovedstaden/agreements/sekretariat";
constexpr char kAgreement[] = "/v1/regions/hovedstaden/agreements/sekretariat";
constexpr char kBudget[] = "/v1/regions/hovedstaden/agreements/sekretariat/budgets/2013";
constexpr char kHost[] = "165";

// `484510.18` as `484.510,18 kr.`
std::string kroner(const json& amount) {
  const auto money = platform::parse_money(amount.get<std::string>());
  return platform::format_danish_money(money.value_or(platform::Money{})) + " kr.";
}

json terms() {
  return {
      {"host", std::string("municipalities/") + kHost},
      {"members", {{"of", "regions/hovedstaden"}}},
      {"costKinds", {"COST_KIND_SALARY", "COST_KIND_OVERHEAD", "COST_KIND_OTHER"}},
      {"overhead", {{"amount", "75000.00"}}},
      {"key", {{"regular", "REFERENCE_YEAR_BEFORE"}, {"firstYear", "REFERENCE_YEAR_SAME"}}},
      {"chargeMonth", 1},
      {"firstYear", "FIRST_YEAR_RULE_AT_ONCE"},
      {"paymentTermDays", 30},
      {"vat",
       {{"category", "VAT_CATEGORY_OUT_OF_SCOPE"},
        {"exemptionCode", "VATEX-EU-O"},
        {"reason", "Fælles kommunal opgave uden levering"}}},
      {"address",
       {{"street", "Nordmarks Allé 1"}, {"postalCode", "2620"}, {"city", "Albertslund"}}},
      {"account", {{"registrationNumber", "0216"}, {"accountNumber", "4069032145"}}},
      {"contact",
       {{"displayName", "Sundhedssekretariatet"}, {"email", "sekretariat@albertslund.example"}}},
      {"dunning", {{"steps", 2}, {"daysBetween", 10}, {"paymentDays", 10}}}};
}

// The play and what its scenes hand on to each other.
class Secretariat {
 public:
  Secretariat(std::uint16_t port, Figures& figures) : narrator_(port), figures_(figures) {}

  void play() {
    agree();
    approve_budget();
    show_split();
    charge();
    deliver();
    take_in_payments();
    remind();
    show_statement();
  }

 private:
  void agree() {
    narrator_.advance_to(LocalDate(2013, 5, 8), 9);
    letters_.pass_over();
    narrator_.post(std::string(kRegion) + "/agreements?agreementId=sekretariat",
                   {{"title", "Fælleskommunalt sundhedssekretariat"},
                    {"caseNumber", "13-4711"},
                    {"fromDate", "2013-05-08"},
                    {"versions", json::array({terms()})}},
                   kSecretariat);
    const json members =
        narrator_.get(std::string(kRegion) + "/municipalities?asOf=2013-05-08&pageSize=100");
    for (const json& municipality : members.at("municipalities")) {
      const std::string code = municipality.at("code");
      names_[code] = municipality.at("displayName");
      if (code == kHost) continue;
      narrator_.patch(std::string(kAgreement) + "/recipients/" + code,
                      {{"buyerReference", "Økonomi, " + names_[code]}}, kSecretariat);
    }
    narrator_.tell("Aftale om et fælles sekretariat i Albertslund",
                   std::to_string(names_.size()) + " kommuner betaler efter folketal");
  }

  void approve_budget() {
    narrator_.patch(kBudget,
                    {{"lines", json::array({{{"title", "Løn, 2 årsværk"},
                                             {"costKind", "COST_KIND_SALARY"},
                                             {"amount", "1425000.00"}}})}},
                    kSecretariat);
    const json budget = narrator_.post(
        std::string(kBudget) + ":approve",
        {{"approvedBy", "regions/hovedstaden/bodies/kkr"}, {"approvedDate", "2013-05-08"}},
        kSecretariat);
    narrator_.expect(budget.at("total") == "1500000.00", "Budgettet er ikke 1,5 mio. kr.");
    narrator_.tell("KKR Hovedstaden godkender budgettet for 2013", kroner(budget.at("total")));
  }

  void show_split() {
    const json split =
        narrator_.post(std::string(kBudget) + "/splits", json::object(), kSecretariat);
    for (const json& row : split.at("rows")) {
      const std::string code = row.at("code");
      if (code == "101" || code == "147" || code == kHost || code == "400") {
        narrator_.tell("Andel, " + names_[code], kroner(row.at("share")) + " for " +
                                                     row.at("population").get<std::string>() +
                                                     " indbyggere");
        shares_[code] = row.at("share");
      }
    }
    narrator_.expect(shares_["101"] == "484510.18" && shares_["147"] == "88363.52" &&
                         shares_[kHost] == "24097.33" && shares_["400"] == "35261.75",
                     "Andelene er ikke dem fra 2013.");
    narrator_.tell("Fordelingen går op", kroner(split.at("total")) + ", " +
                                             split.at("remainderOere").get<std::string>() +
                                             " øre fordelt efter største rest");
  }

  void charge() {
    narrator_.post(std::string(kAgreement) + "/charges/2013-annual:run", json::object(),
                   kSecretariat);
    const json listed = narrator_.get(std::string(kRegion) + "/invoices?pageSize=100");
    std::size_t bytes = 0;
    for (const json& invoice : listed.at("invoices")) {
      if (invoice.value("internal", false)) {
        voucher_ = invoice.at("number");
        continue;
      }
      bytes += narrator_.download_size("/v1/" + invoice.at("name").get<std::string>() +
                                       ":document?format=FORMAT_UBL");
      invoices_.push_back(invoice);
    }
    narrator_.expect(invoices_.size() == 28 && !voucher_.empty(),
                     "Der skulle være 28 fakturaer og et bilag.");
    narrator_.tell("Opkrævning for 2013",
                   absl::StrFormat("%d e-fakturaer (Peppol BIS 3, %d bytes) og værtens bilag %s",
                                   invoices_.size(), bytes, voucher_));
    letters_.tell();
  }

  void deliver() {
    for (const json& invoice : invoices_) {
      narrator_.post("/v1/" + invoice.at("name").get<std::string>() + ":markDelivered",
                     json::object(), kSecretariat);
    }
    narrator_.tell("Fakturaerne er leveret",
                   "betalingsfrist " + platform::danish_date(invoices_.front().at("dueDate")));
  }

  // The bank's CSV export: all pay but Bornholm and Ishøj.
  std::string bank_file() const {
    std::string file = "Bogført dato;Tekst;Beløb;Saldo\r\n";
    for (const json& invoice : invoices_) {
      if (forgetful_.contains(invoice.at("buyer").at("code"))) continue;
      file += "03-06-2013;Faktura " + invoice.at("number").get<std::string>() + ";" +
              platform::format_danish_money(
                  *platform::parse_money(invoice.at("payable").get<std::string>())) +
              ";0,00\r\n";
    }
    return file + "04-06-2013;Kaffe til møde;-112,00;0,00\r\n";
  }

  json import_file(const std::string& file) {
    return narrator_.upload(std::string(kRegion) + "/payments:import?agreement=" + kAgreementName +
                                "&requestId=" + platform::new_uuid(),
                            "text/csv", file);
  }

  void take_in_payments() {
    narrator_.advance_to(LocalDate(2013, 6, 5), 10);
    const json told = import_file(bank_file());
    narrator_.expect(told.value("matched", 0) == 26 && told.value("unknown", 0) == 1,
                     "Der skulle være 26 indbetalinger.");
    narrator_.tell("Bankens fil læses ind", "26 betalinger fundet, 1 bevægelse er ukendt");
    const json again = import_file(bank_file());
    narrator_.expect(again.value("knownBefore", 0) == 27, "Filen ændrede noget anden gang.");
    narrator_.tell("Samme fil en gang til", "ændrer ingenting");
  }

  void remind() {
    narrator_.advance_to(LocalDate(2013, 6, 18), 10);
    const json listed = narrator_.get(std::string(kRegion) + "/invoices?pageSize=100");
    int reminded = 0;
    for (const json& invoice : listed.at("invoices")) {
      if (invoice.value("dunningSteps", 0) == 0) continue;
      ++reminded;
      narrator_.tell("Betalingsrykker, " + names_[invoice.at("buyer").at("code")],
                     kroner(invoice.at("outstanding")) + ", ny frist " +
                         platform::danish_date(invoice.at("dunningDueDate")));
    }
    narrator_.expect(reminded == 2, "Der skulle være sendt to rykkere.");
    letters_.tell();
  }

  void show_statement() {
    const json statement = narrator_.get(std::string(kAgreement) + "/statements/2013-147");
    std::printf("\nKontoudtog 2013, %s\n", names_["147"].c_str());
    for (const json& line : statement.at("lines")) {
      const std::string source = line.at("source");
      std::printf("%-14s %16s %16s  %s\n", platform::danish_date(line.at("date")).c_str(),
                  kroner(line.at("amount")).c_str(), kroner(line.at("balance")).c_str(),
                  source.substr(source.find('/', source.find('/') + 1) + 1).c_str());
    }
    const json trial = narrator_.get(std::string(kAgreement) + ":trialBalance");
    narrator_.expect(
        statement.at("closing") == "0.00" && trial.at("debitTotal") == trial.at("creditTotal"),
        "Regnskabet stemmer ikke.");
    figures_.push_back(std::to_string(invoices_.size()) + " e-invoices");
    figures_.push_back("1 voucher");
    figures_.push_back(std::to_string(invoices_.size() - forgetful_.size()) + " paid");
    figures_.push_back(std::to_string(forgetful_.size()) + " reminded");
    figures_.push_back(std::to_string(letters_.sent()) + " mails about money");
    figures_.push_back(trial.at("debitTotal").get<std::string>() + " debit, " +
                       trial.at("creditTotal").get<std::string>() + " credit");
    std::fflush(stdout);
  }

  Narrator narrator_;
  Letters letters_{narrator_};
  Figures& figures_;
  const std::set<std::string> forgetful_ = {"400", "183"};
  std::map<std::string, std::string> names_;   // By municipality code.
  std::map<std::string, std::string> shares_;  // Likewise.
  std::vector<json> invoices_;                 // Less the voucher.
  std::string voucher_;
};

}  // namespace

int play_secretariat_2013(std::uint16_t port, Figures& figures) {
  return perform([&] { Secretariat(port, figures).play(); });
}

}  // namespace kkr::demo
