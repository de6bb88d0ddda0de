\set first random(1, 1990)
\set draft random(1, 3)
\set what random(0, 12)
\set cents random(1, 3000)
BEGIN;
CALL stress.compare('Draft ' || :draft, :first, 10);
SAVEPOINT edit;
CALL stress.edit('Draft ' || :draft, :what, :cents / 100.0);
CALL stress.compare('Draft ' || :draft, :first, 10);
ROLLBACK TO SAVEPOINT edit;
CALL stress.compare('Draft ' || :draft, :first, 10);
COMMIT;
