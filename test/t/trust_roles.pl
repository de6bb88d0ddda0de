# The roles of doc/operations.md: its statements are run as they are printed, then each role does what it may, and is
# refused what it may not.
use strict;
use warnings;

use Page;
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $node = new_server('main', 'client_min_messages = error');
add_city($node, 'city');
my $files = PostgreSQL::Test::Utils::tempdir;

# What a role gets from a statement: 'ok', or the SQLSTATE
sub gets
{
	my ($role, $statement) = @_;
	my $errors = '';
	$node->psql('city', "\\set VERBOSITY sqlstate\n$statement", stderr => \$errors,
		connstr => $node->connstr('city') . " user=$role", on_error_stop => 1);
	return $errors =~ /ERROR:\s+(\w{5})/ ? $1 : $errors eq '' ? 'ok' : $errors;
}

my @roles = map { $_->{text} } grep { $_->{language} eq 'sql' } Page::chapter('doc/operations.md', 'Roles');
is(scalar @roles, 2, 'statements for clerk and adopter');
$node->safe_psql('city', $_) foreach @roles;
$node->safe_psql('city', 'CREATE ROLE rater; ' . join ' ', map { "ALTER ROLE $_ LOGIN;" } qw(rater rate_clerk rate_adopter));

my @tables = split /\n/, $node->safe_psql('city', 'SELECT rate_table FROM _mission_rates.rate_tables()');
my $edit = q{UPDATE mission_rates.fee SET amount = 13 WHERE schedule = 'D' AND code = 'boring'};
my $adopt = q{SELECT mission_rates.adopt_schedule('D', CURRENT_DATE + 30)};
my $withdraw = q{SELECT mission_rates.withdraw_schedule('D')};
my $by_hand = q{INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows) VALUES ('X', '2099-01-01', 0)};

# rater
is(gets('rater', $_), 'ok', "a rater: $_")
  foreach q{SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2024-01-01')},
  q{SELECT * FROM mission_rates.check_schedule('Ordinance 5244')}, 'SELECT * FROM mission_rates.self_test()',
  q{SELECT mission_rates.schedule_fingerprint('Ordinance 5244')}, 'SELECT * FROM mission_rates.schedule_log',
  map { "SELECT * FROM mission_rates.$_" } @tables;
is(gets('rater', $_), '42501', "not a rater: $_")
  foreach q{SELECT mission_rates.draft_schedule('D')}, $by_hand, $adopt, $withdraw,
  map { ("DELETE FROM mission_rates.$_", "TRUNCATE mission_rates.$_", "UPDATE mission_rates.$_ SET schedule = schedule") } @tables;

# clerk
is(gets('rate_clerk', $_), 'ok', "a clerk: $_")
  foreach q{SELECT mission_rates.draft_schedule('D')}, $edit, q{SELECT mission_rates.draft_schedule('E')},
  q{SELECT mission_rates.drop_draft('E')},
  map { "UPDATE mission_rates.$_ SET schedule = schedule WHERE schedule = 'D'" } @tables;
is(gets('rate_clerk', $adopt), '42501', 'a clerk does not adopt');
is(gets('rate_clerk', $by_hand), '55000', 'nor by hand');
is(gets('rate_clerk', q{UPDATE mission_rates.schedule SET effective_from = '2099-01-01',
	sealed_rows = _mission_rates.number_of_rate_rows(schedule) WHERE schedule = 'D'}), '55000', 'nor so');
is(gets('rate_clerk', q{INSERT INTO mission_rates.fee VALUES ('Ghost', 'boring', 1, 'each', 'Boring')}), '23503',
	'nor writes rows of no schedule');
is(gets('rate_clerk', "TRUNCATE mission_rates.$_"), '42501', "nor truncates $_") foreach @tables;
is(gets('rate_clerk', q{INSERT INTO mission_rates.schedule_log VALUES (now(), 'adopt', 'D', 'me', NULL, NULL, '{}')}), '42501',
	'nor writes to the log');
is(gets('rate_clerk', q{CREATE TRIGGER t BEFORE INSERT ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()}),
	'42501', 'nor puts a trigger on a table');

# adopter
is(gets('rate_adopter', $edit), '42501', 'an adopter does not edit a rate');
is(gets('rate_adopter', q{UPDATE mission_rates.schedule SET due_days = 1 WHERE schedule = 'D'}), '42501', 'nor a term');
is(gets('rate_adopter', q{SELECT mission_rates.draft_schedule('E')}), '42501', 'nor drafts');
is(gets('rate_adopter', q{SELECT mission_rates.drop_draft('D')}), '42501', 'nor drops');
is(gets('rate_adopter', $by_hand), '42501', 'nor adopts by hand');
is(gets('rate_adopter', $_), 'ok', "an adopter: $_") foreach $adopt, $withdraw, $adopt;
is(gets('rate_clerk', $withdraw), '42501', 'a clerk does not withdraw');
is(gets('rate_clerk', $edit), '55000', 'nor edits what is adopted');

# adding labels and restoring take a superuser
is(gets($_, q{SELECT mission_rates.add_class('A12')}), '42501', "$_ adds no class") foreach qw(rater rate_clerk rate_adopter);
command_ok([ 'pg_dump', '-Fc', '-f', "$files/city.dump", '-d', $node->connstr('city') ], 'dump');
my $state = q{SELECT schedule, fingerprint, effective_from, (SELECT count(*) FROM mission_rates.schedule_log) FROM mission_rates.schedule};
foreach my $role ('postgres', 'rate_clerk')
{
	my $db = "by_$role";
	$node->safe_psql('postgres', "CREATE DATABASE $db OWNER $role TEMPLATE template0");
	my @command = ('pg_restore', '--exit-on-error', '-d', $node->connstr($db) . " user=$role", "$files/city.dump");
	if ($role eq 'postgres')
	{
		command_ok(\@command, 'a superuser restores');
		is($node->safe_psql($db, $state), $node->safe_psql('city', $state), 'everything is there');
		is($node->safe_psql($db, 'SELECT * FROM mission_rates.self_test() WHERE passed IS NOT TRUE'), '', 'and is good');
		next;
	}
	command_fails_like(\@command, qr/permission denied to create extension/, 'the owner of a database cannot');
	$node->safe_psql($db, 'CREATE EXTENSION mission_rates');
	$node->safe_psql($db, $roles[0] =~ s/^CREATE ROLE.*$//mr);
	command_fails_like([ @command[0 .. 1], '--data-only', @command[2 .. $#command] ],
		qr/permission denied for table added_label|Restoring a dump takes a superuser/, 'nor where the extension is there');
	is($node->safe_psql($db, q{SELECT count(*) FROM mission_rates.fee WHERE schedule <> 'Ordinance 5244'}), '0',
		'it is the first row that fails');
}

$node->stop;
done_testing();
