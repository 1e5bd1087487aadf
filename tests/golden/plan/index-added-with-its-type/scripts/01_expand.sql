-- bellows: plan=8c99c720b8cf6990 phase=expand script=1/10
-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "qty__bellows" BIGINT,
ADD COLUMN     "size__bellows" BIGINT;

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
CREATE FUNCTION "zzzz_bellows_Item_size"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "size" INTO NEW."size__bellows" FROM (SELECT NEW.*) AS "Item";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_size" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_size"();

-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_switched__bellows" CHECK ("qty__bellows" IS NOT NULL) NOT VALID;

-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("size__bellows" IS NOT NULL) NOT VALID;
