-- DropForeignKey
ALTER TABLE "Author" DROP CONSTRAINT "Author_hostId_fkey_new__bellows";
