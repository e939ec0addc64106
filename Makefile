# gaz: the targets are listed by `make help`.
#
# BUILD=build/<variant> keeps the object files of a variant apart. Everything
# that is not in the tree is made below build/.

BUILD   ?= build/release
PREFIX  ?= /usr/local
CC      ?= gcc
CFLAGS  ?= -O2 -g
VERSION := 0.1.0
SOVERSION := 0

PACKAGES := libpcre2-8 libutf8proc libxxhash libmd jansson
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wcast-qual \
	-Wstrict-prototypes -Wmissing-prototypes -Wundef -Wvla -Wformat=2
STANDARD := -std=c17 -D_POSIX_C_SOURCE=200809L
DEFINES  := -DGAZ_VERSION_STRING='"$(VERSION)"'
ALL_CFLAGS = $(STANDARD) $(WARNINGS) $(CFLAGS) $(SANITIZE) -fPIC \
	-fvisibility=hidden -Isrc -I$(BUILD)/gen $(DEFINES) $(PACKAGE_CFLAGS)
# Asked only when something is built, so that `make demo` can install first.
PACKAGE_CFLAGS = $(shell pkg-config --cflags $(PACKAGES))
PACKAGE_LIBS   = $(shell pkg-config --libs $(PACKAGES))

CORE_DIRS := base text corpus model build tag eval
CORE_SRC  := $(foreach d,$(CORE_DIRS),$(wildcard src/$(d)/*.c)) \
	$(wildcard src/gaz*.c)
OS_SRC    := $(wildcard src/os/*.c)
CLI_SRC   := $(wildcard src/cli/*.c)
UNIT_SRC  := $(wildcard tests/unit/test_*.c)
UNIT_HELP := $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c))

obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
CORE_OBJ := $(call obj,$(CORE_SRC))
OS_OBJ   := $(call obj,$(OS_SRC))
CLI_OBJ  := $(call obj,$(CLI_SRC))
UNIT_BIN := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT_SRC))

.PHONY: all
all: $(BUILD)/gaz lib

.PHONY: lib
lib: $(BUILD)/libgaz.a $(BUILD)/libgaz.so.$(SOVERSION)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libgaz.a: $(CORE_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/libgaz.so.$(SOVERSION): $(CORE_OBJ)
	$(CC) $(SANITIZE) -shared -Wl,-soname,libgaz.so.$(SOVERSION) -o $@ $^ \
	    $(PACKAGE_LIBS) -lm

$(BUILD)/gaz: $(CLI_OBJ) $(OS_OBJ) $(BUILD)/libgaz.a
	$(CC) $(SANITIZE) -o $@ $^ $(PACKAGE_LIBS) -lm -lpthread

$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(call obj,$(UNIT_HELP)) \
    $(OS_OBJ) $(BUILD)/libgaz.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ $(PACKAGE_LIBS) -lcmocka -lm -lpthread

.PHONY: unit
unit: $(UNIT_BIN)
	@for t in $(UNIT_BIN); do echo "== $$t"; $$t || exit 1; done

.PHONY: clean
clean:
	rm -rf build

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
