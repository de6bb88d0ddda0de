\set draft random(1, 3)
CALL stress.compare('Draft ' || :draft, 1, 500);
