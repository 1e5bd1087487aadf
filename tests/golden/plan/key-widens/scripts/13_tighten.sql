-- bellows: plan=c24e826568903efe phase=tighten script=13/13
-- bellows: tables="Author","Post"
-- DropForeignKey
ALTER TABLE "Author" DROP CONSTRAINT "Author_hostId_fkey";

-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Author_id" ON "Author";
DROP FUNCTION "zzzz_bellows_Author_id"();
DO $bellows$
DECLARE
    owned CONSTANT pg_catalog.text := pg_catalog.pg_get_serial_sequence('"Author"', 'id');
BEGIN
    EXECUTE pg_catalog.concat('ALTER SEQUENCE ', owned, ' AS BIGINT OWNED BY "Author"."id__bellows"');
    EXECUTE pg_catalog.concat('ALTER TABLE "Author" ALTER COLUMN "id__bellows" SET DEFAULT nextval(', pg_catalog.quote_literal(owned), ')');
END
$bellows$;
DROP TRIGGER "zzzz_bellows_Author_number" ON "Author";
DROP FUNCTION "zzzz_bellows_Author_number"();
DROP TRIGGER "zzzz_bellows_Author_hostId" ON "Author";
DROP FUNCTION "zzzz_bellows_Author_hostId"();
ALTER TABLE "Author" DROP COLUMN "id";
ALTER TABLE "Author" DROP COLUMN "number";
ALTER TABLE "Author" DROP COLUMN "hostId";
ALTER TABLE "Author" RENAME COLUMN "id__bellows" TO "id";
ALTER TABLE "Author" RENAME COLUMN "number__bellows" TO "number";
ALTER TABLE "Author" RENAME COLUMN "hostId__bellows" TO "hostId";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Author"';
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
DROP TRIGGER "zzzz_bellows_Post_authorId" ON "Post";
DROP FUNCTION "zzzz_bellows_Post_authorId"();
ALTER TABLE "Post" DROP COLUMN "authorId";
ALTER TABLE "Post" RENAME COLUMN "authorId__bellows" TO "authorId";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Post"';
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
ALTER TABLE "Author" ADD CONSTRAINT "Author_pkey" PRIMARY KEY USING INDEX "Author_pkey_new__bellows";

-- RenameIndex
ALTER INDEX "Author_number_key_new__bellows" RENAME TO "Author_number_key";

-- RenameIndex
ALTER INDEX "Post_authorId_title_idx_new__bellows" RENAME TO "Post_authorId_title_idx";

-- RenameIndex
ALTER INDEX "Post_authorId_place_key_new__bellows" RENAME TO "Post_authorId_place_key";

-- RenameForeignKey
ALTER TABLE "Author" RENAME CONSTRAINT "Author_hostId_fkey_new__bellows" TO "Author_hostId_fkey";

-- RenameForeignKey
ALTER TABLE "Post" RENAME CONSTRAINT "Post_authorId_fkey_new__bellows" TO "Post_authorId_fkey";
