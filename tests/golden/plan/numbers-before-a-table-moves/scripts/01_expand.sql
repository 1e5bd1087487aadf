-- bellows: plan=3c9d7e0ddda71ea6 phase=expand script=1/2
-- AlterTable
CREATE SEQUENCE "Item_id_seq" AS INTEGER;
ALTER TABLE "Item" ALTER COLUMN "id" SET DEFAULT nextval('"Item_id_seq"');
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Item"';
    numbers CONSTANT pg_catalog.regclass := '"Item_id_seq"';
    change pg_catalog.text;
BEGIN
    FOR change IN
        SELECT pg_catalog.format('ALTER SEQUENCE %s OWNER TO %I', numbers, pg_catalog.pg_get_userbyid(c.relowner))
        FROM pg_catalog.pg_class AS c
        WHERE c.oid OPERATOR(pg_catalog.=) base AND EXISTS (
            SELECT FROM pg_catalog.pg_class AS s
            WHERE s.oid OPERATOR(pg_catalog.=) numbers AND s.relowner OPERATOR(pg_catalog.<>) c.relowner)
        UNION ALL
        SELECT DISTINCT pg_catalog.format('GRANT USAGE ON SEQUENCE %s TO %s', numbers,
            CASE WHEN x.grantee OPERATOR(pg_catalog.=) 0 THEN 'PUBLIC'
                ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END)
        FROM pg_catalog.pg_class AS c
        LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid OPERATOR(pg_catalog.=) c.oid AND NOT a.attisdropped
        CROSS JOIN LATERAL (
            SELECT r.grantee, r.privilege_type FROM pg_catalog.aclexplode(c.relacl) AS r
            UNION ALL
            SELECT r.grantee, r.privilege_type FROM pg_catalog.aclexplode(a.attacl) AS r) AS x
        WHERE c.oid OPERATOR(pg_catalog.=) base AND x.grantee OPERATOR(pg_catalog.<>) c.relowner
          AND x.privilege_type OPERATOR(pg_catalog.=) 'INSERT'
    LOOP
        EXECUTE change;
    END LOOP;
END
$bellows$;
ALTER SEQUENCE "Item_id_seq" OWNED BY "Item"."id";
SELECT pg_catalog.setval('"Item_id_seq"', pg_catalog.max("id")) FROM "Item" HAVING pg_catalog.max("id") OPERATOR(pg_catalog.>) 0;

-- AlterTable
ALTER TABLE "shop"."Item" RENAME CONSTRAINT "Item_pkey" TO "Other_pkey";
