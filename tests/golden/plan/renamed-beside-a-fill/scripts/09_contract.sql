-- bellows: plan=d3b3dad81a8ebe7e phase=contract script=9/9
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Part_twice" ON "Part";
DROP FUNCTION "zzzz_bellows_Part_twice"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Part_loud" ON "Part";
DROP FUNCTION "zzzz_bellows_Part_loud"();
