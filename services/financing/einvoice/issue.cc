#include "services/financing/einvoice/issue.h"

#include "services/financing/einvoice/rules.h"
#include "services/financing/einvoice/ubl_reader.h"
#include "services/financing/einvoice/ubl_writer.h"

namespace kkr::financing::einvoice {

std::vector<Finding> check_ubl(std::string_view bytes) {
  Reading reading = read_ubl(bytes);
  return reading.findings.empty() ? broken_rules(reading.invoice) : std::move(reading.findings);
}

std::variant<std::string, std::vector<Finding>> to_checked_ubl(const Invoice& invoice) {
  std::string file = write_ubl(invoice);
  Reading reading = read_ubl(file);
  if (!reading.findings.empty()) return std::move(reading.findings);
  if (reading.invoice != invoice) {
    return std::vector<Finding>{
        {"KKR-READ-BACK",
         "The file says something else than the invoice: something in it has no "
         "place in a file of UBL."}};
  }
  std::vector<Finding> findings = broken_rules(reading.invoice);
  if (!findings.empty()) return findings;
  return file;
}

std::string file_name(const Invoice& invoice, std::string_view ending) {
  std::string name = invoice.kind == Kind::kInvoice ? "faktura-" : "kreditnota-";
  for (const char c : invoice.number) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (plain || c == '-') name += c;
  }
  return name + "." + std::string(ending);
}

}  // namespace kkr::financing::einvoice
