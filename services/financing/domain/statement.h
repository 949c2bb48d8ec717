// What one municipality was charged and paid in a calendar year, and what it owed before and after.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "services/financing/domain/books.h"
#include "services/financing/domain/ids.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing {

struct StatementLine {
  platform::LocalDate date;
  std::string source;  // An invoice, a payment or a year end, by name.
  Money amount;        // Above zero for what it is charged, below for what it pays.
  Money balance;       // What it owes after this line.
};

// Amounts above zero are owed by the municipality, below zero to it.
struct Statement {
  Money opening;
  std::vector<StatementLine> lines;  // By date, and within a day as they were recorded.
  Money closing;
};

// Everything on what is open on invoices and on what is unallocated. Money that only changes from
// one to the other gives no line.
Statement statement_of(const Books& books, const MunicipalityCode& municipality, int year);

}  // namespace kkr::financing
