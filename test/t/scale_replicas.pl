# The chapter of doc/scale.md on replicas, as its statements stand there: a hot
# standby that has the new rates when the adoption returns, and a logical
# subscriber that receives schedules, at first by copy and then by transaction.
use strict;
use warnings;

use Page;
use PostgreSQL::Test::Cluster;
use Server;
use Test::More;

my @blocks = Page::chapter('doc/scale.md', 'Read replicas and subscribers');

sub new_node
{
	my ($name, $level) = @_;
	my $node = new_server($name, '', allows_streaming => $level);
	$node->safe_psql('postgres', 'CREATE DATABASE city');
	return $node;
}

sub at_places
{
	my ($places) = @_;
	Page::run_chapter($places, grep { !defined $_->{place} || exists $places->{ $_->{place} } } @blocks);
	return;
}

# ---- a hot standby ----

my $primary = new_node('primary', 1);
$primary->safe_psql('city', 'CREATE EXTENSION mission_rates');
my %variables = (effective => $primary->safe_psql('city', 'SELECT current_date + 400'));
$primary->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'copy', has_streaming => 1);
$standby->append_conf('postgresql.conf', "hot_standby_feedback = on");
$standby->start;
$primary->append_conf('postgresql.conf', "synchronous_standby_names = 'standby'\nsynchronous_commit = local");
$primary->reload;
$primary->poll_query_until('postgres', "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
  or die 'the standby did not become synchronous';

at_places({ primary => [ [ $primary, \%variables ] ], standby => [ [ $standby, \%variables ] ] });

my $error;
$standby->psql('city', q(\set VERBOSITY sqlstate
	SELECT mission_rates.draft_schedule('Ordinance 7000')), stderr => \$error);
like($error, qr/25006/, 'no draft on a standby');

# ---- a logical subscriber ----

my $publisher = new_node('publisher', 'logical');
my $subscriber = new_node('subscriber', 'logical');
$publisher->safe_psql('city', qq(
	CREATE EXTENSION mission_rates;
	SELECT mission_rates.draft_schedule('Ordinance 6000');
	UPDATE mission_rates.water_minimum SET amount = amount + 1.00 WHERE schedule = 'Ordinance 6000';
	SELECT mission_rates.adopt_schedule('Ordinance 6000', '$variables{effective}', accept_warnings => true);
));
my %of_subscriber = (publisher => $publisher->connstr . ' dbname=city');
my @setup = grep { ($_->{place} // '') =~ /^(publisher|subscriber)$/ } @blocks;
my ($wait) = grep { $_->{text} =~ /srsubstate/ } @setup;
my ($compare) = grep { ($_->{place} // '') eq 'both' } @blocks;

foreach my $block (grep { $_ != $wait } @setup)
{
	Page::run_block($block->{place} eq 'publisher' ? $publisher : $subscriber, $block, \%of_subscriber);
}
(my $none_to_come = $wait->{text}) =~ s/count\(\*\) AS tables_to_come/count(*) = 0/;
$subscriber->poll_query_until('city', $none_to_come) or die 'the first copy was not finished';
like(Page::run_block($subscriber, $wait, {}), qr/^\s+0$/m, 'all tables are there');

sub same_rates
{
	my ($what) = @_;
	my $there = Page::run_block($publisher, $compare, {});
	is(Page::run_block($subscriber, $compare, {}), $there, $what);
	return $there;
}

like(same_rates('the rates that were there before'), qr/Ordinance 6000/, 'and they are some');
my $bill = "SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '$variables{effective}')";
is($subscriber->safe_psql('city', $bill), '41.45', 'the subscriber rates by them');

$publisher->safe_psql('city', qq(
	BEGIN;
	SELECT mission_rates.draft_schedule('Ordinance 7000');
	UPDATE mission_rates.water_minimum SET amount = amount + 1.00 WHERE schedule = 'Ordinance 7000';
	SELECT mission_rates.adopt_schedule('Ordinance 7000', date '$variables{effective}' + 365, accept_warnings => true);
	COMMIT;
));
$publisher->wait_for_catchup('rates');
like(same_rates('a schedule that was adopted later'), qr/Ordinance 7000/, 'which has arrived');
is($subscriber->safe_psql('city', $bill =~ s/\)$/::date + 365)/r), '42.45', 'and rates');

$publisher->safe_psql('city', q(
	SELECT mission_rates.withdraw_schedule('Ordinance 7000');
	SELECT mission_rates.drop_draft('Ordinance 7000')));
$publisher->wait_for_catchup('rates');
unlike(same_rates('a schedule that was withdrawn and dropped'), qr/Ordinance 7000/, 'which is gone');
is($subscriber->safe_psql('city', "SELECT count(*) FROM mission_rates.self_test() WHERE NOT passed"),
	0, 'the self-test of the subscriber passes');

# ---- a subscription that is made again ----

$subscriber->safe_psql('city', 'DROP SUBSCRIPTION rates');
$publisher->safe_psql('city', qq(
	SELECT mission_rates.draft_schedule('Ordinance 8000');
	SELECT mission_rates.adopt_schedule('Ordinance 8000', date '$variables{effective}' + 730, accept_warnings => true);
));
my ($again) = grep { ($_->{place} // '') eq 'subscriber again' } @blocks;
Page::run_block($subscriber, $again, \%of_subscriber);
$subscriber->poll_query_until('city', $none_to_come) or die 'the second copy was not finished';
like(same_rates('a subscription that was made again'), qr/Ordinance 8000/, 'has what was adopted meanwhile');

# ---- all tables ----

my $everything = new_node('everything', 'logical');
$publisher->safe_psql('city', 'CREATE PUBLICATION everything FOR ALL TABLES');
$everything->safe_psql('city', 'CREATE EXTENSION mission_rates');
(my $all = $again->{text}) =~ s/DELETE FROM %s %s', t\.rates::regclass, t\.condition/DELETE FROM %s', t.rates::regclass/;
$all =~ s/SUBSCRIPTION rates (.*) PUBLICATION rates/SUBSCRIPTION everything $1 PUBLICATION everything/;
Page::run_block($everything, { text => $all }, \%of_subscriber);
$everything->poll_query_until('city', $none_to_come) or die 'the copy of all tables was not finished';
is(Page::run_block($everything, $compare, {}), Page::run_block($publisher, $compare, {}), 'all tables, the shipped schedule among them');

done_testing();
