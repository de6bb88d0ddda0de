# The rules of the house for SQL, checked on the sources in sql/: short
# functions, names that no search_path can redirect, arguments as $n.
use strict;
use warnings;

use FindBin;
use Test::More;

# The statements of a script, each a reference to its file, first line and text
sub statements_of
{
	my ($file, $text) = @_;
	my @found;
	my $line = 1;
	while ($text =~ m{
		\G ( (?: \s | --[^\n]*\n | /\*.*?\*/ | ^\\[^\n]*\n )* )
		( (?: '(?:[^']|'')*' | "[^"]*" | \$(\w*)\$ .*? \$\g{-1}\$ | --[^\n]*\n
			| \bBEGIN\s+ATOMIC\b .*? ^END\b
			| [^;] )+? ; )
	}gcxms)
	{
		my ($space, $statement) = ($1, $2);
		$line += ($space =~ tr/\n//);
		push @found, { file => $file, line => $line, text => $statement };
		$line += ($statement =~ tr/\n//);
	}
	die "$file: cannot read from line $line on" if substr($text, pos($text) // 0) =~ /^(?!--|\s)/m;
	return @found;
}

# The names of the arguments, OUT arguments left aside
sub arguments_of
{
	my ($text) = @_;
	my ($list) = $text =~ /^CREATE (?:OR REPLACE )?FUNCTION [\w.]+\s*\((.*?)\)\s*RETURNS/s or return;
	return map { /^\s*(?!OUT\b)(\w+)\s+\S/ ? $1 : () } split /,(?![^(]*\))/, $list;
}

my @comparison = ('=', '<>', '<', '>', '<=', '>=', 'IN \(', 'IS DISTINCT FROM', 'IS NOT DISTINCT FROM', 'LIKE');
my $comparison = join '|', map { /^\w/ ? "\\b$_" : "(?<![<>=])$_(?![<>=])" } @comparison;

# What a statement does against the rules
sub faults_of
{
	my ($text) = @_;
	my @faults;
	my $lines = 1 + ($text =~ tr/\n//);
	push @faults, "has $lines lines" if $lines > 80;
	if ($text =~ /^CREATE (?:OR REPLACE )?FUNCTION .*?\bLANGUAGE (?:sql|plpgsql)\b/s)
	{
		push @faults, 'neither BEGIN ATOMIC nor SET search_path = pg_catalog, pg_temp'
			unless $text =~ /\bBEGIN ATOMIC\b|\bSET search_path = pg_catalog, pg_temp\b/;
		push @faults, 'CREATE OR REPLACE takes what somebody else put there' if $text =~ /^CREATE OR REPLACE/;
		my ($body) = $text =~ /(\bBEGIN ATOMIC\b.*|\$(\w*)\$.*)/s;
		$body =~ s/--[^\n]*//g;
		foreach my $name (arguments_of($text))
		{
			push @faults, "compares the argument $name by its name"
				if $body =~ /(?:$comparison)\s*$name\b(?!\s*[.(])|(?<![.\w])$name\s*(?:$comparison)/;
		}
	}
	return @faults;
}

# Statements that are one object's comment, whatever line breaks they have
sub commented
{
	my ($text) = @_;
	return unless $text =~ /^COMMENT ON (.*?)\s+IS\s/s;
	return $1 =~ s/\s+/ /gr;
}

my (@statements, %commented);
foreach my $path (sort glob("$FindBin::Bin/../../sql/[0-9]*.sql"))
{
	open(my $handle, '<', $path) or die "$path: $!";
	local $/ = undef;
	push @statements, statements_of($path =~ s{.*/}{}r, scalar <$handle>);
}
cmp_ok(scalar(grep { $_->{text} =~ /^CREATE FUNCTION/ } @statements), '>', 40, 'the functions are found');
foreach my $statement (@statements)
{
	my $where = "$statement->{file}:$statement->{line}: " . ($statement->{text} =~ s/\s*\(?\s*\n.*//sr);
	fail("$where: $_") foreach $statement->{text} =~ /^INSERT/ ? () : faults_of($statement->{text});
	my $object = commented($statement->{text}) // next;
	fail("$where: has a comment already") if $commented{$object}++;
}

# The check notices what it is for.
my $fine = "CREATE FUNCTION f(schedule text)\n\tRETURNS text\n\tLANGUAGE sql STABLE\n\tSET search_path = pg_catalog, pg_temp\n\tAS \$\$\n"
	. "SELECT s.title FROM mission_rates.schedule AS s WHERE s.schedule = \$1 \$\$;";
is_deeply([ faults_of($fine) ], [], 'a function as it should be');
is(scalar(faults_of($fine =~ s/\$1/schedule/r)), 1, 'noticed: an argument on the right');
is(scalar(faults_of($fine =~ s/s\.schedule =/schedule =/r)), 1, 'noticed: an argument on the left');
is(scalar(faults_of($fine =~ s/\$1/f.schedule/r)), 0, '... but not a column of the same name');
is(scalar(faults_of($fine =~ s/pg_catalog, //r)), 1, 'noticed: a search_path that misleads');
is(scalar(faults_of($fine =~ s/\n\tSET [^\n]*//r)), 1, 'noticed: the caller\'s search_path');
is(scalar(faults_of($fine . "\n" x 80)), 1, 'noticed: a long function');
is(scalar(faults_of($fine =~ s/CREATE/CREATE OR REPLACE/r)), 1, 'noticed: CREATE OR REPLACE');
is(scalar(statements_of('-', "-- a; b\n$fine\nSELECT ';';\n")), 2, 'statements are told apart');

done_testing();
