-- How a release brings new facts without a stop: see docs/decisions/0016.

-- The newest version of facts that the process reads. A program that does not say so is older than
-- this column.
ALTER TABLE replicas ADD COLUMN version_read bigint NOT NULL DEFAULT 1;

-- Up to which version facts may be written, as the operator says, in every log of the service:
-- whoever leads one raises its write_version. No row: the first.
CREATE TABLE wanted_version (
  id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version bigint NOT NULL
);
CREATE FUNCTION wanted_write_version() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(version), 1) FROM wanted_version
$$;

-- Has facts of up to `new_version` be written, unless a process that lives reads less: returns the
-- names of those that do, and what they read, and changes nothing.
CREATE FUNCTION want_write_version(new_version bigint)
RETURNS TABLE (name text, version_read bigint) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY SELECT replica.name, replica.version_read FROM replicas AS replica
    WHERE replica.version_read < new_version AND replica.expires_at > clock_timestamp()
    ORDER BY replica.name;
  IF FOUND THEN RETURN; END IF;
  INSERT INTO wanted_version AS wanted (version) VALUES (new_version)
    ON CONFLICT (id) DO UPDATE SET version = greatest(wanted.version, excluded.version);
END $$;

-- Raises the write version of a log, in the name of the only one that may append to it.
CREATE FUNCTION raise_log(
  of_region text, held_epoch bigint, by_writer text, to_version bigint, to_checksum bytea
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_lease(of_region, held_epoch);
  UPDATE logs SET write_version = to_version, checksum = to_checksum
    WHERE region = of_region AND writer = by_writer;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another process writes the log' USING ERRCODE = 'KR001';
  END IF;
END $$;
