// Files that are either there whole and flushed to the disk, or not there at all. POSIX only.
// A flush that failed is never tried again: the caller must write anew.
#pragma once

#include <filesystem>
#include <string_view>

namespace kkr::platform {

// Writes the content to `unfinished`, flushes it and renames it to `path`, creating the folders of
// both. Returns 0, or the errno of what failed, after which `path` is as it was before.
int write_durably(const std::filesystem::path& unfinished, const std::filesystem::path& path,
                  std::string_view content);

// Makes names created, renamed or removed in the folder last. Returns 0 or the errno.
int flush_folder(const std::filesystem::path& folder);

// Flushes a file that something else has written. Returns 0 or the errno.
int flush_file(const std::filesystem::path& path);

// Adds a line to the end of a file, creating it when missing, and flushes. Returns 0 or the errno,
// after which a part of the line may stand there without its end.
int append_line_durably(const std::filesystem::path& path, std::string_view line);

}  // namespace kkr::platform
