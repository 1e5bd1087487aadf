-- bellows: plan=2229f109bcea8d87 phase=expand script=1/8
-- AlterTable
ALTER TABLE "Ward" ADD COLUMN     "number" INTEGER;

-- CreateTable
CREATE TABLE "Nurse" (
    "id" INTEGER NOT NULL,
    "wardNumber" INTEGER,

    CONSTRAINT "Nurse_pkey" PRIMARY KEY ("id")
);

-- AlterTable
CREATE SEQUENCE "Ward_number_seq" AS INTEGER;
ALTER TABLE "Ward" ALTER COLUMN "number" SET DEFAULT nextval('"Ward_number_seq"');
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Ward"';
    numbers CONSTANT pg_catalog.regclass := '"Ward_number_seq"';
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
ALTER SEQUENCE "Ward_number_seq" OWNED BY "Ward"."number";
