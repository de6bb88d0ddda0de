# Schedules that a city adds survive dump and restore, in every form: each rate
# row, 10,000 bills and the guard are compared afterwards.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $node = new_server('main', 'client_min_messages = warning');
my $files = PostgreSQL::Test::Utils::tempdir;

# The tables of rate rows
my @rate_tables;

# ---- rates that the city added ----

# What a city adds: an earlier ordinance, two later ones, a draft, and rows
# whose draft a superuser deleted.  $label: with a class of its own.
sub make_city
{
	my ($db, $label) = @_;
	add_city($node, $db);
	@rate_tables = split /\n/, $node->safe_psql($db,
		"SELECT rate_table FROM _mission_rates.rate_tables() WHERE rate_table <> 'schedule'");
	$node->safe_psql($db, "ALTER TYPE mission_rates.customer_class ADD VALUE 'A10'") if $label;
	$node->safe_psql($db, q{
		SELECT mission_rates.draft_schedule('Ordinance 4000', 'Ordinance 5244');
		UPDATE mission_rates.water_minimum SET amount = amount - 1 WHERE schedule = 'Ordinance 4000';
		SELECT mission_rates.adopt_schedule('Ordinance 4000', '2011-10-01', '2011-09-12', accept_warnings => true);
		SELECT mission_rates.draft_schedule('It''s "6000"', 'Ordinance 5244');
		UPDATE mission_rates.water_volume SET rate_per_1000 = rate_per_1000 + 0.1234 WHERE schedule = 'It''s "6000"';
		UPDATE mission_rates.fee SET label = E'Tab\tbed, "quoted" \\\\ and
on two lines' WHERE schedule = 'It''s "6000"' AND code = 'meter_lid';
		UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL WHERE schedule = 'It''s "6000"' AND class = 'A9';
		INSERT INTO mission_rates.sewer_volume VALUES ('It''s "6000"', 'A9', 0, 1.5, ''), ('It''s "6000"', 'A9', 15000, 0, '');
		INSERT INTO mission_rates.service_charge VALUES
			('It''s "6000"', 'drainage', 'A1', 3, 'month', 0, NULL, true, 'Drainage', ''),
			('It''s "6000"', 'credit', 'A1', -0.5, '1,000 gallons', 2000, NULL, true, 'Credit', ''),
			('It''s "6000"', 'tax', 'A1', 0.0825, 'dollar', 0, '{drainage,sewer_fixed}', true, 'Tax', '');
		SELECT mission_rates.adopt_schedule('It''s "6000"', '2999-01-01', accept_warnings => true);
	});
	$node->safe_psql($db, q{
		SELECT mission_rates.draft_schedule('Ordinance 6500', 'It''s "6000"');
		INSERT INTO mission_rates.class_rule VALUES ('Ordinance 6500', 'A10', 'Farm', 'commercial', 'inside', 'A8');
		INSERT INTO mission_rates.water_volume VALUES ('Ordinance 6500', 'A10', 0, 1.5, '114-54(c)(2)');
		INSERT INTO mission_rates.sewer_rate VALUES ('Ordinance 6500', 'A10', 7, 1, 0.9, '114-54(b)(2)a');
		SELECT mission_rates.adopt_schedule('Ordinance 6500', '2999-06-01', accept_warnings => true);
	}) if $label;
	$node->safe_psql($db, q{
		SELECT mission_rates.draft_schedule('Draft 7000', 'It''s "6000"');
		UPDATE mission_rates.sewer_rate SET factor = 0.85 WHERE schedule = 'Draft 7000' AND factor IS NOT NULL;
		INSERT INTO mission_rates.fee VALUES ('Draft 7000', 'garbage', 17.25, 'month', 'Garbage', '114-70');
		SELECT mission_rates.draft_schedule('Deleted', 'Draft 7000');
		SET session_replication_role = replica;
		DELETE FROM mission_rates.schedule WHERE schedule = 'Deleted';
	});
	return;
}

# ---- what is compared ----

# Every row of the rate tables, and of the log
sub all_rows
{
	my ($db) = @_;
	return $node->safe_psql($db, join(' UNION ALL ',
			map { "SELECT '$_ ' || r::text FROM mission_rates.$_ AS r" } ('schedule', @rate_tables, 'schedule_log'))
		  . ' ORDER BY 1');
}

