-- bellows: plan=e8b2173e570c8d1b phase=expand script=1/13
-- CreateEnum
CREATE TYPE "Role_new__bellows" AS ENUM ('USER', 'ADMIN', 'NEU');

-- AlterEnum
BEGIN;
ALTER TYPE "Role" ADD VALUE 'NEU';
COMMIT;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "list__bellows" "Role_new__bellows"[],
ADD COLUMN     "neu" "Role" DEFAULT 'USER',
ADD COLUMN     "neu__bellows" "Role_new__bellows",
ADD COLUMN     "opt__bellows" "Role_new__bellows",
ADD COLUMN     "req__bellows" "Role_new__bellows",
ADD COLUMN     "role__bellows" "Role_new__bellows",
ALTER COLUMN "role" SET DEFAULT 'NEU',
ALTER COLUMN "gone" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Child" ADD COLUMN     "req__bellows" "Role_new__bellows";

-- CreateTable
CREATE TABLE "Fresh" (
    "id" INTEGER NOT NULL,
    "r" "Role" NOT NULL DEFAULT 'ADMIN',

    CONSTRAINT "Fresh_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Fresh" ADD COLUMN     "r__bellows" "Role_new__bellows";

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_role"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT role::pg_catalog.text::public."Role_new__bellows" INTO NEW."role__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."role__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_role" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_role"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_opt"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT COALESCE("opt", 'USER') INTO NEW."opt" FROM (SELECT NEW.*) AS "User";
    BEGIN
        SELECT opt::pg_catalog.text::public."Role_new__bellows" INTO NEW."opt__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."opt__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_opt" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_opt"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_req"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    BEGIN
        SELECT req::pg_catalog.text::public."Role_new__bellows" INTO NEW."req__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."req__bellows" := NULL;
    END;
    IF locked OPERATOR(pg_catalog.<) 30
       AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('User_id_req_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."req"::pg_catalog.text) COLLATE pg_catalog."C"
           OPERATOR(pg_catalog.<>) COALESCE(('User_id_req_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."id"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."req"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
        locked := locked OPERATOR(pg_catalog.+) 1;
        PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
            pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('User_id_req_key' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."req"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
    END IF;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_req" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_req"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_neu"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT neu::pg_catalog.text::public."Role_new__bellows" INTO NEW."neu__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."neu__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_neu" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_neu"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_list"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT list::pg_catalog.text[]::public."Role_new__bellows"[] INTO NEW."list__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."list__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_list" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_list"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Child_req"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT req::pg_catalog.text::public."Role_new__bellows" INTO NEW."req__bellows" FROM (SELECT NEW.*) AS "Child";
    EXCEPTION WHEN data_exception THEN
        NEW."req__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Child_req" BEFORE INSERT OR UPDATE ON "Child"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Child_req"();

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_Fresh_r"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT r::pg_catalog.text::public."Role_new__bellows" INTO NEW."r__bellows" FROM (SELECT NEW.*) AS "Fresh";
    EXCEPTION WHEN data_exception THEN
        NEW."r__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Fresh_r" BEFORE INSERT OR UPDATE ON "Fresh"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Fresh_r"();
