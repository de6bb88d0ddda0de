# A hot standby: a session there that is already rating sees each change when
# it is replayed, and one statement or transaction sees one state.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use Server;
use Test::More;

my $rated = "mission_rates.fee('probe', schedule => 'probe')";
my $stored = "(SELECT amount FROM mission_rates.fee WHERE schedule = 'probe' AND code = 'probe')";

my $primary = new_server('primary', 'autovacuum = off', allows_streaming => 1);
$primary->safe_psql('postgres', q(
	CREATE EXTENSION mission_rates;
	INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');
));
$primary->backup('copy');

my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'copy', has_streaming => 1);
$standby->append_conf('postgresql.conf', "hot_standby_feedback = on");
$standby->start;

# A line for a script of psql on the standby: something done on the primary.
sub on_primary
{
	my ($sql) = @_;
	my $connection = $primary->connstr('postgres');
	return qq(\\! psql -XAtqc "$sql" "$connection"\n);
}

# Waits for a condition, or until the standby shows an amount as a plain SELECT sees it.
sub wait_until
{
	my ($condition) = @_;
	return "DO \$\$ BEGIN FOR n IN 1 .. 3600 LOOP EXIT WHEN $condition; PERFORM pg_sleep(0.05); END LOOP; END \$\$;\n";
}

sub until_stored
{
	my ($amount) = @_;
	return wait_until("$stored = $amount");
}

sub change_to
{
	my ($amount) = @_;
	return "UPDATE mission_rates.fee SET amount = $amount WHERE schedule = 'probe'";
}

my $script =
	"SELECT pg_is_in_recovery(), $rated;\n"
	. on_primary(change_to(2))
	. until_stored(2)
	. "SELECT $rated, $stored;\n"
	. "SELECT $rated, _mission_rates.rate_loads();\n"
	# one transaction, one state
	. "BEGIN ISOLATION LEVEL REPEATABLE READ;\nSELECT $rated;\n"
	. on_primary(change_to(3))
	. "SELECT pg_sleep(1) IS NULL;\nSELECT $rated, $stored;\nCOMMIT;\n"
	. until_stored(3)
	. "SELECT $rated, $stored;\n"
	# cold under an old snapshot, then the present
	. "BEGIN ISOLATION LEVEL REPEATABLE READ;\nSELECT 1;\n"
	. on_primary(change_to(4))
	. "SELECT pg_sleep(1) IS NULL;\nSELECT $rated, $stored;\nCOMMIT;\n"
	. until_stored(4)
	. "SELECT $rated, $stored;\n"
	# rolled back on the primary, within a transaction that commits
	. on_primary('BEGIN; ' . change_to(5) . '; SAVEPOINT one; ' . change_to(6) . '; ROLLBACK TO one; COMMIT')
	. until_stored(5)
	. "SELECT $rated, $stored;\n"
	# a label, of which what was adopted has the text
	. on_primary("ALTER TYPE mission_rates.service_area RENAME VALUE 'inside' TO 'within'")
	. wait_until("EXISTS (SELECT FROM pg_catalog.pg_enum WHERE enumlabel = 'within')")
	. "SELECT mission_rates.billing_problem('A1', '3/4', 0, service_date => '2024-01-01');\n";

my $output = $standby->safe_psql('postgres', $script, timeout => 300);
is($output, join("\n",
	't|1.00',
	'2.00|2',
	'2.00|3',
	'2.00', 'f', '2.00|2', '3.00|3',
	'1', 'f', '3.00|3', '4.00|4',
	'5.00|5',
	'rates of schedule "Ordinance 5244" are not those that were adopted'),
	'a session on the standby sees what is replayed, when it is replayed');

# A standby that is promoted goes on, in the same session.
my $promotion = $standby->safe_psql('postgres',
	"SELECT $rated;\nSELECT pg_promote();\nUPDATE mission_rates.fee SET amount = 8 WHERE schedule = 'probe';\nSELECT $rated, $stored;\n",
	timeout => 300);
is($promotion, "5.00\nt\n8.00|8", 'and after it was promoted');

done_testing();
