-- bellows: plan=a8d71b5220333c9a phase=tighten script=8/12
-- ValidateConstraint
ALTER TABLE "Booking" VALIDATE CONSTRAINT "Booking_hour_room_fkey_new__bellows";

-- ValidateConstraint
ALTER TABLE "Hold" VALIDATE CONSTRAINT "Hold_hour_room_fkey_new__bellows";

-- ValidateConstraint
ALTER TABLE "Slot" VALIDATE CONSTRAINT "Slot_carried__bellows";

-- ValidateConstraint
ALTER TABLE "Booking" VALIDATE CONSTRAINT "Booking_carried__bellows";

-- ValidateConstraint
ALTER TABLE "Hold" VALIDATE CONSTRAINT "Hold_carried__bellows";
