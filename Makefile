# mission_rates: the rates of a city's water and sewer ordinance inside PostgreSQL
#
#   make, make install, make installcheck    as for every PGXS extension, with PG_CONFIG=... where several are there
#   make demo, make test, make bench, make schema
#                                            on a private server that they set up and start themselves
#
# The second line needs no installed PostgreSQL and no running server: see test/server.  It installs the packages that
# are missing, with sudo where the caller is not root; with NO_INSTALL=1 it names them and stops instead.

EXTENSION = mission_rates
MODULE_big = mission_rates

SOURCES := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))

# ---- the library ----

OBJS = $(patsubst $(SOURCES)/%.c,%.o,$(sort $(wildcard $(SOURCES)/src/*.c $(SOURCES)/src/*/*.c)))
HEADER_FILES = $(wildcard $(SOURCES)/src/*.h $(SOURCES)/src/*/*.h)

PG_CONFIG ?= pg_config
# The server's own headers do not pass -Wextra, so they are included as system headers.
PG_CPPFLAGS = -I$(SOURCES)/src -isystem $(shell $(PG_CONFIG) --includedir-server)
# make test and continuous integration build with WERROR=-Werror; a user's compiler may warn about something new.
PG_CFLAGS = -Wall -Wextra $(WERROR) $(CLANG_FLAGS)
# A server that was built with gcc hands its own flags to PGXS, and clang does not know them all.
CLANG_FLAGS = $(if $(findstring clang,$(shell $(CC) --version 2>/dev/null)),$(CLANG_QUIET))
CLANG_QUIET = -Wno-unknown-warning-option -Wno-ignored-optimization-argument

# ---- the install script, joined from its parts; versions after 1.0 add a step each ----

EXTENSION_VERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(SOURCES)/mission_rates.control)
SCRIPT = sql/mission_rates--$(EXTENSION_VERSION).sql
SCRIPT_PARTS = $(sort $(wildcard $(SOURCES)/sql/[0-9]*.sql))
DATA = $(patsubst $(SOURCES)/%,%,$(wildcard $(SOURCES)/sql/mission_rates--*--*.sql))
DATA_built = $(SCRIPT)
EXTRA_CLEAN = $(SCRIPT) build/[0-9]* build/lock output_iso

# ---- documentation, installed in the folders that it has here, so that its links work ----