# 10,000 bills under all schedules, by date and by name, in one result for each:
# totals, or the problem
sub all_bills
{
	my ($db) = @_;
	# Without the rows of no schedule, which keep everything from being billed by date
	return $node->safe_psql($db, q{
		BEGIN;
		DO $$ BEGIN PERFORM mission_rates.drop_draft(s) FROM (SELECT 'Deleted' AS s) AS d
			WHERE EXISTS (SELECT FROM mission_rates.fee WHERE schedule = s); END $$;
		WITH class AS (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS labels FROM pg_enum AS e
				WHERE e.enumtypid = 'mission_rates.customer_class'::regtype),
			account AS (
				SELECT n, class.labels[1 + n % cardinality(class.labels)]::mission_rates.customer_class AS class,
					(enum_range(NULL::mission_rates.meter_size))[1 + n / 7 % 12] AS meter,
					(n::bigint * 7919) % 60000 AS gallons,
					CASE n % 5 WHEN 0 THEN 'outside'::mission_rates.service_area END AS area, n % 11 > 0 AS metered,
					CASE n % 4 WHEN 0 THEN date '2011-10-01' WHEN 1 THEN '2023-01-01' WHEN 2 THEN '2999-01-01' END
						+ n % 50 AS service_date,
					CASE n % 4 WHEN 3 THEN 'Draft 7000' END AS schedule
				FROM generate_series(1, 10000) AS n, class)
		SELECT n, p, CASE WHEN p IS NULL THEN mission_rates.bill_total(class, meter, gallons, area, metered,
			service_date => service_date, schedule => schedule) END
		FROM account, LATERAL mission_rates.billing_problem(class, meter, gallons, area, metered,
			service_date => service_date, schedule => schedule) AS p
		ORDER BY n;
		ROLLBACK;
	});
}

# What self_test finds
sub failed_tests
{
	my ($db) = @_;
	return $node->safe_psql($db, 'SELECT test, actual FROM mission_rates.self_test() WHERE passed IS NOT TRUE');
}

# Triggers with their state
sub all_triggers
{
	my ($db) = @_;
	return $node->safe_psql($db, q{
		SELECT t.tgrelid::regclass, t.tgname, t.tgenabled FROM pg_trigger AS t
		JOIN pg_class AS c ON c.oid = t.tgrelid WHERE c.relnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) ORDER BY 1, 2
	});
}

my (%rows, %bills, %triggers);

# A restored database has the rows and bills of its source, and is guarded.
sub compare
{
	my ($source, $target, $about) = @_;
	ok(all_rows($target) eq $rows{$source}, "$about: every row");
	ok(all_bills($target) eq $bills{$source}, "$about: 10,000 bills");
	is(failed_tests($target), failed_tests($source), "$about: self_test");
	guarded($target, $about);
	$node->safe_psql('postgres', "DROP DATABASE $target");
	return;
}

