# cq: build, check, install. `make help` lists the targets; V=1 shows the commands.
.DEFAULT_GOAL := all

VERSION  = 0.1.0
PREFIX  ?= /usr/local
BUILD   ?= build
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif
Q = $(if $(V),,@)

# CFLAGS, CPPFLAGS, LDFLAGS, DESTDIR and PREFIX belong to whoever builds.
CFLAGS  ?= -O2 -g
CSTD     = -std=c11 -D_GNU_SOURCE
WARN     = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wformat=2 -Wstrict-prototypes \
           -Wmissing-prototypes -Wvla -Wundef
FORTIFY  = $(if $(filter -O0,$(CFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
HARDEN   = -fstack-protector-strong $(FORTIFY) -fPIE -fvisibility=hidden
HARDEN_LD = -pie -Wl,-z,relro,-z,now
LIBS     = -Wl,--as-needed -lsqlite3 -lcsv -lutf8proc -lsodium -lqrencode -ljansson -lexpat
# Libraries that are loaded when they are first needed: the names that the installed ones have.
SONAME   = $(shell objdump -p "$$($(CC) -print-file-name=lib$(1).so)" | sed -n 's/^ *SONAME *//p')
LATE     = -DCQ_LIBZIP='"$(call SONAME,zip)"' -DCQ_LIBXLSXWRITER='"$(call SONAME,xlsxwriter)"'
ALL_CPPFLAGS = $(CPPFLAGS) -Iinclude $(if $(filter tests/%,$<),-Itests) -Ilib -DCQ_VERSION='"$(VERSION)"' \
               $(if $(filter %/workbook_package.c %/workbook_write.c tests/fuzz/%,$<),$(LATE))
# A test may ignore a code, the product may not (cq/err.h).
ALL_CFLAGS   = $(CSTD) $(HARDEN) $(WARN) $(if $(filter tests/%,$<),-Wno-unused-result) $(EXTRA) $(CFLAGS)
COMPILE  = $(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP
LINK     = $(CC) $(ALL_CFLAGS) $(HARDEN_LD) $(LDFLAGS)

PROGRAMS = cq-import cq-eligible cq-refer cq-report
FLOORS   = base text store engine lists lawcheck lawsql people import answers referrals result reports
LIB_SRC  = $(foreach f,$(FLOORS),$(sort $(wildcard lib/$(f)/*.c)))
LIB_OBJ  = $(LIB_SRC:%.c=$(BUILD)/obj/%.o)
LIBCQ    = $(BUILD)/libcq.a
LAW      = $(sort $(wildcard lib/law/*.csv))
CMD_SRC  = $(sort $(wildcard cmd/*.c))
CLI_OBJ  = $(patsubst %.c,$(BUILD)/obj/%.o,$(filter cmd/cli%,$(CMD_SRC)))
BIN      = $(PROGRAMS:%=$(BUILD)/bin/%)
CATALOGUES = $(patsubst lib/po/%.po,$(BUILD)/share/locale/%/LC_MESSAGES/cq.mo,$(wildcard lib/po/*.po))

# A tool is tests/tools/NAME.c with its parts NAME_*.c.
TOOL_SRC = $(sort $(wildcard tests/tools/*.c))
TOOL_BIN = $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(foreach s,$(TOOL_SRC),$(if $(findstring _,$(s)),,$(s))))
UNIT_SRC = $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_BIN = $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
BENCH_BIN = $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(sort $(wildcard tests/bench/*.c)))
FUZZ_SRC = $(filter-out tests/fuzz/replay.c,$(sort $(wildcard tests/fuzz/*.c)))
REPLAY_BIN = $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/replay/%)
FUZZ_BIN = $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/fuzz/%)

# What a goal needs is installed before anything is compiled for it.
GOALS       = $(or $(MAKECMDGOALS),all)
DEPS_FOR    = build $(if $(filter check asan lint deps,$(GOALS)),test) $(if $(filter lint fuzz format,$(GOALS)),clang) \
              $(if $(filter deb,$(GOALS)),package)
DEPS_FIRST  = $(if $(filter demo check asan lint fuzz format,$(GOALS)),deps)

all: $(BIN) $(CATALOGUES) ## build the four programs and their catalogues into build/

$(BUILD)/obj/%.o: %.c | $(DEPS_FIRST)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC    $<")
	$(Q)$(COMPILE) -c -o $@ $<

# The embedded tables and schema are read by the assembler, so the dependency is stated here.
$(BUILD)/obj/lib/engine/law_files.o: $(LAW)
$(BUILD)/obj/lib/store/migrate.o: schema.sql
$(BUILD)/obj/cmd/cli_help.o: Makefile

$(LIBCQ): $(LIB_OBJ)
	$(if $(V),,@echo "  AR    $@")
	@rm -f $@
	$(Q)$(AR) qcs $@ $^

# A program is cmd/NAME.c with its parts NAME_*.c and the front end.
define program
$(BUILD)/bin/$(1): $(patsubst %.c,$(BUILD)/obj/%.o,$(filter cmd/$(1).c cmd/$(1)_%,$(CMD_SRC)))
endef
$(foreach p,$(PROGRAMS),$(eval $(call program,$(p))))
$(BIN): $(CLI_OBJ) $(LIBCQ)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(LIBCQ) $(LIBS)

$(BUILD)/share/locale/%/LC_MESSAGES/cq.mo: lib/po/%.po | $(DEPS_FIRST)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  MO    $<")
	$(Q)msgfmt --check-format -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIBCQ)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  UNIT  $<")
	$(Q)$(COMPILE) $(HARDEN_LD) $(LDFLAGS) -o $@ $< $(LIBCQ) $(LIBS) -lzip -lcmocka

define tool
$(1): $(patsubst %.c,$(BUILD)/obj/%.o,$(filter $(1:$(BUILD)/%=tests/%).c $(1:$(BUILD)/%=tests/%)_%,$(TOOL_SRC)))
endef
$(foreach t,$(TOOL_BIN),$(eval $(call tool,$(t))))
$(TOOL_BIN): $(LIBCQ)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(LIBCQ) $(LIBS) -lxlsxwriter

# What the benchmarks compare with: a floor, and the engine alone.
$(BENCH_BIN): $(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(LIBCQ)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(REPLAY_BIN): $(BUILD)/replay/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/obj/tests/fuzz/replay.o $(LIBCQ)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(LINK) -o $@ $^ $(LIBS) -lzip

$(FUZZ_BIN): $(BUILD)/fuzz/%: tests/fuzz/%.c $(LIB_SRC) $(LAW) | $(DEPS_FIRST)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  FUZZ  $<")
	$(Q)clang $(ALL_CPPFLAGS) $(CSTD) -g -O1 -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=all -o $@ $< $(LIB_SRC) $(LIBS) -lzip

built: all $(TOOL_BIN) $(UNIT_BIN) $(REPLAY_BIN) $(BENCH_BIN)

export CQ_BUILD = $(abspath $(BUILD))
export CQ_BIN   = $(abspath $(BUILD))/bin
export CQ_TOOLS = $(abspath $(BUILD))/tools
export CQ_FLOORS = $(FLOORS)

demo: deps all $(TOOL_BIN) ## build and show the suite at work on synthetic data
	@tests/tools/demo.sh

check: deps built ## build and run every test; the last line says how many passed and failed
	@tests/tools/check.sh static unit replay bats

unit: $(UNIT_BIN) ## build and run the unit tests only
	@tests/tools/check.sh unit

lint: deps ## compile with -Werror under gcc and clang, and check sources, pages and scripts
	@+$(MAKE) --no-print-directory built BUILD=$(BUILD)/lint-gcc CC=gcc EXTRA=-Werror
	@+$(MAKE) --no-print-directory built BUILD=$(BUILD)/lint-clang CC=clang EXTRA=-Werror
	@CQ_BUILD=$(abspath $(BUILD))/lint-gcc tests/tools/check.sh static format cppcheck

format: deps ## give the C sources the layout of .clang-format
	@find include lib cmd tests -name '*.[ch]' -exec clang-format --style=file -i {} +

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
asan: deps ## build with the address and undefined-behaviour sanitizers and run the tests
	@+$(MAKE) --no-print-directory built BUILD=$(BUILD)/asan HARDEN='-fPIE -fvisibility=hidden' \
	  EXTRA='$(SANITIZE)' CFLAGS='-O1 -g'
	@ASAN_OPTIONS=allocator_may_return_null=1 CQ_BUILD=$(CQ_BUILD)/asan \
	  CQ_BIN=$(CQ_BUILD)/asan/bin CQ_TOOLS=$(CQ_BUILD)/asan/tools \
	  tests/tools/check.sh unit replay bats

FUZZ_SECONDS ?= 30
fuzz: deps $(FUZZ_BIN) ## run each fuzz target for FUZZ_SECONDS (30)
	@set -e; for t in $(FUZZ_BIN:$(BUILD)/fuzz/%=%); do echo "== $$t"; \
	  mkdir -p $(BUILD)/corpus/$$t tests/fuzz/corpus/$$t; \
	  $(BUILD)/fuzz/$$t -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$(BUILD)/corpus/ \
	    $(BUILD)/corpus/$$t tests/fuzz/corpus/$$t; done

bench: all $(TOOL_BIN) $(BENCH_BIN) ## measure speed and memory
	@tests/bench/run.sh; first=$$?; tests/bench/reports.sh && exit $$first

deps: ## install the Debian packages that are missing, or print the command that would
	@tests/tools/deps.sh $(DEPS_FOR)

# Catalogues: `make po` brings lib/po up to date with the sources.
pot:
	@tests/tools/po.sh pot
po:
	@tests/tools/po.sh update

# What is installed, each as MODE:SOURCE:TARGET below PREFIX. Pages of other languages are in
# cmd/LANGUAGE. Shells look completions up by the name of the command: bash and fish want a file each.
LIBDIR  ?= lib
PAGES    = $(sort $(wildcard cmd/*.[1578] cmd/*/*.[1578]))
LINGUAS  = $(patsubst lib/po/%.po,%,$(wildcard lib/po/*.po))
UNITS    = $(sort $(wildcard cmd/package/systemd/*.in))
SAMPLES  = $(sort $(wildcard tests/data/manual/*)) cmd/package/crontab cmd/package/cq.default
INSTALLED = \
  $(foreach p,$(PROGRAMS),755:$(BUILD)/bin/$(p):bin/$(p) \
    644:completions/bash/cq:share/bash-completion/completions/$(p) \
    644:completions/fish/cq.fish:share/fish/vendor_completions.d/$(p).fish) \
  644:completions/zsh/_cq:share/zsh/site-functions/_cq \
  755:cmd/package/cq-take:sbin/cq-take \
  $(foreach p,$(PAGES),644:$(p):share/man/$(patsubst cmd/%,%,$(dir $(p)))man$(patsubst .%,%,$(suffix $(p)))/$(notdir $(p))) \
  $(foreach l,$(LINGUAS),644:$(BUILD)/share/locale/$(l)/LC_MESSAGES/cq.mo:share/locale/$(l)/LC_MESSAGES/cq.mo) \
  $(foreach u,$(UNITS),644:$(u):lib/systemd/system/$(patsubst %.in,%,$(notdir $(u)))) \
  644:cmd/package/sysusers.conf:lib/sysusers.d/cq.conf 644:cmd/package/tmpfiles.conf:lib/tmpfiles.d/cq.conf \
  $(foreach s,$(SAMPLES),644:$(s):share/doc/cq/examples/$(notdir $(s))) \
  644:cmd/CHANGES.md:share/doc/cq/CHANGES.md \
  644:$(LIBCQ):$(LIBDIR)/libcq.a 644:cmd/package/cq.pc.in:$(LIBDIR)/pkgconfig/cq.pc \
  $(foreach h,$(sort $(wildcard include/cq/*)),644:$(h):$(h))
INSTALL  = DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' LIBDIR='$(LIBDIR)' VERSION='$(VERSION)' cmd/package/install.sh

install: all ## install under PREFIX (/usr/local), below DESTDIR if that is set
	$(Q)$(INSTALL) add $(INSTALLED)

uninstall: ## remove what install put there, and the folders it made for it
	$(Q)$(INSTALL) remove $(INSTALLED)

deb: deps ## build the Debian packages cq and libcq-dev into build/
	@+CQ_BUILD='$(abspath $(BUILD))' cmd/package/deb/build.sh

dist: ## pack the committed sources into build/cq-VERSION.tar.gz
	@mkdir -p $(BUILD)
	git archive --format=tar.gz --prefix=cq-$(VERSION)/ -o $(BUILD)/cq-$(VERSION).tar.gz HEAD

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1	\2/p' Makefile | expand -t 12

-include $(shell find $(BUILD) -name '*.d' -type f 2>/dev/null)
.PHONY: all built demo check unit lint format asan fuzz bench deps pot po install uninstall deb dist clean help
