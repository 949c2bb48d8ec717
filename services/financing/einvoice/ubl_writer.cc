#include "services/financing/einvoice/ubl_writer.h"

#include <new>

#include "services/financing/einvoice/ubl_binding.h"

namespace kkr::financing::einvoice {
namespace {

const xmlChar* xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
const xmlChar* xml(const std::string& text) { return xml(text.c_str()); }

// Writing into memory fails only when there is none left.
void written(int result) {
  if (result < 0) throw std::bad_alloc();
}

}  // namespace

std::string write_ubl(const Invoice& invoice) {
  UblWriter ubl(invoice.kind);
  bind_document(ubl, invoice);
  return ubl.take();
}

UblWriter::UblWriter(Kind kind) : buffer_(xmlBufferCreate()) {
  if (buffer_) writer_.reset(xmlNewTextWriterMemory(buffer_.get(), 0));
  if (!writer_) throw std::bad_alloc();
  written(xmlTextWriterSetIndent(writer_.get(), 1));
  written(xmlTextWriterStartDocument(writer_.get(), "1.0", "UTF-8", nullptr));
  const KindNames names = names_of(kind);
  open(names.root);
  attribute("xmlns", names.name_space);
  attribute("xmlns:cac", kAggregateNamespace);
  attribute("xmlns:cbc", kBasicNamespace);
}

std::string UblWriter::take() {
  written(xmlTextWriterEndDocument(writer_.get()));
  writer_.reset();  // Flushes into the buffer.
  return {reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
          static_cast<std::size_t>(xmlBufferLength(buffer_.get()))};
}

void UblWriter::open(const char* name) {
  for (const char* outer : unopened_) written(xmlTextWriterStartElement(writer_.get(), xml(outer)));
  unopened_.clear();
  written(xmlTextWriterStartElement(writer_.get(), xml(name)));
}

void UblWriter::close() {
  if (!unopened_.empty()) {
    unopened_.pop_back();
  } else {
    written(xmlTextWriterEndElement(writer_.get()));
  }
}

void UblWriter::attribute(const char* name, const std::string& value) {
  if (!value.empty()) {
    written(xmlTextWriterWriteAttribute(writer_.get(), xml(name), xml(value)));
  }
}

void UblWriter::finish(const std::string& content) {
  written(xmlTextWriterWriteString(writer_.get(), xml(content)));
  written(xmlTextWriterEndElement(writer_.get()));
}

void UblWriter::text(const char* name, const std::string& value) {
  if (value.empty()) return;
  open(name);
  finish(value);
}

void UblWriter::constant(const char* name, const char* value, const char*, const char*) {
  text(name, value);
}

void UblWriter::identifier(const char* name, const Identifier& identifier) {
  if (identifier.value.empty()) return;
  open(name);
  attribute("schemeID", identifier.scheme);
  finish(identifier.value);
}

void UblWriter::amount(const char* name, platform::Money amount, const AmountRules&) {
  open(name);
  attribute("currencyID", currency_);
  finish(platform::format_money(amount));
}

void UblWriter::price(const char* name, Decimal price, const char*) {
  open(name);
  attribute("currencyID", currency_);
  finish(format_decimal(price));
}

void UblWriter::quantity(const char* name, Decimal quantity, const std::string& unit, const char*) {
  open(name);
  attribute("unitCode", unit);
  finish(format_decimal(quantity));
}

void UblWriter::number(const char* name, const std::optional<Decimal>& number) {
  if (number) text(name, format_decimal(*number));
}

void UblWriter::category(const char* name, VatCategory category, const char*) {
  text(name, std::string(letter_of(category)));
}

void UblWriter::classification(const char* name, const Classification& classification) {
  if (classification.code.empty()) return;
  open(name);
  attribute("listID", classification.list);
  attribute("listVersionID", classification.version);
  finish(classification.code);
}

}  // namespace kkr::financing::einvoice
