# A schedule goes from one database to another as a document and bills the same
# there: the published tariffs of doc/tariffs, random schedules, databases of
# other encodings and collations, added and renamed labels.
use strict;
use warnings;

use FindBin;
use IPC::Run qw(run);
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $top = "$FindBin::Bin/../..";
# How many random schedules; of those that were tried 500 once
my $schedules = $ENV{MISSION_RATES_SCHEDULES} // 50;

my $node = new_server('main', 'client_min_messages = warning');

sub make_database
{
	my ($database, $options) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE template0 $options");
	$node->safe_psql($database, 'CREATE EXTENSION mission_rates');
	return;
}

# A client that speaks UTF-8, whatever the database does; the script may be longer than an argument
sub as_utf8
{
	my ($database, $sql) = @_;
	my ($out, $err) = ('', '');
	local $ENV{PGCLIENTENCODING} = 'UTF8';
	run [ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($database) ], '<', \"\\set VERBOSITY verbose\n$sql", '>', \$out, '2>', \$err;
	chomp $out;
	return $err eq '' ? $out : "failed: $err";
}

sub document_of { return as_utf8($_[0], "SELECT mission_rates.schedule_document('$_[1]')") }

sub draft
{
	my ($database, $document, $name) = @_;
	return as_utf8($database, "SELECT mission_rates.draft_from_document(\$document\$$document\$document\$" . (defined $name ? ", '$name')" : ')'));
}

# Lines that differ in what adoption sets do not count
sub without_adoption
{
	return $_[0] =~ s/^  "(?:schedule|effective_from|fingerprint)": .*\n//mgr;
}

make_database('one', "ENCODING 'UTF8' LOCALE 'C'");

# ---- the published tariffs ----

# What they print: class, meter, gallons, whether sewer is charged too, dollars
my %printed = (
	'mission-5244' => [ [ 'A1', '3/4', 999, 'false', '11.50' ], [ 'A1', '3/4', 6000, 'true', '40.45' ], [ 'A5', '8', 999, 'false', '561.62' ] ],
	'mission-3149' => [ [ 'A1', '3/4', 999, 'false', '9.22' ], [ 'A2', '1', 999, 'false', '9.94' ], [ 'A5', '8', 0, 'false', '471.95' ],
		[ 'A7', '5/8', 999, 'true', '11.92' ], [ 'A8', '6', 999, 'false', '169.49' ], [ 'A1', '3/4', 1999, 'true', '21.87' ] ],
	'college-mound' => [ [ 'A1', '5/8', 2000, 'false', '52.00' ], [ 'A1', '5/8', 5000, 'false', '84.50' ],
		[ 'A1', '5/8', 10000, 'false', '151.25' ], [ 'A1', '5/8', 25000, 'false', '372.50' ] ]);

is_deeply([ sort map { s{.*/|\.json$}{}gr } glob "$top/doc/tariffs/*.json" ], [ sort keys %printed ], 'each tariff has its examples');
like(draft('one', slurp_file("$top/doc/tariffs/mission-3149.json")),
	qr/22023: invalid document: added_labels, row 1: "label" is not a label of customer_class: "A7".*add_class\('A7', 'A6'\)/s,
	'a class that the database lacks is named, and how it is added');
$node->safe_psql('one', q{SELECT mission_rates.add_class('A7', 'A6')});
foreach my $tariff (sort keys %printed)
{
	my $file = slurp_file("$top/doc/tariffs/$tariff.json") =~ s/\n\z//r;
	is(draft('one', $file, $tariff), $tariff, "$tariff: a draft");
	is(without_adoption(document_of('one', $tariff)), without_adoption($file), "$tariff: the file comes back");
	foreach my $example (@{ $printed{$tariff} })
	{
		my ($class, $meter, $gallons, $sewer, $dollars) = @$example;
		is($node->safe_psql('one', "SELECT mission_rates.bill_total('$class'::mission_rates.customer_class, '$meter', $gallons,"
			  . " sewer => $sewer, schedule => '$tariff')"), $dollars, "$tariff: $class, $meter inch, $gallons gallons: $dollars");
	}
}
is(document_of('one', 'Ordinance 5244') . "\n", slurp_file("$top/doc/tariffs/mission-5244.json"), 'Ordinance 5244 is the one that is shipped');

# ---- random schedules ----

make_database('two', "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE' LOCALE 'C.UTF-8'");
$node->safe_psql('one', slurp_file("$top/test/t/random_schedules.sql"));
# Both have the classes and sizes that the rows may use; the labels of the second were added in another order.
$node->safe_psql('one', $_) foreach q{SELECT mission_rates.add_class('Båt', 'A9')}, q{SELECT mission_rates.add_meter_size('14')},
  q{SELECT mission_rates.add_class('A10 "new"', 'A9')};
$node->safe_psql('two', $_) foreach q{SELECT mission_rates.add_class('A7', 'A6')}, q{SELECT mission_rates.add_class('A10 "new"', 'A9')},
  q{SELECT mission_rates.add_class('Båt', 'A10 "new"')}, q{SELECT mission_rates.add_meter_size('14')};

