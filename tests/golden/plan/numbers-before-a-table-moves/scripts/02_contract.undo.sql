-- RenameTable
ALTER TABLE "shop"."Item" SET SCHEMA "public";

-- RenameTable
ALTER TABLE "shop"."Other" RENAME TO "Item";
