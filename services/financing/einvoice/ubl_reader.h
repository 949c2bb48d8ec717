// Reads a file of UBL 2.1 back into the terms of EN 16931. It takes nothing else than what
// ubl_writer.h writes: an element or attribute that is not expected at its place is a finding, not
// skipped, so that a file without findings says what the invoice says and no more.
#pragma once

#include <libxml/tree.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/financing/einvoice/finding.h"
#include "services/financing/einvoice/invoice.h"
#include "services/financing/einvoice/ubl_names.h"

namespace kkr::financing::einvoice {

// Room for two thousand lines, whose sums cannot overflow.
constexpr std::size_t kDocumentBytesMax = 1 << 20;

// What the file says, as far as it could be read, and what is wrong with how it says it. Whether it
// is right is for rules.h.
struct Reading {
  Invoice invoice;
  std::vector<Finding> findings;
};

Reading read_ubl(std::string_view bytes);

// The reading side of ubl_binding.h.
class UblReader {
 public:
  UblReader(const xmlNode* root, Findings& findings);

  void currency(const std::string& currency) { currency_ = currency; }
  void text(const char* name, std::string& value);
  void constant(const char* name, const char* expected, const char* missing_rule,
                const char* other_rule);
  void identifier(const char* name, Identifier& identifier);
  void amount(const char* name, platform::Money& amount, const AmountRules& rules);
  void price(const char* name, Decimal& price, const char* missing_rule);
  void quantity(const char* name, Decimal& quantity, std::string& unit, const char* missing_rule);
  void number(const char* name, std::optional<Decimal>& number);
  void category(const char* name, VatCategory& category, const char* other_rule);
  void classification(const char* name, Classification& classification);

  template <class Body>
  void group(const char* name, Body&& body) {
    if (is_next(name)) enter(body);
  }
  // Without the element everything required in it is missing.
  template <class Body>
  void required_group(const char* name, Body&& body) {
    if (is_next(name)) return enter(body);
    const xmlNode* const after = next_;
    next_ = nullptr;
    body();
    next_ = after;
  }
  template <class Body>
  void group_of(const std::string&, const char* name, Body&& body) {
    group(name, body);
  }
  template <class Element, class Body>
  void list(const char* name, std::vector<Element>& elements, Body&& body) {
    while (is_next(name)) {
      elements.emplace_back();
      enter([&] { body(elements.back()); });
    }
  }
  // Whatever of the present element has not been read is not expected.
  void refuse_rest();

 private:
  template <class Body>
  void enter(Body&& body) {
    const xmlNode* const element = next_;
    expect_attributes(element, 0);
    next_ = first_element(element->children);
    body();
    refuse_rest();
    next_ = first_element(element->next);
  }
  bool is_next(const char* name) const;
  const xmlNode* first_element(const xmlNode* node);
  // The element of that name with so many attributes, read over; null when another is next.
  const xmlNode* take(const char* name, int attributes);
  void expect_attributes(const xmlNode* element, int expected);
  std::string content(const xmlNode* element);
  std::string attribute(const xmlNode* element, const char* name);
  void expect_currency(const xmlNode* element);
  std::optional<Decimal> decimal(const xmlNode* element);

  const xmlNode* next_;
  Findings& findings_;
  std::string currency_;
};

}  // namespace kkr::financing::einvoice
