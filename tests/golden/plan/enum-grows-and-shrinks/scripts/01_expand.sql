-- bellows: plan=db8b7cced65cddcb phase=expand script=1/5
-- CreateEnum
CREATE TYPE "Role_new__bellows" AS ENUM ('USER', 'ADMIN', 'AUDITOR');

-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'AUDITOR' AFTER 'ADMIN';

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "may__bellows" "Role_new__bellows"[],
ADD COLUMN     "role__bellows" "Role_new__bellows";

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_role"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT role::pg_catalog.text::public."Role_new__bellows" INTO NEW."role__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."role__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_role" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_role"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_may"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT may::pg_catalog.text[]::public."Role_new__bellows"[] INTO NEW."may__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."may__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_may" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_may"();