# A restore with --disable-triggers leaves triggers enabled in another way; the statement of doc/operations.md mends that.
sub enable_triggers
{
	my ($db, $about) = @_;
	like(failed_tests($db), qr/^triggers that are missing or not enabled as installed\|/m, "$about: self_test says so");
	my ($statement) = slurp_file("$FindBin::Bin/../../doc/operations.md") =~ /^```sql\n([^`]*?installed_triggers.*?)^```$/ms;
	$node->safe_psql($db, $statement);
	return;
}

# Adopted rows are closed, drafts are open.
sub guarded
{
	my ($db, $about) = @_;
	my $adopted = q{schedule IN ('Ordinance 5244', 'Ordinance 4000', 'It''s "6000"')};
	my @commands = map {
		(   "DELETE FROM mission_rates.$_ WHERE $adopted",
			"UPDATE mission_rates.$_ SET schedule = 'Elsewhere' WHERE $adopted",
			"INSERT INTO mission_rates.$_ SELECT * FROM mission_rates.$_ WHERE $adopted",
			"TRUNCATE mission_rates.$_")
	} split /\n/, $node->safe_psql($db, join ' UNION ALL ',
		map { "SELECT '$_' WHERE EXISTS (SELECT FROM mission_rates.$_ WHERE $adopted)" } @rate_tables);
	cmp_ok(scalar(@commands), '>', 30, "$about: tables with adopted rows");
	my $errors = '';
	$node->psql($db, "\\set VERBOSITY sqlstate\n" . join(";\n", @commands) . ';', stderr => \$errors, on_error_stop => 0);
	my $refused = () = $errors =~ /ERROR:\s+55000/g;
	is($refused, scalar(@commands), "$about: what is adopted is guarded");
	is( sqlstate($db, q{BEGIN; UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'Draft 7000'; ROLLBACK}),
		'', "$about: the draft is open");
	return;
}

# The SQLSTATE of a command, '' if it succeeds
sub sqlstate
{
	my ($db, $command) = @_;
	my $errors = '';
	$node->psql($db, "\\set VERBOSITY sqlstate\n$command", stderr => \$errors);
	return $errors =~ /ERROR:\s+(\w{5})/ ? $1 : $errors;
}

foreach my $db ('city', 'city_a10')
{
	make_city($db, $db eq 'city_a10');
	$rows{$db} = all_rows($db);
	$bills{$db} = all_bills($db);
	$triggers{$db} = all_triggers($db);
}
is( failed_tests('city'),
	'rate rows of no schedule|' . join('; ', map { $node->safe_psql('city',
			"SELECT '$_, schedule Deleted: ' || count(*) || ' rate rows name this schedule, which does not exist'"
			  . " FROM mission_rates.$_ WHERE schedule = 'Deleted' HAVING count(*) > 0") || () } sort @rate_tables),
	'self_test finds the rows of the deleted draft');
like($bills{city}, qr/^\d+\|\|\d+\.\d\d$/m, 'there are bills');
like($bills{city_a10}, qr/A10/, 'A10 is billed, or its problem named');

# ---- the forms ----

sub dump_file
{
	my ($name, $source, @options) = @_;
	command_ok([ 'pg_dump', @options, '-f', "$files/$name", '-d', $node->connstr($source) ], "dump: $name");
	return "$files/$name";
}

sub fresh
{
	my ($db, @commands) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $db TEMPLATE template0");
	$node->safe_psql($db, $_) foreach @commands;
	return;
}

sub restore_script
{
	my ($db, $file, @options) = @_;
	command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', @options, '-f', $file, '-d', $node->connstr($db) ],
		"$db: psql");
	return;
}

sub restore_archive
{
	my ($db, $file, @options) = @_;
	command_ok([ 'pg_restore', '--exit-on-error', @options, '-d', $node->connstr($db), $file ], "$db: pg_restore");
	return;
}

my $plain = dump_file('plain.sql', 'city');
unlike(slurp_file($plain), qr/^Ordinance 5244\t/m, 'the shipped schedule is not dumped');
fresh('r_plain');
restore_script('r_plain', $plain);
is(all_triggers('r_plain'), $triggers{city}, 'plain: triggers as they were');
compare('city', 'r_plain', 'plain');

fresh('r_plain_one');
restore_script('r_plain_one', $plain, '-1');
compare('city', 'r_plain_one', 'plain, one transaction');

my $inserts = dump_file('inserts.sql', 'city', '--inserts');
fresh('r_inserts');
restore_script('r_inserts', $inserts);
compare('city', 'r_inserts', 'inserts');

my $many = dump_file('many.sql', 'city', '--column-inserts', '--rows-per-insert=50');
fresh('r_many');
restore_script('r_many', $many);
compare('city', 'r_many', 'many rows for each insert');

my $custom = dump_file('custom.dump', 'city', '-Fc');
fresh('r_custom');
restore_archive('r_custom', $custom);
compare('city', 'r_custom', 'custom');

fresh('r_custom_one');
restore_archive('r_custom_one', $custom, '--single-transaction');
compare('city', 'r_custom_one', 'custom, one transaction');

my $folder = dump_file('folder', 'city', '-Fd', '-j4');
foreach my $n (1, 2)
{
	fresh("r_parallel_$n");
	restore_archive("r_parallel_$n", $n % 2 ? $folder : $custom, '-j4');
	compare('city', "r_parallel_$n", "parallel, $n");
}

fresh('r_clean', 'CREATE EXTENSION mission_rates');
restore_archive('r_clean', $custom, '--clean', '--if-exists');
compare('city', 'r_clean', 'clean');

my $data = dump_file('data.sql', 'city', '--data-only');
fresh('r_data', 'CREATE EXTENSION mission_rates');
restore_script('r_data', $data);
is(all_triggers('r_data'), $triggers{city}, 'data only: triggers as they were');
compare('city', 'r_data', 'data only');

fresh('r_data_archive', 'CREATE EXTENSION mission_rates');
restore_archive('r_data_archive', $custom, '--data-only', '-j4');
compare('city', 'r_data_archive', 'data only, parallel');

my $disabled = dump_file('disabled.sql', 'city', '--data-only', '--disable-triggers');
fresh('r_disabled', 'CREATE EXTENSION mission_rates');
restore_script('r_disabled', $disabled);
enable_triggers('r_disabled', 'data only, triggers disabled');
compare('city', 'r_disabled', 'data only, triggers disabled');

fresh('r_disabled_archive', 'CREATE EXTENSION mission_rates');
restore_archive('r_disabled_archive', $custom, '--data-only', '--disable-triggers', '-j4');
enable_triggers('r_disabled_archive', 'data only, triggers disabled, parallel');
compare('city', 'r_disabled_archive', 'data only, triggers disabled, parallel');

# ---- with a label that the city added ----

my @prepared = ('CREATE EXTENSION mission_rates', "ALTER TYPE mission_rates.customer_class ADD VALUE 'A10'");
my $label_plain = dump_file('label.sql', 'city_a10');
my $label_custom = dump_file('label.dump', 'city_a10', '-Fc');
fresh('r_label', @prepared);
restore_script('r_label', $label_plain);
compare('city_a10', 'r_label', 'label, plain');
fresh('r_label_custom', @prepared);
restore_archive('r_label_custom', $label_custom, '-j4');
compare('city_a10', 'r_label_custom', 'label, parallel');
fresh('r_label_one', @prepared);
restore_archive('r_label_one', $label_custom, '--single-transaction');
compare('city_a10', 'r_label_one', 'label, one transaction');
fresh('r_no_label');
isnt($node->psql('r_no_label', "\\set ON_ERROR_STOP on\n\\i $label_plain"), 0, 'without the label the restore stops');
$node->safe_psql('postgres', 'DROP DATABASE r_no_label');

# ---- a restore that is cut off ----

# The entries of the archive's table of contents that match, as a list file
sub contents
{
	my ($name, $pattern) = @_;
	my ($list) = run_command([ 'pg_restore', '-l', $custom ]);
	append_to_file("$files/$name", join('', map { "$_\n" } grep { /$pattern/ } split(/\n/, $list)));
	return "$files/$name";
}

fresh('r_cut', 'CREATE EXTENSION mission_rates');
my $bill = q{SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2999-02-01')};
is($node->safe_psql('r_cut', $bill), '40.45', 'before the schedule arrives, the earlier one answers');
restore_archive('r_cut', $custom, '-L', contents('schedule.list', qr/TABLE DATA mission_rates schedule /));
is(sqlstate('r_cut', $bill), '55000', 'cut off after the schedule row: an error, not a low bill');
is($node->safe_psql('r_cut', q{SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2023-02-01')}),
	'40.45', 'other schedules go on');
like($node->safe_psql('r_cut', q{SELECT mission_rates.billing_problem('A1', '3/4', 6000, service_date => '2999-02-01')}),
	qr/are not those that were adopted/, 'billing_problem says why');
is($node->safe_psql('r_cut', q{SELECT problem FROM mission_rates.check_schedule('It''s "6000"')
		WHERE severity = 'error' AND rate_table = 'schedule'}),
	'has 0 rate rows but was adopted with 139', 'so does check_schedule');
restore_archive('r_cut', $custom, '-L',
	contents('some.list', qr/TABLE DATA mission_rates (class_rule|water_minimum|water_volume|fee) /));
is(sqlstate('r_cut', $bill), '55000', 'in the middle it is still an error');
restore_archive('r_cut', $custom, '-L',
	contents('rest.list', qr/TABLE DATA mission_rates (sewer_rate|sewer_volume|service_charge|deposit|water_tap|sewer_permit|schedule_log) /));
compare('city', 'r_cut', 'in three parts');

fresh('r_orphans', 'CREATE EXTENSION mission_rates');
restore_archive('r_orphans', $custom, '-L', contents('fees.list', qr/TABLE DATA mission_rates fee /));
is( $node->safe_psql('r_orphans',
		q{SELECT item, problem FROM mission_rates.check_schedule('Ordinance 5244') WHERE severity = 'warning'}),
	join("\n",
		'schedule Deleted|17 rate rows name this schedule, which does not exist',
		'schedule Draft 7000|17 rate rows name this schedule, which does not exist',
		'schedule It\'s "6000"|16 rate rows name this schedule, which does not exist',
		'schedule Ordinance 4000|16 rate rows name this schedule, which does not exist'),
	'rate rows of no schedule are reported');
is(sqlstate('r_orphans', $bill), '55000', 'and nothing is billed by date');
is($node->safe_psql('r_orphans', qq{SELECT mission_rates.drop_draft(name)
		FROM unnest(ARRAY['Deleted', 'Draft 7000', 'It''s "6000"', 'Ordinance 4000']) AS name}), "\n\n\n",
	'they can be dropped');
is($node->safe_psql('r_orphans', $bill), '40.45', 'then the schedules that are there bill again');

# Table by table, in the order of the archive: no date is ever billed low.
fresh('r_steps', 'CREATE EXTENSION mission_rates');
my @tables = map { / TABLE DATA mission_rates (\S+) / } split(/\n/, (run_command([ 'pg_restore', '-l', $custom ]))[0]);
my @archived = grep { $_ ne 'schedule_log' && $_ ne 'added_label' } @tables;
is(scalar @archived, 1 + scalar @rate_tables, 'the archive has the rate tables');
for my $table (@tables)
{
	restore_archive('r_steps', $custom, '-L', contents("step_$table.list", qr/TABLE DATA mission_rates $table /));
	next if !grep { $_ eq $table } @archived;
	is(sqlstate('r_steps', $bill), '55000', "stopped after $table");
}
like($node->safe_psql('r_steps', qq{BEGIN; SELECT mission_rates.drop_draft('Deleted'); $bill; ROLLBACK}), qr/^\d+\.\d\d$/m,
	'after the last one only the rows are in the way that have no schedule in the dump either');
compare('city', 'r_steps', 'table by table');

$node->stop;
done_testing();
