-- DropCheck
ALTER TABLE "Account" DROP CONSTRAINT "Account_required__bellows";
