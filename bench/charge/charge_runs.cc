// Charge runs as the service decides them: the agreements of 98 members each are told what happens,
// then each is charged. A run plans, numbers and posts its invoices, writes every one as UBL, reads
// it back and checks it, and the state takes in what was issued. Prints the seconds the runs took,
// and leaves the documents in a folder.
//   bench_charge_runs <invoices> <folder>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include "services/financing/domain/agreement_story.h"
#include "services/financing/domain/document.h"
#include "services/financing/einvoice/issue.h"
#include "services/platform/field/organisation_number.h"

namespace {

using namespace kkr::financing;  // NOLINT: the bench speaks the service's language.

constexpr int kMembers = 98;

// The next number with a right check digit.
std::string next_cvr(std::int64_t& last) {
  do {
    ++last;
  } while (!kkr::platform::is_cvr(std::to_string(last)));
  return std::to_string(last);
}

std::vector<v1::SplitMember> members() {
  std::vector<v1::SplitMember> members;
  std::int64_t cvr = 20'000'000;
  for (int i = 0; i < kMembers; ++i) {
    members.push_back(story::member(std::to_string(101 + i), next_cvr(cvr), 2'000 + 7'001 * i));
  }
  return members;
}

std::string agreement_of(int number) {
  return "regions/hovedstaden/agreements/aftale-" + std::to_string(number);
}

// All that has to be there before the year can be charged.
void prepare(story::Scene& scene, int number) {
  auto creation = story::creation();
  creation.set_agreement_id("aftale-" + std::to_string(number));
  scene.tell(creation);
  for (int i = 0; i < kMembers; ++i) {
    v1::UpdateRecipientRequest naming;
    naming.mutable_recipient()->set_name(agreement_of(number) + "/recipients/" +
                                         std::to_string(101 + i));
    naming.mutable_recipient()->set_buyer_reference("Økonomi");
    scene.tell(naming);
  }
  const std::string budget = agreement_of(number) + "/budgets/2013";
  scene.budget("1500000.00", budget);
  auto answer = scene.answer(budget);
  answer.members = members();
  scene.split(answer, budget);
}

// The documents of what was issued, as they are sent.
void write_documents(const Effects& effects, const std::string& folder, int& written) {
  const DocumentTexts texts{"Økonomi", {}};
  for (const auto& fact : effects.facts) {
    if (!fact.event.has_invoice_issued() || fact.event.invoice_issued().internal()) continue;
    const auto ubl = einvoice::to_checked_ubl(
        document_of(fact.event.invoice_issued(), texts, /*preceding=*/nullptr));
    std::ofstream(folder + "/faktura-" + std::to_string(++written) + ".xml")
        << std::get<std::string>(ubl);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const int invoices = std::atoi(argv[1]);
  story::Scene scene;
  int agreements = 0;
  int issued = 0;
  int written = 0;
  double seconds = 0;
  for (; issued < invoices; ++agreements) {
    prepare(scene, agreements);
    const auto start = std::chrono::steady_clock::now();
    const Effects effects = scene.run(agreement_of(agreements) + "/charges/2013-annual");
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    issued += static_cast<int>(effects.facts.size()) - 1;
    write_documents(effects, argv[2], written);
  }
  std::printf("%d %d %.6f\n", agreements, issued, seconds);
  return 0;
}
