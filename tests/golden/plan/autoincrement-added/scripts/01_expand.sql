-- bellows: plan=b4cd88245a967d68 phase=expand script=1/7
-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "number" INTEGER;

-- AlterTable
CREATE SEQUENCE "Item_number_seq" AS INTEGER;
ALTER TABLE "Item" ALTER COLUMN "number" SET DEFAULT nextval('"Item_number_seq"');
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Item"';
    numbers CONSTANT pg_catalog.regclass := '"Item_number_seq"';
    change pg_catalog.text;
BEGIN
    FOR change IN
        SELECT pg_catalog.format('ALTER SEQUENCE %s OWNER TO %I', numbers, pg_catalog.pg_get_userbyid(c.relowner))
        FROM pg_catalog.pg_class AS c
        WHERE c.oid OPERATOR(pg_catalog.=) base AND EXISTS (
            SELECT FROM pg_catalog.pg_class AS s
            WHERE s.oid OPERATOR(pg_catalog.=) numbers AND s.relowner OPERATOR(pg_catalog.<>) c.relowner)
        UNION ALL
        SELECT DISTINCT pg_catalog.format('GRANT USAGE ON SEQUENCE %s TO %s', numbers,
            CASE WHEN x.grantee OPERATOR(pg_catalog.=) 0 THEN 'PUBLIC'
                ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END)
        FROM pg_catalog.pg_class AS c
        LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid OPERATOR(pg_catalog.=) c.oid AND NOT a.attisdropped
        CROSS JOIN LATERAL (
            SELECT r.grantee, r.privilege_type FROM pg_catalog.aclexplode(c.relacl) AS r
            UNION ALL
            SELECT r.grantee, r.privilege_type FROM pg_catalog.aclexplode(a.attacl) AS r) AS x
        WHERE c.oid OPERATOR(pg_catalog.=) base AND x.grantee OPERATOR(pg_catalog.<>) c.relowner
          AND x.privilege_type OPERATOR(pg_catalog.=) 'INSERT'
    LOOP
        EXECUTE change;
    END LOOP;
END
$bellows$;
ALTER SEQUENCE "Item_number_seq" OWNED BY "Item"."number";

-- NumberTrigger
CREATE SEQUENCE "Item_id_seq" AS INTEGER;
CREATE FUNCTION "zzzz_bellows_Item_id"() RETURNS pg_catalog.trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $bellows$
DECLARE
    numbers CONSTANT pg_catalog.regclass := pg_catalog.format('%I.%I', TG_TABLE_SCHEMA, 'Item_id_seq');
    drawn CONSTANT pg_catalog.bool := TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW."id" IS NULL;
    taken pg_catalog.bool;
    setting CONSTANT pg_catalog.text := pg_catalog.current_setting('bellows.locked_keys', true);
    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) '^[0-9]{1,4}$'
        THEN setting::pg_catalog.int4 ELSE 0 END;
BEGIN
    LOOP
        IF drawn THEN
            NEW."id" := pg_catalog.nextval(numbers);
        END IF;
        IF locked OPERATOR(pg_catalog.<) 30
           AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ('Item_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C"
               OPERATOR(pg_catalog.<>) COALESCE(('Item_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) OLD."id"::pg_catalog.text) COLLATE pg_catalog."C", '')) THEN
            locked := locked OPERATOR(pg_catalog.+) 1;
            PERFORM pg_catalog.set_config('bellows.locked_keys', locked::pg_catalog.text, true),
                pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(('Item_pkey' OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) NEW."id"::pg_catalog.text) COLLATE pg_catalog."C", TG_RELID::pg_catalog.int8));
        END IF;
        EXIT WHEN NOT drawn;
        EXECUTE pg_catalog.format(
            'SELECT EXISTS (SELECT FROM %s WHERE %I OPERATOR(pg_catalog.=) $1)', TG_RELID::pg_catalog.regclass, 'id')
            INTO taken USING NEW."id";
        EXIT WHEN NOT taken;
    END LOOP;
    IF NOT drawn AND NEW."id" OPERATOR(pg_catalog.>) COALESCE(pg_catalog.pg_sequence_last_value(numbers), 0) THEN
        PERFORM pg_catalog.setval(numbers, NEW."id");
    END IF;
    RETURN NEW;
END
$bellows$;
REVOKE ALL ON FUNCTION "zzzz_bellows_Item_id"() FROM PUBLIC;
CREATE TRIGGER "zzzz_bellows_Item_id" BEFORE INSERT OR UPDATE ON "Item"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_Item_id"();
SELECT pg_catalog.setval('"Item_id_seq"', pg_catalog.max("id")) FROM "Item" HAVING pg_catalog.max("id") OPERATOR(pg_catalog.>) 0;
