-- bellows: plan=12a59bba1bdc6a21 phase=contract script=5/5
-- bellows: tables="User","Role","Role_new__bellows"
/*
  Warnings:

  - the values [GUEST] are removed from the enum `Role`; if rows still use them, this fails

*/
-- SetNotNull
ALTER TABLE "User" ALTER COLUMN "role__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_carried__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_User_role" ON "User";
DROP FUNCTION "zzzz_bellows_User_role"();
DROP TRIGGER "zzzz_bellows_User_may" ON "User";
DROP FUNCTION "zzzz_bellows_User_may"();
ALTER TABLE "User" DROP COLUMN "role";
ALTER TABLE "User" DROP COLUMN "may";
ALTER TABLE "User" RENAME COLUMN "role__bellows" TO "role";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
ALTER TABLE "User" RENAME COLUMN "may__bellows" TO "may";
ALTER TABLE "User" ALTER COLUMN "may" SET DEFAULT ARRAY['USER', 'ADMIN']::"Role_new__bellows"[];
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

-- DropEnum
DROP TYPE "Role";

-- RenameEnum
ALTER TYPE "Role_new__bellows" RENAME TO "Role";
