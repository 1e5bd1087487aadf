-- bellows: plan=4c4084ded66b2a9b phase=expand script=2/15
-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "amount" TEXT,
ADD COLUMN     "notes" TEXT[],
ADD COLUMN     "number" VARCHAR(12),
ADD COLUMN     "place" INTEGER,
ADD COLUMN     "size__bellows" BIGINT,
ALTER COLUMN "qty" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Ware" ADD COLUMN     "cents" BIGINT,
ALTER COLUMN "price" DROP NOT NULL;
ALTER TABLE "Ware" RENAME CONSTRAINT "Thing_pkey" TO "Ware_pkey";

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_amount"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    carried RECORD;
BEGIN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."qty" IS NULL AND NEW."amount" IS NULL THEN
        NEW."amount" := '1';
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."amount" IS NOT NULL
       OR TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND COALESCE(NEW."amount"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."amount"::pg_catalog.text,
            (NEW."amount" IS NULL) OPERATOR(pg_catalog.<>) (OLD."amount" IS NULL)) THEN
        carried := NEW;
        SELECT "qty" INTO carried."amount" FROM (SELECT NEW.*) AS "Item";
        IF COALESCE(NEW."amount"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) carried."amount"::pg_catalog.text,
            (NEW."amount" IS NULL) OPERATOR(pg_catalog.<>) (carried."amount" IS NULL)) THEN
            BEGIN
                SELECT amount::pg_catalog.text::int INTO NEW."qty" FROM (SELECT NEW.*) AS "Item";
            EXCEPTION WHEN data_exception THEN
                NEW."qty" := NULL;
            END;
        END IF;
    ELSIF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR NEW."amount" IS NULL
       OR COALESCE(NEW."qty"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."qty"::pg_catalog.text,
            (NEW."qty" IS NULL) OPERATOR(pg_catalog.<>) (OLD."qty" IS NULL)) THEN
        SELECT "qty" INTO NEW."amount" FROM (SELECT NEW.*) AS "Item";
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_amount" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_amount"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_number"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    carried RECORD;
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."number" IS NOT NULL
       OR TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND COALESCE(NEW."number"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."number"::pg_catalog.text,
            (NEW."number" IS NULL) OPERATOR(pg_catalog.<>) (OLD."number" IS NULL)) THEN
        carried := NEW;
        BEGIN
            SELECT "code" INTO carried."number" FROM (SELECT NEW.*) AS "Item";
        EXCEPTION WHEN data_exception THEN
            carried."number" := NULL;
        END;
        IF COALESCE(NEW."number"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) carried."number"::pg_catalog.text,
            (NEW."number" IS NULL) OPERATOR(pg_catalog.<>) (carried."number" IS NULL)) THEN
            SELECT "number" INTO NEW."code" FROM (SELECT NEW.*) AS "Item";
        END IF;
    ELSIF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR NEW."number" IS NULL
       OR COALESCE(NEW."code"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."code"::pg_catalog.text,
            (NEW."code" IS NULL) OPERATOR(pg_catalog.<>) (OLD."code" IS NULL)) THEN
        BEGIN
            SELECT "code" INTO NEW."number" FROM (SELECT NEW.*) AS "Item";
        EXCEPTION WHEN data_exception THEN
            NEW."number" := NULL;
        END;
    END IF;
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Item_number_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."code"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('Item_number_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."code"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Item_number_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."code"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_number" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_number"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_notes"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    carried RECORD;
BEGIN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."notes" IS NOT NULL
       OR TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND COALESCE(NEW."notes"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."notes"::pg_catalog.text,
            (NEW."notes" IS NULL) OPERATOR(pg_catalog.<>) (OLD."notes" IS NULL)) THEN
        carried := NEW;
        SELECT CASE WHEN "note" IS NOT NULL THEN ARRAY["note"] END INTO carried."notes" FROM (SELECT NEW.*) AS "Item";
        IF COALESCE(NEW."notes"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) carried."notes"::pg_catalog.text,
            (NEW."notes" IS NULL) OPERATOR(pg_catalog.<>) (carried."notes" IS NULL)) THEN
            SELECT ("notes")[1] INTO NEW."note" FROM (SELECT NEW.*) AS "Item";
        END IF;
    ELSIF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR NEW."notes" IS NULL
       OR COALESCE(NEW."note"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."note"::pg_catalog.text,
            (NEW."note" IS NULL) OPERATOR(pg_catalog.<>) (OLD."note" IS NULL)) THEN
        SELECT CASE WHEN "note" IS NOT NULL THEN ARRAY["note"] END INTO NEW."notes" FROM (SELECT NEW.*) AS "Item";
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_notes" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_notes"();

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

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_place"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    carried RECORD;
BEGIN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."place" IS NOT NULL
       OR TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND COALESCE(NEW."place"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."place"::pg_catalog.text,
            (NEW."place" IS NULL) OPERATOR(pg_catalog.<>) (OLD."place" IS NULL)) THEN
        carried := NEW;
        BEGIN
            SELECT shelf::pg_catalog.text::int INTO carried."place" FROM (SELECT NEW.*) AS "Item";
        EXCEPTION WHEN data_exception THEN
            carried."place" := NULL;
        END;
        IF COALESCE(NEW."place"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) carried."place"::pg_catalog.text,
            (NEW."place" IS NULL) OPERATOR(pg_catalog.<>) (carried."place" IS NULL)) THEN
            SELECT "place" INTO NEW."shelf" FROM (SELECT NEW.*) AS "Item";
        END IF;
    ELSIF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR NEW."place" IS NULL
       OR COALESCE(NEW."shelf"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."shelf"::pg_catalog.text,
            (NEW."shelf" IS NULL) OPERATOR(pg_catalog.<>) (OLD."shelf" IS NULL)) THEN
        BEGIN
            SELECT shelf::pg_catalog.text::int INTO NEW."place" FROM (SELECT NEW.*) AS "Item";
        EXCEPTION WHEN data_exception THEN
            NEW."place" := NULL;
        END;
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_place" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_place"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Ware_cents"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    carried RECORD;
BEGIN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."cents" IS NOT NULL
       OR TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND COALESCE(NEW."cents"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."cents"::pg_catalog.text,
            (NEW."cents" IS NULL) OPERATOR(pg_catalog.<>) (OLD."cents" IS NULL)) THEN
        carried := NEW;
        BEGIN
            SELECT "price" INTO carried."cents" FROM (SELECT NEW.*) AS "Ware";
        EXCEPTION WHEN data_exception THEN
            carried."cents" := NULL;
        END;
        IF COALESCE(NEW."cents"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) carried."cents"::pg_catalog.text,
            (NEW."cents" IS NULL) OPERATOR(pg_catalog.<>) (carried."cents" IS NULL)) THEN
            BEGIN
                SELECT "cents" INTO NEW."price" FROM (SELECT NEW.*) AS "Ware";
            EXCEPTION WHEN data_exception THEN
                NEW."price" := NULL;
            END;
        END IF;
    ELSIF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR NEW."cents" IS NULL
       OR COALESCE(NEW."price"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."price"::pg_catalog.text,
            (NEW."price" IS NULL) OPERATOR(pg_catalog.<>) (OLD."price" IS NULL)) THEN
        BEGIN
            SELECT "price" INTO NEW."cents" FROM (SELECT NEW.*) AS "Ware";
        EXCEPTION WHEN data_exception THEN
            NEW."cents" := NULL;
        END;
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Ware_cents" BEFORE INSERT OR UPDATE ON "Ware"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Ware_cents"();
