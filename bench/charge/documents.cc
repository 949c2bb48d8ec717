// The documents of one charge run: splits the budget over so many members, and builds, writes,
// reads back and checks an invoice for each. Prints the seconds each part took, and leaves the
// files in a folder.
//   bench_charge_documents <members> <folder>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "services/financing/domain/split.h"
#include "services/financing/einvoice/issue.h"
#include "services/financing/einvoice/testing/sample_invoices.h"
#include "services/financing/einvoice/totals.h"

namespace {

using kkr::financing::Member;
using kkr::financing::Proof;
using kkr::platform::Money;
namespace einvoice = kkr::financing::einvoice;

constexpr Money kSalaries{150'000'000};
constexpr Money kOverhead{22'500'000};

template <class Body>
double seconds_of(Body&& body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<Member> members(int count) {
  std::mt19937_64 source(2013);
  std::uniform_int_distribution<std::int64_t> population(1'800, 700'000);
  std::vector<Member> members;
  for (int i = 0; i < count; ++i) {
    members.push_back({{std::to_string(100'000 + i)}, population(source)});
  }
  return members;
}

Proof proof_of(Money amount, const std::vector<Member>& members) {
  return std::get<Proof>(split(amount, members));
}

// The frame is that of a real invoice: parties, references, account, reason for no VAT.
std::string document(const einvoice::Invoice& frame, std::size_t number, Money salaries,
                     Money overhead) {
  einvoice::Invoice invoice = frame;
  invoice.number = "165-2013-" + std::to_string(number);
  invoice.payment.reference = invoice.number;
  invoice.lines[0].price = einvoice::price_of(salaries);
  invoice.lines[1].price = einvoice::price_of(overhead);
  einvoice::set_totals(invoice, {frame.vat[0].reason_code, frame.vat[0].reason});
  auto checked = einvoice::to_checked_ubl(invoice);
  if (auto* findings = std::get_if<std::vector<einvoice::Finding>>(&checked)) {
    std::fprintf(stderr, "%s\n", findings->front().sentence.c_str());
    std::exit(1);
  }
  return std::move(std::get<std::string>(checked));
}

void measure(int count, const std::string& folder) {
  const std::vector<Member> all = members(count);
  Proof salaries;
  Proof overhead;
  const double splitting = seconds_of([&] {
    salaries = proof_of(kSalaries, all);
    overhead = proof_of(kOverhead, all);
  });
  const einvoice::Invoice frame = einvoice::testing::outside_vat();
  std::vector<std::string> files;
  const double writing = seconds_of([&] {
    for (std::size_t i = 0; i < all.size(); ++i) {
      files.push_back(document(frame, i + 1, salaries.rows[i].share, overhead.rows[i].share));
    }
  });
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::ofstream(folder + "/faktura-" + std::to_string(i + 1) + ".xml") << files[i];
  }
  std::printf("%.6f %.6f\n", splitting, writing);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  measure(std::atoi(argv[1]), argv[2]);
  return 0;
}
