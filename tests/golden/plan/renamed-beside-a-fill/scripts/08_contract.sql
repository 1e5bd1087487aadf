-- bellows: plan=fe4e7702d29f4154 phase=contract script=8/8
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Part_twice" ON "Part";
DROP FUNCTION "zzzz_bellows_Part_twice"();
