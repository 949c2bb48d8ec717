// An XML file of strangers as a tree of elements. Refuses every document type declaration, and with
// it all entities but the five of XML; never opens another file and never asks the network.
#pragma once

#include <libxml/tree.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kkr::platform {

// What is wrong with a file, and where. `reason` ends the sentence "Line 3, column 7: …".
struct XmlFault {
  std::size_t line = 0;
  std::size_t column = 0;
  std::string reason;
};

// An element of a document, which must outlive it. An element that is not there has neither name,
// text nor children, so that a path can be walked without asking at every step.
class XmlElement {
 public:
  XmlElement() = default;
  explicit XmlElement(const xmlNode* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }
  // For who reads a format strictly, every node of it, by libxml2's own means.
  const xmlNode* node() const { return node_; }
  std::string_view name() const;                  // Without prefix.
  std::string_view name_space() const;            // The URI; empty when there is none.
  std::size_t line() const;                       // The line the element begins on, counted from 1.
  std::string attribute(const char* name) const;  // Of no namespace; empty when absent.
  // The characters within, those of its children too, less white space at both ends.
  std::string text() const;

  // The first child of that name in the element's own namespace.
  XmlElement child(std::string_view name) const;
  // Child by child down a path such as "Refs/EndToEndId", each time the first.
  XmlElement at(std::string_view path) const;
  std::vector<XmlElement> children(std::string_view name) const;

 private:
  const xmlNode* node_ = nullptr;
};

class XmlDocument {
 public:
  // The document, or the first fault: more than `bytes_max`, not well-formed, nested deeper than
  // 256, or with a document type declaration, which is refused before any of it is read.
  static std::variant<XmlDocument, XmlFault> read(std::string_view bytes, std::size_t bytes_max);

  XmlElement root() const { return XmlElement(xmlDocGetRootElement(document_.get())); }

 private:
  struct Free {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  explicit XmlDocument(xmlDoc* document) : document_(document) {}

  std::unique_ptr<xmlDoc, Free> document_;
};

}  // namespace kkr::platform
