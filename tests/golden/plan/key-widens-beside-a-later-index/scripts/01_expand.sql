-- bellows: plan=cbeffac2e5283781 phase=expand script=1/15
-- CreateEnum
CREATE TYPE "Mood" AS ENUM ('blue', 'red');

-- AlterTable
ALTER TABLE "Bill" ADD COLUMN     "id__bellows" BIGINT,
ADD COLUMN     "rank__bellows" "Mood";

-- AlterTable
ALTER TABLE "Entry" ADD COLUMN     "billId__bellows" BIGINT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Bill_id"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    SELECT "id" INTO NEW."id__bellows" FROM (SELECT NEW.*) AS "Bill";
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Bill_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('Bill_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."id"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Bill_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Bill_id" BEFORE INSERT OR UPDATE ON "Bill"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Bill_id"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Bill_rank"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    SELECT rank::pg_catalog.text::public."Mood" INTO NEW."rank__bellows" FROM (SELECT NEW.*) AS "Bill";
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Bill_price_rank_tags_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."price"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."rank"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."tags"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('Bill_price_rank_tags_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."price"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."rank"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."tags"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Bill_price_rank_tags_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."price"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."rank"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."tags"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Bill_rank" BEFORE INSERT OR UPDATE ON "Bill"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Bill_rank"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Entry_billId"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "billId" INTO NEW."billId__bellows" FROM (SELECT NEW.*) AS "Entry";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Entry_billId" BEFORE INSERT OR UPDATE ON "Entry"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Entry_billId"();

-- AddCheck
ALTER TABLE "Bill" ADD CONSTRAINT "Bill_switched__bellows" CHECK ("id__bellows" IS NOT NULL) NOT VALID;

-- AddCheck
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_switched__bellows" CHECK ("billId__bellows" IS NOT NULL) NOT VALID;

-- AddCheck
ALTER TABLE "Bill" ADD CONSTRAINT "Bill_carried__bellows" CHECK ("rank__bellows" IS NOT NULL) NOT VALID;
