-- bellows: plan=a8ec68be8caa31e4 phase=contract script=9/9
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Part_twice" ON "Part";
DROP FUNCTION "zzzz_bellows_Part_twice"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Part_loud" ON "Part";
DROP FUNCTION "zzzz_bellows_Part_loud"();
