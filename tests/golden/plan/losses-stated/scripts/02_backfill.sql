-- bellows: plan=54cf2c5a4acbb464 phase=backfill script=2/4
-- Backfill
-- bellows: backfill table="parcel" key="id"
UPDATE "parcel" SET "sizes__bellows" = ("sizes")[1] WHERE "sizes__bellows" IS NULL;
