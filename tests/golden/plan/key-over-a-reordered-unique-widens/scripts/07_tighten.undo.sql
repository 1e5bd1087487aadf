-- DropForeignKey
ALTER TABLE "Hold" DROP CONSTRAINT "Hold_hour_room_fkey_new__bellows";
