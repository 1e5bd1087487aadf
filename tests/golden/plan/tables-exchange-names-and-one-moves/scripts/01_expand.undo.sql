-- AlterTable
ALTER TABLE "auth"."Team" RENAME CONSTRAINT "City_pkey" TO "_bellows_Team_pkey";

-- AlterTable
ALTER TABLE "City" RENAME CONSTRAINT "Team_pkey" TO "City_pkey";

-- AlterTable
ALTER TABLE "auth"."Team" RENAME CONSTRAINT "_bellows_Team_pkey" TO "Team_pkey";
