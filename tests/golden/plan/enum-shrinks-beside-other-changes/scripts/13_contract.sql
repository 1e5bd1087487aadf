-- bellows: plan=18bd761d86a1ad01 phase=contract script=13/13
-- bellows: tables="Child","User","Fresh","Role","Role_new__bellows"
/*
  Warnings:

  - the values [GUEST] are removed from the enum `Role`; if rows still use them, this fails

*/
-- DropForeignKey
ALTER TABLE "Child" DROP CONSTRAINT "Child_uid_req_fkey";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_User_role" ON "User";
DROP FUNCTION "zzzz_bellows_User_role"();
DROP TRIGGER "zzzz_bellows_User_opt" ON "User";
DROP FUNCTION "zzzz_bellows_User_opt"();
DROP TRIGGER "zzzz_bellows_User_req" ON "User";
DROP FUNCTION "zzzz_bellows_User_req"();
DROP TRIGGER "zzzz_bellows_User_neu" ON "User";
DROP FUNCTION "zzzz_bellows_User_neu"();
DROP TRIGGER "zzzz_bellows_User_list" ON "User";
DROP FUNCTION "zzzz_bellows_User_list"();
ALTER TABLE "User" DROP COLUMN "role";
ALTER TABLE "User" DROP COLUMN "opt";
ALTER TABLE "User" DROP COLUMN "req";
ALTER TABLE "User" DROP COLUMN "neu";
ALTER TABLE "User" DROP COLUMN "list";
ALTER TABLE "User" RENAME COLUMN "role__bellows" TO "role";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'NEU';
ALTER TABLE "User" RENAME COLUMN "opt__bellows" TO "opt";
ALTER TABLE "User" RENAME COLUMN "req__bellows" TO "req";
ALTER TABLE "User" RENAME COLUMN "neu__bellows" TO "neu";
ALTER TABLE "User" ALTER COLUMN "neu" SET DEFAULT 'USER';
ALTER TABLE "User" RENAME COLUMN "list__bellows" TO "list";
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

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Child_req" ON "Child";
DROP FUNCTION "zzzz_bellows_Child_req"();
ALTER TABLE "Child" DROP COLUMN "req";
ALTER TABLE "Child" RENAME COLUMN "req__bellows" TO "req";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Child"';
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

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Fresh_r" ON "Fresh";
DROP FUNCTION "zzzz_bellows_Fresh_r"();
ALTER TABLE "Fresh" DROP COLUMN "r";
ALTER TABLE "Fresh" RENAME COLUMN "r__bellows" TO "r";
ALTER TABLE "Fresh" ALTER COLUMN "r" SET DEFAULT 'ADMIN';
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Fresh"';
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

-- RenameIndex
ALTER INDEX "User_neu_idx_new__bellows" RENAME TO "User_neu_idx";

-- RenameIndex
ALTER INDEX "User_id_req_key_new__bellows" RENAME TO "User_id_req_key";

-- RenameForeignKey
ALTER TABLE "Child" RENAME CONSTRAINT "Child_uid_req_fkey_new__bellows" TO "Child_uid_req_fkey";
