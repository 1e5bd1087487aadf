-- AlterTable
CREATE SEQUENCE user_id_seq;
ALTER TABLE "User" ALTER COLUMN "id" SET DEFAULT nextval('user_id_seq');
ALTER SEQUENCE user_id_seq OWNED BY "User"."id";

-- AlterTable
CREATE SEQUENCE mixed_case_theid_seq;
ALTER TABLE "Mixed_Case" ALTER COLUMN "theId" SET DEFAULT nextval('mixed_case_theid_seq');
ALTER SEQUENCE mixed_case_theid_seq OWNED BY "Mixed_Case"."theId";

-- AlterTable
CREATE SEQUENCE side_num_seq;
ALTER TABLE "Side" ALTER COLUMN "num" SET DEFAULT nextval('side_num_seq');
ALTER SEQUENCE side_num_seq OWNED BY "Side"."num";
