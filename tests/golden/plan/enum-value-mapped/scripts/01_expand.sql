-- bellows: plan=f43c4bdcac106558 phase=expand script=1/6
-- CreateEnum
CREATE TYPE "Role_new__bellows" AS ENUM ('USER', 'ADMIN');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "past__bellows" "Role_new__bellows",
ADD COLUMN     "role__bellows" "Role_new__bellows";

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_role"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT CASE WHEN role OPERATOR(pg_catalog.=) 'OWNER' THEN 'ADMIN' ELSE role END INTO NEW."role" FROM (SELECT NEW.*) AS "User";
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
CREATE FUNCTION "zzzz_bellows_User_past"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT past::pg_catalog.text::public."Role_new__bellows" INTO NEW."past__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."past__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_past" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_past"();
