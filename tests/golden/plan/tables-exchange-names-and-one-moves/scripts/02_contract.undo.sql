-- RenameTable
ALTER TABLE "City" SET SCHEMA "auth";
ALTER TABLE "auth"."City" RENAME TO "Team";

-- RenameTable
ALTER TABLE "Team" RENAME TO "City";
