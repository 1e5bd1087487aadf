-- What a whole comparison reads besides: keys that wait, or carry more than themselves; by what rows are spread.
CREATE TABLE waiting (
    a int,
    b int,
    "C d" text,
    CONSTRAINT waiting_pkey PRIMARY KEY (a, b) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT waiting_c UNIQUE ("C d", a) DEFERRABLE,
    CONSTRAINT waiting_d UNIQUE ("C d") INCLUDE (b)
);
CREATE TABLE waiting_too (a int, b int);
CREATE UNIQUE INDEX its_key ON waiting_too (a);
ALTER TABLE waiting_too ADD CONSTRAINT waiting_too_a UNIQUE USING INDEX its_key DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE waiting_too RENAME COLUMN a TO "A";
CREATE TABLE waits_no_more (a int, CONSTRAINT gone UNIQUE (a) DEFERRABLE);
ALTER TABLE waits_no_more DROP CONSTRAINT gone;
CREATE TABLE "Ranged" (id int NOT NULL, "createdAt" timestamp(3) NOT NULL, PRIMARY KEY (id, "createdAt"))
PARTITION BY RANGE ("createdAt");
CREATE INDEX "Ranged_idx" ON "Ranged" (id);
CREATE TABLE listed (id int, region text) PARTITION BY list (region);
CREATE TABLE hashed (id int, region text) PARTITION BY HASH (id, region);
ALTER TABLE hashed RENAME COLUMN region TO area;
CREATE SEQUENCE apart;
CREATE TABLE given (id serial PRIMARY KEY, b int GENERATED ALWAYS AS IDENTITY, CONSTRAINT given_b CHECK (b > 0));
CREATE VIEW given_view AS SELECT id FROM given;
CREATE FUNCTION give(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TYPE given_enum AS ENUM ('a');
ALTER TABLE given OWNER TO pg_monitor;
ALTER TABLE given ADD COLUMN c serial;
ALTER VIEW given_view OWNER TO pg_monitor;
ALTER FUNCTION give(int, text) OWNER TO pg_monitor;
ALTER TYPE given_enum OWNER TO pg_monitor;
ALTER SEQUENCE apart OWNER TO pg_monitor;
CREATE TABLE returned (id int);
ALTER TABLE returned OWNER TO pg_monitor;
ALTER TABLE returned OWNER TO CURRENT_USER;
COMMENT ON TABLE given IS 'somebody''s';
COMMENT ON COLUMN given.b IS 'counted';
COMMENT ON CONSTRAINT given_b ON given IS 'positive';
COMMENT ON FUNCTION give(int, text) IS 'gives';
COMMENT ON SCHEMA public IS 'standard public schema';
GRANT SELECT, INSERT ON given TO PUBLIC;
GRANT UPDATE (b) ON given TO pg_read_all_stats;
GRANT USAGE ON SEQUENCE apart TO PUBLIC;
GRANT SELECT ON given_view TO pg_read_all_stats WITH GRANT OPTION;
CREATE SCHEMA given_schema;
ALTER SCHEMA given_schema OWNER TO pg_monitor;
CREATE SCHEMA "Told Of";
COMMENT ON SCHEMA "Told Of" IS 'with a name of its own';
CREATE SCHEMA told_once;
COMMENT ON SCHEMA told_once IS 'once';
COMMENT ON SCHEMA told_once IS NULL;
COMMENT ON SCHEMA public IS NULL;
CREATE FUNCTION taken(a integer, text[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE ALL ON FUNCTION taken(integer, text[]) FROM PUBLIC;
CREATE FUNCTION "Taken"() RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION "Taken"() FROM PUBLIC;
CREATE FUNCTION given_back() RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION given_back() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION given_back() TO PUBLIC;
