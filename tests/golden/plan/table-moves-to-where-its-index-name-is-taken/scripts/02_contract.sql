-- bellows: plan=a068a340f64e9001 phase=contract script=2/2 programs=apart
/*
  Warnings:

  - `A`: a rename that no compatibility view can hide

*/
-- RenameTable
ALTER TABLE "A" SET SCHEMA "audit";
