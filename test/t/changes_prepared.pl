# A transaction that edited a draft and was prepared: nobody adopts, scales or
# removes the draft before it is resolved, not even after a crash.
use strict;
use warnings;

use IPC::Run qw(start);
use Server;
use Test::More;

my $node = new_server('main', "max_prepared_transactions = 2\nclient_min_messages = warning");
$node->safe_psql('postgres', q{
	CREATE EXTENSION mission_rates;
	SELECT mission_rates.draft_schedule('Draft', 'Ordinance 5244');
});

my $adopt = q{SELECT mission_rates.adopt_schedule('Draft', '2999-01-01', accept_warnings => true)};
my $withdraw = q{SELECT mission_rates.withdraw_schedule('Draft')};
my $box = q{SELECT mission_rates.fee('meter_box', schedule => 'Draft')};

# What becomes of a command that does not wait for long: '' where it succeeds
sub sqlstate
{
	my ($command) = @_;
	my $errors = '';
	$node->psql('postgres', "SET lock_timeout = '200ms';\n\\set VERBOSITY sqlstate\n$command", stderr => \$errors);
	return $errors =~ /ERROR:\s+(\w{5})/ ? $1 : $errors;
}

sub prepare
{
	my ($amount) = @_;
	$node->safe_psql('postgres', qq{
		BEGIN;
		UPDATE mission_rates.fee SET amount = $amount WHERE schedule = 'Draft' AND code = 'meter_box';
		PREPARE TRANSACTION 'edit';
	});
	return;
}

# Adopted, with the fingerprint of the rows that are there
sub is_whole
{
	return $node->safe_psql('postgres', q{SELECT s.fingerprint = mission_rates.schedule_fingerprint(s.schedule)
		FROM mission_rates.schedule AS s WHERE s.schedule = 'Draft'});
}

sub blocked
{
	my ($about) = @_;
	is(sqlstate($adopt), '55P03', "$about: not adopted");
	is(sqlstate(q{SELECT mission_rates.scale_schedule('Draft', 10)}), '55P03', "$about: not scaled");
	is(sqlstate(q{SELECT mission_rates.drop_draft('Draft')}), '55P03', "$about: not removed");
	is($node->safe_psql('postgres', $box), '50.00', "$about: rated without the edit");
	is(sqlstate(q{BEGIN; UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'Draft' AND code = 'boring'; ROLLBACK}),
		'', "$about: others may edit it");
	return;
}

prepare(55);
blocked('prepared');
$node->stop('immediate');
$node->start;
blocked('after a crash');

$node->safe_psql('postgres', q{ROLLBACK PREPARED 'edit'});
is(sqlstate($adopt), '', 'adopted when it was rolled back');
is($node->safe_psql('postgres', $box), '50.00', 'without the edit');
is(is_whole(), 't', 'and whole');

# Somebody waits for it.
$node->safe_psql('postgres', $withdraw);
prepare(60);
my $errors = '';
my $waiting = start([ $node->installed_command('psql'), '-XAtq', '-d', $node->connstr('postgres'), '-c', $adopt ],
	'2>', \$errors);
my $waits = q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT mission_rates.adopt%'};
$node->poll_query_until('postgres', "SELECT ($waits) OR EXISTS (SELECT FROM mission_rates.schedule WHERE effective_from > '2998-01-01')");
is($node->safe_psql('postgres', $waits), 't', 'an adoption waits');
$node->safe_psql('postgres', q{COMMIT PREPARED 'edit'});
$waiting->finish;
is($errors, '', 'it goes on');
is($node->safe_psql('postgres', $box), '60.00', 'adopted with the edit when it was committed');
is(is_whole(), 't', 'and whole');

done_testing();
