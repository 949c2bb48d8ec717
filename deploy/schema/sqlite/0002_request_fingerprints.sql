-- A request is found by a fingerprint of its id rather than by the id: a third of the bytes, and as
-- ids fall all over the table, a third of the pages that a sweep rewrites. head.indexed_sequence
-- tells from here on how far this table goes. request_fingerprint() is the program's.
CREATE TABLE request_fingerprints (
  fingerprint INTEGER NOT NULL,     -- the first 63 bits of SHA-256 over the request id
  sequence INTEGER NOT NULL,        -- of the request; several may have one fingerprint
  PRIMARY KEY (fingerprint, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO request_fingerprints
  SELECT request_fingerprint(request_id), sequence FROM request_ids ORDER BY 1, 2;
DROP TABLE request_ids;
