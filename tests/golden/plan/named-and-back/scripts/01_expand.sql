-- bellows: plan=1228eabe2c7a6115 phase=expand script=1/6
-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "cents" INTEGER,
ADD COLUMN     "rank" INTEGER,
ALTER COLUMN "price" DROP NOT NULL,
ALTER COLUMN "level" DROP NOT NULL;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_cents"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    carried RECORD;
BEGIN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."cents" IS NOT NULL
       OR TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND COALESCE(NEW."cents"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."cents"::pg_catalog.text,
            (NEW."cents" IS NULL) OPERATOR(pg_catalog.<>) (OLD."cents" IS NULL)) THEN
        carried := NEW;
        BEGIN
            SELECT CAST(price OPERATOR(pg_catalog.*) 100 AS int) INTO carried."cents" FROM (SELECT NEW.*) AS "Item";
        EXCEPTION WHEN data_exception THEN
            carried."cents" := NULL;
        END;
        IF COALESCE(NEW."cents"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) carried."cents"::pg_catalog.text,
            (NEW."cents" IS NULL) OPERATOR(pg_catalog.<>) (carried."cents" IS NULL)) THEN
            BEGIN
                SELECT cents OPERATOR(pg_catalog./) 100.0 INTO NEW."price" FROM (SELECT NEW.*) AS "Item";
            EXCEPTION WHEN data_exception THEN
                NEW."price" := NULL;
            END;
        END IF;
    ELSIF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR NEW."cents" IS NULL
       OR COALESCE(NEW."price"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."price"::pg_catalog.text,
            (NEW."price" IS NULL) OPERATOR(pg_catalog.<>) (OLD."price" IS NULL)) THEN
        BEGIN
            SELECT CAST(price OPERATOR(pg_catalog.*) 100 AS int) INTO NEW."cents" FROM (SELECT NEW.*) AS "Item";
        EXCEPTION WHEN data_exception THEN
            NEW."cents" := NULL;
        END;
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_cents" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_cents"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Item_rank"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    carried RECORD;
BEGIN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."level" IS NULL AND NEW."rank" IS NULL THEN
        NEW."rank" := 1;
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."rank" IS NOT NULL
       OR TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND COALESCE(NEW."rank"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."rank"::pg_catalog.text,
            (NEW."rank" IS NULL) OPERATOR(pg_catalog.<>) (OLD."rank" IS NULL)) THEN
        carried := NEW;
        BEGIN
            SELECT CASE WHEN level OPERATOR(pg_catalog.=) 'LOW' THEN 1 ELSE 2 END INTO carried."rank" FROM (SELECT NEW.*) AS "Item";
        EXCEPTION WHEN data_exception THEN
            carried."rank" := NULL;
        END;
        IF COALESCE(NEW."rank"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) carried."rank"::pg_catalog.text,
            (NEW."rank" IS NULL) OPERATOR(pg_catalog.<>) (carried."rank" IS NULL)) THEN
            BEGIN
                SELECT CASE WHEN rank OPERATOR(pg_catalog.>) 1 THEN 'HIGH' ELSE 'LOW' END INTO NEW."level" FROM (SELECT NEW.*) AS "Item";
            EXCEPTION WHEN data_exception THEN
                NEW."level" := NULL;
            END;
        END IF;
    ELSIF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR NEW."rank" IS NULL
       OR COALESCE(NEW."level"::pg_catalog.text COLLATE pg_catalog."C" OPERATOR(pg_catalog.<>) OLD."level"::pg_catalog.text,
            (NEW."level" IS NULL) OPERATOR(pg_catalog.<>) (OLD."level" IS NULL)) THEN
        BEGIN
            SELECT CASE WHEN level OPERATOR(pg_catalog.=) 'LOW' THEN 1 ELSE 2 END INTO NEW."rank" FROM (SELECT NEW.*) AS "Item";
        EXCEPTION WHEN data_exception THEN
            NEW."rank" := NULL;
        END;
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Item_rank" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_rank"();
