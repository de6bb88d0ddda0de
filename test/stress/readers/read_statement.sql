\set first random(1, 1990)
\set draft random(1, 3)
CALL stress.compare('Draft ' || :draft, :first, 10);
