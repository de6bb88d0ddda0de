# A logical subscriber: rows that the apply worker writes, under the replica
# role and without statement triggers, reach a session that is already rating,
# and a user's trigger in the worker itself.
use strict;
use warnings;

use Server;
use Test::More;

my $rated = "mission_rates.fee('probe', schedule => 'probe')";
my $stored = "(SELECT amount FROM mission_rates.fee WHERE schedule = 'probe' AND code = 'probe')";

my ($publisher, $subscriber);
foreach my $name ('publisher', 'subscriber')
{
	my $node = new_server($name, 'autovacuum = off', allows_streaming => 'logical');
	$node->safe_psql('postgres', 'CREATE EXTENSION mission_rates');
	$publisher = $node if $name eq 'publisher';
	$subscriber = $node if $name eq 'subscriber';
}

$publisher->safe_psql('postgres', 'CREATE PUBLICATION rates FOR TABLE mission_rates.schedule, mission_rates.fee');
my $connection = $publisher->connstr . ' dbname=postgres';
$subscriber->safe_psql('postgres',
	"CREATE SUBSCRIPTION rates CONNECTION '$connection' PUBLICATION rates WITH (copy_data = false)");

# What the worker's trigger sees
$subscriber->safe_psql('postgres', q(
	CREATE TABLE public.seen (n integer GENERATED ALWAYS AS IDENTITY, rated numeric, stored numeric);
	CREATE FUNCTION public.look() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO public.seen (rated, stored)
			SELECT mission_rates.fee('probe', schedule => 'probe'), amount FROM mission_rates.fee
			WHERE schedule = 'probe' AND code = 'probe';
		RETURN NULL;
	END $$;
	CREATE TRIGGER z_look AFTER UPDATE ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION public.look();
	-- sorts before every other, and fills the memo before the row is there
	CREATE FUNCTION public.look_before() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		PERFORM mission_rates.fee('probe', schedule => 'probe');
		RETURN NEW;
	END $$;
	CREATE TRIGGER "!look" BEFORE UPDATE ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION public.look_before();
	CREATE TRIGGER "!looked" AFTER UPDATE ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION public.look();
	ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER z_look, ENABLE ALWAYS TRIGGER "!look", ENABLE ALWAYS TRIGGER "!looked";
));

$publisher->safe_psql('postgres', q(
	INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');
));
$subscriber->poll_query_until('postgres', "SELECT count(*) = 1 FROM mission_rates.fee WHERE schedule = 'probe'")
	or die 'the first rows did not arrive';

# A line for a script of psql on the subscriber: something done on the publisher.
sub on_publisher
{
	my ($sql) = @_;
	return qq(\\! psql -XAtqc "$sql" "$connection"\n);
}

# Waits until the subscriber shows the amount, as a plain SELECT sees it.
sub until_stored
{
	my ($amount) = @_;
	return "DO \$\$ BEGIN FOR n IN 1 .. 3600 LOOP EXIT WHEN $stored = $amount; PERFORM pg_sleep(0.05); END LOOP; END \$\$;\n";
}

sub change_to
{
	my ($amount) = @_;
	return "UPDATE mission_rates.fee SET amount = $amount WHERE schedule = 'probe' AND code = 'probe'";
}

my $script =
	"SELECT $rated, _mission_rates.rate_loads();\n"
	. on_publisher(change_to(2))
	. until_stored(2)
	. "SELECT $rated, $stored;\n"
	. on_publisher('BEGIN; ' . join('; ', change_to(3), change_to(4), change_to(5)) . '; COMMIT')
	. until_stored(5)
	. "SELECT $rated, $stored;\n"
	. "SELECT $rated, _mission_rates.rate_loads();\n"
	. on_publisher("DELETE FROM mission_rates.fee WHERE schedule = 'probe';"
		. " INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 6, 'each', 'Probe')")
	. until_stored(6)
	. "SELECT $rated, $stored;\n";
my $output = $subscriber->safe_psql('postgres', $script, timeout => 300);
is($output, join("\n", '1.00|1', '2.00|2', '5.00|5', '5.00|4', '6.00|6'),
	'a session on the subscriber sees what was applied');

is($subscriber->safe_psql('postgres', 'SELECT rated, stored FROM seen ORDER BY n'),
	join("\n", map { "$_.00|$_" } 2, 2, 3, 3, 4, 4, 5, 5),
	'triggers in the apply worker see each row when it is applied');

$subscriber->safe_psql('postgres', 'DROP SUBSCRIPTION rates');
done_testing();
