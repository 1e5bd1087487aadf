-- bellows: plan=3a6515b7787d3830 phase=tighten script=11/15
-- bellows: tables="Entry","Bill"
-- DropForeignKey
ALTER TABLE "Entry" DROP CONSTRAINT "Entry_billId_fkey";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Bill_id" ON "Bill";
DROP FUNCTION "zzzz_bellows_Bill_id"();
DO $bellows$
DECLARE
    owned CONSTANT pg_catalog.text := pg_catalog.pg_get_serial_sequence('"Bill"', 'id');
BEGIN
    EXECUTE pg_catalog.concat('ALTER SEQUENCE ', owned, ' AS BIGINT OWNED BY "Bill"."id__bellows"');
    EXECUTE pg_catalog.concat('ALTER TABLE "Bill" ALTER COLUMN "id__bellows" SET DEFAULT nextval(', pg_catalog.quote_literal(owned), ')');
END
$bellows$;
ALTER TABLE "Bill" DROP COLUMN "id";
ALTER TABLE "Bill" RENAME COLUMN "id__bellows" TO "id";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Bill"';
    function pg_catalog.oid;
BEGIN
    FOR function IN
        SELECT DISTINCT t.tgfoid
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid
        JOIN pg_catalog.pg_language AS l ON l.oid OPERATOR(pg_catalog.=) p.prolang
        WHERE t.tgrelid OPERATOR(pg_catalog.=) base AND NOT t.tgisinternal
          AND l.lanname OPERATOR(pg_catalog.=) 'plpgsql'
          AND pg_catalog.pg_has_role(p.proowner, 'USAGE')
    LOOP
        EXECUTE pg_catalog.pg_get_functiondef(function);
    END LOOP;
END
$bellows$;

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Entry_billId" ON "Entry";
DROP FUNCTION "zzzz_bellows_Entry_billId"();
ALTER TABLE "Entry" DROP COLUMN "billId";
ALTER TABLE "Entry" RENAME COLUMN "billId__bellows" TO "billId";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Entry"';
    function pg_catalog.oid;
BEGIN
    FOR function IN
        SELECT DISTINCT t.tgfoid
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid
        JOIN pg_catalog.pg_language AS l ON l.oid OPERATOR(pg_catalog.=) p.prolang
        WHERE t.tgrelid OPERATOR(pg_catalog.=) base AND NOT t.tgisinternal
          AND l.lanname OPERATOR(pg_catalog.=) 'plpgsql'
          AND pg_catalog.pg_has_role(p.proowner, 'USAGE')
    LOOP
        EXECUTE pg_catalog.pg_get_functiondef(function);
    END LOOP;
END
$bellows$;

-- AddPrimaryKey
ALTER TABLE "Bill" ADD CONSTRAINT "Bill_pkey" PRIMARY KEY USING INDEX "Bill_pkey_new__bellows";

-- RenameForeignKey
ALTER TABLE "Entry" RENAME CONSTRAINT "Entry_billId_fkey_new__bellows" TO "Entry_billId_fkey";
