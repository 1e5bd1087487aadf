-- bellows: plan=44ee897e1ad9abeb phase=expand script=1/5
-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "at__bellows" TIMESTAMPTZ(3),
ADD COLUMN     "n__bellows" BIGINT,
ADD COLUMN     "qty__bellows" BIGINT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_qty"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "qty" INTO NEW."qty__bellows" FROM (SELECT NEW.*) AS "Item";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_qty" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_qty"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_n"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "n" INTO NEW."n__bellows" FROM (SELECT NEW.*) AS "Item";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_n" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_n"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_at"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "at" AT TIME ZONE 'UTC' INTO NEW."at__bellows" FROM (SELECT NEW.*) AS "Item";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_at" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_at"();

-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_switched__bellows" CHECK ("qty__bellows" IS NOT NULL AND "at__bellows" IS NOT NULL) NOT VALID;
