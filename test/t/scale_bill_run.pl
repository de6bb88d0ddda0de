# The bill run of doc/scale.md, as its statements stand there, when it is not
# left alone: a session that is ended in the middle of a batch leaves nothing
# of it, the next one goes on, two at a time share the batches, and whatever is
# started again bills no account twice.
use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;
use IPC::Run qw(start finish timeout);
use Page;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('billing');
$node->init;
$node->append_conf('postgresql.conf', ($ENV{MISSION_RATES_CONF} // '') . "\nfsync = off\n");
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE city');
$node->safe_psql('city', 'CREATE EXTENSION mission_rates');

# The tables and procedures of the chapter, without its runs
my @blocks = Page::chapter('doc/scale.md', 'A bill run of ten million accounts');
foreach my $block (grep { $_->{language} eq 'sql' && $_->{text} =~ /^CREATE/ } @blocks)
{
	Page::run_block($node, $block, {});
}

my $period = "'2026-10-01'";
my $state = q(SELECT count(*) FILTER (WHERE finished_at IS NOT NULL), (SELECT count(DISTINCT account_no) FROM cis.bill_line),
	(SELECT count(*) FROM cis.set_aside), (SELECT count(*) FROM cis.bill_line) = coalesce(sum(lines), 0),
	(SELECT coalesce(sum(amount), 0) FROM cis.bill_line) = coalesce(sum(total), 0) FROM cis.bill_batch);
$node->safe_psql('city', "CALL cis.plan_bill_run($period, 100)");
is($node->safe_psql('city', 'SELECT count(*) FROM cis.bill_batch'), 10, 'ten batches are planned');
$node->safe_psql('city', "CALL cis.plan_bill_run($period, 30)");
is($node->safe_psql('city', 'SELECT count(*) FROM cis.bill_batch'), 10, 'planning again before they are finished adds none');

# ---- ended in the middle of the third batch ----

$node->safe_psql('city', q(
	CREATE TABLE cis.stop (account_no bigint);
	INSERT INTO cis.stop VALUES (250);
	CREATE FUNCTION cis.stop() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		IF EXISTS (SELECT FROM cis.stop AS s WHERE s.account_no = NEW.account_no) THEN
			PERFORM pg_terminate_backend(pg_backend_pid());
		END IF;
		RETURN NEW;
	END $$;
	CREATE TRIGGER stop BEFORE INSERT ON cis.bill_line FOR EACH ROW EXECUTE FUNCTION cis.stop();
));
my ($out, $err);
isnt($node->psql('city', "CALL cis.run_bills($period)", stdout => \$out, stderr => \$err), 0, 'a session is ended');
is($node->safe_psql('city', $state), '2|198|2|t|t', 'and leaves two finished batches and nothing of the third');
$node->safe_psql('city', 'TRUNCATE cis.stop');

# ---- two sessions ----

my @sessions = map {
	start [ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('city'), '-c', "CALL cis.run_bills($period)" ],
	  '<', \undef, '2>', \my $problem, timeout(180)
} 1 .. 2;
ok((finish $_), 'a session of two ends well') foreach @sessions;
is($node->safe_psql('city', $state), '10|990|10|t|t', 'and all batches are finished');

# ---- again ----

$node->safe_psql('city', "CALL cis.run_bills($period); CALL cis.plan_bill_run($period, 100)");
$node->safe_psql('city', "CALL cis.run_bills($period)");
is($node->safe_psql('city', $state), '11|990|10|t|t', 'another run looks at those set aside alone and bills nobody twice');

is( $node->safe_psql('city', q(SELECT count(*) FROM cis.account AS a
	LEFT JOIN (SELECT account_no, sum(amount) AS amount FROM cis.bill_line GROUP BY account_no) AS l USING (account_no)
	WHERE l.amount IS DISTINCT FROM mission_rates.account_total(a))),
	0, 'every account has the bill that account_total says');

done_testing();
