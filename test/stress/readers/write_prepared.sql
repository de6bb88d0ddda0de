-- A transaction that is prepared, and stays so for a moment.
\set draft random(1, 3)
\set what random(0, 12)
\set cents random(1, 3000)
\set end random(1, 2)
BEGIN;
CALL stress.edit('Draft ' || :draft, :what, :cents / 100.0);
CALL stress.compare('Draft ' || :draft, 1, 5);
PREPARE TRANSACTION 'stress :client_id';
CALL stress.compare('Draft ' || :draft, 1, 5);
\if :end = 1
ROLLBACK PREPARED 'stress :client_id';
\else
COMMIT PREPARED 'stress :client_id';
\endif
CALL stress.compare('Draft ' || :draft, 1, 5);
