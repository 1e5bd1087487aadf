-- bellows: plan=9726376305c8ef22 phase=contract script=2/2 programs=apart
/*
  Warnings:

  - `A`: a rename that no compatibility view can hide

*/
-- RenameTable
ALTER TABLE "A" SET SCHEMA "audit";
