-- bellows: plan=3d5558c35b493a79 phase=contract script=4/4 programs=apart
-- bellows: loses table="parcel" column="label" hazard=recreate-column
/*
  Warnings:

  - column `label` of the table `parcel` will be dropped and created anew, because its values cannot be cast; they are lost
  - `parcel.label`: the table is rewritten while nobody can read or write it
  - `parcel.label`: a column changes to a type that one of the two programs does not understand

*/
-- AlterTable
ALTER TABLE "parcel" DROP COLUMN "label",
ADD COLUMN     "label" BOOLEAN;
