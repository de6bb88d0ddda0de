# A backend that is killed while rates are being written: after the recovery
# the rates are those that were committed, and what is missing is known.
use strict;
use warnings;

use IPC::Run qw(start timeout);
use Server;
use Test::More;

my $node = new_server('main', "autovacuum = off\nrestart_after_crash = on");
$node->safe_psql('postgres', q{
	CREATE EXTENSION mission_rates;
	INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');
});
my $rated = q{SELECT mission_rates.fee('probe', schedule => 'probe') || ' ' || coalesce(mission_rates.billing_problem_code(
	'A1', '3/4', 1000, service_date => '2024-01-01'), 'bills')};

# Kills a session that has executed the statements and sleeps in its transaction.
sub kill_after
{
	my ($statements) = @_;
	my $psql = start([ $node->installed_command('psql'), '-XAtq', '-d', $node->connstr('postgres'), '-c',
			"$statements; SELECT pg_sleep(600)" ], '>', \my $out, '2>', \my $errors, timeout(120));
	$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'})
		or die 'the session does not sleep';
	kill 'KILL', $node->safe_psql('postgres', q{SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'});
	$psql->finish;
	$node->poll_query_until('postgres', 'SELECT true') or die 'the server does not come back';
	return;
}

kill_after(qq{$rated; SELECT mission_rates.bill_total('A1', '3/4', 1000, service_date => '2024-01-01')});
is($node->safe_psql('postgres', $rated), '1.00 bills', 'a session that rated');
kill_after(qq{BEGIN; UPDATE mission_rates.fee SET amount = 2 WHERE schedule = 'probe';
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('restored', 'probe', 1, 'each', 'Probe')});
is($node->safe_psql('postgres', $rated), '1.00 bills', 'one whose changes were not committed');
kill_after(qq{UPDATE mission_rates.fee SET amount = 3 WHERE schedule = 'probe';
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('restored', 'probe', 1, 'each', 'Probe');
	COMMIT; BEGIN; SELECT mission_rates.drop_draft('restored')});
is($node->safe_psql('postgres', $rated), '3.00 schedule_incomplete', 'one that committed half a restore');
$node->safe_psql('postgres', q{SELECT mission_rates.drop_draft('restored')});
is($node->safe_psql('postgres', $rated), '3.00 bills', 'which can be removed');

$node->stop;
done_testing();
