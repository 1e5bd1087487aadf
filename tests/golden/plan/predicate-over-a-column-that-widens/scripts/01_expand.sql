-- bellows: plan=7ea85352df042c58 phase=expand script=1/10
-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "gone__bellows" TIMESTAMPTZ,
ADD COLUMN     "part__bellows" INTEGER,
ADD COLUMN     "qty__bellows" BIGINT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_qty"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    SELECT "qty" INTO NEW."qty__bellows" FROM (SELECT NEW.*) AS "Item";
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('item_open' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."name"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('item_open' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."name"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('item_open' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."name"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_qty" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_qty"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_gone"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    SELECT "gone" AT TIME ZONE 'UTC' INTO NEW."gone__bellows" FROM (SELECT NEW.*) AS "Item";
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('item_open' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."name"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('item_open' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."name"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('item_open' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."name"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_gone" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_gone"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_part"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT "part" INTO NEW."part__bellows" FROM (SELECT NEW.*) AS "Item";
    EXCEPTION WHEN data_exception THEN
        NEW."part__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_part" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_part"();

-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_switched__bellows" CHECK ("qty__bellows" IS NOT NULL) NOT VALID;
