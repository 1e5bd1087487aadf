-- bellows: plan=f07202ac65bac8b4 phase=expand script=1/11
-- AlterTable
ALTER TABLE "Team" ADD COLUMN     "id__bellows" BIGINT;

-- AlterTable
ALTER TABLE "Player" ADD COLUMN     "teamId__bellows" BIGINT;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Team_id"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    SELECT "id" INTO NEW."id__bellows" FROM (SELECT NEW.*) AS "Team";
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Team_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('Team_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."id"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Team_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Team_id" BEFORE INSERT OR UPDATE ON "Team"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Team_id"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Player_teamId"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT "teamId" INTO NEW."teamId__bellows" FROM (SELECT NEW.*) AS "Player";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Player_teamId" BEFORE INSERT OR UPDATE ON "Player"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Player_teamId"();

-- AddCheck
ALTER TABLE "Team" ADD CONSTRAINT "Team_carried__bellows" CHECK ("id__bellows" IS NOT NULL) NOT VALID;

-- AddCheck
ALTER TABLE "Player" ADD CONSTRAINT "Player_carried__bellows" CHECK ("teamId__bellows" IS NOT NULL) NOT VALID;
