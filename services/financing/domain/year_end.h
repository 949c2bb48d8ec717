// What a year cost in the end, and what becomes of the difference: it is carried to the invoices of
// the next year or returned, split by the key the year was charged by. Pure.
#pragma once

#include <variant>
#include <vector>

#include "kkr/financing/v1/payment_events.pb.h"
#include "services/financing/domain/books.h"
#include "services/financing/domain/posting.h"
#include "services/financing/domain/split.h"

namespace kkr::financing {

struct YearResult {
  Money charged;
  Money spent;
  Money result;   // A surplus above zero, a deficit below.
  Shares shares;  // Of the result.
  v1::LedgerPosting posting;
};

// What was charged for the year, less what was taken back.
Money charged_in(const Books& books, int year);

// What has to be known of a year to close it.
struct YearToClose {
  PostingGround ground;
  MunicipalityCode host;
  std::vector<v1::SpentByKind> spent;  // Each kind at most once, none below zero.
  v1::ResultTreatment treatment = v1::RESULT_TREATMENT_CARRY;
  std::vector<Member> members;  // As the year was charged by.
};

// Posts what was spent, closes income and costs of the year, and hands the result to each member.
// A fault of the split when the result cannot be shared out.
std::variant<YearResult, SplitFault> result_of(const Books& books, const YearToClose& year);

}  // namespace kkr::financing
