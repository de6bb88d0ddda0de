# Installed by the owner of a database who is no superuser: the rate tables are that role's, everything else stays with
# the superuser whom the server ran the script as; and neither what the role prepared before, nor what it makes of its
# tables afterwards, ever runs with a superuser's rights.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', ($ENV{MISSION_RATES_CONF} // '') . "\nfsync = off\nclient_min_messages = error\n");
$node->start;
my $files = PostgreSQL::Test::Utils::tempdir;
$node->safe_psql('postgres', 'CREATE ROLE city_owner LOGIN');
$node->safe_psql('postgres', 'CREATE DATABASE city OWNER city_owner');

# What a role gets from a script: 'ok', or the SQLSTATE
sub gets
{
	my ($role, $script, $db) = @_;
	my $errors = '';
	$node->psql($db // 'city', "\\set VERBOSITY sqlstate\n$script", stderr => \$errors,
		connstr => $node->connstr($db // 'city') . " user=$role");
	return $errors =~ /ERROR:\s+(\w{5})/ ? $1 : $errors eq '' ? 'ok' : $errors;
}

sub harmless
{
	my ($about) = @_;
	is($node->safe_psql('postgres', q{SELECT rolsuper FROM pg_roles WHERE rolname = 'city_owner'}), 'f', $about);
	return;
}

# ---- before ----

# Functions, operators, casts and types that would be found if the script did not name the server's own; each makes the
# attacker a superuser as soon as a superuser runs it.
is(gets('city_owner', q{
	CREATE SCHEMA hostile;
	CREATE FUNCTION hostile.strike() RETURNS boolean LANGUAGE plpgsql AS $$
	BEGIN
		EXECUTE 'ALTER ROLE city_owner SUPERUSER';
		RETURN true;
	EXCEPTION WHEN OTHERS THEN
		RETURN true;
	END $$;
	CREATE FUNCTION hostile.format(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS $$SELECT hostile.strike(); SELECT ''$$;
	CREATE FUNCTION hostile.btrim(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT hostile.strike(); SELECT $1$$;
	CREATE FUNCTION hostile.same(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT hostile.strike()$$;
	CREATE OPERATOR hostile.= (FUNCTION = hostile.same, LEFTARG = text, RIGHTARG = text);
	CREATE OPERATOR hostile.<> (FUNCTION = hostile.same, LEFTARG = text, RIGHTARG = text);
	CREATE OPERATOR hostile.|| (FUNCTION = hostile.same, LEFTARG = text, RIGHTARG = text);
	CREATE TABLE hostile.pg_attribute (a integer);
	CREATE DOMAIN hostile.numeric AS pg_catalog.numeric CHECK (hostile.strike());
	ALTER DATABASE city SET search_path = hostile, public, pg_catalog;
}), 'ok', 'traps are laid');
is(gets('city_owner', 'CREATE SCHEMA mission_rates; CREATE EXTENSION mission_rates'), '42P06',
	'a schema of that name stops the installation');
is(gets('city_owner', 'DROP SCHEMA mission_rates'), 'ok', 'it is removed');
is(gets('city_owner', 'CREATE EXTENSION mission_rates'), 'ok', 'the owner of a database installs the extension');
harmless('nothing that was there before has run');

# ---- who owns what ----

my @tables = split /\n/, $node->safe_psql('city', 'SELECT rate_table FROM _mission_rates.rate_tables()');
is( $node->safe_psql('city', q{SELECT c.relname FROM pg_class AS c WHERE c.relnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace)
		AND c.relkind = 'r' AND c.relowner = 'city_owner'::regrole ORDER BY c.relname COLLATE "C"}),
	join("\n", sort @tables, qw(schedule_log added_label)), 'the tables of rates, log and labels are the installer\'s');
is($node->safe_psql('city', $_), '0', 'nothing else is') foreach
  q{SELECT count(*) FROM pg_namespace WHERE nspname = 'mission_rates' AND nspowner = 'city_owner'::regrole},
  q{SELECT count(*) FROM pg_proc WHERE pronamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND proowner = 'city_owner'::regrole},
  q{SELECT count(*) FROM pg_type AS t LEFT JOIN pg_class AS c ON c.oid = t.typrelid WHERE t.typnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace)
		AND t.typowner = 'city_owner'::regrole AND coalesce(c.relkind, 'c') <> 'r' AND t.typelem = 0},
  q{SELECT count(*) FROM pg_class WHERE relnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND relowner = 'city_owner'::regrole
		AND relkind NOT IN ('r', 'i')};
is(gets('city_owner', $_->[0]), $_->[1], "the installer: $_->[0]") foreach
  [ 'CREATE FUNCTION mission_rates.trap() RETURNS integer LANGUAGE sql AS $$SELECT 1$$', '42501' ],
  [ 'CREATE TABLE mission_rates.trap (a integer)', '42501' ],
  [ q{ALTER TYPE mission_rates.customer_class ADD VALUE 'A10'}, '42501' ],
  [ 'CREATE FUNCTION hostile.word(mission_rates.customer_class) RETURNS text LANGUAGE sql AS $$SELECT hostile.strike()::text$$', 'ok' ],
  [ 'CREATE CAST (mission_rates.customer_class AS text) WITH FUNCTION hostile.word(mission_rates.customer_class) AS IMPLICIT', '42501' ],
  [ 'CREATE OR REPLACE FUNCTION mission_rates.check_schedule(schedule text, OUT severity text, OUT rate_table text, OUT item text,'
	  . ' OUT problem text) RETURNS SETOF record LANGUAGE sql AS $$SELECT $1, $1, $1, $1$$', '42501' ],
  [ 'DROP FUNCTION mission_rates._rate_token_touch() CASCADE', '42501' ],
  [ 'UPDATE mission_rates._rate_token SET token = token', '42501' ],
  [ 'ALTER TABLE mission_rates._rate_token DISABLE TRIGGER ALL', '42501' ];

# ---- what the installer may ----

is(gets('city_owner', $_), 'ok', "the installer: $_") foreach
  q{SELECT mission_rates.add_class('A10')},
  q{SET search_path = public; SELECT mission_rates.draft_schedule('New'); UPDATE mission_rates.fee SET amount = 13 WHERE schedule = 'New' AND code = 'boring'},
  q{SELECT mission_rates.adopt_schedule('New', CURRENT_DATE + 30)},
  'SELECT * FROM mission_rates.self_test()';
is($node->safe_psql('city', 'SELECT * FROM mission_rates.self_test() WHERE passed IS NOT TRUE'), '', 'the installation is good');
is(gets('city_owner', q{SET search_path = public; UPDATE mission_rates.fee SET amount = 14 WHERE schedule = 'New'}), '55000', 'the guard is for the owner, too');

# The installer restores a whole dump without a superuser.
$node->safe_psql('postgres', 'CREATE DATABASE copy OWNER city_owner TEMPLATE template0');
command_ok([ 'pg_dump', '-Fc', '-f', "$files/city.dump", '-d', $node->connstr('city') . ' user=city_owner' ], 'dump');
command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('copy') . ' user=city_owner', "$files/city.dump" ],
	'the owner of a database restores it');
my $state = 'SELECT schedule, fingerprint, (SELECT count(*) FROM mission_rates.schedule_log) FROM mission_rates.schedule ORDER BY 1';
is($node->safe_psql('copy', $state), $node->safe_psql('city', $state), 'everything is there');
is($node->safe_psql('copy', 'SELECT * FROM mission_rates.self_test() WHERE passed IS NOT TRUE'), '', 'and is good');
harmless('nothing has run in the restore');

# ---- after: what an owner can make of the tables ----

my @calls = (
	q{mission_rates.bill_total('A1', '3/4', 6000, service_date => '2024-01-01')},
	q{mission_rates.billing_problem('A1', '3/4', 6000, service_date => '2024-01-01')},
	q{mission_rates.bill('A1', '3/4', 6000, service_date => '2024-01-01')},
	q{mission_rates.fee('boring', service_date => '2024-01-01')}, q{mission_rates.late_fee(40.45, '2024-01-01')},
	q{mission_rates.opening_quote('homeowner', service_date => '2024-01-01')},
	q{mission_rates.rate_sheet(schedule => 'Ordinance 5244')},
	q{mission_rates.compare_schedules('Ordinance 5244', 'New')}, q{mission_rates.check_schedule('New')},
	q{mission_rates.bill_comparison('Ordinance 5244', 'New', 'A1', '3/4')},
	q{mission_rates.schedule_fingerprint('New')}, 'mission_rates.self_test()',
	q{mission_rates.explain_amount(40.45, 6000, service_date => '2024-01-01')},
	q{mission_rates.to_customer_class('A1')},
	q{mission_rates.account_total(ROW('A1')::hostile.account, 'New')});
is(gets('city_owner', q{CREATE TYPE hostile.account AS (class text)}), 'ok', 'a row of an account');
my @traps = (
	[ 'a type with a cast', q{
		CREATE TYPE hostile.words AS (w text);
		CREATE FUNCTION hostile.from_text(text) RETURNS hostile.words LANGUAGE sql AS $$SELECT ROW($1)::hostile.words$$;
		CREATE FUNCTION hostile.to_text(hostile.words) RETURNS text LANGUAGE sql AS $$SELECT hostile.strike(); SELECT ($1).w$$;
		CREATE CAST (hostile.words AS text) WITH FUNCTION hostile.to_text(hostile.words) AS IMPLICIT;
		ALTER TABLE mission_rates.fee ALTER COLUMN label TYPE hostile.words USING hostile.from_text(label);
		ALTER TABLE mission_rates.class_rule ALTER COLUMN label TYPE hostile.words USING hostile.from_text(label);
		ALTER TABLE mission_rates.schedule ALTER COLUMN title DROP DEFAULT, ALTER COLUMN title TYPE hostile.words USING hostile.from_text(title)} ],
	[ 'row security', q{
		ALTER TABLE mission_rates.water_tap ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
		CREATE POLICY trap ON mission_rates.water_tap USING (hostile.strike())} ],
	[ 'a rule', q{CREATE RULE trap AS ON INSERT TO mission_rates.schedule_log DO ALSO SELECT hostile.strike()} ]);
foreach my $trap (@traps)
{
	my $got = gets('city_owner', "BEGIN; $trap->[1]; COMMIT;");
	is($got, 'ok', "$trap->[0] is there");
	foreach my $call (@calls)
	{
		gets('postgres', "SELECT * FROM $call");
		gets('postgres', "SELECT $call");
	}
	harmless("$trap->[0] does not run as the superuser who calls a function");
}

# The traps are real: a superuser who reads the table itself is caught.
gets('postgres', 'SELECT f.label::text FROM mission_rates.fee AS f');
is($node->safe_psql('postgres', q{SELECT rolsuper FROM pg_roles WHERE rolname = 'city_owner'}), 't', 'the trap is armed');

# A name that has to be quoted
$node->safe_psql('postgres', 'CREATE ROLE "Odd % owner" LOGIN; CREATE DATABASE odd OWNER "Odd % owner"; REVOKE ALL ON DATABASE odd FROM PUBLIC');
is($node->safe_psql('odd', 'SET SESSION AUTHORIZATION "Odd % owner"; CREATE EXTENSION mission_rates;
	SELECT relowner::regrole FROM pg_class WHERE oid = \'mission_rates.fee\'::regclass'), '"Odd % owner"', 'an owner with an odd name');

$node->stop;
done_testing();
