-- Two foreign keys from the same columns to the same: one of them as an old migration left it.
CREATE TABLE "Customer" (id integer PRIMARY KEY);
CREATE TABLE "Order" (
  id integer PRIMARY KEY,
  customer integer REFERENCES "Customer" (id),
  payer integer,
  CONSTRAINT "old order's customer" FOREIGN KEY (customer) REFERENCES "Customer" (id) ON DELETE CASCADE,
  CONSTRAINT paid FOREIGN KEY (payer) REFERENCES "Customer" (id),
  CONSTRAINT paid_again FOREIGN KEY (payer) REFERENCES "Customer" (id)
);
CREATE TABLE "Note" (
  id integer PRIMARY KEY,
  about integer NOT NULL CONSTRAINT one REFERENCES "Order" (id) CONSTRAINT two REFERENCES "Order" (id)
);
