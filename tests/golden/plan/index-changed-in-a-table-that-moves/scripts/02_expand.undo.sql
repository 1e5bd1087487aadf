-- DropCompatibilityView
DROP VIEW "Team";

-- RenameTable
ALTER TABLE "audit"."Team" SET SCHEMA "public";
