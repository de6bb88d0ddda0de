# Nobody's code as somebody else: a superuser installs the extension, and all of it is his.  Whatever the owner of the
# database, a clerk or an adopter of doc/operations.md prepares, attaches, or puts in front of the server's functions and
# operators, nothing of it runs when a superuser calls the functions, or when another role does.
use strict;
use warnings;

use Page;
use Server;
use Test::More;

my $node = new_server('main', 'client_min_messages = error');
$node->safe_psql('postgres', 'CREATE ROLE city_owner LOGIN; CREATE DATABASE city OWNER city_owner');

# What a role gets from a script: 'ok', or the SQLSTATE
sub gets
{
	my ($role, $script) = @_;
	my $errors = '';
	$node->psql('city', "\\set VERBOSITY sqlstate\n$script", stderr => \$errors, connstr => $node->connstr('city') . " user=$role",
		on_error_stop => 1);
	return $errors =~ /ERROR:\s+(\w{5})/ ? $1 : $errors eq '' ? 'ok' : $errors;
}

my @roles = qw(city_owner rate_clerk rate_adopter);

sub harmless
{
	my ($about) = @_;
	is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_roles WHERE rolsuper AND rolname <> 'postgres'}), '0', $about);
	return;
}

# ---- before ----

# Functions and operators that fit better than the server's; each makes everybody a superuser if a superuser runs it.
is(gets('city_owner', q{
	CREATE SCHEMA hostile;
	GRANT USAGE ON SCHEMA hostile TO PUBLIC;
	CREATE FUNCTION hostile.strike() RETURNS boolean LANGUAGE plpgsql AS $$
	BEGIN
		EXECUTE 'ALTER ROLE city_owner SUPERUSER';
		RETURN true;
	EXCEPTION WHEN OTHERS THEN
		RETURN true;
	END $$;
	DO $do$
	DECLARE
		o record;
		n integer = 0;
	BEGIN
		FOR o IN SELECT p.oprname AS name, format_type(p.oprleft, NULL) AS l, format_type(p.oprright, NULL) AS r,
				format_type(p.oprresult, NULL) AS result FROM pg_operator AS p
			WHERE p.oprnamespace = 'pg_catalog'::regnamespace AND p.oprleft <> 0
			AND p.oprname IN ('=', '<>', '<', '>', '<=', '>=', '+', '-', '*', '/', '||', '~')
			AND p.oprleft IN (SELECT t.oid FROM pg_type AS t
				WHERE t.typname IN ('text', 'numeric', 'int4', 'int8', 'date', 'bool', 'name', 'oid', 'anyarray', 'jsonb'))
		LOOP
			n := n + 1;
			BEGIN
				EXECUTE format('CREATE FUNCTION hostile.o%s(pg_catalog.%I, pg_catalog.%I) RETURNS pg_catalog.%I LANGUAGE plpgsql AS'
					' ''BEGIN PERFORM hostile.strike(); RETURN NULL; END''', n,
					(SELECT typname FROM pg_type WHERE oid = o.l::regtype), (SELECT typname FROM pg_type WHERE oid = o.r::regtype),
					(SELECT typname FROM pg_type WHERE oid = o.result::regtype));
				EXECUTE format('CREATE OPERATOR hostile.%s (FUNCTION = hostile.o%s, LEFTARG = pg_catalog.%I, RIGHTARG = pg_catalog.%I)',
					o.name, n, (SELECT typname FROM pg_type WHERE oid = o.l::regtype),
					(SELECT typname FROM pg_type WHERE oid = o.r::regtype));
			END;
		END LOOP;
		FOR o IN SELECT p.proname AS name, p.oid, pg_get_function_identity_arguments(p.oid) AS args,
				format_type(p.prorettype, NULL) AS result FROM pg_proc AS p
			WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND NOT p.proretset
			AND p.proname IN ('format', 'btrim', 'round', 'lower', 'upper', 'replace', 'min', 'max', 'quote_literal', 'quote_ident',
				'to_char', 'scale', 'trim_scale', 'array_position', 'octet_length', 'concat_ws', 'jsonb_strip_nulls', 'numeric_eq')
			AND NOT 'pg_catalog."any"'::regtype = ANY (p.proargtypes::oid[])
		LOOP
			n := n + 1;
			EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS %s LANGUAGE plpgsql AS'
				' ''BEGIN PERFORM hostile.strike(); RETURN NULL; END''', o.name, o.args, o.result);
		END LOOP;
	END $do$;
	CREATE FUNCTION hostile.trap() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM hostile.strike(); RETURN NEW; END$$;
	CREATE TABLE hostile.pg_attribute (a integer);
	CREATE DOMAIN hostile.numeric AS pg_catalog.numeric CHECK (hostile.strike());
	CREATE TYPE hostile.account AS (class pg_catalog.text, meter pg_catalog.text, gallons bigint, area pg_catalog.text);
	ALTER DATABASE city SET search_path = hostile, public, pg_catalog;
}), 'ok', 'traps are laid');
is(gets('city_owner', 'CREATE EXTENSION mission_rates'), '42501', 'the owner of a database does not install the extension');
is(gets('city_owner', 'CREATE SCHEMA mission_rates'), 'ok', 'he has a schema of that name');
is(gets('postgres', 'CREATE EXTENSION mission_rates'), '42P06', 'which stops the installation');
is(gets('city_owner', 'DROP SCHEMA mission_rates'), 'ok', 'it is removed');
is(gets('postgres', 'CREATE EXTENSION mission_rates'), 'ok', 'a superuser installs the extension');
harmless('nothing that was there before has run');

