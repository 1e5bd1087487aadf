-- bellows: plan=2229f109bcea8d87 phase=contract script=8/8
/*
  Warnings:

  - `Nurse`: a foreign key is checked while nobody can write either table

*/
-- AddForeignKey
ALTER TABLE "Nurse" ADD CONSTRAINT "Nurse_wardNumber_fkey" FOREIGN KEY ("wardNumber") REFERENCES "Ward"("number") ON DELETE SET NULL ON UPDATE CASCADE;
