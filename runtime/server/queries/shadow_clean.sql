DO $clean$
DECLARE
  before jsonb := current_setting('bellows.before');
  self text := current_setting('role'); -- event triggers may move it, and the path
  made record;
  entry record;
  kind text;
  there bool;
BEGIN
  FOR made IN
    SELECT i.class, i.object, i.name FROM (%s) AS i
    LEFT JOIN jsonb_to_recordset(before) AS b (class oid, object oid, name text)
      ON b.class = i.class AND CASE WHEN i.class = 'pg_namespace'::regclass THEN b.name = i.name ELSE b.object = i.object END
    WHERE b.class IS NULL AND NOT (i.class = 'pg_extension'::regclass AND i.name = 'plpgsql')
    ORDER BY CASE i.class WHEN 'pg_event_trigger'::regclass THEN 0 WHEN 'pg_namespace'::regclass THEN 1
      WHEN 'pg_extension'::regclass THEN 2 WHEN 'pg_default_acl'::regclass THEN 4 ELSE 3 END, i.object
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %%s WHERE oid = %%s)', made.class::regclass, made.object) INTO there;
    CONTINUE WHEN NOT there;
    SELECT o.type, o.identity INTO entry FROM pg_identify_object(made.class, made.object, 0) AS o;
    kind := CASE entry.type WHEN 'composite type' THEN 'TYPE' WHEN 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER'
      WHEN 'statistics object' THEN 'STATISTICS' ELSE upper(entry.type) END;
    IF entry.type = 'default acl' THEN
      SELECT pg_get_userbyid(a.defaclrole) AS owner, a.defaclnamespace AS space, a.defaclacl AS acl,
        CASE a.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END AS type
        INTO entry FROM pg_default_acl AS a WHERE a.oid = made.object;
      kind := format('ALTER DEFAULT PRIVILEGES FOR ROLE %%I %%s', entry.owner,
        (SELECT format('IN SCHEMA %%I', n.nspname) FROM pg_namespace AS n WHERE n.oid = entry.space));
      FOR made IN SELECT DISTINCT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END AS name
        FROM aclexplode(entry.acl) AS x LOOP
        EXECUTE format('%%s REVOKE ALL ON %%s FROM %%s', kind, entry.type, made.name);
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
      END LOOP;
      IF entry.space = 0 THEN
        EXECUTE format('%%s GRANT ALL ON %%s TO %%I', kind, entry.type, entry.owner);
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
        IF entry.type = 'FUNCTIONS' THEN EXECUTE kind || ' GRANT EXECUTE ON FUNCTIONS TO PUBLIC'; END IF;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
        IF entry.type = 'TYPES' THEN EXECUTE kind || ' GRANT USAGE ON TYPES TO PUBLIC'; END IF;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
      END IF;
    ELSIF entry.type IN ('table constraint', 'domain constraint') THEN
      EXECUTE (SELECT CASE WHEN c.conrelid <> 0 THEN format('ALTER TABLE %%s DROP CONSTRAINT IF EXISTS %%I CASCADE', c.conrelid::regclass, c.conname)
        ELSE format('ALTER DOMAIN %%s DROP CONSTRAINT IF EXISTS %%I CASCADE', c.contypid::regtype, c.conname) END
        FROM pg_constraint AS c WHERE c.oid = made.object);
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
    ELSE
      EXECUTE format('DROP %%s IF EXISTS %%s CASCADE', kind, CASE entry.type WHEN 'transform' THEN 'FOR ' || substr(entry.identity, 5) ELSE entry.identity END);
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
    END IF;
  END LOOP;
  FOR made IN
    SELECT b.name, b.owner, b.acl, b.note, n.oid IS NOT NULL AS there, n.nspacl AS acl_now, n.nspowner AS owner_now
    FROM jsonb_to_recordset(before) AS b (class oid, name text, owner text, acl text, note text)
    LEFT JOIN pg_namespace AS n ON n.nspname = b.name
    WHERE b.class = 'pg_namespace'::regclass
      AND (n.oid IS NULL OR n.nspacl::text IS DISTINCT FROM b.acl OR pg_get_userbyid(n.nspowner) <> b.owner
        OR obj_description(n.oid, 'pg_namespace') IS DISTINCT FROM b.note)
  LOOP
    IF NOT made.there THEN EXECUTE format('CREATE SCHEMA %%I', made.name); END IF;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
    IF made.owner <> (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace AS n WHERE n.nspname = made.name) THEN
      EXECUTE format('ALTER SCHEMA %%I OWNER TO %%I', made.name, made.owner);
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
    END IF;
    EXECUTE format('COMMENT ON SCHEMA %%I IS %%L', made.name, made.note);
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
    FOR entry IN SELECT DISTINCT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END AS grantee
      FROM pg_namespace AS n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS x WHERE n.nspname = made.name LOOP
      EXECUTE format('REVOKE ALL ON SCHEMA %%I FROM %%s CASCADE', made.name, entry.grantee);
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
    END LOOP;
    FOR entry IN SELECT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END AS grantee, x.privilege_type, x.is_grantable
      FROM pg_namespace AS n, aclexplode(coalesce(made.acl::aclitem[], acldefault('n', n.nspowner))) AS x WHERE n.nspname = made.name LOOP
      EXECUTE format('GRANT %%s ON SCHEMA %%I TO %%s%%s', entry.privilege_type, made.name, entry.grantee, CASE WHEN entry.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('role', self, false);
    END LOOP;
  END LOOP;
END $clean$
