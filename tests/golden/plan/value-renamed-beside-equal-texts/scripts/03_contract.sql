-- bellows: plan=2aa026d0503ea7d0 phase=contract script=3/4 programs=apart
-- bellows: tables="Role","T"
/*
  Warnings:

  - `Role`: a rename that no compatibility view can hide

*/
-- RenameEnum
ALTER TYPE "Role" RENAME VALUE 'old' TO 'new';
