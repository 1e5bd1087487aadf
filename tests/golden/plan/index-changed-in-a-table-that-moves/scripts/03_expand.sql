-- bellows: plan=cd677429e5d66f47 phase=expand script=3/11
-- AlterTable
ALTER TABLE "audit"."Team" ADD COLUMN     "since__bellows" DATE;

-- SyncTrigger
CREATE FUNCTION "audit"."zzzz_bellows_Team_since"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, MDY' AS $bellows$
BEGIN
    SELECT "since" INTO NEW."since__bellows" FROM (SELECT NEW.*) AS "Team";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Team_since" BEFORE INSERT OR UPDATE ON "audit"."Team"
    FOR EACH ROW EXECUTE FUNCTION "audit"."zzzz_bellows_Team_since"();

-- AddCheck
ALTER TABLE "audit"."Team" ADD CONSTRAINT "Team_carried__bellows" CHECK ("since__bellows" IS NOT NULL) NOT VALID;
