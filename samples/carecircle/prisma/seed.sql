-- A small family, for development databases. Safe to run twice.
INSERT INTO "User" ("id", "email", "fullName", "password_hash", "updatedAt") VALUES
  ('00000000-0000-4000-8000-000000000001', 'ana@example.org', 'Ana Lima', 'x', now()),
  ('00000000-0000-4000-8000-000000000002', 'ben@example.org', 'Ben Okoro', 'x', now())
ON CONFLICT ("id") DO NOTHING;

INSERT INTO "Family" ("id", "name") VALUES
  ('00000000-0000-4000-8000-0000000000f1', 'Lima')
ON CONFLICT ("id") DO NOTHING;

INSERT INTO "family_members" ("family_id", "user_id", "role") VALUES
  ('00000000-0000-4000-8000-0000000000f1', '00000000-0000-4000-8000-000000000001', 'OWNER'),
  ('00000000-0000-4000-8000-0000000000f1', '00000000-0000-4000-8000-000000000002', 'CAREGIVER')
ON CONFLICT ("family_id", "user_id") DO NOTHING;

INSERT INTO "CareRecipient" ("id", "familyId", "firstName", "lastName", "allergies") VALUES
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000f1', 'Rosa', 'Lima', '{penicillin}')
ON CONFLICT ("id") DO NOTHING;

INSERT INTO "Medication" ("id", "careRecipientId", "name", "dosage", "startsOn", "refillAt") VALUES
  ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-0000000000c1', 'Metformin', '500 mg', '2026-01-01', 20)
ON CONFLICT ("id") DO NOTHING;
