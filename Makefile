# gaz: the targets are listed by `make help`.
#
# BUILD=build/<variant> keeps the object files of a variant apart. Everything
# that is not in the tree is made below build/.

BUILD   ?= build/release
PREFIX  ?= /usr/local
ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS  ?= -O2 -g
VERSION := 0.1.0
SOVERSION := 0

PACKAGES := libutf8proc libxxhash libmd libpcre2-8 jansson md4c
# Of the program, not of the library:
OS_PACKAGES := zlib libzstd expat
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wcast-qual \
	-Wstrict-prototypes -Wmissing-prototypes -Wundef -Wvla -Wformat=2
STANDARD := -std=c17 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64
DEFINES  := -DGAZ_VERSION_STRING='"$(VERSION)"'
ALL_CFLAGS = $(STANDARD) $(WARNINGS) $(CFLAGS) $(SANITIZE) -fPIC \
	-fvisibility=hidden -Isrc -I$(BUILD)/gen $(DEFINES) $(PACKAGE_CFLAGS)
# Asked only when something is built, so that `make demo` can install first.
PACKAGE_CFLAGS = $(shell pkg-config --cflags $(PACKAGES) $(OS_PACKAGES))
PACKAGE_LIBS   = $(shell pkg-config --libs $(PACKAGES))
OS_LIBS        = $(shell pkg-config --libs $(OS_PACKAGES))

