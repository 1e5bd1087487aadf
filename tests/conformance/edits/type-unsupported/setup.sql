-- text casts to tsvector only when told so
CREATE CAST (text AS tsvector) WITH INOUT AS ASSIGNMENT;
