# The extension builds, installs and uninstalls as every PGXS extension does, in
# a folder of its own, and what describes it for packagers agrees with it.
use strict;
use warnings;

use File::Find;
use File::Temp;
use FindBin;
use IPC::Run qw(run);
use JSON::PP;
use Test::More;

my $top = "$FindBin::Bin/../..";
my $build = File::Temp->newdir;
my $inst = File::Temp->newdir;

# Runs make in the folder for building, which is not that of the sources.
sub make
{
	my @arguments = @_;
	my $out = '';
	local %ENV = %ENV;
	delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL WERROR NO_INSTALL)};
	my $done = run [ 'make', '-C', "$build", '-f', "$top/Makefile", 'with_llvm=no', 'CFLAGS=-O0', @arguments ], '<',
	  \undef, '>&', \$out;
	diag($out) unless $done;
	return ($done, $out);
}

sub slurp
{
	my ($name) = @_;
	open my $file, '<:encoding(UTF-8)', "$top/$name" or die "$name: $!";
	local $/;
	return <$file>;
}

# The files below a folder, without the folder's name
sub files_in
{
	my ($folder) = @_;
	my @files;
	find({ wanted => sub { push @files, substr($_, length $folder) if -f }, no_chdir => 1 }, $folder);
	return sort @files;
}

# ---- make, make install, make uninstall ----

my ($version) = slurp('mission_rates.control') =~ /^default_version = '(.*)'/m;
my ($built, $log) = make('-j2');
ok($built, 'builds out of tree');
unlike($log, qr/-Werror/, 'a warning of a user\'s compiler does not stop the build');
unlike(slurp('Makefile'), qr/-fno-semantic-interposition|-Bsymbolic/, 'no flag that only some compilers take');

ok((make('install', "DESTDIR=$inst"))[0], 'installs');
my @installed = files_in("$inst");
foreach my $wanted ("mission_rates--$version.sql", qw(mission_rates.control mission_rates.so README.md),
	map { s{.*/}{}r } glob "$top/doc/*.* $top/doc/tariffs/*")
{
	is(scalar(grep { m{/\Q$wanted\E$} } @installed), 1, "installs $wanted");
}
ok((make('uninstall', "DESTDIR=$inst"))[0], 'uninstalls');
is_deeply([ files_in("$inst") ], [], 'and leaves no file');

# ---- the set-up says what it will do, or refuses ----

# A PATH with everything but one test runner; sudo and apt-get only tell that they were called.
my $path = File::Temp->newdir;
foreach my $program (map { glob "$_/*" } grep { m{^/} } split /:/, $ENV{PATH})
{
	my $name = $program =~ s{.*/}{}r;
	symlink $program, "$path/$name" unless -e "$path/$name" || $name =~ /^(?:pg_prove|sudo|apt-get)$/;
}
foreach my $name (qw(sudo apt-get))
{
	open my $file, '>', "$path/$name" or die "$name: $!";
	print $file "#!/bin/sh\necho called: $name\nexit 1\n";
	close $file;
	chmod 0755, "$path/$name";
}

sub set_up
{
	my %settings = @_;
	my $out = '';
	local %ENV = (%ENV, NO_INSTALL => 0, PATH => "$path", %settings);
	my $done = run [ "$top/test/server/packages", 'test' ], '<', \undef, '>&', \$out;
	return ($done, $out);
}

SKIP:
{
	skip 'needs Debian, and package lists that this user may read', 5
	  unless -x '/usr/bin/dpkg-query' && -x '/usr/bin/apt-cache' && system('apt-cache show perl >/dev/null 2>&1') == 0;
	my ($done, $said) = set_up(NO_INSTALL => 1);
	ok(!$done, 'NO_INSTALL=1 stops where a package is missing');
	like($said, qr/^These packages are missing, and NO_INSTALL is set:\n  .*pgtap-perl/m, 'and names it');
	unlike($said, qr/called/, 'and calls nothing');
	($done, $said) = set_up();
	ok(!$done, 'a failed installation stops');
	like($said, qr/will be installed with apt-get.*\n  .*pgtap-perl\n.*called: /s, 'what will be installed is said before');
}

# Our NO_INSTALL is about packages; PGXS has one of its own, with which it would install nothing.  What was built above is
# not built again.
my $private = File::Temp->newdir;
$log = '';
ok(run([ 'env', 'NO_INSTALL=1', 'bash', '-c', '. "$1/test/server/lib.sh"; use_postgres; state=$2 work=$2; ln -s "$3" "$state/$pg_version${CC:+-${CC##*/}}"; build_and_install',
	'bash', $top, "$private", "$build" ], '<', \undef, '>&', \$log), 'the private installation is made with NO_INSTALL=1 too') or diag $log;
ok((grep { /mission_rates\.control$/ } files_in("$private/inst")), 'and has the extension');

# ---- META.json ----

my $meta = decode_json(slurp('META.json'));
foreach my $key (qw(name abstract version maintainer license provides meta-spec))
{
	ok(defined $meta->{$key}, "META.json has $key");
}
is($meta->{'meta-spec'}{version}, '1.0.0', 'META.json is written to the specification of PGXN');
like($meta->{version}, qr/^\Q$version\E\.\d+$/, 'its version is that of the control file');
my $provided = $meta->{provides}{mission_rates};
is($provided->{version}, $meta->{version}, 'the extension has the version of the distribution');
is($provided->{file}, "sql/mission_rates--$version.sql", 'its script is the one that make makes');
ok(-e "$top/$provided->{docfile}", "$provided->{docfile} is there");
is($meta->{prereqs}{runtime}{requires}{PostgreSQL}, '15.0.0', 'the oldest server that is promised');
like(slurp('src/compat.h'), qr/PG_VERSION_NUM < 150000/, 'the library refuses an older one');

done_testing();
