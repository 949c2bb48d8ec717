# cmake -D OUT=file.cc -D FOLDER=deploy/schema/sqlite -P embed_migrations.cmake
# Writes the folder's SQL files, in order of name, as raw string literals into a C++ source.
file(GLOB paths ${FOLDER}/[0-9][0-9][0-9][0-9]_*.sql)
list(SORT paths)
string(CONCAT source
  "#include \"services/platform/event_store/sqlite_schema.h\"\n\n"
  "namespace kkr::platform {\n\n"
  "const std::vector<const char*>& sqlite_migrations() {\n"
  "  static const std::vector<const char*> kMigrations = {\n")
foreach(path IN LISTS paths)
  file(READ ${path} sql)
  string(APPEND source "R\"sql(${sql})sql\",\n")
endforeach()
string(APPEND source "  };\n  return kMigrations;\n}\n\n}  // namespace kkr::platform\n")
file(WRITE ${OUT} "${source}")
