# The bill run of doc/scale.md, as its statements stand there, when it is not
# left alone: a session that is ended in the middle of a batch leaves nothing
# of it, the next one goes on, two at a time share the batches, two planners
# wait for one another, a program runs it through its driver, whatever is
# started again bills no account twice and reads no more than its batch, and
# the lines may be partitioned.
use strict;
use warnings;

use IPC::Run qw(run start pump finish timeout);
use JSON::PP;
use Page;
use Server;
use Test::More;

my $node = new_server('billing');
add_city($node, 'city');

# The tables and procedures of the chapter, without its runs
my @blocks = Page::chapter('doc/scale.md', 'A bill run of ten million accounts');
my @setup = grep { $_->{language} eq 'sql' && !defined $_->{place} && $_->{text} =~ /^CREATE/ } @blocks;
Page::run_block($node, $_, {}) foreach @setup;

my $period = "'2026-10-01'";
my $state = q(SELECT count(*) FILTER (WHERE finished_at IS NOT NULL), (SELECT count(DISTINCT account_no) FROM cis.bill_line),
	(SELECT count(*) FROM cis.set_aside), (SELECT count(*) FROM cis.bill_line) = coalesce(sum(lines), 0),
	(SELECT coalesce(sum(amount), 0) FROM cis.bill_line) = coalesce(sum(total), 0) FROM cis.bill_batch);
$node->safe_psql('city', "CALL cis.plan_bill_run($period, 100)");
is($node->safe_psql('city', 'SELECT count(*) FROM cis.bill_batch'), 10, 'ten batches are planned');
$node->safe_psql('city', "CALL cis.plan_bill_run($period, 30)");
is($node->safe_psql('city', 'SELECT count(*) FROM cis.bill_batch'), 10, 'planning again before they are finished adds none');

# ---- two planners ----

$node->safe_psql('city', 'DELETE FROM cis.bill_batch');
my ($typed, $answered) = ('', '');
my $first = start [ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('city') ], '<', \$typed, '>', \$answered, timeout(180);
$typed = "BEGIN; CALL cis.plan_bill_run($period, 100); SELECT 'planned';\n";
pump $first until $answered =~ /planned/;
my $second = start [ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('city'), '-c', "CALL cis.plan_bill_run($period, 100)" ],
  '<', \undef, timeout(180);
$node->poll_query_until('city', "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'CALL cis.plan%'")
  or die 'the second planner does not wait';
$typed = "COMMIT;\n\\q\n";
finish $first;
ok((finish $second), 'the second planner waits for the first');
is($node->safe_psql('city', 'SELECT count(*) FROM cis.bill_batch'), 10, 'and adds nothing to what it planned');

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

# ---- as a driver calls ----

my $refused;
$node->psql('city', "\\set VERBOSITY verbose\nBEGIN; CALL cis.run_bills($period)", stderr => \$refused);
unlike($refused, qr/2D000/, 'in a transaction, with nothing to bill, it is allowed');
$node->safe_psql('city', "UPDATE cis.account SET class = 'A1' WHERE account_no = 99; CALL cis.plan_bill_run($period, 100)");
$node->psql('city', "\\set VERBOSITY verbose\nBEGIN; CALL cis.run_bills($period)", stderr => \$refused);
like($refused, qr/2D000: invalid transaction termination/, 'with a batch it is refused as the page says');

SKIP:
{
	my ($python) = map { $_->{text} } grep { $_->{language} eq 'python' } @blocks;
	skip 'python3-psycopg2 is not installed', 2 unless run [ '/usr/bin/python3', '-c', 'import psycopg2' ], '>', '/dev/null', '2>', '/dev/null';
	my $problem = '';
	my $connect = sprintf 'psycopg2.connect(host="%s", port=%d, dbname="city")', $node->host, $node->port;
	run [ '/usr/bin/python3', '-c', "import psycopg2\n${python}run_bills($connect, '2026-10-01')" ], '2>', \$problem;
	is($problem, '', 'the loop of the page runs');
	is($node->safe_psql('city', $state), '12|991|9|t|t', 'and bills the account that was mended');
}

