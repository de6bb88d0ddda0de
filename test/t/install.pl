# Installing: every object gets one comment, and databases of another encoding
# get it readable.
use strict;
use warnings;

use Server;
use Test::More;

my $node = new_server('main', 'client_min_messages = warning');

# ---- one comment for each object ----

$node->safe_psql('postgres', q{
	CREATE TABLE said (object text);
	CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO public.said
		SELECT d.object_type || ' ' || d.object_identity
		FROM pg_event_trigger_ddl_commands() AS d
		WHERE d.command_tag = 'COMMENT';
	END $$;
	CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION note();
	CREATE EXTENSION mission_rates;
	DROP EVENT TRIGGER note;
});
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM said'), '>', 200, 'the comments of the install are seen');
is($node->safe_psql('postgres', 'SELECT object, count(*) FROM said GROUP BY object HAVING count(*) > 1 ORDER BY object'),
	'', 'no object gets a second comment');

# ---- a database in another encoding ----

my $comments = q{
	SELECT string_agg(convert_to(d.description, 'UTF8'), '\x0a'::bytea ORDER BY i.type, i.identity)
	FROM pg_description AS d, pg_identify_object(d.classoid, d.objoid, d.objsubid) AS i
	WHERE i.schema = 'mission_rates' OR i.identity LIKE '%mission_rates%'
};
my $plain = $node->safe_psql('postgres', $comments);
cmp_ok(length($plain), '>', 10_000, 'comments in UTF8');
foreach my $encoding ('LATIN1', 'WIN1252')
{
	$node->safe_psql('postgres',
		"CREATE DATABASE other ENCODING '$encoding' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
	$node->safe_psql('other', 'CREATE EXTENSION mission_rates');
	is($node->safe_psql('other', $comments), $plain, "comments in $encoding are those in UTF8");
	is($node->safe_psql('other', q{SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2023-01-01')}),
		$node->safe_psql('postgres', q{SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2023-01-01')}),
		"a bill in $encoding");
	$node->safe_psql('postgres', 'DROP DATABASE other');
}

$node->stop;
done_testing();
