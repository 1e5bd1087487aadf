-- bellows: plan=2ef2033e2583ba70 phase=contract script=1/1 programs=apart
-- bellows: tables="Third","Second","T","First"
/*
  Warnings:

  - `Second`: a rename that no compatibility view can hide
  - `First`: a rename that no compatibility view can hide

*/
-- RenameEnum
ALTER TYPE "Second" RENAME TO "Third";

-- RenameEnum
ALTER TYPE "First" RENAME TO "Second";
