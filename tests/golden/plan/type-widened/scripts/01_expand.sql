-- bellows: plan=c50e022f3d1a7246 phase=expand script=1/4
-- AlterTable
ALTER TABLE "User" ADD COLUMN     "count__bellows" BIGINT,
ALTER COLUMN "name" SET DATA TYPE TEXT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_count"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "count" INTO NEW."count__bellows" FROM (SELECT NEW.*) AS "User";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_count" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_count"();

-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_switched__bellows" CHECK ("count__bellows" IS NOT NULL) NOT VALID;
