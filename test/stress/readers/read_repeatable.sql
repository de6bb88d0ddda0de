\set first random(1, 1990)
\set draft random(1, 3)
BEGIN ISOLATION LEVEL REPEATABLE READ;
CALL stress.compare('Draft ' || :draft, :first, 10);
\sleep 3 ms
CALL stress.compare('Draft ' || :draft, :first, 10);
CALL stress.compare('Ordinance 5244', 1, 5);
COMMIT;
