-- bellows: plan=de959576ef8d499b phase=contract script=3/5 programs=apart
/*
  Warnings:

  - `A`: a rename that no compatibility view can hide
  - `B`: a rename that no compatibility view can hide

*/
-- RenameTable
ALTER TABLE "A" RENAME TO "_bellows_A";

-- RenameTable
ALTER TABLE "B" RENAME TO "A";

-- RenameTable
ALTER TABLE "_bellows_A" RENAME TO "B";
