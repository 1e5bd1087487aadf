-- bellows: plan=a4f0c9ea010951dd phase=contract script=1/3
-- DropIndex
DROP INDEX "one_user";
