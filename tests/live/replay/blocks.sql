CREATE TABLE t (id int PRIMARY KEY, a int);
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$;
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;
DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP RAISE NOTICE 'x'; END LOOP; END $$;
DO $$ BEGIN EXECUTE 'ALTER TABLE t ADD COLUMN c int'; END $$;
DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN %I int', 't', 'd'); END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_nobody') THEN RAISE NOTICE 'no role'; END IF; END $$;
DO $$ BEGIN BEGIN ALTER TABLE t ADD COLUMN e int; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END; END $$;
DO $$ BEGIN IF (SELECT count(*) FROM t) > 0 THEN RAISE EXCEPTION 'rows'; END IF; END $$;
DO $$ BEGIN PERFORM 1; END $$;
DO $$ BEGIN IF current_setting('server_version_num')::int >= 90000 THEN ALTER TABLE t ADD COLUMN f int; END IF; END $$;
DO $$ BEGIN ALTER TABLE t ADD COLUMN g int; ALTER TABLE t ADD COLUMN h int; EXCEPTION WHEN duplicate_column THEN NULL; END $$;
DO LANGUAGE plpgsql $$ BEGIN IF to_regclass('public.t') IS NOT NULL THEN ALTER TABLE t ADD COLUMN i int; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_pkey' AND conrelid = 't'::regclass) THEN ALTER TABLE t DROP CONSTRAINT t_pkey; END IF; END $$;
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.there (id int);
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'there') THEN CREATE TABLE there (id int); END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c' AND udt_name <> 'text') THEN ALTER TABLE t ALTER COLUMN c TYPE text; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'd' AND data_type = 'integer') THEN ALTER TABLE t ALTER COLUMN d TYPE bigint; END IF; END $$;
DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM t; RAISE NOTICE '%', n; ALTER TABLE t ADD COLUMN j int; END $$;
DO $$ DECLARE n int; BEGIN UPDATE t SET a = 1; GET DIAGNOSTICS n = ROW_COUNT; ALTER TABLE t ADD COLUMN k int; END $$;
DO $$ DECLARE r record; w text; BEGIN
  CREATE TEMP TABLE passing AS SELECT id, a FROM t;
  CREATE INDEX passing_id ON passing (id);
  FOR r IN SELECT id FROM t LOOP
    IF r.id IS NULL THEN CONTINUE; END IF;
    w := r.id::text;
    FOR i IN 0..length(w) - 1 LOOP
      EXIT WHEN i > 3;
      UPDATE t SET a = i WHERE id = r.id;
    END LOOP;
  END LOOP;
END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 't') THEN RETURN; END IF; DROP TABLE t; END $$;
DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO PUBLIC', current_database()); END $$;
