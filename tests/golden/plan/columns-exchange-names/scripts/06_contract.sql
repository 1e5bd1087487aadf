-- bellows: plan=2a30b2761c0cef6b phase=contract script=6/10 programs=apart
/*
  Warnings:

  - `A.a`: a rename that no compatibility view can hide
  - `A.b`: a rename that no compatibility view can hide

*/
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_A_b" ON "A";
DROP FUNCTION "zzzz_bellows_A_b"();

-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "a" TO "_bellows_a";

-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "b" TO "a";

-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "_bellows_a" TO "b";