# ---- who owns what, and what can be attached to it ----

my @blocks = map { $_->{text} } grep { $_->{language} eq 'sql' } Page::chapter('doc/operations.md', 'Roles');
is(gets('postgres', "SET search_path = pg_catalog; $_"), 'ok', 'roles as in doc/operations.md') foreach @blocks;
$node->safe_psql('postgres', 'ALTER ROLE rate_clerk LOGIN; ALTER ROLE rate_adopter LOGIN');
is($node->safe_psql('city', 'SET search_path = pg_catalog; SELECT * FROM mission_rates.self_test() WHERE passed IS NOT TRUE'),
	'', 'the installation is good, and all of it the superuser\'s');
my @tables = split /\n/, $node->safe_psql('city', q{SET search_path = pg_catalog;
	SELECT c.oid::regclass FROM pg_class AS c
	WHERE c.relnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND c.relkind = 'r' ORDER BY 1});
cmp_ok(scalar @tables, '>=', 13, 'tables of rates, log and labels');
my @attachments = (
	'CREATE TRIGGER trap BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION hostile.trap()',
	'CREATE CONSTRAINT TRIGGER trap AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hostile.trap()',
	'CREATE TABLE hostile.child () INHERITS (%s)',
	'ALTER TABLE %s INHERIT hostile.pg_attribute',
	'CREATE POLICY trap ON %s USING (hostile.strike())',
	'CREATE RULE trap AS ON INSERT TO %s DO ALSO SELECT hostile.strike()',
	'CREATE INDEX ON %s ((hostile.strike()))',
	'ALTER TABLE %s ADD CHECK (hostile.strike())',
	'ALTER TABLE %s ADD COLUMN trap boolean DEFAULT hostile.strike()',
	'ALTER TABLE %s DISABLE TRIGGER ALL',
	'TRUNCATE %s');
my @attempts = map { my $form = $_; map { sprintf $form, $_ } @tables } @attachments;
foreach my $role (@roles)
{
	my $errors = '';
	$node->psql('city', "\\set VERBOSITY sqlstate\n" . join(";\n", @attempts) . ';', stderr => \$errors,
		connstr => $node->connstr('city') . " user=$role", on_error_stop => 0);
	my $refused = () = $errors =~ /ERROR:\s+42501$/mg;
	is($refused, scalar @attempts, "$role attaches nothing to any table");
}
is(gets('city_owner', $_), '42501', "nor does the owner of the database: $_") foreach
  'CREATE FUNCTION mission_rates.trap() RETURNS integer LANGUAGE sql AS $$SELECT 1$$',
  'CREATE TABLE _mission_rates.trap (a integer)',
  q{ALTER TYPE mission_rates.customer_class ADD VALUE 'A10'},
  'CREATE CAST (mission_rates.customer_class AS text) WITH FUNCTION hostile.btrim(text) AS IMPLICIT',
  'CREATE OR REPLACE FUNCTION mission_rates.self_test() RETURNS SETOF record LANGUAGE sql AS $$SELECT 1, 2, 3, 4$$',
  'DROP FUNCTION _mission_rates.guard_log() CASCADE';

