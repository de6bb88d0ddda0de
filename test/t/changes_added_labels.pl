# Labels that were added by the functions survive dump and restore in every
# form, with the rates that use them.
use strict;
use warnings;

use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $node = new_server('main', 'client_min_messages = error');
my $files = PostgreSQL::Test::Utils::tempdir;
my $version = $node->safe_psql('postgres', 'SHOW server_version_num');

# A class and a size that an ordinance uses
$node->safe_psql('postgres', 'CREATE DATABASE city');
$node->safe_psql('city', $_)
  foreach 'CREATE EXTENSION mission_rates',
  q{SELECT mission_rates.add_class('A10'); SELECT mission_rates.add_class('A7', 'A6');
	SELECT mission_rates.add_class('A11', 'A10'); SELECT mission_rates.add_meter_size('2 1/2', '2'); SELECT mission_rates.add_rate_group('farm');},
  q{SELECT mission_rates.draft_schedule('Ordinance 6500', 'Ordinance 5244');
	INSERT INTO mission_rates.class_rule VALUES ('Ordinance 6500', 'A10', 'Farm', 'farm', 'inside', 'A8');
	INSERT INTO mission_rates.water_volume VALUES ('Ordinance 6500', 'A10', 0, 1.5, '114-54(c)(2)');
	INSERT INTO mission_rates.sewer_rate VALUES ('Ordinance 6500', 'A10', 7, 1, 0.9, '114-54(b)(2)a');
	INSERT INTO mission_rates.water_minimum SELECT 'Ordinance 6500', 'farm', '2 1/2', area, 50, '114-54(c)(2)'
		FROM unnest(enum_range(NULL::mission_rates.service_area)) AS area;
	SELECT mission_rates.adopt_schedule('Ordinance 6500', '2999-06-01', accept_warnings => true);};

# What must come back: labels in their order, records, rates, the log, a bill
sub state
{
	my ($db) = @_;
	return $node->safe_psql($db, q{
		SELECT enum_range(NULL::mission_rates.customer_class), enum_range(NULL::mission_rates.meter_size),
			enum_range(NULL::mission_rates.rate_group);
		SELECT * FROM _mission_rates.added_label ORDER BY 1, 2;
		SELECT * FROM mission_rates.schedule ORDER BY 1;
		SELECT * FROM mission_rates.class_rule ORDER BY 1, 2;
		SELECT * FROM mission_rates.water_minimum ORDER BY 1, 2, 3, 4;
		SELECT * FROM mission_rates.schedule_log ORDER BY at;
		SELECT mission_rates.bill_total('A10', '2 1/2', 6000, service_date => '2999-06-01');
		SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = '_mission_rates.added_label'::regclass ORDER BY 1;
	});
}
my $state = state('city');
like($state, qr/^\{A1,A2,A3,A4,A5,A6,A7,A8,A9,A10,A11\}/, 'the source has its labels');

my $number = 0;

sub new_database
{
	my $db = 'copy_' . ++$number;
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	return $db;
}

sub tool
{
	return $node->command_ok([@_], join ' ', grep { !m{/} } @_);
}

tool('pg_dump', '-f', "$files/plain.sql", 'city');
tool('pg_dump', '-Fc', '-f', "$files/custom", 'city');
tool('pg_dump', '--clean', '--if-exists', '-f', "$files/clean.sql", 'city');
tool('pg_dump', '--inserts', '--rows-per-insert=10', '-f', "$files/inserts.sql", 'city');
tool('pg_dump', '--data-only', '-Fc', '-f', "$files/data", 'city');

# ---- plain, custom, --inserts ----

foreach my $form (qw(plain inserts))
{
	my $db = new_database();
	tool('psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', $db, '-f', "$files/$form.sql");
	is(state($db), $state, "$form: all is back");
}
my $custom = new_database();
tool('pg_restore', '--exit-on-error', '-d', $custom, "$files/custom");
is(state($custom), $state, 'custom: all is back');

# ---- into a database that has it, with --clean, and data alone ----

tool('pg_restore', '--exit-on-error', '--clean', '--if-exists', '-d', $custom, "$files/custom");
is(state($custom), $state, 'custom --clean: all is back');
tool('psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', $custom, '-f', "$files/clean.sql");
is(state($custom), $state, 'plain --clean: all is back');
my $data = new_database();
$node->safe_psql($data, 'CREATE EXTENSION mission_rates');
tool('pg_restore', '--exit-on-error', '-d', $data, "$files/data");
is(state($data), $state, 'data alone: all is back');

# ---- parallel: the labels first ----

my $parallel = new_database();
$node->safe_psql($parallel, 'CREATE EXTENSION mission_rates');
tool('pg_restore', '--exit-on-error', '-t', 'added_label', '-d', $parallel, "$files/custom");
tool('pg_restore', '--exit-on-error', '-j', '4', '-d', $parallel, "$files/custom");
is(state($parallel), $state, 'parallel: all is back');

# ---- in one transaction: where the server can ----

my $single = new_database();
my ($out, $err);
my $passed = IPC::Run::run([ 'pg_restore', '--single-transaction', '-d', $node->connstr($single), "$files/custom" ],
	'>', \$out, '2>', \$err);
if ($version >= 170000)
{
	ok($passed, 'one transaction');
	is(state($single), $state, 'one transaction: all is back');
}
else
{
	ok(!$passed, 'one transaction: not on this server');
	like($err, qr/unsafe use of new value "(A10|farm)"/, 'it says why');
	is($node->safe_psql($single, q{SELECT count(*) FROM pg_extension WHERE extname = 'mission_rates'}), '0',
		'and keeps nothing');
}

# ---- by somebody who is no superuser: one error, at the first row ----

my $clerk = new_database();
$node->safe_psql($clerk, q{CREATE EXTENSION mission_rates; CREATE ROLE clerk LOGIN;
	GRANT ALL ON _mission_rates.added_label TO clerk});
(undef, undef, $err) = $node->psql($clerk, "SET ROLE clerk; COPY _mission_rates.added_label FROM stdin;\ncustomer_class\tA10\t\\N\n\\.\n");
like($err, qr/must be superuser to add a label.*HINT:  Restoring a dump takes a superuser/s, 'a restore takes a superuser');

done_testing();
