-- bellows: plan=25de640c410d898d phase=tighten script=4/4
-- bellows: tables="User"
-- SetNotNull
ALTER TABLE "User" ALTER COLUMN "count__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_switched__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_User_count" ON "User";
DROP FUNCTION "zzzz_bellows_User_count"();
ALTER TABLE "User" DROP COLUMN "count";
ALTER TABLE "User" RENAME COLUMN "count__bellows" TO "count";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"User"';
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
$bellows$;
