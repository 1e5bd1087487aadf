-- bellows: plan=3c9d7e0ddda71ea6 phase=contract script=2/2 programs=apart
/*
  Warnings:

  - `Item`: a rename that no compatibility view can hide
  - `Item`: a rename that no compatibility view can hide

*/
-- RenameTable
ALTER TABLE "shop"."Item" RENAME TO "Other";

-- RenameTable
ALTER TABLE "Item" SET SCHEMA "shop";
