-- bellows: plan=3d5558c35b493a79 phase=backfill script=2/4
-- Backfill
-- bellows: backfill table="parcel" key="id"
UPDATE "parcel" SET "sizes__bellows" = ("sizes")[1] WHERE "sizes__bellows" IS NULL;
