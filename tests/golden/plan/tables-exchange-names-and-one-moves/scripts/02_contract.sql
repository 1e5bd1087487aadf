-- bellows: plan=f5d0531c7a3d40dd phase=contract script=2/2 programs=apart
/*
  Warnings:

  - `City`: a rename that no compatibility view can hide
  - `Team`: a rename that no compatibility view can hide

*/
-- RenameTable
ALTER TABLE "City" RENAME TO "Team";

-- RenameTable
ALTER TABLE "auth"."Team" RENAME TO "City";
ALTER TABLE "auth"."City" SET SCHEMA "public";
