#include "gateway/openapi/comments.h"

#include "gateway/text/text.h"

namespace kkr::gateway {

std::string tidy_comment(std::string_view comment) {
  std::string text;
  for (const std::string_view line : split(comment, '\n')) {
    const std::string_view words = trim(line);
    if (words.empty()) {
      if (!text.empty() && text.back() != '\n') text += "\n\n";
      continue;
    }
    if (!text.empty() && text.back() != '\n') text += ' ';
    text += words;
  }
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string first_sentence(const std::string& comment) {
  const std::size_t stop = comment.find(". ");
  const std::size_t paragraph = comment.find('\n');
  std::string sentence = comment.substr(0, std::min(stop, paragraph));
  if (!sentence.empty() && sentence.back() == '.') sentence.pop_back();
  return sentence;
}

}  // namespace kkr::gateway
