# cq: build, check, install. `make help` lists the targets.
.DEFAULT_GOAL := all

VERSION  = 0.1.0
PREFIX  ?= /usr/local
BUILD   ?= build

CFLAGS  ?= -O2 -g
CSTD     = -std=c11 -D_GNU_SOURCE
WARN     = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wformat=2 -Wstrict-prototypes \
           -Wmissing-prototypes -Wvla -Wundef
HARDEN   = -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fPIE -fvisibility=hidden
HARDEN_LD = -pie -Wl,-z,relro,-z,now
LIBS     = -lsqlite3 -lcsv -lutf8proc -lsodium
ALL_CPPFLAGS = $(CPPFLAGS) -Iinclude -DCQ_VERSION='"$(VERSION)"'
ALL_CFLAGS   = $(CSTD) $(HARDEN) $(WARN) $(EXTRA) $(CFLAGS)

PROGRAMS = cq-import cq-eligible cq-refer cq-report
FLOORS   = base text store domain
LIB_SRC  = $(foreach f,$(FLOORS),$(sort $(wildcard lib/$(f)/*.c)))
LIB_OBJ  = $(LIB_SRC:%.c=$(BUILD)/obj/%.o)
LIBCQ    = $(BUILD)/libcq.a
LAW      = $(sort $(wildcard lib/law/*.csv))
CLI_OBJ  = $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(wildcard cmd/cli*.c)))
UNIT_SRC = $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_BIN = $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

all: $(PROGRAMS:%=$(BUILD)/bin/%) ## build the four programs into build/bin

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The embedded tables and schema are read by the assembler, so the dependency is stated here.
$(BUILD)/obj/lib/domain/lawfiles.o: $(LAW)
$(BUILD)/obj/lib/store/migrate.o: schema.sql

$(LIBCQ): $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/bin/%: $(BUILD)/obj/cmd/%.o $(CLI_OBJ) $(LIBCQ)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(HARDEN_LD) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/unit/%: tests/unit/%.c $(LIBCQ)
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP $(HARDEN_LD) $(LDFLAGS) -o $@ $< $(LIBCQ) $(LIBS) -lcmocka

unit: $(UNIT_BIN) ## build and run the unit tests
	@set -e; for t in $(UNIT_BIN); do $$t; done

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all unit clean help

# Synthetic data, the demo and the benchmarks.
GEN_SRC = $(sort $(wildcard tests/tools/gen*.c))

$(BUILD)/tools/gen: $(GEN_SRC) tests/tools/gen.h $(LIBCQ)
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(HARDEN_LD) $(LDFLAGS) -o $@ $(GEN_SRC) $(LIBCQ) $(LIBS)

$(BUILD)/bench/%: tests/bench/%.c $(LIBCQ)
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(HARDEN_LD) $(LDFLAGS) -o $@ $< $(LIBCQ) $(LIBS)

demo: all $(BUILD)/tools/gen ## see the programs at work on synthetic people
	tests/tools/demo.sh $(BUILD)

bench: all $(BUILD)/tools/gen $(BUILD)/bench/passthrough $(BUILD)/bench/engine ## measure, a million rows
	tests/bench/run.sh $(BUILD)

.PHONY: demo bench