# ---- what a batch reads ----

# Buffers that the next batch of 2,000 accounts touches, writing its lines included
sub buffers
{
	my ($before) = @_;
	$node->safe_psql('many', "$before; CALL cis.plan_bill_run($period, 2000)");
	my $plan = decode_json($node->safe_psql('many', "SET work_mem = '64kB';
		EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) SELECT cis.bill_next_batch($period)"))->[0]{Plan};
	my $sum = 0;
	$sum += $plan->{"$_ Blocks"} // 0 foreach 'Shared Hit', 'Shared Read', 'Temp Read', 'Temp Written';
	return $sum;
}

# Measured: 13 buffers for each account with its four lines, and 2 where it has its bill.  A join that is planned by the
# wrong statistics goes through the lines of the batch for each account: 90 in a batch as small as this, and the more the
# larger it is.
add_city($node, 'many');
$node->safe_psql('many', $_->{text}) foreach @setup;
$node->safe_psql('many', q(TRUNCATE cis.account; INSERT INTO cis.account SELECT n, 'A1', 0.75, n % 15000, 'inside', '2026-10-01' FROM generate_series(1, 8000) AS n));
cmp_ok(buffers('SELECT'), '<', 20 * 2000, 'a batch before anything was analyzed');
is($node->safe_psql('many', 'SELECT count(DISTINCT account_no) FROM cis.bill_line'), 2000, 'which is billed');
cmp_ok(buffers('TRUNCATE cis.bill_line, cis.bill_batch; VACUUM (ANALYZE) cis.bill_line; ANALYZE cis.account'),
	'<', 20 * 2000, 'one into a table that was analyzed while it was empty');
$node->safe_psql('many', "CALL cis.run_bills($period)");
cmp_ok(buffers(q(
	INSERT INTO cis.bill_line SELECT account_no, period - m * 30, line, service, charge, description, quantity, unit, rate, amount, section, schedule
	FROM cis.bill_line, generate_series(1, 4) AS m;
	DELETE FROM cis.bill_line WHERE account_no IN (1500, 1999) AND period = '2026-10-01';
	ANALYZE cis.bill_line)), '<', 4 * 2000, 'and one for two late accounts among those that have bills, all analyzed');
is($node->safe_psql('many', q(SELECT lines FROM cis.bill_batch ORDER BY batch DESC LIMIT 1)), 8, 'which bills these two');

# ---- lines by period ----

# The chapter again with the table partitioned, as it stands under its heading.
sub partitioned
{
	my ($database, @made) = @_;
	add_city($node, $database);
	my ($table) = grep { ($_->{place} // '') eq 'by period' } @blocks;
	foreach my $block (@setup)
	{
		(my $sql = $block->{text}) =~ s/CREATE TABLE cis\.bill_line \(.*?^\);\n/$table->{text}/ms;
		$node->safe_psql($database, $sql);
	}
	$node->safe_psql($database, $_->{text}) foreach @made;
	$node->safe_psql($database, "CALL cis.plan_bill_run($period, 100)");
	$node->safe_psql($database, "CALL cis.run_bills($period)");
	return $node->safe_psql($database, $state);
}

my @at = map { my $place = $_; [ grep { ($_->{place} // '') eq $place } @blocks ] } 'by year', 'partman';
is(partitioned('by_year', @{ $at[0] }), '10|990|10|t|t', 'partitioned by year');
is($node->safe_psql('by_year', 'SELECT count(*) > 0 FROM ONLY cis.bill_line_2026'), 't', 'in its partition');
SKIP:
{
	skip 'the library of pg_partman is not installed', 2
	  unless $node->safe_psql('postgres', "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_partman' AND default_version LIKE '4.%'");
	is(partitioned('by_month', @{ $at[1] }), '10|990|10|t|t', 'partitioned by pg_partman');
	is($node->safe_psql('by_month', 'SELECT count(DISTINCT tableoid), min(tableoid::regclass::text) FROM cis.bill_line'),
		'1|cis.bill_line_p2026_10', 'in the partition of its month');
}

done_testing();
