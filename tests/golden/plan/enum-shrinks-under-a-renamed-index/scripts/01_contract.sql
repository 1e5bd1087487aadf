-- bellows: plan=a6ea4390bf210bf6 phase=contract script=1/3
-- DropIndex
DROP INDEX "one_user";
