-- DropIndex
DROP INDEX "M_a_key";

-- DropIndex
DROP INDEX "M_b_c_key";

-- DropIndex
DROP INDEX "uq_ca";
