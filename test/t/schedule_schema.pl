# doc/schedule.schema.json is what the tables say, takes every document that is
# written, and refuses what draft_from_document() refuses.
use strict;
use warnings;

use FindBin;
use IPC::Run qw(run);
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $top = "$FindBin::Bin/../..";
my $schema = "$top/doc/schedule.schema.json";

my $node = new_server('main');
$node->safe_psql('postgres', 'CREATE EXTENSION mission_rates');

# ---- it is fresh ----

my ($made, $errors) = ('', '');
run [ 'psql', '-X', '-q', '-d', $node->connstr('postgres'), '-f', "$top/test/schema/schema.sql" ], '>', \$made, '2>', \$errors;
is($errors, '', 'the schema can be made');
ok($made eq slurp_file($schema), 'doc/schedule.schema.json is what the tables say; if not: make schema');

# ---- it holds ----

# What a validator that others wrote says of a document: nothing, or what is wrong
my $python = '/usr/bin/python3';
my $validator = q{
import json, sys, jsonschema
schema = json.load(open(sys.argv[1], encoding='utf-8'))
jsonschema.Draft7Validator.check_schema(schema)
for error in jsonschema.Draft7Validator(schema).iter_errors(json.load(sys.stdin)):
    print(error.message)
};

sub complaints
{
	my ($document) = @_;
	my ($out, $err) = ('', '');
	run [ 'env', 'PYTHONIOENCODING=utf-8', $python, '-c', $validator, $schema ], '<', \$document, '>', \$out, '2>', \$err;
	return "$out$err";
}

SKIP:
{
	skip 'python3-jsonschema is not there', 1 unless run [ $python, '-c', 'import jsonschema' ], '>', \my $ignored, '2>', \my $noise;

	my $document = $node->safe_psql('postgres', q{SELECT mission_rates.schedule_document('Ordinance 5244')});
	is(complaints($document), '', 'an exported document');
	$node->safe_psql('postgres', q{
		SELECT mission_rates.draft_schedule('Draft');
		INSERT INTO mission_rates.sewer_volume (schedule, class, above_gallons, rate_per_1000) VALUES ('Draft', 'A1', 0, 1.5);
		INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, base_charges, label)
			VALUES ('Draft', 'tax', 'A1', 0.01, 'dollar', '{water_volume}', 'Tax')});
	is(complaints($node->safe_psql('postgres', q{SELECT mission_rates.schedule_document('Draft')})), '', 'a draft, with every table');
	is(complaints(slurp_file($_)), '', $_ =~ s{.*/}{}r) foreach sort glob "$top/doc/tariffs/*.json";

	# Each of these the function refuses too.
	my %wrong = (
		'a wrong type' => [ '"volume_step": 1,', '"volume_step": "1",' ],
		'a wrong type in a row' => [ '"line_inches": 4,', '"line_inches": "4",' ],
		'NULL where none may be' => [ '"line_inches": 4,', '"line_inches": null,' ],
		'a missing key' => [ '"volume_step": 1,', '' ],
		'a missing key in a row' => [ '"line_inches": 4,', '' ],
		'a missing table' => [ '"sewer_volume": [],', '' ],
		'an unknown key' => [ '"volume_step": 1,', '"volume_step": 1, "rate": 1,' ],
		'an unknown key in a row' => [ '"line_inches": 4,', '"line_inches": 4, "rate": 1,' ],
		'another format' => [ 'mission_rates 1', 'mission_rates 2' ],
		'a row that is none' => [ '"sewer_volume": []', '"sewer_volume": [1]' ]);
	foreach my $what (sort keys %wrong)
	{
		my ($old, $new) = @{ $wrong{$what} };
		my $changed = $document =~ s/\Q$old\E/$new/r;
		isnt(complaints($changed), '', "$what is refused by the schema");
		my ($result, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\nSELECT mission_rates.draft_from_document(\$document\$$changed\$document\$, 'New')");
		like($err, qr/ERROR:  22023: invalid document: /, "$what is refused by the function");
	}
}

$node->stop;
done_testing();
