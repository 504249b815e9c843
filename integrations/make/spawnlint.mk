# spawnlint for a project built by GNU make. Include it behind the definitions of the flags:
#
#     SPAWNLINT_SOURCES = $(wildcard src/*.c)
#     include spawnlint.mk
#
# `make spawnlint` reads what changed since the last time, file by file, and checks the whole.

SPAWNLINT ?= spawnlint
# C files that belong to one program.
SPAWNLINT_SOURCES ?= $(wildcard *.c)
# Flags for clang; a deferred variable, so that flags that are set later count.
SPAWNLINT_CFLAGS ?= $(CPPFLAGS) $(CFLAGS)
# Options that say how files are read: variants, catalogues, a configuration.
SPAWNLINT_READ_FLAGS ?=
# Options of the check: --report sarif=spawnlint.sarif, --fail-on error, --baseline FILE.
SPAWNLINT_FLAGS ?=
# Where what was read is kept.
SPAWNLINT_FOLDER ?= .spawnlint.d

SPAWNLINT_FACTS := $(patsubst %.c,$(SPAWNLINT_FOLDER)/%.facts,$(subst ../,__/,$(SPAWNLINT_SOURCES)))

.PHONY: spawnlint spawnlint-clean

spawnlint: $(SPAWNLINT_FACTS)
	$(SPAWNLINT) link $(SPAWNLINT_FLAGS) $(SPAWNLINT_FACTS)

spawnlint-clean:
	rm -rf $(SPAWNLINT_FOLDER)

# Other flags make other facts: this file changes when they do.
$(SPAWNLINT_FOLDER)/flags: SPAWNLINT_ALL = $(SPAWNLINT) $(SPAWNLINT_READ_FLAGS) $(SPAWNLINT_CFLAGS)
$(SPAWNLINT_FOLDER)/flags: spawnlint-always
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(SPAWNLINT_ALL))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(SPAWNLINT_ALL))' >$@
.PHONY: spawnlint-always
spawnlint-always:

define spawnlint_rule
$(patsubst %.c,$(SPAWNLINT_FOLDER)/%.facts,$(subst ../,__/,$(1))): $(1) $(SPAWNLINT_FOLDER)/flags
	@mkdir -p $$(@D)
	$$(SPAWNLINT) index $$(SPAWNLINT_READ_FLAGS) -o $$@ --depfile $$(@:.facts=.d) $$< -- $$(SPAWNLINT_CFLAGS)
endef
$(foreach source,$(SPAWNLINT_SOURCES),$(eval $(call spawnlint_rule,$(source))))

-include $(SPAWNLINT_FACTS:.facts=.d)
