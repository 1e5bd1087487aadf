-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "count__bellows_required__bellows";
