-- bellows: plan=7b48e98ece68edd5 phase=tighten script=2/5
-- CreateIndex
CREATE INDEX CONCURRENTLY "Medication_careRecipientId_isActive_idx" ON "Medication"("careRecipientId", "isActive");
