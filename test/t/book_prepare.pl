# A transaction that is being prepared stands twice in the list of running ones.
# A snapshot that is taken then may agree with an earlier one in all counts
# though another transaction has committed in between.
use strict;
use warnings;

use IPC::Run qw(start timeout);
use Server;
use Test::More;

my $node = new_server('main', "max_prepared_transactions = 2\nautovacuum = off", allows_streaming => 1);
$node->safe_psql('postgres', q{
	CREATE EXTENSION mission_rates;
	CREATE TABLE note (n integer);
	INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');
});
# With a standby that never comes PREPARE TRANSACTION waits in that state.
$node->append_conf('postgresql.conf', "synchronous_standby_names = 'nobody'");
$node->reload;

# A session that stays open; ask() waits for the answer.
sub session
{
	my %session = (in => '', out => '');
	$session{psql} = start([ $node->installed_command('psql'), '-XAtq', '-d', $node->connstr('postgres') ],
		'<', \$session{in}, '>', \$session{out}, '2>', \$session{errors}, timeout(60));
	ask(\%session, 'SET synchronous_commit = local');
	return \%session;
}

sub ask
{
	my ($session, $command) = @_;
	$session->{out} = '';
	$session->{in} .= "$command;\n\\echo done\n";
	$session->{psql}->pump until $session->{out} =~ /^done$/m;
	return $session->{out} =~ s/^done\n//mr;
}

my ($reader, $preparing, $clerk, $last) = map { session() } 1 .. 4;
my $read = q{SELECT mission_rates.fee('probe', schedule => 'probe') || ' ' || (SELECT f.amount FROM mission_rates.fee AS f
	WHERE f.schedule = 'probe')};

ask($preparing, 'BEGIN; INSERT INTO note VALUES (1)');
ask($clerk, q{BEGIN; UPDATE mission_rates.fee SET amount = 2 WHERE schedule = 'probe'});
ask($last, 'INSERT INTO note VALUES (2)');    # its number is the highest in all snapshots to come
ask($reader, 'BEGIN');
is(ask($reader, $read), "1.00 1\n", 'two transactions are running');
ask($clerk, 'COMMIT');
$preparing->{in} .= "SET LOCAL synchronous_commit = on;\nPREPARE TRANSACTION 'note';\n";
$preparing->{psql}->pump_nb;
ok($node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'}),
	'PREPARE TRANSACTION waits');
is(ask($reader, $read), "2.00 2\n", 'one is left, twice in the list');
ask($reader, 'COMMIT');

$node->stop('immediate');
done_testing();
