-- since 13
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE a (id serial PRIMARY KEY, name text, l level, at timestamptz);
CREATE TABLE b (id serial PRIMARY KEY, a_id int REFERENCES a, n numeric);
CREATE FUNCTION stamp() RETURNS trigger AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION twice(n int, l level DEFAULT 'low', OUT m bigint) AS 'SELECT 2 * n' LANGUAGE sql IMMUTABLE;
CREATE TRIGGER stamp_a BEFORE INSERT OR UPDATE OF name ON a FOR EACH ROW WHEN (NEW.l = 'low') EXECUTE FUNCTION stamp();
CREATE VIEW plain AS SELECT * FROM a;
CREATE VIEW joined AS
  SELECT x.name AS who, sum(y.n) AS total FROM a x LEFT JOIN b y ON y.a_id = x.id WHERE x.l = 'high' GROUP BY x.name ORDER BY total;
CREATE VIEW over_view AS WITH w AS (SELECT who FROM joined) SELECT w.who, (SELECT count(*) FROM b WHERE b.id > 3) AS many FROM w;
CREATE MATERIALIZED VIEW stored AS SELECT id, l::text AS l FROM a WHERE l IN ('low', 'high');
CREATE UNIQUE INDEX stored_id ON stored (id);
CREATE OR REPLACE VIEW plain AS SELECT *, 1 AS one FROM a;
INSERT INTO a (name) VALUES ('x');
UPDATE a SET name = 'y' WHERE id = 1;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'n_positive') THEN
    ALTER TABLE b ADD CONSTRAINT n_positive CHECK (n > 0);
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'b' AND column_name = 'nothing') THEN
    DROP TABLE b;
  ELSE
    EXECUTE 'CREATE TABLE made (s text DEFAULT ''q'')';
  END IF;
END $$;
DO $$ BEGIN CREATE TYPE level AS ENUM ('x'); EXCEPTION WHEN duplicate_object THEN RAISE NOTICE 'there'; END $$;
DO $$ BEGIN ALTER TABLE b ADD COLUMN n int; EXCEPTION WHEN others THEN null; END $$;
CREATE TEMP TABLE scratch AS SELECT id FROM a;
INSERT INTO b (a_id) SELECT id FROM scratch;
DROP TABLE scratch;
CREATE FUNCTION unused(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;
DROP FUNCTION unused(text);
DO $$
DECLARE
    base CONSTANT pg_catalog.regclass := 'a';
    function pg_catalog.oid;
BEGIN
    FOR function IN
        SELECT DISTINCT t.tgfoid
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid
        JOIN pg_catalog.pg_language AS l ON l.oid OPERATOR(pg_catalog.=) p.prolang
        WHERE t.tgrelid OPERATOR(pg_catalog.=) base AND NOT t.tgisinternal
          AND l.lanname OPERATOR(pg_catalog.=) 'plpgsql'
          AND pg_catalog.pg_has_role(p.proowner, 'USAGE')
    LOOP
        EXECUTE pg_catalog.pg_get_functiondef(function);
    END LOOP;
END
$$;
CREATE FUNCTION of_any(anyenum, anynonarray) RETURNS anyenum LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION of_whatever(VARIADIC "any") RETURNS bool LANGUAGE internal AS 'pg_num_nulls';
COMMENT ON FUNCTION of_any(anyenum, anynonarray) IS 'x';
