// drop.mjs - a database gone, whoever is connected to it: DROP DATABASE has no WITH (FORCE) before PostgreSQL 13.

// The statements, one after the other: dropping cannot be part of a transaction. `name` needs no quotes.
export const dropStatements = name => [
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  `DROP DATABASE IF EXISTS ${name}`,
]
