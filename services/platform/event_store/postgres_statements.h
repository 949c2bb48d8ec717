// The statements of the event store on PostgreSQL. $1 is the region; one that writes many rows
// takes them as columns.
#pragma once

namespace kkr::platform {

inline constexpr char kCreateLog[] =
    "INSERT INTO logs (region, generation, demo, write_version, position, hash, request_sequence, "
    "request_hash, checkpoints_hash, checksum, place, writer, epoch) "
    "VALUES ($1::text, $2::text, $3::boolean, $4::bigint, $5::bigint, $6::bytea, $7::bigint, "
    "$8::bytea, $9::bytea, $10::bytea, current_place(), '', 0) ON CONFLICT DO NOTHING";
inline constexpr char kLog[] =
    "SELECT generation, demo, write_version, position, hash, request_sequence, request_hash, "
    "checkpoints_hash, checksum, place, current_place() FROM logs WHERE region = $1::text";
inline constexpr char kClaim[] = "SELECT claim_log($1::text, $2::bigint, $3::text)";
inline constexpr char kRaise[] =
    "SELECT raise_log($1::text, $2::bigint, $3::text, $4::bigint, $5::bytea)";
inline constexpr char kBeginGeneration[] =
    "UPDATE logs SET generation = $3::text, place = $4::text, checksum = $5::bytea "
    "WHERE region = $1::text AND writer = $2::text";

inline constexpr char kAdvance[] =
    "SELECT advance_log($1::text, $2::bigint, $3::text, $4::text, $5::bigint, $6::bytea, "
    "$7::bigint, $8::bigint, $9::bytea, $10::bigint, $11::bytea, $12::bytea, $13::bytea)";
inline constexpr char kInsertEvents[] =
    "INSERT INTO events (region, generation, position, stream, version, type, payload, metadata, "
    "recorded_at, hash) SELECT $1::text, $2::text, * FROM unnest($3::bigint[], $4::text[], "
    "$5::bigint[], $6::text[], $7::bytea[], $8::bytea[], $9::bigint[], $10::bytea[])";
inline constexpr char kInsertRequests[] =
    "INSERT INTO requests (region, sequence, request_id, command_digest, first_position, "
    "last_position, hash) SELECT $1::text, * FROM unnest($2::bigint[], $3::text[], $4::bytea[], "
    "$5::bigint[], $6::bigint[], $7::bytea[])";
inline constexpr char kPutDocuments[] =
    "INSERT INTO documents (region, key, value, salt, digest, position) SELECT $1::text, * "
    "FROM unnest($2::text[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bigint[]) "
    "ON CONFLICT (region, key) DO UPDATE SET value = excluded.value, salt = excluded.salt, "
    "digest = excluded.digest, position = excluded.position";
inline constexpr char kPutCheckpoints[] =
    "INSERT INTO checkpoints (region, source, generation, position, hash) SELECT $1::text, * "
    "FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bytea[]) "
    "ON CONFLICT (region, source) DO UPDATE SET generation = excluded.generation, "
    "position = excluded.position, hash = excluded.hash";
inline constexpr char kTell[] = "SELECT pg_notify($1::text, $2::text)";

inline constexpr char kEvents[] =
    "SELECT position, generation, stream, version, type, payload, metadata, recorded_at, hash "
    "FROM events WHERE region = $1::text AND position >= $2::bigint ORDER BY position "
    "LIMIT $3::bigint";
inline constexpr char kRequests[] =
    "SELECT sequence, request_id, command_digest, first_position, last_position, hash "
    "FROM requests WHERE region = $1::text AND sequence >= $2::bigint ORDER BY sequence "
    "LIMIT $3::bigint";
inline constexpr char kFindRequests[] =
    "SELECT sequence, request_id, command_digest, first_position, last_position, hash "
    "FROM requests WHERE region = $1::text AND request_id = ANY($2::text[])";
inline constexpr char kVersions[] =
    "SELECT asked.stream, last.version FROM unnest($2::text[]) AS asked(stream), LATERAL "
    "(SELECT version FROM events WHERE region = $1::text AND events.stream = asked.stream "
    "ORDER BY version DESC LIMIT 1) AS last";
inline constexpr char kDocument[] =
    "SELECT key, value, salt, digest, position FROM documents "
    "WHERE region = $1::text AND key = $2::text";
// What starts with a prefix stands between it and itself with the greatest letter behind it.
inline constexpr char kDocuments[] =
    "SELECT key, value, salt, digest, position FROM documents WHERE region = $1::text "
    "AND key >= $2::text AND key <= $2::text || chr(1114111) AND starts_with(key, $2::text) "
    "AND key > $3::text AND ($4::boolean OR value IS NOT NULL) ORDER BY key LIMIT $5::bigint";
inline constexpr char kCheckpoints[] =
    "SELECT source, generation, position, hash FROM checkpoints WHERE region = $1::text "
    "ORDER BY source";
inline constexpr char kSnapshot[] =
    "SELECT version, generation, position, hash, state, checksum FROM snapshots "
    "WHERE region = $1::text";
inline constexpr char kPutSnapshot[] =
    "INSERT INTO snapshots (region, version, generation, position, hash, state, checksum) "
    "VALUES ($1::text, $2::bigint, $3::text, $4::bigint, $5::bytea, $6::bytea, $7::bytea) "
    "ON CONFLICT (region) DO UPDATE SET version = excluded.version, "
    "generation = excluded.generation, position = excluded.position, hash = excluded.hash, "
    "state = excluded.state, checksum = excluded.checksum";
inline constexpr char kWantedWriteVersion[] = "SELECT wanted_write_version()";
inline constexpr char kRegions[] = "SELECT region FROM logs ORDER BY region";

}  // namespace kkr::platform
