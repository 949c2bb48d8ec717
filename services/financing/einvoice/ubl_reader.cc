#include "services/financing/einvoice/ubl_reader.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "services/financing/einvoice/ubl_binding.h"
#include "services/platform/xml/xml_document.h"

namespace kkr::financing::einvoice {
namespace {

constexpr char kXmlRule[] = "KKR-XML";
constexpr char kEmptyRule[] = "PEPPOL-EN16931-R008";

const char* chars(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

bool stands_in(const xmlNode* node, const char* name_space) {
  return node->ns != nullptr && std::strcmp(chars(node->ns->href), name_space) == 0;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

// A document of which nothing is assumed: what is not read is not there.
Invoice unread(Kind kind) {
  Invoice invoice;
  invoice.kind = kind;
  invoice.specification.clear();
  invoice.process.clear();
  invoice.currency.clear();
  return invoice;
}

std::optional<Kind> kind_of(const xmlNode* root) {
  for (const Kind kind : {Kind::kInvoice, Kind::kCreditNote}) {
    const KindNames names = names_of(kind);
    if (std::strcmp(chars(root->name), names.root) == 0 && stands_in(root, names.name_space)) {
      return kind;
    }
  }
  return std::nullopt;
}

// What stands in the way hides what comes after it, which then only seems to be missing.
std::vector<Finding> told(std::vector<Finding> findings) {
  const auto is_structure = [](const Finding& finding) { return finding.rule == kXmlRule; };
  if (std::any_of(findings.begin(), findings.end(), is_structure)) {
    std::erase_if(findings, std::not_fn(is_structure));
  }
  return findings;
}

}  // namespace

Reading read_ubl(std::string_view bytes) {
  Findings findings;
  const auto document = platform::XmlDocument::read(bytes, kDocumentBytesMax);
  if (const auto* fault = std::get_if<platform::XmlFault>(&document)) {
    findings.require(false, kXmlRule, "Line {}, column {}: {}.", fault->line, fault->column,
                     fault->reason);
    return {unread(Kind::kInvoice), findings.take()};
  }
  const xmlNode* const root = std::get<platform::XmlDocument>(document).root().node();
  const std::optional<Kind> kind = kind_of(root);
  Invoice invoice = unread(kind.value_or(Kind::kInvoice));
  findings.require(kind.has_value(), kXmlRule,
                   "The file is neither an Invoice nor a CreditNote of UBL 2.1.");
  if (kind) {
    UblReader ubl(root, findings);
    bind_document(ubl, invoice);
    ubl.refuse_rest();
  }
  return {std::move(invoice), told(findings.take())};
}

UblReader::UblReader(const xmlNode* root, Findings& findings)
    : next_(nullptr), findings_(findings) {
  next_ = first_element(root->children);
  expect_attributes(root, 0);
}

const xmlNode* UblReader::first_element(const xmlNode* node) {
  for (; node != nullptr && node->type != XML_ELEMENT_NODE; node = node->next) {
    const bool stray = node->type == XML_TEXT_NODE && !is_blank(chars(node->content));
    findings_.require(!stray, kXmlRule, "Line {}: text stands between the elements.",
                      xmlGetLineNo(node));
  }
  return node;
}

bool UblReader::is_next(const char* name) const {
  if (next_ == nullptr || std::strcmp(chars(next_->name), name + 4) != 0) return false;
  return stands_in(next_, name[1] == 'b' ? kBasicNamespace : kAggregateNamespace);
}

void UblReader::expect_attributes(const xmlNode* element, int expected) {
  int unread = -expected;
  for (const xmlAttr* a = element->properties; a != nullptr; a = a->next) ++unread;
  findings_.require(unread <= 0, kXmlRule,
                    "Line {}: <{}> has an attribute that does not belong there.",
                    xmlGetLineNo(element), chars(element->name));
}

void UblReader::refuse_rest() {
  if (next_ == nullptr) return;
  findings_.require(false, kXmlRule,
                    "Line {}: <{}> is not expected here: twice, out of order or unknown.",
                    xmlGetLineNo(next_), chars(next_->name));
}

const xmlNode* UblReader::take(const char* name, int attributes) {
  if (!is_next(name)) return nullptr;
  const xmlNode* const element = next_;
  next_ = first_element(element->next);
  const bool simple = xmlFirstElementChild(const_cast<xmlNode*>(element)) == nullptr;
  findings_.require(simple, kXmlRule, "Line {}: <{}> has elements in it.", xmlGetLineNo(element),
                    name);
  int present = 0;
  for (const xmlAttr* a = element->properties; a != nullptr; a = a->next) ++present;
  if (present > attributes) expect_attributes(element, attributes);
  return element;
}

std::string UblReader::content(const xmlNode* element) {
  xmlChar* const text = xmlNodeGetContent(element);
  std::string copy = text == nullptr ? "" : chars(text);
  xmlFree(text);
  if (!is_blank(copy)) return copy;
  findings_.require(false, kEmptyRule, "Line {}: <{}> is empty.", xmlGetLineNo(element),
                    chars(element->name));
  return "";
}

std::string UblReader::attribute(const xmlNode* element, const char* name) {
  xmlChar* const text =
      xmlGetNoNsProp(const_cast<xmlNode*>(element), reinterpret_cast<const xmlChar*>(name));
  std::string copy = text == nullptr ? "" : chars(text);
  xmlFree(text);
  return copy;
}

void UblReader::expect_currency(const xmlNode* element) {
  const std::string currency = attribute(element, "currencyID");
  findings_.require(currency == currency_, "PEPPOL-EN16931-R051",
                    "Line {}: the amount {} is in '{}', the invoice in '{}'.",
                    xmlGetLineNo(element), chars(element->name), currency, currency_);
}

void UblReader::text(const char* name, std::string& value) {
  if (const xmlNode* element = take(name, 0)) value = content(element);
}

void UblReader::constant(const char* name, const char* expected, const char* missing_rule,
                         const char* other_rule) {
  const xmlNode* const element = take(name, 0);
  findings_.require(element != nullptr, missing_rule, "<{}> with {} is missing.", name, expected);
  if (element == nullptr) return;
  const std::string value = content(element);
  findings_.require(value.empty() || value == expected, other_rule, "Line {}: <{}> is {}, not {}.",
                    xmlGetLineNo(element), name, value, expected);
}

void UblReader::identifier(const char* name, Identifier& identifier) {
  const xmlNode* const element = take(name, 1);
  if (element == nullptr) return;
  identifier.value = content(element);
  identifier.scheme = attribute(element, "schemeID");
}

void UblReader::amount(const char* name, platform::Money& amount, const AmountRules& rules) {
  const xmlNode* const element = take(name, 1);
  findings_.require(element != nullptr, rules.missing, "The amount <{}> is missing.", name);
  if (element == nullptr) return;
  expect_currency(element);
  const std::string text = content(element);
  if (text.empty()) return;
  const auto parsed = platform::parse_money(text);
  findings_.require(parsed.has_value(), rules.decimals,
                    "Line {}: <{}> is '{}'; an amount has two decimals.", xmlGetLineNo(element),
                    name, text);
  if (parsed) amount = *parsed;
}

std::optional<Decimal> UblReader::decimal(const xmlNode* element) {
  const std::string text = content(element);
  if (text.empty()) return std::nullopt;
  const auto parsed = parse_decimal(text);
  findings_.require(parsed.has_value(), kXmlRule, "Line {}: <{}> is '{}', not a decimal number.",
                    xmlGetLineNo(element), chars(element->name), text);
  return parsed;
}

void UblReader::price(const char* name, Decimal& price, const char* missing_rule) {
  const xmlNode* const element = take(name, 1);
  findings_.require(element != nullptr, missing_rule, "The price <{}> is missing.", name);
  if (element == nullptr) return;
  expect_currency(element);
  price = decimal(element).value_or(Decimal{});
}

void UblReader::quantity(const char* name, Decimal& quantity, std::string& unit,
                         const char* missing_rule) {
  const xmlNode* const element = take(name, 1);
  findings_.require(element != nullptr, missing_rule, "The quantity <{}> is missing.", name);
  if (element == nullptr) return;
  unit = attribute(element, "unitCode");
  quantity = decimal(element).value_or(Decimal{});
}

void UblReader::number(const char* name, std::optional<Decimal>& number) {
  if (const xmlNode* element = take(name, 0)) number = decimal(element);
}

void UblReader::category(const char* name, VatCategory& category, const char* other_rule) {
  const xmlNode* const element = take(name, 0);
  if (element == nullptr) return;
  const std::string letter = content(element);
  for (const VatCategory known :
       {VatCategory::kStandardRate, VatCategory::kExempt, VatCategory::kOutsideScope}) {
    if (letter == letter_of(known)) category = known;
  }
  findings_.require(letter.empty() || category != VatCategory::kUnknown, other_rule,
                    "Line {}: '{}' is none of the VAT categories S, E and O.",
                    xmlGetLineNo(element), letter);
}

void UblReader::classification(const char* name, Classification& classification) {
  const xmlNode* const element = take(name, 2);
  if (element == nullptr) return;
  classification.code = content(element);
  classification.list = attribute(element, "listID");
  classification.version = attribute(element, "listVersionID");
}

}  // namespace kkr::financing::einvoice
