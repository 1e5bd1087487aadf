-- bellows: plan=f5d0531c7a3d40dd phase=expand script=1/2
-- AlterTable
ALTER TABLE "auth"."Team" RENAME CONSTRAINT "Team_pkey" TO "_bellows_Team_pkey";

-- AlterTable
ALTER TABLE "City" RENAME CONSTRAINT "City_pkey" TO "Team_pkey";

-- AlterTable
ALTER TABLE "auth"."Team" RENAME CONSTRAINT "_bellows_Team_pkey" TO "City_pkey";
