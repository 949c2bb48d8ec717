// Writes an invoice as a file of UBL 2.1. It writes what the invoice says, right or wrong; an
// element without content is never written.
#pragma once

#include <libxml/xmlwriter.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/financing/einvoice/invoice.h"
#include "services/financing/einvoice/ubl_names.h"

namespace kkr::financing::einvoice {

// The file in UTF-8. Characters that XML does not have make it one that nobody can read.
std::string write_ubl(const Invoice& invoice);

// The writing side of ubl_binding.h.
class UblWriter {
 public:
  explicit UblWriter(Kind kind);
  // Ends the document; nothing may be written after it.
  std::string take();

  void currency(const std::string& currency) { currency_ = currency; }
  void text(const char* name, const std::string& value);
  void constant(const char* name, const char* value, const char*, const char*);
  void identifier(const char* name, const Identifier& identifier);
  void amount(const char* name, platform::Money amount, const AmountRules&);
  void price(const char* name, Decimal price, const char*);
  void quantity(const char* name, Decimal quantity, const std::string& unit, const char*);
  void number(const char* name, const std::optional<Decimal>& number);
  void category(const char* name, VatCategory category, const char*);
  void classification(const char* name, const Classification& classification);

  // An element around what the body writes; not written when that is nothing.
  template <class Body>
  void group(const char* name, Body&& body) {
    unopened_.push_back(name);
    body();
    close();
  }
  template <class Body>
  void required_group(const char* name, Body&& body) {
    group(name, body);
  }
  // An element that stands only when the text does.
  template <class Body>
  void group_of(const std::string& text, const char* name, Body&& body) {
    if (!text.empty()) group(name, body);
  }
  template <class Element, class Body>
  void list(const char* name, const std::vector<Element>& elements, Body&& body) {
    for (const Element& element : elements) {
      group(name, [&] { body(element); });
    }
  }

 private:
  struct FreeBuffer {
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
  };
  struct FreeWriter {
    void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
  };

  void open(const char* name);
  void attribute(const char* name, const std::string& value);
  void finish(const std::string& content);
  void close();

  std::unique_ptr<xmlBuffer, FreeBuffer> buffer_;
  std::unique_ptr<xmlTextWriter, FreeWriter> writer_;
  std::vector<const char*> unopened_;  // Elements begun in which nothing stands yet.
  std::string currency_;
};

}  // namespace kkr::financing::einvoice
