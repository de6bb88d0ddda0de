# Sessions that go on rating while a dump is restored row by row, in its own
# order and in others: one that began before the first row, one that began after
# it, and a new one after each row.  None ever bills by the earlier rates what the
# schedule to come is for, once a row of it could be seen.
use strict;
use warnings;

use IPC::Open3;
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $node = new_server('main', 'client_min_messages = error');

# A city whose next ordinance costs a dollar more from 2024 on, and which has begun to draft another one
$node->safe_psql('postgres', 'CREATE DATABASE city');
$node->safe_psql('city', q{
	CREATE EXTENSION mission_rates;
	SELECT mission_rates.draft_schedule('Ordinance 6000', 'Ordinance 5244');
	UPDATE mission_rates.water_minimum SET amount = amount + 1 WHERE schedule = 'Ordinance 6000';
	SELECT mission_rates.adopt_schedule('Ordinance 6000', '2024-01-01', accept_warnings => true);
	INSERT INTO mission_rates.schedule (schedule) VALUES ('Draft');
	INSERT INTO mission_rates.class_rule (schedule, class, label, service_area) VALUES ('Draft', 'A1', 'Residential', 'inside');
	INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000) VALUES ('Draft', 'A1', 0, 2);
});
my ($dump) = run_command([ 'pg_dump', '--data-only', '--inserts', '-d', $node->connstr('city') ]);
my @rows = grep { /^INSERT INTO mission_rates\.(?!schedule_log)/ } split /\n/, $dump;
cmp_ok(scalar @rows, '>', 100, 'rows are dumped');

my ($old, $new) = ('40.45', '41.45');
my $bill = q{SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2024-06-01');};

# A session that stays open; ask() waits for the answer, an amount or an SQLSTATE.
sub session
{
	my ($db) = @_;
	my %session;
	$session{pid} = open3($session{in}, $session{out}, undef,
		$node->installed_command('psql'), '-XAtq', '-v', 'VERBOSITY=sqlstate', '-d', $node->connstr($db));
	$session{in}->autoflush;
	return \%session;
}

sub ask
{
	my ($session, $command) = @_;
	my @lines;
	print { $session->{in} } "$command\n\\echo done\n";
	while (defined(my $line = readline $session->{out}))
	{
		chomp $line;
		last if $line eq 'done';
		push @lines, $line =~ /ERROR:\s+(\w{5})/ ? $1 : $line;
	}
	return join(' ', @lines);
}

sub finish
{
	my ($session) = @_;
	close $session->{in};
	waitpid $session->{pid}, 0;
	return;
}

# How often there was which answer, in their order: "40.45 3, 55000 20"
sub history
{
	my @history;
	foreach my $answer (@_)
	{
		push @history, [ $answer, 0 ] if !@history || $history[-1][0] ne $answer;
		$history[-1][1]++;
	}
	return join(', ', map { "$_->[0] $_->[1]" } @history);
}

# What a session may say after each row of an order: the old amount until it can see the schedule, the new one when all
# rows of that are there, and nothing while rate rows name a schedule that does not exist; but a session that found none
# when it began does not look again.
sub expected
{
	my ($found_none, @order) = @_;
	my (%known, %rate_rows, @expected);
	my $to_come = grep { /'Ordinance 6000'/ } @order;
	foreach my $row (@order)
	{
		my ($table, $schedule) = $row =~ /^INSERT INTO mission_rates\.(\w+) VALUES \('([^']+)'/;
		($table eq 'schedule' ? \%known : \%rate_rows)->{$schedule} = 1;
		$to_come-- if $schedule eq 'Ordinance 6000';
		my $orphans = grep { !$known{$_} } keys %rate_rows;
		push @expected, $orphans && !$found_none ? '55000' : !$known{'Ordinance 6000'} ? $old : $to_come ? '55000' : $new;
		$found_none = 1 if !$orphans && defined $found_none;
	}
	return history(@expected);
}

# Restores the rows in an order, and asks after each.
sub restore
{
	my ($about, @order) = @_;
	add_city($node, 'restored');
	my ($restorer, $early, $late, $new_one) = map { session('restored') } 1 .. 4;
	my (@errors, @early, @late, @new_one);
	is(ask($early, $bill), $old, "$about: before the first row");
	foreach my $row (@order)
	{
		push @errors, grep { $_ ne '' } ask($restorer, $row);
		push @early, ask($early, $bill);
		push @late, ask($late, $bill);
		push @new_one, ask($new_one, "\\connect -\n$bill");
	}
	is("@errors", '', "$about: every row is restored");
	is(history(@early), expected(1, @order), "$about: a session that began before goes on");
	is(history(@late), expected(0, @order), "$about: one that begins after the first row bills nothing");
	is(history(@new_one), expected(undef, @order), "$about: nor does a new one after each row");
	finish($_) foreach $restorer, $early, $late, $new_one;
	$node->safe_psql('postgres', 'DROP DATABASE restored');
	return;
}

# As a parallel restore may have it
my @schedules = grep { /^INSERT INTO mission_rates\.schedule / } @rows;
my @rate_rows = grep { !/^INSERT INTO mission_rates\.schedule / } @rows;
restore('in the order of the dump', @rows);
restore('the schedules first', @schedules, @rate_rows);
restore('the schedules last', @rate_rows, @schedules);
srand(6000);
my %place = map { $_ => rand() } @rows;
restore('in no order', sort { $place{$a} <=> $place{$b} } @rows);

$node->stop;
done_testing();
