-- bellows: plan=2a30b2761c0cef6b phase=contract script=10/10
/*
  Warnings:

  - `A`: a foreign key is checked while nobody can write either table

*/
-- AddForeignKey
ALTER TABLE "A" ADD CONSTRAINT "A_a_fkey" FOREIGN KEY ("a") REFERENCES "P"("id") ON DELETE SET NULL ON UPDATE CASCADE;
