-- bellows: plan=a5f0522387a5d02e phase=expand script=2/4
-- bellows: tables="U","T"
-- CompatibilityView
DO $bellows$
BEGIN
    IF EXISTS (SELECT FROM pg_publication_tables
               WHERE format('%I.%I', schemaname, tablename)::regclass = '"T"'::regclass) THEN
        RAISE EXCEPTION 'a published table cannot be renamed behind a view'
            USING HINT = 'Subscribers find tables by name: take it out of its publication first.';
    END IF;
    IF current_setting('server_version_num')::int < 150000
       AND (SELECT relrowsecurity FROM pg_class WHERE oid = '"T"'::regclass) THEN
        RAISE EXCEPTION 'a table with row security cannot be renamed behind a view before PostgreSQL 15';
    END IF;
END
$bellows$;
ALTER TABLE "T" RENAME TO "U";
CREATE VIEW "T" AS SELECT
    "id",
    "n"
FROM "U";
DO $bellows$
DECLARE
    base CONSTANT regclass := '"U"';
    face CONSTANT regclass := '"T"';
    command text;
BEGIN
    FOR command IN
        SELECT format('GRANT %s ON %s TO %s', privilege_type, face,
                      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)
        FROM pg_class, aclexplode(relacl) WHERE oid = base AND grantee <> relowner
        UNION ALL
        SELECT format('ALTER VIEW %s SET (security_invoker = true)', face)
        FROM pg_class WHERE oid = base AND relrowsecurity
        UNION ALL
        SELECT format('ALTER TABLE %s OWNER TO %I', face, pg_get_userbyid(relowner))
        FROM pg_class WHERE oid = base AND relowner <> (SELECT relowner FROM pg_class WHERE oid = face)
    LOOP
        EXECUTE command;
    END LOOP;
END
$bellows$;
