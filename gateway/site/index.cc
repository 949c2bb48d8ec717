#include "gateway/site/index.h"

#include "gateway/json/json_writer.h"
#include "gateway/site/replies.h"
#include "gateway/text/text.h"

namespace kkr::gateway {
namespace {

constexpr std::string_view kPageBegin = R"(<!doctype html>
<html lang="da">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>KKR</title>
<style>
body { font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
td { padding: .1rem 1rem .1rem 0; vertical-align: top; }
code { font-size: .95rem; }
</style>
<h1>Kommunekontaktrådets arbejdssystem</h1>
<p>Dette er systemets grænseflade. Den er beskrevet i <a href="/openapi.json">/openapi.json</a>;
tilstanden kan ses på <a href="/readyz">/readyz</a> og <a href="/metrics">/metrics</a>.</p>
<h2>Hvad der er</h2>
<table>
)";

// Path templates hold none of the characters that HTML would need escaped.
std::string page_of(const std::vector<Binding>& bindings) {
  std::string page(kPageBegin);
  for (const Binding& binding : bindings)
    page += concat({"<tr><td><code>", binding.http_method, "</code><td><code>", binding.path_text,
                    "</code><td>", binding.method->name(), "\n"});
  page += "</table>\n</html>\n";
  return page;
}

std::string json_of(const std::vector<Binding>& bindings) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.plain_key("openapi");
  json.string("/openapi.json");
  json.plain_key("methods");
  json.begin_array();
  for (const Binding& binding : bindings) {
    json.begin_object();
    json.plain_key("method");
    json.string(binding.http_method);
    json.plain_key("path");
    json.string(binding.path_text);
    json.plain_key("rpc");
    json.string(binding.method->full_name());
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return text;
}

}  // namespace

Index::Index(const std::vector<Binding>& bindings)
    : page_head_(head_for("text/html; charset=utf-8")),
      page_(page_of(bindings)),
      json_head_(head_for(kJsonType)),
      json_(json_of(bindings)) {}

http::Response Index::respond(const http::Request& request) const {
  const bool wants_page = request.header("Accept").find("text/html") != std::string_view::npos;
  http::Response response;
  response.head = wants_page ? page_head_ : json_head_;
  response.body = wants_page ? page_ : json_;
  return response;
}

}  // namespace kkr::gateway
