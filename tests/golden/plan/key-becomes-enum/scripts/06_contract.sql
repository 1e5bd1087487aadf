-- bellows: plan=eb03d542176a1f7e phase=contract script=6/6
-- bellows: tables="Label","Kind"
/*
  Warnings:

  - column `kind` of the table `Label` changes from `Text` to `Kind`; values that do not fit make it fail or are cut

*/
-- SetNotNull
ALTER TABLE "Label" ALTER COLUMN "kind__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Label" DROP CONSTRAINT "Label_carried__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Label_kind" ON "Label";
DROP FUNCTION "zzzz_bellows_Label_kind"();
ALTER TABLE "Label" DROP COLUMN "kind";
ALTER TABLE "Label" RENAME COLUMN "kind__bellows" TO "kind";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Label"';
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

-- DropCast
DROP CAST ("Kind" AS pg_catalog.text);

-- AddPrimaryKey
ALTER TABLE "Label" ADD CONSTRAINT "Label_pkey" PRIMARY KEY USING INDEX "Label_pkey_new__bellows";