DOCS = $(patsubst $(SOURCES)/%,%,$(wildcard $(SOURCES)/doc/*.*))
TARIFFS = $(wildcard $(SOURCES)/doc/tariffs/*.json)
TOP_DOCS = README.md CHANGELOG.md LICENSE

# ---- the program mission_rates_study: the modules of bin/study in one file that Python runs ----

STUDY_PYTHON ?= $(firstword $(wildcard /usr/bin/python3) $(shell command -v python3))
STUDY = bin/mission_rates_study
STUDY_PARTS = $(wildcard $(SOURCES)/bin/study/*.py $(SOURCES)/bin/study/*.css $(SOURCES)/bin/study/*.js) \
	$(SOURCES)/mission_rates.control
ifneq ($(STUDY_PYTHON),)
STUDY_MANUAL = $(STUDY).1
SCRIPTS_built = $(STUDY)
EXTRA_CLEAN += $(STUDY) $(STUDY_MANUAL)
endif

# ---- tests against a running server (make installcheck) ----

REGRESS = $(patsubst $(SOURCES)/test/sql/%.sql,%,$(sort $(wildcard $(SOURCES)/test/sql/test_*.sql)))
REGRESS_OPTS = --inputdir=$(SOURCES)/test --load-extension=mission_rates

PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)

# Not every package of the server's headers brings pg_isolation_regress.
ifneq ($(wildcard $(dir $(PGXS))../../src/test/isolation/pg_isolation_regress),)
ISOLATION = $(patsubst $(SOURCES)/test/specs/%.spec,%,$(sort $(wildcard $(SOURCES)/test/specs/iso_*.spec)))
ISOLATION_OPTS = --inputdir=$(SOURCES)/test --load-extension=mission_rates
endif

ifneq ($(wildcard $(PGXS)),)
include $(PGXS)

# PGXS would put README.md and reference.md beside those of every other extension.
docfolder = $(DESTDIR)$(docdir)/extension/mission_rates
docmoduledir = extension/mission_rates/doc

install: install-docs $(STUDY_MANUAL:%=install-manual)
uninstall: uninstall-rest

install-docs:
	$(MKDIR_P) '$(docfolder)'
	$(INSTALL_DATA) $(addprefix $(SOURCES)/,$(TOP_DOCS)) '$(docfolder)/'
	$(MKDIR_P) '$(docfolder)/doc/tariffs'
	$(INSTALL_DATA) $(TARIFFS) '$(docfolder)/doc/tariffs/'

install-manual: $(STUDY_MANUAL)
	$(MKDIR_P) '$(DESTDIR)$(mandir)/man1'
	$(INSTALL_DATA) $(STUDY_MANUAL) '$(DESTDIR)$(mandir)/man1/'

# PGXS looks for both below the names that they have here, such as doc/doc/reference.md.
uninstall-rest:
	rm -f $(addprefix '$(docfolder)'/,$(TOP_DOCS)) $(addprefix '$(docfolder)/doc'/,$(notdir $(DOCS)))
	rm -f $(addprefix '$(DESTDIR)$(bindir)'/,$(notdir $(SCRIPTS_built)))
	rm -f $(addprefix '$(DESTDIR)$(mandir)/man1'/,$(notdir $(STUDY_MANUAL)))
	rm -f $(addprefix '$(docfolder)/doc/tariffs'/,$(notdir $(TARIFFS)))
	rmdir '$(docfolder)/doc/tariffs' '$(docfolder)/doc' '$(docfolder)' 2>/dev/null || true

.PHONY: install-docs install-manual uninstall-rest

$(OBJS) $(OBJS:.o=.bc): $(HEADER_FILES) $(SOURCES)/Makefile

# An out-of-tree build starts without the folders; as targets they would be found among the sources.
ifneq ($(SOURCES),.)
$(shell mkdir -p $(sort $(dir $(OBJS))))
endif

$(SCRIPT): $(SCRIPT_PARTS)
	@mkdir -p $(@D)
	cat $^ > $@

# PGXS installs what SCRIPTS_built names, and leaves it to us to build it.
all: $(SCRIPTS_built) $(STUDY_MANUAL)

$(STUDY): $(STUDY_PARTS)
	@rm -rf $@.parts && mkdir -p $@.parts
	@cp $^ $@.parts
	$(STUDY_PYTHON) -m zipapp --python $(STUDY_PYTHON) --output $@ $@.parts
	@rm -rf $@.parts

# The manual page is what the program says of itself.
$(STUDY_MANUAL): $(STUDY)
	PYTHONPATH=$(STUDY) $(STUDY_PYTHON) -m manual > $@

# pg_regress looks for the expected results where it runs.
ifneq ($(SOURCES),.)
installcheck: link-expected

link-expected:
	@[ -e expected ] || ln -s $(SOURCES)/expected expected

.PHONY: link-expected
endif
else
all install installcheck uninstall clean:
	@echo "PostgreSQL's server headers were not found by '$(PG_CONFIG)'." >&2
	@echo "Install postgresql-server-dev-NN, or name the pg_config to use: make PG_CONFIG=/path/to/pg_config" >&2
	@exit 1
endif

# ---- a private server, separate from everything else on the machine ----

PARTS = regress isolation pgtap tap rating study
PRIVATE = demo demo-psql demo-stop test $(PARTS:%=test-%) test-drivers bench schema

demo:
	@$(SOURCES)/test/demo/demo start

demo-psql:
	@$(SOURCES)/test/demo/demo psql

demo-stop:
	@$(SOURCES)/test/demo/demo stop

test:
	@$(SOURCES)/test/server/run $(PARTS)

$(PARTS:%=test-%):
	@$(SOURCES)/test/server/run $(@:test-%=%)

bench:
	@$(SOURCES)/test/bench/bench

# The programs of doc/drivers.md, those whose driver is installed; not part of "make test".
test-drivers:
	@$(SOURCES)/test/drivers/run

# What doc/schedule.schema.json says follows from the tables; after a change of them it is made anew.
schema:
	@$(SOURCES)/test/schema/schema

# ---- longer searches for faults, not part of "make test"; each ends with one line ----

HARDENING = fuzz memcheck discard stress analyze

$(HARDENING):
	@$(SOURCES)/test/hardening/$@

.PHONY: $(PRIVATE) $(HARDENING)
