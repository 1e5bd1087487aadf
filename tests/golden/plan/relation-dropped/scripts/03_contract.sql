-- bellows: plan=6523b622fb73925f phase=contract script=3/3
/*
  Warnings:

  - column `authorId` of the table `Post` will be dropped; all values in it are lost

*/
-- AlterTable
ALTER TABLE "Post" DROP COLUMN "authorId";
