-- DropCheck
ALTER TABLE "Ward" DROP CONSTRAINT "Ward_required__bellows";
