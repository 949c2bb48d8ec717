#include "services/platform/xml/xml_document.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <utility>

namespace kkr::platform {
namespace {

// XML_PARSE_HUGE is not set: libxml2's own limits of depth, names and text stay in force.
constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                         XML_PARSE_NOCDATA | XML_PARSE_NOBLANKS | XML_PARSE_COMPACT |
                         XML_PARSE_BIG_LINES;

std::string_view text_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string taken(xmlChar* text) {
  std::string copy(text_of(text));
  xmlFree(text);
  return copy;
}

struct FreeParser {
  void operator()(xmlParserCtxt* parser) const {
    if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
};
using Parser = std::unique_ptr<xmlParserCtxt, FreeParser>;

// Called at `<!DOCTYPE`, before anything that is declared there has been read.
void stop_at_document_type(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  auto* parser = static_cast<xmlParserCtxt*>(context);
  *static_cast<bool*>(parser->_private) = true;
  xmlStopParser(parser);
}

XmlFault fault_of(xmlParserCtxt& parser) {
  const xmlError* error = xmlCtxtGetLastError(&parser);
  if (error == nullptr) return {1, 1, "this is not XML"};
  const std::string_view message = error->message == nullptr ? "" : error->message;
  return {static_cast<std::size_t>(error->line), static_cast<std::size_t>(error->int2),
          "this is not well-formed XML: " + std::string(trimmed(message))};
}

}  // namespace

std::variant<XmlDocument, XmlFault> XmlDocument::read(std::string_view bytes,
                                                      std::size_t bytes_max) {
  if (bytes.size() > bytes_max) {
    return XmlFault{1, 1, "the file has more than " + std::to_string(bytes_max) + " bytes"};
  }
  xmlInitParser();
  const Parser parser(xmlNewParserCtxt());
  if (!parser) return XmlFault{1, 1, "there is not enough memory to read it"};
  bool has_document_type = false;
  parser->_private = &has_document_type;
  parser->sax->internalSubset = stop_at_document_type;
  xmlDoc* document = xmlCtxtReadMemory(parser.get(), bytes.data(), static_cast<int>(bytes.size()),
                                       nullptr, nullptr, kOptions);
  XmlDocument read(document);
  if (has_document_type) {
    return XmlFault{static_cast<std::size_t>(xmlSAX2GetLineNumber(parser.get())), 1,
                    "it has a document type declaration, which is not read"};
  }
  if (document == nullptr) return fault_of(*parser);
  return read;
}

std::string_view XmlElement::name() const {
  return node_ == nullptr ? std::string_view() : text_of(node_->name);
}

std::string_view XmlElement::name_space() const {
  return node_ == nullptr || node_->ns == nullptr ? std::string_view() : text_of(node_->ns->href);
}

std::size_t XmlElement::line() const {
  return node_ == nullptr ? 0 : static_cast<std::size_t>(xmlGetLineNo(node_));
}

std::string XmlElement::attribute(const char* name) const {
  if (node_ == nullptr) return "";
  return taken(xmlGetNoNsProp(node_, reinterpret_cast<const xmlChar*>(name)));
}

std::string XmlElement::text() const {
  if (node_ == nullptr) return "";
  const std::string whole = taken(xmlNodeGetContent(node_));
  return std::string(trimmed(whole));
}

XmlElement XmlElement::child(std::string_view name) const {
  const auto found = children(name);
  return found.empty() ? XmlElement() : found.front();
}

XmlElement XmlElement::at(std::string_view path) const {
  XmlElement element = *this;
  while (element && !path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    element = element.child(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return element;
}

std::vector<XmlElement> XmlElement::children(std::string_view name) const {
  std::vector<XmlElement> found;
  if (node_ == nullptr) return found;
  for (const xmlNode* node = node_->children; node != nullptr; node = node->next) {
    const XmlElement element(node);
    const bool fits = node->type == XML_ELEMENT_NODE && element.name() == name &&
                      element.name_space() == name_space();
    if (fits) found.push_back(element);
  }
  return found;
}

}  // namespace kkr::platform
