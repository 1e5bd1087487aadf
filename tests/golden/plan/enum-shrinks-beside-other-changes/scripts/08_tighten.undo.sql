-- DropForeignKey
ALTER TABLE "Child" DROP CONSTRAINT "Child_uid_req_fkey_new__bellows";
