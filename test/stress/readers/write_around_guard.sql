-- As replication and repair write: the guard does not fire.  And a table's statistics, which reload its catalog entry.
\set draft random(1, 3)
\set cents random(1, 3000)
BEGIN;
SET LOCAL session_replication_role = replica;
CALL stress.edit('Draft ' || :draft, 2, :cents / 100.0);
COMMIT;
ANALYZE mission_rates.sewer_rate;