# The documents of the random schedules, one a line, in hexadecimal digits
my $documents = q{SELECT encode(convert_to(mission_rates.schedule_document(s.schedule), 'UTF8'), 'hex')
	FROM mission_rates.schedule AS s WHERE s.schedule LIKE 'Random%' ORDER BY s.schedule COLLATE "C"};
my $adopt = q{SELECT mission_rates.adopt_schedule(s.schedule, '2910-01-01'::date + row_number() OVER (ORDER BY s.schedule COLLATE "C")::integer,
	'2026-11-21', NULL, true) FROM mission_rates.schedule AS s WHERE s.schedule LIKE 'Random%' ORDER BY s.schedule COLLATE "C"};
my $fingerprints = q{SELECT mission_rates.schedule_fingerprint(s.schedule) FROM mission_rates.schedule AS s
	WHERE s.schedule LIKE 'Random%' ORDER BY s.schedule COLLATE "C"};

sub lines { return split /\n/, as_utf8(@_) }

as_utf8('one', "SELECT random_schedule('Random ' || n, n) FROM generate_series(1, $schedules) AS n");
my @sent = lines('one', $documents);
is(scalar(@sent), $schedules, "$schedules random schedules");
is_deeply([ lines('two', join '', map { "SELECT mission_rates.draft_from_document(convert_from(decode('$_', 'hex'), 'UTF8'));\n" } @sent) ],
	[ map { pack('H*', $_) =~ /^  "schedule": "(.*)",$/m } @sent ], 'are drafted elsewhere');
is_deeply([ lines('two', $documents) ], \@sent, 'to the same text');
as_utf8($_, $adopt) foreach 'one', 'two';
@sent = lines('one', $documents);
is_deeply([ map { pack('H*', $_) =~ /^  "fingerprint": "([0-9a-f]{64})",$/m } @sent ], [ lines('one', $fingerprints) ], 'adopted, they have fingerprints');
is_deeply([ lines('two', $fingerprints) ], [ lines('one', $fingerprints) ], 'which are the same elsewhere');
is_deeply([ lines('two', $documents) ], \@sent, 'and the same text');

# ---- labels ----

$node->safe_psql('one', q{SELECT mission_rates.draft_schedule('Labels', 'Ordinance 5244');
	INSERT INTO mission_rates.class_rule SELECT 'Labels', c::mission_rates.customer_class, 'New', 'residential', 'inside'
		FROM unnest(ARRAY['A10 "new"', 'Båt', 'A7']) AS c;
	INSERT INTO mission_rates.water_tap (schedule, meter_size, service_area) VALUES ('Labels', '14', 'inside')});
my $labels = document_of('one', 'Labels');
my ($added) = $labels =~ /^  "added_labels": (.*?\n  \]),$/ms;
is($added, <<'END' =~ s/\n\z//r, 'the labels that the rows use, by type and in their order');
[
    {"type_name": "customer_class", "label": "A7", "after_label": "A6"},
    {"type_name": "customer_class", "label": "A10 \"new\"", "after_label": "A9"},
    {"type_name": "customer_class", "label": "Båt", "after_label": "A10 \"new\""},
    {"type_name": "meter_size", "label": "14", "after_label": "12"}
  ]
END
$node->safe_psql('one', q{DELETE FROM mission_rates.class_rule WHERE schedule = 'Labels' AND class = 'A10 "new"'});
like(document_of('one', 'Labels'), qr/"label": "Båt", "after_label": "A9"\}/, 'one that is not used is not there, nor what comes after it');
$node->safe_psql('one', q{ALTER TYPE mission_rates.customer_class RENAME VALUE 'Båt' TO 'Boat'});
like(document_of('one', 'Labels'), qr/"label": "Boat", "after_label": "A9"\}.*"class": "Boat"/s, 'a label that is renamed');
$node->safe_psql('one', q{ALTER TYPE mission_rates.customer_class RENAME VALUE 'Boat' TO 'Båt';
	INSERT INTO mission_rates.class_rule VALUES ('Labels', 'A10 "new"', 'New', 'residential', 'inside')});
is(document_of('one', 'Labels'), $labels, 'and renamed back');

# ---- encodings ----

make_database('latin', "ENCODING 'LATIN1' LOCALE 'C'");
my $document = document_of('one', 'Ordinance 5244');
is(document_of('latin', 'Ordinance 5244'), $document, 'a database in LATIN1 writes the same');
my $western = $document =~ s/"label": "Residential"/"label": "Résidéntial ÿ § \\u00e9"/r;
is(draft('latin', $western, 'Western'), 'Western', 'and reads what it has');
is(draft('one', $western, 'Western'), 'Western', 'as one in UTF-8 does');
is(document_of('latin', 'Western'), document_of('one', 'Western'), 'to the same text');
is(as_utf8('latin', q{SELECT mission_rates.schedule_fingerprint('Western')}), as_utf8('one', q{SELECT mission_rates.schedule_fingerprint('Western')}),
	'and the same rates');
like(draft('latin', $document =~ s/"Residential"/"水"/r, 'Water'), qr/ERROR:  22P05: /, 'what it lacks is an error of the server');
like(draft('latin', $document =~ s/"Residential"/"\\u6c34"/r, 'Water'), qr/ERROR:  22P05: /, 'as an escape too');

$node->stop;
done_testing();
