# doc/reference.md agrees with the catalog: every function with its arguments,
# defaults, results; every table, type and column; nothing that does not exist.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $top = "$FindBin::Bin/../..";
my $reference = slurp_file("$top/doc/reference.md");

my $node = new_server('main');
$node->safe_psql('postgres', 'CREATE EXTENSION mission_rates');

# Rows of a query, each a list
sub rows
{
	my ($query) = @_;
	my $answer = $node->safe_psql('postgres', "SET search_path = mission_rates, pg_catalog; $query");
	return map { [ split /\|/, $_, -1 ] } split /\n/, $answer;
}

# ---- the page ----

# Sections by the name in their headings, such as "bill" or "Table fee", and what
# is said before the first of its chapter
my (%section, %above);
foreach my $chapter (split /^(?=## )/m, $reference)
{
	my ($above, @parts) = split /^### (.*)\n/m, $chapter;
	while (my ($name, $text) = splice @parts, 0, 2)
	{
		ok(!exists $section{$name}, "\"$name\" is one section") or next;
		$section{$name} = $text;
		$above{$name} = $above;
	}
}

sub one_line
{
	my ($text) = @_;
	$text =~ s/\s+/ /g;
	$text =~ s/^ | $//g;
	return $text;
}

# The first cells of the table with such a heading, and their rows
sub table
{
	my ($text, $heading) = @_;
	my ($table) = $text =~ /^\| \Q$heading\E \|.*\n\|[-|:]+\n((?:\|.*\n)*)/m;
	return map { [ map { one_line($_) } split /(?<!\\)\|/, substr $_, 1 ] } split /\n/, $table // '';
}

sub unquoted
{
	my ($cell) = @_;
	return $cell =~ s/[`*]//gr;
}

# Names and types of the columns in such a table; a row may be of several names.
sub columns_of
{
	my ($text) = @_;
	return map { my $type = $_->[1]; map { "$_ $type" } split / /, unquoted($_->[0]) } table($text, 'column');
}

# The arguments that a section explains: in its table, in its sentences, or in the
# section that it refers to
sub explained_in
{
	my ($name) = @_;
	my $text = $section{$name};
	my @tabled = map { split / /, unquoted($_->[0]) } table($text, 'argument');
	my ($other) = $text =~ /as in \[`(\w+)`\]/;
	$text =~ s/^```.*?^```$|^\|.*$//gms;
	return (\@tabled, { map { $_ => 1 } @tabled, $text =~ /`(\w+)`/g, $other ? keys %{ (explained_in($other))[1] } : () });
}

# ---- functions ----

# pg_get_function_arguments without types of defaults and without results
my @functions = rows(q{
	SELECT p.proname,
		regexp_replace(regexp_replace(pg_get_function_arguments(p.oid), '(, )?OUT .*$', ''), '::[a-z_]+(\[\])?', '', 'g'),
		CASE
			WHEN p.prorettype = 'void'::regtype THEN 'nothing'
			WHEN p.proargmodes && '{o,t}' THEN CASE WHEN p.proretset THEN 'rows' ELSE 'one row' END
			ELSE CASE WHEN p.proretset THEN 'rows of ' ELSE '' END || format_type(p.prorettype, NULL)
		END,
		coalesce(array_to_string(p.proargnames[1 : p.pronargs], ','), ''),
		(SELECT coalesce(string_agg(a.name || ' ' || format_type(a.type, NULL), ',' ORDER BY a.n), '')
		 FROM unnest(p.proargnames, p.proallargtypes, p.proargmodes) WITH ORDINALITY AS a (name, type, mode, n)
		 WHERE a.mode IN ('o', 't'))
	FROM pg_proc AS p
	WHERE p.pronamespace = 'mission_rates'::regnamespace AND p.proname NOT LIKE '\_%'
	ORDER BY 1, 2
});

# The text form of a function, out of its typed form; the page says by which rule
sub text_form
{
	my ($arguments) = @_;
	$arguments =~ s/\b(?:customer_class|meter_size|service_area|deposit_category)\b/text/g or return;
	return $arguments =~ s/\b((?:sewer_)?gallons(?:_list)?) bigint\b/$1 numeric/gr;
}
my %text_form = map { my $form = text_form($_->[1]); defined $form ? ("$_->[0]($form)" => 1) : () } @functions;
is_deeply([ sort grep { $text_form{$_} } map { "$_->[0]($_->[1])" } @functions ], [ sort keys %text_form ],
	'every function with a code has a text form');

# Functions with the arguments of bill(), which stand once
my ($bill) = map { $_->[1] } grep { $_->[0] eq 'bill' && !$text_form{"bill($_->[1])"} } @functions;
my (%signature, %argument, %result, %as_bill);
foreach my $function (@functions)
{
	my ($name, $arguments, $returns, $names, $columns) = @$function;
	next if $text_form{"$name($arguments)"};
	$as_bill{$name} = $name ne 'bill' && $arguments eq $bill;
	push @{ $signature{$name} }, "$name(" . ($as_bill{$name} ? 'as bill' : $arguments) . ") → $returns";
	$argument{$name}{$_} = 1 foreach split /,/, $names;
	$result{$name} = [ split /,/, $columns ];
}

foreach my $name (sort keys %signature)
{
	my $text = $section{$name};
	ok(defined $text, "$name: there is a section") or next;
	my ($signatures) = $text =~ /^```plaintext\n(.*?)^```$/ms;
	is_deeply([ sort map { one_line($_) } split /\n(?=\Q$name\E\()/, $signatures // '' ], [ sort @{ $signature{$name} } ],
		"$name: signature, with defaults");

	my ($tabled, $explained) = explained_in($name);
	is_deeply([ grep { !$argument{$name}{$_} } @$tabled ], [], "$name: no other argument");
	# What holds for these is said for all functions.
	my %shared = map { $_ => 1 } qw(account service_date schedule);
	is_deeply([ grep { !$explained->{$_} && !$shared{$_} } sort keys %{ $argument{$name} } ], [], "$name: every argument")
	  unless $as_bill{$name};
	is_deeply([ columns_of($text) ], $result{$name}, "$name: columns of the result");
	like($above{$name} . $text, qr/\bErrors(?: also)?: /, "$name: errors");
	like($text, qr/^```sql\n.*\b$name\(/ms, "$name: an example");
	like($reference, qr/\(#$name\)/, "$name: the table of contents leads there");
}

# ---- which form a call chooses ----

# The form, or the SQLSTATE of the error
sub chosen
{
	my ($call) = @_;
	my ($status, $output, $error) = $node->psql('postgres', qq{
		\\set VERBOSITY sqlstate
		CREATE TEMP VIEW probe AS SELECT mission_rates.$call AS result;
		SELECT result FROM probe;
		SELECT CASE (p.proargtypes)[0] WHEN 'text'::regtype THEN 'text' ELSE 'typed' END
		FROM pg_depend AS d JOIN pg_proc AS p ON p.oid = d.refobjid JOIN pg_rewrite AS r ON r.oid = d.objid
		WHERE r.ev_class = 'probe'::regclass AND d.refclassid = 'pg_proc'::regclass AND p.pronamespace = 'mission_rates'::regnamespace},
		on_error_stop => 1);
	return $error =~ /ERROR: +(\w+)/ ? $1 : (split /\n/, $output)[-1];
}
my @calls = map { [ map { unquoted($_) } @$_ ] } table($section{'Codes as text'}, 'arguments');
cmp_ok(scalar(@calls), '>', 15, 'calls are found');
foreach my $call (@calls)
{
	is(chosen("bill_total($call->[0])"), $call->[1], "bill_total($call->[0])");
}

# ---- tables ----

my %table = map { $_->[0] => $_->[1] } rows(q{
	SELECT c.relname, c.oid FROM pg_class AS c
	WHERE c.relnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND c.relkind = 'r'
	ORDER BY 1});

# Columns that the tables share stand once.
my %shared_column = map { ("$_->[0]|$_->[1]" => 1) } table($reference, 'shared column');
is(scalar(keys %shared_column), 2, 'columns that tables share are found');

foreach my $name (sort keys %table)
{
	my $text = $section{"Table $name"};
	ok(defined $text, "table $name: there is a section") or next;
	my $shares = $name !~ /^(?:schedule|added_label|schedule_log)$/;
	my @columns = map { "$_->[0]|$_->[1]" } rows(qq{
		SELECT CASE WHEN a.attnum = ANY (k.conkey) THEN '**`' || a.attname || '`**' ELSE '`' || a.attname || '`' END,
			format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
			|| coalesce(' default ' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '::[a-z_]+', '', 'g'), '')
		FROM pg_attribute AS a
		LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		LEFT JOIN pg_constraint AS k ON k.conrelid = a.attrelid AND k.contype = 'p'
		WHERE a.attrelid = $table{$name} AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY a.attnum});
	is_deeply([ map { "$_->[0]|$_->[1]" } table($text, 'column') ], [ grep { !$shares || !$shared_column{$_} } @columns ],
		"table $name: columns, types, key, defaults");
	is_deeply([ grep { $shared_column{$_} } @columns ],
		[ grep { $name ne 'class_rule' || !/section/ } sort { $b =~ /schedule/ <=> $a =~ /schedule/ } keys %shared_column ],
		"table $name: shared columns") if $shares;
}

# ---- types ----

my %type = map { $_->[0] => $_->[1] } rows(q{
	SELECT t.typname, t.typtype FROM pg_type AS t LEFT JOIN pg_class AS c ON c.oid = t.typrelid
	WHERE t.typnamespace = 'mission_rates'::regnamespace AND t.typcategory <> 'A' AND coalesce(c.relkind, 'c') = 'c'
		AND t.typname NOT LIKE '\_%'});

foreach my $name (sort keys %type)
{
	my $text = $section{"Type $name"};
	ok(defined $text, "type $name: there is a section") or next;
	if ($type{$name} eq 'e')
	{
		my ($labels) = $text =~ /^Enum[^:]*: ([^.]*)\./m;
		my @labels = map { $_->[0] } rows("SELECT unnest(enum_range(NULL::mission_rates.$name))");
		is_deeply([ $labels =~ /`([^`]*)`/g ], \@labels, "type $name: labels in their order");
	}
	elsif ($type{$name} eq 'c')
	{
		my @columns = map { "$_->[0] $_->[1]" } rows(qq{
			SELECT a.attname, format_type(a.atttypid, a.atttypmod)
			FROM pg_attribute AS a JOIN pg_type AS t ON t.typrelid = a.attrelid
			WHERE t.oid = 'mission_rates.$name'::regtype AND a.attnum > 0 ORDER BY a.attnum});
		is_deeply([ columns_of($text) ], \@columns, "type $name: attributes");
	}
}

# ---- nothing that does not exist ----

foreach my $name (sort keys %section)
{
	my $known = $name =~ /^Table (.*)/ ? $table{$1} : $name =~ /^Type (.*)/ ? $type{$1} : $signature{$name};
	next if $name =~ /^[A-Z]/ && $name !~ /^T(?:able|ype) /;
	ok($known, "\"$name\" exists");
}

# ---- fees ----

my @fees = map { [ map { unquoted($_) } @$_ ] } table($reference =~ s/.*The fees of Ordinance 5244//sr, 'code');
is_deeply([ sort map { join ' ', @$_ } @fees ], [ map { join ' ', @$_ } rows(q{
	SELECT f.code, CASE WHEN scale(f.amount) < 2 THEN round(f.amount, 2) ELSE f.amount END, f.unit
	FROM fee AS f WHERE f.schedule = 'Ordinance 5244' ORDER BY f.code COLLATE "C"}) ],
	'the fees of Ordinance 5244');

# ---- problem codes ----

my ($listed) = $reference =~ /^## Problem codes\n(.*?)(?=^## |\z)/ms;
my %code = map { $_ => 1 } map { $_->[0] =~ /`([^`]*)`/g } table($listed, 'code');
# The catalog of messages has them, some for any argument: "{argument}_null"
my %made = map { $_ => 1 } grep { defined } slurp_file("$top/src/entry/message_catalog.c") =~
  /^\t\[PROBLEM_\w+\] = \{\w+,\s*(?:NULL|"([^"]*)"),/mg;
my $any = join '|', sort { length $b <=> length $a } keys %{ $argument{bill} };
foreach my $made (sort keys %made)
{
	my $pattern = $made =~ s/\{(?:argument|other)\}/(?:$any)/gr;
	ok((grep { /^$pattern$/ } keys %code), "the code $made is listed");
}
foreach my $listed (sort keys %code)
{
	my $general = $listed =~ s/^(?:$any)_/{argument}_/r =~ s/_without_(?:$any)$/_without_{other}/r;
	ok($made{$listed} || $made{$general}, "the code $listed exists");
}
cmp_ok(scalar(keys %made), '>', 20, 'codes are found');

$node->stop;
done_testing();
