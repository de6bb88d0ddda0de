# lib.sh: what the scripts of the private server share.  To be sourced by bash.

server_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$server_dir/../.." && pwd)

say() { printf '%s\n' "$@"; }

fail() {
	printf '%s\n' "$@" >&2
	exit 1
}

# ---- which PostgreSQL ----

# A pg_config is of use when it belongs to a server whose headers and PGXS are installed too.
usable_pg_config() {
	local include pgxs bin

	[ -x "$1" ] && bin=$("$1" --bindir 2>/dev/null) && pgxs=$("$1" --pgxs) && include=$("$1" --includedir-server) &&
		[ -x "$bin/postgres" ] && [ -x "$bin/initdb" ] && [ -e "$pgxs" ] && [ -e "$include/postgres.h" ]
}

pg_major() { "$1" --version | sed 's/^PostgreSQL \([0-9]*\).*/\1/'; }

# Debian keeps one folder for each version.
debian_versions() { ls /usr/lib/postgresql 2>/dev/null | grep -xE '[0-9]+' | sort -rn; }

# The newest version whose server is installed, with or without headers.
newest_server() {
	local version

	for version in $(debian_versions); do
		[ -x "/usr/lib/postgresql/$version/bin/postgres" ] && echo "$version" && return 0
	done
	return 0
}

# The pg_config to use: PG_CONFIG where given, else the newest complete one, else that in PATH; nothing if none.
find_pg_config() {
	local version candidate

	if [ -n "${PG_CONFIG:-}" ]; then
		candidate=$(command -v "$PG_CONFIG" || true)
		usable_pg_config "$candidate" ||
			fail "PG_CONFIG=$PG_CONFIG is not the pg_config of an installed server with its headers."
		echo "$candidate"
		return 0
	fi
	for version in $(debian_versions); do
		candidate=/usr/lib/postgresql/$version/bin/pg_config
		usable_pg_config "$candidate" && echo "$candidate" && return 0
	done
	candidate=$(command -v pg_config || true)
	[ -n "$candidate" ] && usable_pg_config "$candidate" && echo "$candidate"
	return 0
}

# Sets pg_config, pg_version, bindir, pgxs_dir; PATH and the client's settings come with them.
use_postgres() {
	local name

	pg_config=$(find_pg_config)
	[ -n "$pg_config" ] || fail "PostgreSQL's server and headers were not found; run $server_dir/packages first."
	pg_version=$(pg_major "$pg_config")
	bindir=$("$pg_config" --bindir)
	pgxs_dir=$(cd "$(dirname "$("$pg_config" --pgxs)")/../.." && pwd)
	[ "$pg_version" -ge 15 ] || fail "mission_rates needs PostgreSQL 15 or later; $pg_config is version $pg_version."
	for name in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p' | grep -vx PG_CONFIG); do
		unset "$name"
	done
	export PATH=$bindir:$PATH LC_ALL=C.UTF-8 PGUSER=postgres PSQLRC=/dev/null
}

# ---- who runs the server ----

# PostgreSQL refuses to run as root: then the server is an unprivileged user's.
choose_server_user() {
	local user

	server_user=$(id -un)
	[ "$(id -u)" = 0 ] || return 0
	for user in postgres nobody; do
		id -u "$user" >/dev/null 2>&1 && server_user=$user && return 0
	done
	fail "PostgreSQL cannot run as root, and there is no user postgres or nobody to run it."
}

# Runs a command as the server's user.
as_server() {
	if [ "$(id -un)" = "$server_user" ]; then
		"$@"
	elif command -v setpriv >/dev/null; then
		setpriv --reuid "$server_user" --regid "$(id -g "$server_user")" --init-groups env HOME="$work" "$@"
	else
		runuser -u "$server_user" -- env HOME="$work" "$@"
	fi
}

# ---- folders ----

