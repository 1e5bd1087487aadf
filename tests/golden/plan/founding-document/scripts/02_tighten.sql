-- bellows: plan=0494657712d20c3d phase=tighten script=2/5
-- CreateIndex
CREATE INDEX CONCURRENTLY "Medication_careRecipientId_isActive_idx" ON "Medication"("careRecipientId", "isActive");
