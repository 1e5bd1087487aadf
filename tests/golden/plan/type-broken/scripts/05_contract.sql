-- bellows: plan=6bec0dc0b8ce2d6a phase=contract script=5/5 programs=apart
-- bellows: tables="User"
/*
  Warnings:

  - column `code` of the table `User` changes from `Text` to `Integer`; values that do not fit make it fail or are cut
  - `User.code`: a column changes to a type that one of the two programs does not understand

*/
-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_carried__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_User_code" ON "User";
DROP FUNCTION "zzzz_bellows_User_code"();
ALTER TABLE "User" DROP COLUMN "code";
ALTER TABLE "User" RENAME COLUMN "code__bellows" TO "code";
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
