-- DropForeignKey
ALTER TABLE "Entry" DROP CONSTRAINT "Entry_billId_fkey_new__bellows";
