-- bellows: plan=0473edc31afee11d phase=contract script=6/6
-- bellows: tables="User","Role"
/*
  Warnings:

  - column `role` of the table `User` changes from `Text` to `Role`; values that do not fit make it fail or are cut

*/
-- SetNotNull
ALTER TABLE "User" ALTER COLUMN "role__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_carried__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_User_role" ON "User";
DROP FUNCTION "zzzz_bellows_User_role"();
ALTER TABLE "User" DROP COLUMN "role";
ALTER TABLE "User" RENAME COLUMN "role__bellows" TO "role";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
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

-- DropCast
DROP CAST ("Role" AS pg_catalog.text);

-- RenameIndex
ALTER INDEX "User_role_idx_new__bellows" RENAME TO "User_role_idx";
