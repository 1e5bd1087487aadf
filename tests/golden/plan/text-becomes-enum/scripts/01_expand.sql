-- bellows: plan=21d5315febcc4ac6 phase=expand script=1/6
-- CreateEnum
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "role__bellows" "Role";

-- CreateCast
CREATE CAST ("Role" AS pg_catalog.text) WITH INOUT AS IMPLICIT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_role"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT role::pg_catalog.text::public."Role" INTO NEW."role__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."role__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_role" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_role"();
