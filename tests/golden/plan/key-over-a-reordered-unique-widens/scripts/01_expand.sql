-- bellows: plan=a8d71b5220333c9a phase=expand script=1/12
-- AlterTable
ALTER TABLE "Slot" ADD COLUMN     "hour__bellows" BIGINT;

-- AlterTable
ALTER TABLE "Booking" ADD COLUMN     "hour__bellows" BIGINT;

-- AlterTable
ALTER TABLE "Hold" ADD COLUMN     "hour__bellows" BIGINT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Slot_hour"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "hour" INTO NEW."hour__bellows" FROM (SELECT NEW.*) AS "Slot";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Slot_hour" BEFORE INSERT OR UPDATE ON "Slot"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Slot_hour"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Booking_hour"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "hour" INTO NEW."hour__bellows" FROM (SELECT NEW.*) AS "Booking";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Booking_hour" BEFORE INSERT OR UPDATE ON "Booking"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Booking_hour"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Hold_hour"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "hour" INTO NEW."hour__bellows" FROM (SELECT NEW.*) AS "Hold";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Hold_hour" BEFORE INSERT OR UPDATE ON "Hold"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Hold_hour"();

-- AddCheck
ALTER TABLE "Slot" ADD CONSTRAINT "Slot_carried__bellows" CHECK ("hour__bellows" IS NOT NULL) NOT VALID;

-- AddCheck
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_carried__bellows" CHECK ("hour__bellows" IS NOT NULL) NOT VALID;

-- AddCheck
ALTER TABLE "Hold" ADD CONSTRAINT "Hold_carried__bellows" CHECK ("hour__bellows" IS NOT NULL) NOT VALID;
