-- bellows: plan=e38fbdfb44a3e6de phase=contract script=4/4
/*
  Warnings:

  - `Team`: a rename that no compatibility view can hide

*/
-- RenameTable
ALTER TABLE "auth"."Team" SET SCHEMA "public";
ALTER TABLE "Team" RENAME TO "City";
