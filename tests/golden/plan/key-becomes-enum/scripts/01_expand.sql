-- bellows: plan=a809841f8c0319cd phase=expand script=1/6
-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('USER', 'ADMIN');

-- AlterTable
ALTER TABLE "Label" ADD COLUMN     "kind__bellows" "Kind";

-- CreateCast
CREATE CAST ("Kind" AS pg_catalog.text) WITH INOUT AS IMPLICIT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Label_kind"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    BEGIN
        SELECT kind::pg_catalog.text::public."Kind" INTO NEW."kind__bellows" FROM (SELECT NEW.*) AS "Label";
    EXCEPTION WHEN data_exception THEN
        NEW."kind__bellows" := NULL;
    END;
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Label_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."kind"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('Label_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."kind"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."id"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Label_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."kind"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Label_kind" BEFORE INSERT OR UPDATE ON "Label"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Label_kind"();