# ---- every public function, called by a superuser under the traps ----

my @calls = (
	q{mission_rates.bill_total('A1', '3/4', 6000, service_date => '2024-01-01')},
	q{mission_rates.billing_problem('A1', '3/4', 6000, service_date => '2024-01-01')},
	q{mission_rates.bill('A1', '3/4', 6000, service_date => '2024-01-01')},
	q{mission_rates.fee('boring', service_date => '2024-01-01')}, q{mission_rates.late_fee(40.45, '2024-01-01')},
	q{mission_rates.opening_quote('homeowner', service_date => '2024-01-01')},
	q{mission_rates.rate_sheet(schedule => 'Ordinance 5244')},
	q{mission_rates.explain_amount(40.45, 6000, service_date => '2024-01-01')},
	q{mission_rates.to_customer_class('A1')},
	q{mission_rates.account_total(ROW('A1', '3/4', 6000, 'inside')::hostile.account, 'Ordinance 5244')},
	q{mission_rates.bill_tabulation('{1,2,3}')},
	q{mission_rates.schedule_fingerprint('Ordinance 5244')},
	q{mission_rates.self_test()},
	q{mission_rates.draft_schedule('New')}, q{mission_rates.check_schedule('New')},
	q{mission_rates.scale_schedule('New', 10, '{water,sewer,services,fees,deposits,taps,permits}')},
	q{mission_rates.compare_schedules('Ordinance 5244', 'New')},
	q{mission_rates.bill_comparison('Ordinance 5244', 'New', 'A1', '3/4')},
	q{mission_rates.adopt_schedule('New', '2999-01-01', accept_warnings => true)},
	q{mission_rates.withdraw_schedule('New')}, q{mission_rates.drop_draft('New')},
	q{mission_rates.add_class('A10')}, q{mission_rates.add_class('A11', 'A10')}, q{mission_rates.add_meter_size('2 1/2', '2')},
	q{mission_rates.add_rate_group('farm')});
is_deeply([ map { gets('postgres', "SELECT * FROM $_") } @calls ], [ map { 'ok' } @calls ], 'a superuser calls them all');
harmless('nothing ran as the superuser');
is($node->safe_psql('city', q{SET search_path = pg_catalog; SELECT string_agg(event, ' ' ORDER BY at) FROM mission_rates.schedule_log}),
	'draft scale adopt withdraw drop', 'what was done is on record');

# The traps are real: an expression of the superuser's own is caught.
gets('postgres', q{SELECT 'a'::pg_catalog.text = 'b'::pg_catalog.text});
is($node->safe_psql('postgres', q{SELECT rolsuper FROM pg_roles WHERE rolname = 'city_owner'}), 't', 'the trap is armed');
$node->safe_psql('postgres', 'ALTER ROLE city_owner NOSUPERUSER; ALTER DATABASE city RESET search_path');

# ---- what was granted against the advice ----

# TRIGGER on the log: a trigger there is refused; settings and roles do not leak out of the row that is written.
$node->safe_psql('city', 'GRANT TRIGGER ON mission_rates.schedule_log, _mission_rates.added_label TO city_owner');
foreach my $form (@attachments[ 0, 1 ])
{
	is(gets('city_owner', sprintf $form, $_), 'ok', "attached to $_") foreach 'mission_rates.schedule_log', '_mission_rates.added_label';
	is(gets('postgres', q{SELECT mission_rates.draft_schedule('Log')}), '55000', 'the log is not written');
	is(gets('postgres', q{SELECT mission_rates.add_class('A12')}), '55000', 'nor is a label added');
	$node->safe_psql('city', "DROP TRIGGER trap ON $_") foreach 'mission_rates.schedule_log', '_mission_rates.added_label';
}
harmless('nothing of it ran');

$node->stop;
done_testing();
