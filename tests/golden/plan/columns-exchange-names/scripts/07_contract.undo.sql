-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "b" TO "_bellows_a";

-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "a" TO "b";

-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "_bellows_a" TO "a";
