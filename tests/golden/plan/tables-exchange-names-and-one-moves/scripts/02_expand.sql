-- bellows: plan=e38fbdfb44a3e6de phase=expand script=2/4
-- AlterTable
ALTER TABLE "auth"."Team" RENAME CONSTRAINT "Team_pkey" TO "_bellows_Team_pkey";

-- AlterTable
ALTER TABLE "Team" RENAME CONSTRAINT "City_pkey" TO "Team_pkey";

-- AlterTable
ALTER TABLE "auth"."Team" RENAME CONSTRAINT "_bellows_Team_pkey" TO "City_pkey";