CORE_DIRS := base text corpus doc model build tag eval
CORE_SRC  := $(foreach d,$(CORE_DIRS),$(wildcard src/$(d)/*.c)) \
	$(wildcard src/gaz*.c)
OS_SRC    := $(wildcard src/os/*.c)
CLI_SRC   := $(wildcard src/cli/*.c)
UNIT_SRC  := $(wildcard tests/unit/test_*.c)
UNIT_HELP := $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c))

obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
CORE_OBJ := $(call obj,$(CORE_SRC) $(BUILD)/gen/entity_table.c)
OS_OBJ   := $(call obj,$(OS_SRC))
CLI_OBJ  := $(call obj,$(CLI_SRC))
UNIT_BIN := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT_SRC))

DEFAULT_LISTS := lexicons/core lexicons/imported
DEFAULT_FILES := $(sort $(wildcard $(DEFAULT_LISTS:%=%/*.tsv) \
	$(DEFAULT_LISTS:%=%/*.rules)))
WORDS := lexicons/common-words.txt

.PHONY: all
all: $(BUILD)/gaz $(BUILD)/default.gaz lib

.PHONY: help
help:
	@echo 'make demo      install what is missing, build, tag an article'
	@echo 'make test      build and pass every test'
	@echo 'make all       the program, the default lexicon, the libraries'
	@echo 'make install   PREFIX=$(PREFIX) DESTDIR='
	@echo 'also: lib unit accept check-layers lint tidy format'
	@echo '      asan ubsan sanitize tsan valgrind faults coverage'
	@echo '      check-32 cross'
	@echo '      fuzz soak cluster bench bench-quick bench-compile bench-eval'
	@echo '      bench-ml lexicons uninstall clean'

.PHONY: deps deps-test deps-check
deps:
	@sh tests/tools/deps.sh build
deps-test:
	@sh tests/tools/deps.sh test
deps-check:
	@sh tests/tools/deps.sh check

# ---- the two commands of the README

.PHONY: demo
demo: deps
	@$(MAKE) --no-print-directory -s all
	@$(BUILD)/gaz tag -t html -o $(BUILD)/article.html lexicons/sample/article.md
	@$(BUILD)/gaz tag -t ansi --color always lexicons/sample/article.md
	@echo
	@echo 'The same as a page for a browser: $(BUILD)/article.html'

.PHONY: test
test: deps-test
	@$(MAKE) --no-print-directory -s all
	@$(MAKE) --no-print-directory -s check-layers
	@$(MAKE) --no-print-directory -s run-tests

# ---- the program

.PHONY: lib
lib: $(BUILD)/libgaz.a $(BUILD)/libgaz.so.$(SOVERSION)

# The scanner's inner loops, once for each kind of processor; which one runs
# is chosen when a tagger is made.
ifneq ($(filter x86_64% amd64%,$(shell $(CC) -dumpmachine)),)
$(BUILD)/obj/src/tag/level_avx2.o: LEVEL := -mavx2 -mbmi -mbmi2 -mpopcnt
$(BUILD)/obj/src/tag/level_avx512.o: LEVEL := -mavx2 -mbmi -mbmi2 -mpopcnt \
	-mavx512f -mavx512dq -mavx512bw -mavx512vl -mavx512vbmi \
	-mavx512vbmi2 -mavx512bitalg
endif

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LEVEL) -MMD -MP -c -o $@ $<

# Tables that are made of data: awk is on every system with make.
$(BUILD)/gen/entity_table.c: src/doc/entities.awk src/doc/entities.txt
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ >$@.new && mv $@.new $@

$(BUILD)/libgaz.a: $(CORE_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/libgaz.so.$(SOVERSION): $(CORE_OBJ)
	$(CC) $(SANITIZE) -shared -Wl,-soname,libgaz.so.$(SOVERSION) -o $@ $^ \
	    $(PACKAGE_LIBS) -lm

# The program carries the default lexicon in itself. A program without one,
# gaz-bare, compiles it.
PROGRAM_OBJ := $(CLI_OBJ) $(OS_OBJ) $(BUILD)/libgaz.a

$(BUILD)/gaz: $(PROGRAM_OBJ) $(BUILD)/embedded.o
	$(CC) $(SANITIZE) -o $@ $^ $(PACKAGE_LIBS) $(OS_LIBS) -lm -lpthread

$(BUILD)/gaz-bare: $(PROGRAM_OBJ) $(BUILD)/embedded-none.o
	$(CC) $(SANITIZE) -o $@ $^ $(PACKAGE_LIBS) $(OS_LIBS) -lm -lpthread

$(BUILD)/embedded-none.o: src/cli/embedded.S
	@mkdir -p $(@D)
	$(CC) -c -o $@ $<

$(BUILD)/embedded.o: src/cli/embedded.S $(BUILD)/default.gaz $(WORDS)
	$(CC) -DGAZ_DEFAULT_FILE='"$(BUILD)/default.gaz"' \
	    -DGAZ_WORDS_FILE='"$(WORDS)"' -c -o $@ $<

$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(call obj,$(UNIT_HELP)) \
    $(OS_OBJ) $(BUILD)/libgaz.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ $(PACKAGE_LIBS) $(OS_LIBS) -lcmocka -lm -lpthread

# A part of the program that needs nothing else of it.
$(BUILD)/unit/test_json_split: $(BUILD)/obj/src/cli/json_split.o

$(BUILD)/default.gaz: $(BUILD)/gaz-bare $(DEFAULT_FILES) $(BUILD)/default.lists
	$(RUN) $(BUILD)/gaz-bare compile -o $@ $(DEFAULT_LISTS)

# Changes when a list comes or goes, which no list's own time tells.
$(BUILD)/default.lists: FORCE
	@mkdir -p $(@D)
	@echo '$(DEFAULT_FILES)' | cmp -s - $@ || echo '$(DEFAULT_FILES)' >$@

.PHONY: FORCE
FORCE:

# ---- tests

.PHONY: unit
unit: $(UNIT_BIN)
	@for t in $(UNIT_BIN); do $$t || exit 1; done

.PHONY: run-tests
run-tests: $(BUILD)/gaz $(BUILD)/default.gaz $(UNIT_BIN)
	@BUILD=$(BUILD) CC='$(CC)' SANITIZE='$(SANITIZE)' \
	    sh tests/run.sh $(UNIT_BIN)

.PHONY: check-layers
check-layers: $(CORE_OBJ)
	@sh tests/tools/check-layers.sh src $(CORE_OBJ)

SHARED_DATA ?= ../shared/data
.PHONY: accept
accept: all
	@BUILD=$(BUILD) sh tests/accept/run.sh $(SHARED_DATA)

# ---- measurements; each says what it skips

.PHONY: bench bench-quick bench-eval bench-ml
bench: $(BUILD)/gaz $(BUILD)/default.gaz lib
	@GAZ_BENCH_TRAIN=$(SHARED_DATA)/wikiser/train.conll \
	    sh bench/speed/run.sh $(BUILD) build/bench
bench-quick: $(BUILD)/gaz $(BUILD)/default.gaz lib
	@GAZ_BENCH_TRAIN=$(SHARED_DATA)/wikiser/train.conll \
	    sh bench/speed/run.sh --quick $(BUILD) build/bench
bench-eval: $(BUILD)/gaz
	@sh bench/eval/run.sh $(BUILD)/gaz $(SHARED_DATA)
bench-ml: $(BUILD)/gaz
	@sh bench/ml/run.sh $(BUILD)/gaz $(SHARED_DATA) $(BUILD)/bench-ml

# How compiling grows from 10,000 names to 5 million.
.PHONY: bench-compile
bench-compile: $(BUILD)/gaz
	@mkdir -p build/bench/bin
	@$(CC) -O2 -Ibench/speed -o build/bench/bin/spawn bench/speed/spawn.c
	@python3 bench/scale/compile.py build/bench/bin/spawn $(BUILD)/gaz \
	    build/bench/compile

.PHONY: asan ubsan sanitize tsan valgrind coverage check-32 cross
# Both at once, for the hurried.
BOTH := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
sanitize: deps-check
	@$(MAKE) --no-print-directory -s BUILD=build/sanitize CC=clang \
	    CFLAGS='-O1 -g' SANITIZE='$(BOTH)' run-tests
tsan: deps-check
	@$(MAKE) --no-print-directory -s BUILD=build/tsan CC=clang \
	    CFLAGS='-O1 -g' SANITIZE='-fsanitize=thread' \
	    build/tsan/gaz build/tsan/unit/test_file
	@TSAN_OPTIONS=halt_on_error=1 build/tsan/unit/test_file
	@TSAN_OPTIONS=halt_on_error=1 sh tests/threads/run.sh build/tsan/gaz
	@echo 'threads: no race'
coverage: deps-test
	@rm -rf build/coverage/by-file
	@find build/coverage -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory -s BUILD=build/coverage CFLAGS='-O0 -g' \
	    SANITIZE=--coverage run-tests
	@sh tests/tools/coverage.sh build/coverage
check-32: $(BUILD)/gen/entity_table.c
	@sh tests/tools/check-32.sh $(STANDARD) $(WARNINGS) -Werror -Isrc \
	    -I$(BUILD)/gen $(DEFINES)
cross: cross-i686 cross-s390x cross-arm64
cross-%:
	@+sh tests/tools/cross.sh $*

# gaz tag as the mapper of Dask, GNU parallel and others.
.PHONY: cluster
cluster: $(BUILD)/gaz
	@sh tests/tools/deps.sh cluster || echo 'without what cannot be installed:'
	@sh bench/cluster/run.sh $(BUILD)/gaz build/bench/cluster

asan: deps-check
	@$(MAKE) --no-print-directory -s BUILD=build/asan CC=clang \
	    CFLAGS='-O1 -g' \
	    SANITIZE='-fsanitize=address -fno-omit-frame-pointer' run-tests
ubsan: deps-check
	@$(MAKE) --no-print-directory -s BUILD=build/ubsan CC=clang \
	    CFLAGS='-O1 -g' \
	    SANITIZE='-fsanitize=undefined -fno-sanitize-recover=all' run-tests
valgrind: deps-check all $(UNIT_BIN)
	@sh tests/tools/valgrind.sh $(BUILD)/gaz \
	    $(if $(QUICK),$(QUICK:%=$(BUILD)/unit/test_%),$(UNIT_BIN))

# 20 GB through gaz tag: minutes.
SOAK_MB ?= 20000
.PHONY: soak
soak: $(BUILD)/gaz
	@sh tests/soak/run.sh $(BUILD)/gaz $(SOAK_MB)

# ---- speed

# make bench-rules RULES_LEX=... TEXTS=...: the stage of the rules alone
RULES_LEX ?= $(BUILD)/default.gaz
TEXTS ?= $(wildcard /usr/share/common-licenses/*)
$(BUILD)/bench/%: $(BUILD)/obj/bench/%.o $(OS_OBJ) $(BUILD)/libgaz.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ $(PACKAGE_LIBS) $(OS_LIBS) -lm -lpthread
.PHONY: bench-rules
bench-rules: $(BUILD)/bench/bench_rules $(BUILD)/default.gaz
	$< $(RULES_LEX) $(TEXTS)

# ---- checks of the code

C_FILES := $(CORE_SRC) $(OS_SRC) $(CLI_SRC)
H_FILES := $(wildcard src/*.h src/*/*.h)
# Those of tests and measurements are formatted, too.
ALL_FILES := $(C_FILES) $(H_FILES) $(foreach d,tests/* bench bench/*, \
	$(wildcard $(d)/*.c $(d)/*.h))
.PHONY: lint
lint: deps-check
	@sh tests/tools/check-top.sh
	cppcheck --quiet --error-exitcode=1 --std=c11 -Isrc \
	    --enable=warning,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem -DGAZ_VERSION_STRING='"x"' src
	@for f in $(C_FILES); do \
	    clang $(STANDARD) $(WARNINGS) -Werror -Isrc $(DEFINES) \
	        $(PACKAGE_CFLAGS) -fsyntax-only $$f || exit 1; \
	    gcc $(STANDARD) $(WARNINGS) -Werror -Isrc $(DEFINES) \
	        $(PACKAGE_CFLAGS) -fsyntax-only $$f || exit 1; done
	clang-format --dry-run -Werror $(ALL_FILES)
# A process and a stamp for each file: -j shares them out, and what has not
# changed is not looked at again.
TIDY_FLAGS = $(STANDARD) -Isrc $(DEFINES) $(PACKAGE_CFLAGS)
.PHONY: tidy tidy-files
tidy: deps-check
	@$(MAKE) --no-print-directory -s tidy-files
TIDY_FILES ?= $(C_FILES)
tidy-files: $(TIDY_FILES:%.c=build/tidy/%.ok)
build/tidy/%.ok: %.c .clang-tidy
	@mkdir -p $(@D)
	@found=$$(clang-tidy --quiet $< -- $(TIDY_FLAGS) 2>&1) || \
	    { printf '%s\n' "$$found"; exit 1; }
	@clang $(TIDY_FLAGS) -MM -MP -MT $@ -MF $@.d $<
	@touch $@
-include $(shell find build/tidy -name '*.d' 2>/dev/null)
.PHONY: format
format:
	clang-format -i $(ALL_FILES)

# ---- the lists

.PHONY: lexicons
lexicons:
	sh lexicons/import.sh

# ---- installation

VERBS := $(patsubst src/cli/cmd_%.c,%,$(wildcard src/cli/cmd_*.c))
COMPLETION_FILES := bash-completion/completions/gaz \
	zsh/site-functions/_gaz fish/vendor_completions.d/gaz.fish
.PHONY: install uninstall
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
	    $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/share/gaz \
	    $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/gaz $(DESTDIR)$(PREFIX)/bin/gaz
	install -m 644 $(BUILD)/default.gaz $(DESTDIR)$(PREFIX)/share/gaz/
	install -m 644 src/gaz.h $(DESTDIR)$(PREFIX)/include/gaz.h
	install -m 644 $(BUILD)/libgaz.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(BUILD)/libgaz.so.$(SOVERSION) $(DESTDIR)$(PREFIX)/lib/
	ln -sf libgaz.so.$(SOVERSION) $(DESTDIR)$(PREFIX)/lib/libgaz.so
	printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$${prefix}/lib' \
	    'includedir=$${prefix}/include' '' 'Name: gaz' \
	    'Description: lexicon-based gazetteer tagger' \
	    'Version: $(VERSION)' 'Requires.private: $(PACKAGES)' \
	    'Libs: -L$${libdir} -lgaz' 'Libs.private: -lm' \
	    'Cflags: -I$${includedir}' \
	    >$(DESTDIR)$(PREFIX)/lib/pkgconfig/gaz.pc
	$(BUILD)/gaz --man >$(DESTDIR)$(PREFIX)/share/man/man1/gaz.1
	for v in $(VERBS); do $(BUILD)/gaz --man $$v \
	    >$(DESTDIR)$(PREFIX)/share/man/man1/gaz-$$v.1 || exit 1; done
	install -d $(dir $(COMPLETION_FILES:%=$(DESTDIR)$(PREFIX)/share/%))
	for f in $(COMPLETION_FILES); do case $$f in bash*) s=bash ;; \
	    zsh*) s=zsh ;; *) s=fish ;; esac; $(BUILD)/gaz --completion $$s \
	    >$(DESTDIR)$(PREFIX)/share/$$f || exit 1; done
	# so that the loader finds the library at once, where it may be told
	[ -n '$(DESTDIR)' ] || [ "$$(id -u)" -ne 0 ] || ldconfig || :
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/gaz $(DESTDIR)$(PREFIX)/include/gaz.h \
	    $(DESTDIR)$(PREFIX)/lib/libgaz.* \
	    $(DESTDIR)$(PREFIX)/lib/pkgconfig/gaz.pc \
	    $(DESTDIR)$(PREFIX)/share/man/man1/gaz.1 \
	    $(VERBS:%=$(DESTDIR)$(PREFIX)/share/man/man1/gaz-%.1) \
	    $(COMPLETION_FILES:%=$(DESTDIR)$(PREFIX)/share/%)
	rm -rf $(DESTDIR)$(PREFIX)/share/gaz

.PHONY: clean
clean:
	rm -rf build

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

# ---- faults: a library that makes calls of the system fail, and what tries
# them all; with sanitizers it is linked into the program

$(BUILD)/faults/shim.so: tests/faults/shim.c
	@mkdir -p $(@D)
	$(CC) -std=gnu17 -O1 -g -shared -fPIC -o $@ $< -ldl

$(BUILD)/faults/faults: tests/faults/faults.c
	@mkdir -p $(@D)
	$(CC) -std=gnu17 -O1 -g -o $@ $<

FAULT_CALLS := malloc calloc realloc open mkstemp read write close fsync \
	fchmod lseek mmap rename stat fstat opendir readdir pthread_create
$(BUILD)/faults/gaz-wrapped: tests/faults/shim.c $(PROGRAM_OBJ) \
    $(BUILD)/embedded.o
	@mkdir -p $(@D)
	$(CC) -std=gnu17 -O1 -g -DGAZ_FAULTS_WRAP $(SANITIZE) \
	    $(FAULT_CALLS:%=-Wl,--wrap=%) -o $@ $^ $(PACKAGE_LIBS) $(OS_LIBS) -lm -lpthread

run-tests: $(BUILD)/faults/shim.so $(BUILD)/faults/faults \
    $(if $(findstring -fsanitize,$(SANITIZE)),$(BUILD)/faults/gaz-wrapped)

.PHONY: faults
faults: deps-test
	@$(MAKE) --no-print-directory -s all build/release/faults/shim.so \
	    build/release/faults/faults
	@FAULTS_MOST=0 sh tests/faults/run.sh build/release/gaz

# ---- fuzz targets: run-tests replays their corpora without a fuzzer,
# `make fuzz` runs each under clang's for FUZZ_SECONDS

FUZZ_SECONDS ?= 60
FUZZ_TARGETS := image list conll tag names rules lint eval scored shipped markdown html record \
	json convert
FUZZ_REPLAY  := $(FUZZ_TARGETS:%=$(BUILD)/fuzz/replay_%)
FUZZ_BIN     := $(FUZZ_TARGETS:%=$(BUILD)/fuzz/fuzz_%)

.SECONDARY: $(FUZZ_TARGETS:%=$(BUILD)/obj/tests/fuzz/fuzz_%.o)
$(BUILD)/fuzz/replay_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o \
    $(BUILD)/obj/tests/fuzz/replay.o $(BUILD)/libgaz.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ $(PACKAGE_LIBS) -lm

# A target that brings its own mutator does so for the fuzzer only.
$(BUILD)/obj/tests/fuzz/fuzz_%.o: CFLAGS += $(FUZZ_DEFINES)
$(BUILD)/fuzz/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/libgaz.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -fsanitize=fuzzer -o $@ $^ $(PACKAGE_LIBS) -lm

run-tests: $(FUZZ_REPLAY)

$(BUILD)/fuzz/replay_json $(BUILD)/fuzz/fuzz_json: \
    $(BUILD)/obj/src/cli/json_split.o

# gaz convert is no part of the library: its target takes the program, but for
# main.
CONVERT_OBJ := $(filter-out %/main.o,$(CLI_OBJ)) $(OS_OBJ) \
    $(BUILD)/embedded-none.o
$(BUILD)/fuzz/replay_convert: $(BUILD)/obj/tests/fuzz/fuzz_convert.o \
    $(BUILD)/obj/tests/fuzz/replay.o $(CONVERT_OBJ) $(BUILD)/libgaz.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ $(PACKAGE_LIBS) $(OS_LIBS) -lm -lpthread
$(BUILD)/fuzz/fuzz_convert: $(BUILD)/obj/tests/fuzz/fuzz_convert.o \
    $(CONVERT_OBJ) $(BUILD)/libgaz.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -fsanitize=fuzzer -o $@ $^ $(PACKAGE_LIBS) $(OS_LIBS) \
	    -lm -lpthread

.PHONY: fuzz fuzz-run
fuzz: deps-check
	@$(MAKE) --no-print-directory -s BUILD=build/fuzz CC=clang \
	    CFLAGS='-O1 -g' FUZZ_DEFINES=-DGAZ_FUZZER fuzz-run \
	    SANITIZE='-fsanitize=fuzzer-no-link $(BOTH)'
fuzz-run: $(FUZZ_BIN) $(BUILD)/default.gaz
	@mkdir -p $(BUILD)/found/image
	@sh tests/fuzz/seeds.sh $(BUILD)/gaz-bare $(BUILD)/found/image
	@export GAZ_FUZZ_LEXICON=$(BUILD)/default.gaz; for t in $(FUZZ_TARGETS); do mkdir -p $(BUILD)/found/$$t; \
	    $(BUILD)/fuzz/fuzz_$$t -max_total_time=$(FUZZ_SECONDS) \
	        -print_final_stats=0 -artifact_prefix=$(BUILD)/found/$$t- \
	        $(BUILD)/found/$$t tests/fuzz/corpus/$$t || exit 1; done
