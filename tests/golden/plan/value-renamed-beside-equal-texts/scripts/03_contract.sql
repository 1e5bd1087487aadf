-- bellows: plan=b82bf8f7b0dd06a9 phase=contract script=3/4 programs=apart
-- bellows: tables="Role","T"
/*
  Warnings:

  - `Role`: a rename that no compatibility view can hide

*/
-- RenameEnum
ALTER TYPE "Role" RENAME VALUE 'old' TO 'new';
