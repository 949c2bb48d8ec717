// Rows of tests that break an invoice in one way, as somebody could by mistake, and name every rule
// that may then speak. Amounts further down are made to agree with the broken one where that can
// be, so that only the rule meant for it is left to notice.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "services/financing/einvoice/issue.h"
#include "services/financing/einvoice/testing/sample_invoices.h"

namespace kkr::financing::einvoice::testing {

using Rules = std::vector<std::string>;

struct Row {
  const char* what;
  Invoice (*given)();
  void (*broken)(Invoice&);
  Rules then;
};

// The rules that speak about the file that would leave.
inline Rules rules_of(const Invoice& invoice) {
  const auto result = to_checked_ubl(invoice);
  Rules rules;
  if (const auto* findings = std::get_if<std::vector<Finding>>(&result)) {
    for (const Finding& finding : *findings) {
      EXPECT_TRUE(finding.sentence.ends_with('.')) << finding.sentence;
      rules.push_back(finding.rule);
    }
  }
  return rules;
}

inline void expect_each(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    Invoice invoice = row.given();
    row.broken(invoice);
    EXPECT_EQ(rules_of(invoice), row.then) << row.what;
  }
}

}  // namespace kkr::financing::einvoice::testing
