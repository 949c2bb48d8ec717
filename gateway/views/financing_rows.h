// What the financing views share: a year's name taken apart, its charge fetched, and invoices added
// up to the figures of one municipality. Sums are exact: whole øre.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gateway/views/fetch.h"
#include "kkr/financing/v1/charges.pb.h"
#include "kkr/financing/v1/invoice.pb.h"
#include "kkr/gateway/v1/views.pb.h"
#include "services/platform/money/money.h"

namespace kkr::gateway {

// A year of an agreement, as the resources of the financing service name it.
struct AgreementYear {
  std::string agreement;  // `regions/{region}/agreements/{agreement}`.
  std::string year;
  std::string budget;  // `…/budgets/{year}`.
};

// Of `regions/{region}/agreements/{agreement}/years/{year}`. The gateway's routes let only names of
// this shape through; whether they name anything is for the services to say.
AgreementYear agreement_year_of(const std::string& name);

// Adds the call that lists the agreement's charges, and finds the year's among them; null when it
// is not there. A list, because a charge that is not prepared yet is no failure.
std::size_t add_charges(Fetch& fetch, const AgreementYear& year);
const financing::v1::Charge* charge_of(const Fetch& fetch, std::size_t call,
                                       const AgreementYear& year);

// The figures of one municipality while its invoices are added.
class FinancingFigures {
 public:
  void add(const financing::v1::Invoice& invoice);
  void add(const FinancingFigures& other);
  // Writes what was added up; leaves code, name and share alone.
  void write(v1::YearStatusRow& row) const;

 private:
  std::vector<std::string> names_;
  std::string due_date_;
  platform::Money invoiced_;
  platform::Money paid_;
  platform::Money outstanding_;
  platform::Money overdue_;
};

}  // namespace kkr::gateway
