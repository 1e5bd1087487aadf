-- bellows: plan=9e46bc3ff4e34584 phase=tighten script=1/1
-- CreateIndex
CREATE INDEX CONCURRENTLY "Medication_careRecipientId_isActive_idx" ON "Medication"("careRecipientId", "isActive");
