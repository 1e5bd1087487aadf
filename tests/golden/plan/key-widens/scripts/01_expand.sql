-- bellows: plan=bf433071a6d10f44 phase=expand script=1/13
-- AlterTable
ALTER TABLE "Author" ADD COLUMN     "hostId__bellows" BIGINT,
ADD COLUMN     "id__bellows" BIGINT,
ADD COLUMN     "number__bellows" BIGINT;

-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "authorId__bellows" BIGINT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Author_id"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    SELECT "id" INTO NEW."id__bellows" FROM (SELECT NEW.*) AS "Author";
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Author_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('Author_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."id"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Author_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Author_id" BEFORE INSERT OR UPDATE ON "Author"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Author_id"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Author_number"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    SELECT "number" INTO NEW."number__bellows" FROM (SELECT NEW.*) AS "Author";
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Author_number_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."number"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('Author_number_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."number"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Author_number_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."number"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Author_number" BEFORE INSERT OR UPDATE ON "Author"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Author_number"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Author_hostId"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "hostId" INTO NEW."hostId__bellows" FROM (SELECT NEW.*) AS "Author";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Author_hostId" BEFORE INSERT OR UPDATE ON "Author"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Author_hostId"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Post_authorId"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    SELECT "authorId" INTO NEW."authorId__bellows" FROM (SELECT NEW.*) AS "Post";
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Post_authorId_place_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."authorId"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."place"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('Post_authorId_place_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."authorId"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."place"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Post_authorId_place_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."authorId"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."place"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Post_authorId" BEFORE INSERT OR UPDATE ON "Post"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Post_authorId"();

-- AddCheck
ALTER TABLE "Author" ADD CONSTRAINT "Author_switched__bellows" CHECK ("id__bellows" IS NOT NULL AND "number__bellows" IS NOT NULL) NOT VALID;

-- AddCheck
ALTER TABLE "Post" ADD CONSTRAINT "Post_switched__bellows" CHECK ("authorId__bellows" IS NOT NULL) NOT VALID;
