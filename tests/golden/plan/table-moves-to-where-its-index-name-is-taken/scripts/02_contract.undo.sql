-- RenameTable
ALTER TABLE "audit"."A" SET SCHEMA "public";