# Sets work: a fresh folder of the server's user, closed to all others, with a path short enough for a socket.
make_work() {
	local base

	choose_server_user
	for base in "${TMPDIR:-/tmp}" /tmp; do
		[ ${#base} -le 60 ] || continue
		work=$(mktemp -d -p "$base") || continue
		touch "$work/.mission_rates"
		[ "$(id -un)" = "$server_user" ] || chown "$server_user:" "$work"
		as_server test -w "$work" 2>/dev/null && return 0
		rm -rf "$work"
	done
	fail "No folder for the server: neither ${TMPDIR:-/tmp} nor /tmp can be written by $server_user."
}

# Where builds and the names of running servers are kept: beside the sources, or at home where these are closed.
choose_state() {
	state=$top/build
	mkdir -p "$state" 2>/dev/null && [ -w "$state" ] && return 0
	state=${XDG_CACHE_HOME:-$HOME/.cache}/mission_rates
	mkdir -p "$state"
}

# ---- build ----

# Copies the project's files that a build or a test reads into a folder, without what was built in place.
copy_sources() {
	local part list=() version

	version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$top/mission_rates.control")
	mkdir -p "$1"
	for part in Makefile META.json LICENSE README.md CHANGELOG.md CONTRIBUTING.md mission_rates.control bin doc src sql test expected; do
		[ -e "$top/$part" ] && list+=("$part")
	done
	tar -C "$top" --exclude='*.o' --exclude='*.bc' --exclude='*.so' --exclude="sql/mission_rates--$version.sql" \
		--exclude=__pycache__ --exclude=bin/mission_rates_study --exclude=bin/mission_rates_study.1 \
		-cf - "${list[@]}" | tar -C "$1" -xf -
}

# Builds in a folder of its own, one for each version and compiler, and installs below $work/inst: neither the sources nor the
# machine's PostgreSQL are touched.
build_and_install() {
	local stage=$state/$pg_version${CC:+-${CC##*/}} log=$work/build.log

	mkdir -p "$stage"
	(
		flock 9
		find "$stage" -type f \( -name '*.[ch]' -o -name '*.sql' -o -name '*.control' -o -name '*.py' -o -name '*.css' -o -name '*.js' -o -name Makefile \) -delete
		copy_sources "$stage"
		# Bit code is of no use here: the server looks for it only in its own folder.
		# PGXS would take our NO_INSTALL, "install no packages", for its own, "install no extension".
		run_make() {
			env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u NO_INSTALL make -C "$stage" -s -j2 with_llvm=no WERROR="${WERROR:-}" ${CC:+CC="$CC"} \
				PG_CONFIG="$pg_config" "$@"
		}
		if ! { run_make all && run_make install DESTDIR="$work/inst"; } >"$log" 2>&1 </dev/null; then
			cat "$log" >&2
			exit 1
		fi
		cat "$log"
	) 9>"$state/lock"
}

# ---- server ----

# The settings that let a server find the private installation.
extension_settings() {
	local share lib

	share=$("$pg_config" --sharedir)
	lib=$("$pg_config" --pkglibdir)
	if [ "$pg_version" -ge 18 ]; then
		echo "extension_control_path = '$work/inst$share:\$system'"
		echo "dynamic_library_path = '$work/inst$lib:\$libdir'"
	elif as_server "$bindir/postgres" -D "$work/data" -C extension_destdir >/dev/null 2>&1; then
		echo "extension_destdir = '$work/inst'"
	else
		return 1
	fi
}

# Makes and starts the server of $work; further arguments are lines for its postgresql.conf.
start_server() {
	local settings line

	as_server "$bindir/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --no-locale -N >"$work/initdb.log" 2>&1 ||
		fail "initdb failed:" "$(cat "$work/initdb.log")"
	settings=$(extension_settings) ||
		fail "This PostgreSQL $pg_version has neither extension_destdir (Debian's) nor extension_control_path (18)," \
			"so that it cannot use a private installation."
	{
		printf '%s\n' "$settings" "listen_addresses = ''" "unix_socket_directories = '$work'" \
			"unix_socket_permissions = 0700" "fsync = off" "synchronous_commit = off" "full_page_writes = off" \
			"autovacuum = off" "max_connections = 50" "client_min_messages = notice" "timezone = 'UTC'" \
			"log_line_prefix = '%m [%p] %d '"
		for line in "$@"; do
			printf '%s\n' "$line"
		done
	} | as_server tee -a "$work/data/postgresql.conf" >/dev/null
	as_server "$bindir/pg_ctl" -s -w -D "$work/data" -l "$work/server.log" start </dev/null >"$work/start.log" 2>&1 ||
		fail "The private server did not start:" "$(cat "$work/start.log" "$work/server.log" 2>/dev/null | tail -n 20)"
	export PGHOST=$work
}

# Stops every server below a folder made by make_work and removes the folder.
remove_work() {
	local pidfile

	# "return" alone would hand on the status of the command that failed when this runs in a trap.
	[ -n "${1:-}" ] && [ -e "$1/.mission_rates" ] || return 0
	choose_server_user
	work=$1
	find "$1" -name postmaster.pid 2>/dev/null | while read -r pidfile; do
		as_server "${bindir:+$bindir/}pg_ctl" -s -w -m immediate -D "${pidfile%/*}" stop </dev/null >/dev/null 2>&1 || true
	done
	cd /
	rm -rf "$1"
}
