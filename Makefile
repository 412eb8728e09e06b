# rolepress.  `make help` lists what there is to make.
#
# Everything made goes below build/; MODE=release|lto|asan|tsan|cov picks the compiler's
# flags and a folder of its own.

VERSION := 0.1.0
MODE    ?= release
PREFIX  ?= /usr/local
O       := build/$(MODE)
H       := build/handbook

libs    := libcmark-gfm yaml-0.1 libxml-2.0 libzip libdeflate libutf8proc

warn := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wconversion \
	-Wwrite-strings -Wpointer-arith -Wformat=2
mode_release := -O2 -g
# One partition: what RP_EMBED() makes is local to an object.
mode_lto     := -O2 -g -flto -ffat-lto-objects -flto-partition=one
mode_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
mode_tsan    := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
mode_cov     := -O0 -g --coverage

# Nobody puts a function of his own in the place of one of ours: calls within a file may be inlined.
base := -std=c11 -D_POSIX_C_SOURCE=200809L -fvisibility=hidden -fPIC -fno-semantic-interposition $(warn) $(mode_$(MODE)) -MMD -MP
# src/ sees the libraries; their headers are not ours to warn about.
dep_cflags = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(libs))) -isystem /usr/include/cmark-gfm
cli_libs   = $(shell pkg-config --libs jansson)
dep_libs   = -lcmark-gfm-extensions -lcmark-gfm -lyaml -lutf8proc -ldeflate -lexttextcat-2.0 -ldl
all_libs   = $(filter_ldlibs) $(dep_libs)

# libxml2, libzip and libunibreak are not linked: see src/lazy/lazy.h.  A shared library
# costs each start 0.1 ms; so the program has all others in itself, where there is an archive.
find_lib   = $(shell $(CC) -print-file-name=lib$1)
archived   = $(foreach l,$(filter-out -lm -ldl,$(filter -l%,$1)),$(if $(findstring /,$(call find_lib,$(l:-l%=%.a))),$l))
own_copies = $(patsubst -l%,-l:lib%.a,$(call archived,$1)) $(filter-out $(call archived,$1),$1) -Wl,--as-needed -lm
soname     = $(or $(shell readelf -d $(call find_lib,$1.so) | sed -n 's/.*(SONAME).*\[\(.*\)\].*/\1/p'),$(error no lib$1.so))
own  = $(base) -D_XOPEN_SOURCE=700 -Iinclude $(dep_cflags) -DRP_VERSION='"$(VERSION)"' \
	-DRP_PLUGIN_DIR='"$(PREFIX)/lib/rolepress/filters"'
# filters/ sees include/ and nothing else: the compiler keeps the boundary.
filter := $(base) -Iinclude

core := $(sort $(patsubst %.c,$O/%.o,$(wildcard src/core/*.c src/read/*.c src/emit/*.c src/lazy/*.c src/run/*.c)))
cli  := $(sort $(patsubst %.c,$O/%.o,$(wildcard src/cli/*.c)))

# The directory is the registry: a file, or a folder, is a filter.
files   := $(sort $(basename $(notdir $(wildcard filters/*.c))))
folders := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard filters/*/*.c)))))
names   := $(files) $(filter-out $(files),$(folders))
symbols := $(subst -,_,$(names))
sources := $(wildcard filters/*.c filters/*/*.c)
builtin := $(patsubst %.c,$O/builtin/%.o,$(sources))
sos     := $(names:%=$O/filters/%.so)

# What a filter stands on besides include/: pkg-config names in filters/NAME/libs.
filter_libs := $(sort $(shell cat /dev/null $(wildcard filters/*/libs)))
filter_ldlibs = $(if $(filter_libs),$(shell pkg-config --libs $(filter_libs)))

# make V=1 shows whole commands.
say  = $(if $V,,@printf '  %-4s %s\n' $1 $@;)

# A program that plugins are loaded into: they see what is ours, and no more of its libraries.
program = $(CC) $(LDFLAGS) $(mode_$(MODE)) -rdynamic -Wl,--exclude-libs,ALL

all: $O/rolepress $O/librolepress.a $O/librolepress.so

$O/rolepress: $(cli) $(core) $(builtin) $O/builtins.o
	$(call say,LINK) $(program) -o $@ $^ $(call own_copies,$(sort $(cli_libs) $(filter_ldlibs)) $(dep_libs))

$O/librolepress.a: $(core) $(builtin) $O/builtins.o
	@rm -f $@
	$(call say,AR) $(AR) qcs $@ $^

$O/librolepress.so: $(core) $(builtin) $O/builtins.o | src/librolepress.map
	$(call say,LINK) $(CC) $(LDFLAGS) $(mode_$(MODE)) -shared -Wl,-soname,librolepress.so.0 \
	    -Wl,--version-script=src/librolepress.map -o $@ $^ $(all_libs) -lpthread

# The same program without any built-in filter: all of them come from .so files.
$O/rolepress-bare: $(cli) $(core) $O/nothing.o
	$(call say,LINK) $(program) -o $@ $^ $(call own_copies,$(cli_libs) $(dep_libs))

# What pkg-config reads, for the prefix that is asked for now.
pc = printf '%s\n' 'prefix=$(PREFIX)' 'Name: rolepress' \
	    'Description: role documents to EPUB, man pages, DocBook and JSON' 'Version: $(VERSION)' \
	    'filters=$${prefix}/lib/rolepress/filters' 'Cflags: -I$${prefix}/include' 'Libs: -L$${prefix}/lib -lrolepress' \
	    'Libs.private: $(all_libs) -lpthread'

# Files that are part of the program.
$O/src/cli/complete.o: $(wildcard src/cli/completion/*)
$O/src/cli/new.o: $(wildcard src/cli/new/* src/cli/new/*/*)

$O/src/%.o: src/%.c | deps
	@mkdir -p $(@D)
	$(call say,CC) $(CC) $(own) $(CFLAGS) -c -o $@ $<

# A lazy library is opened by the name that a linked program would have kept.
$O/src/lazy/lib%.o: own += -DRP_SONAME='"$(call soname,$(patsubst lib%,%,$(notdir $*)))"'

$O/builtin/filters/%.o: filters/%.c | deps
	@mkdir -p $(@D)
	$(call say,CC) $(CC) $(filter) $(folder_cflags) $(CFLAGS) -DRP_BUILTIN -c -o $@ $<

$O/plugin/filters/%.o: filters/%.c | deps
	@mkdir -p $(@D)
	$(call say,CC) $(CC) $(filter) $(folder_cflags) $(CFLAGS) -c -o $@ $<

# A folder's data is part of its objects.
define folder_rules
$(patsubst %.c,$O/builtin/%.o,$(wildcard filters/$1/*.c)) \
$(patsubst %.c,$O/plugin/%.o,$(wildcard filters/$1/*.c)): $(filter-out %.c,$(wildcard filters/$1/* filters/$1/*/*))
$O/filters/$1.so: $(patsubst %.c,$O/plugin/%.o,$(wildcard filters/$1.c filters/$1/*.c))
ifneq ($(wildcard filters/$1/libs),)
$O/builtin/filters/$1/%.o $O/plugin/filters/$1/%.o: folder_cflags = $$(patsubst -I%,-isystem %,$$(shell pkg-config --cflags $$(shell cat filters/$1/libs)))
$O/filters/$1.so: folder_libs = $$(shell pkg-config --libs $$(shell cat filters/$1/libs))
endif
endef
$(foreach f,$(names),$(eval $(call folder_rules,$f)))

$O/filters/%.so:
	@mkdir -p $(@D)
	$(call say,LINK) $(CC) $(LDFLAGS) $(mode_$(MODE)) -shared -o $@ $^ $(folder_libs)

# Written only when the listing has changed.
$O/builtins.c: force
	@mkdir -p $(@D)
	@{ echo '#include <rolepress/plugin.h>'; \
	   for n in $(symbols); do echo "extern const struct rp_filter rp_filter_$$n;"; done; \
	   echo 'extern const struct rp_filter *const rp_builtins[];'; \
	   echo 'const struct rp_filter *const rp_builtins[] = {'; \
	   for n in $(symbols); do echo "	&rp_filter_$$n,"; done; echo '	NULL'; echo '};'; } > $@.$$$$ && \
	  { cmp -s $@.$$$$ $@ && rm $@.$$$$ || mv $@.$$$$ $@; }

$O/nothing.c:
	@mkdir -p $(@D)
	@printf '%s\n' '#include <rolepress/plugin.h>' \
	    'extern const struct rp_filter *const rp_builtins[];' \
	    'const struct rp_filter *const rp_builtins[] = { NULL };' > $@

$O/builtins.o $O/nothing.o: $O/%.o: $O/%.c
	$(call say,CC) $(CC) $(filter) -c -o $@ $<

# What a build needs is installed by the one script that knows it.
deps:
	@.ci/install-dependencies build

# ---- What users make ----

handbook: all manual
	$O/rolepress build -q --cache $O/cache -o $H/ content/handbook/rolepress.yaml
	@echo
	@echo "Made in $H/:"
	@echo "  handbook.epub   the book: open it in any e-book reader"
	@echo "  handbook.xml    DocBook 5: feed it to your own stylesheets"
	@echo "  handbook.json   for other systems: jq '.documents[].title' $H/handbook.json"
	@echo "  man/            manual pages: man -l $H/man/man7/ciso.7"

# rolepress's own manual is made by rolepress.
manuals := $(wildcard content/manual/*.md)
$O/man/man1/rolepress.1: $(manuals) $O/rolepress
	$(call say,MAN) $O/rolepress content/manual/rolepress.md -q -t man=section=1:manual=rolepress -o $O/man/ && \
	    $O/rolepress $(filter-out %/rolepress.md,$(manuals)) -q -t man=section=7:manual=rolepress -o $O/man/ && touch $@

# The filters' page is made of their tables, and the library's of its headers.
headers := $(wildcard include/rolepress/*.h)
$O/man/man7/rolepress-filters.7: $O/rolepress
	@mkdir -p $O/manual
	$(call say,MAN) ROLEPRESS_FILTER_PATH= $O/rolepress list --markdown > $O/manual/rolepress-filters.md && \
	    $O/rolepress $O/manual/rolepress-filters.md -q -t man=section=7:manual=rolepress -o $O/man/ && touch $@
$O/man/man3/librolepress.3: $(headers) content/manual/api.awk $O/rolepress
	@rm -rf $O/manual/api && mkdir -p $O/manual/api
	$(call say,MAN) for h in $(headers); do \
	        awk -f content/manual/api.awk $$h > $O/manual/api/$$(basename $$h .h).md || exit 1; done && \
	    $O/rolepress $O/manual/api -q -t man=section=3:manual=rolepress -o $O/man/ && touch $@
manual: $O/man/man1/rolepress.1 $O/man/man3/librolepress.3 $O/man/man7/rolepress-filters.7

# Of the built-in filters; users make their own with plugins in it.
completions: $O/rolepress
	@mkdir -p $O/completions
	@ROLEPRESS_FILTER_PATH= $O/rolepress completion bash > $O/completions/rolepress
	@ROLEPRESS_FILTER_PATH= $O/rolepress completion zsh > $O/completions/_rolepress
	@ROLEPRESS_FILTER_PATH= $O/rolepress completion fish > $O/completions/rolepress.fish

# ---- Tests: everything speaks TAP, prove runs it ----

unit_src := $(wildcard tests/unit/test_*.c)
units    := $(unit_src:tests/unit/%.c=$O/unit/%.t)
prove    := ROLEPRESS=$(CURDIR)/$O/rolepress HANDBOOK=$(CURDIR)/$H BUILD=$(CURDIR)/$O LC_ALL=C.UTF-8 prove

$O/unit/%.t: tests/unit/%.c tests/unit/unit.h $O/librolepress.a | deps
	@mkdir -p $(@D)
	$(call say,LINK) $(CC) $(own) -Isrc $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--whole-archive $O/librolepress.a \
	    -Wl,--no-whole-archive -lcmocka $(all_libs)

check: check-deps
	@$(MAKE) --no-print-directory check-one
	@$(MAKE) --no-print-directory MODE=asan check-asan
	@$(MAKE) --no-print-directory MODE=tsan check-tsan

check-one: all handbook $(units) $O/rolepress-bare $(sos)
	$(prove) -j2 --failures $(units) tests/golden/self.t
	$(prove) --failures -e perl tests/golden/run
	ROLEPRESS_FILTER_PATH=$(CURDIR)/$O/filters $(subst /rolepress ,/rolepress-bare ,$(prove)) \
	    --failures -e perl tests/golden/run
	$(prove) -j2 --failures $(wildcard tests/conform/*.t)

# Leaks are looked for too: every command frees what it took.
check-asan: all $(units)
	$(prove) -j2 --failures $(units)
	$(prove) --failures -e perl tests/golden/run

# Two runs in two threads.
check-tsan: $O/unit/test_threads.t
	$(prove) --failures $O/unit/test_threads.t
# Starts daemons, for as long as it takes: not part of make check.  Needs slurm-wlm and munge.
check-cluster: all
	$(prove) --failures tests/cluster/slurm.t

check-deps:
	@.ci/install-dependencies check

accept: all
	@ROLEPRESS=$(CURDIR)/$O/rolepress perl tests/golden/run --accept $(CASE)

# The plugin interface as it is now, kept for ever (tests/abi/README.md): before a release.
abi_version := $(shell sed -n 's/^.define RP_ABI[ 	]*\([0-9]*\).*/\1/p' include/rolepress/plugin.h)

abi: all
	@mkdir -p tests/abi/v$(abi_version)/rolepress
	cp include/rolepress/* tests/abi/v$(abi_version)/rolepress/
	@touch tests/abi/symbols
	nm -D --defined-only $O/librolepress.so | sed -n 's/.* [A-Z] \(rp_.*\)@@/\1@/p' | \
	    LC_ALL=C sort -u - tests/abi/symbols > $O/symbols && cp $O/symbols tests/abi/symbols

# ---- Daily work ----

ours := $(wildcard src/*/*.[ch] filters/*.[ch] filters/*/*.[ch] include/rolepress/*.h tests/unit/*.[ch])

# Only the lines that were changed since the last commit: tables are aligned by hand.
format:
	git diff -U0 --no-color HEAD -- '*.c' '*.h' | clang-format-diff-14 -p1 -i -style=file:.ci/clang-format

tidy:
	clang-tidy --quiet $(filter %.c,$(ours)) -- $(own) -Isrc

# make bench DOCUMENTS=4500, or FOLDER=roles/; ROUNDS=5 for steadier figures.
bench: all
	CC="$(CC)" tests/bench/run --rolepress $O/rolepress --out build \
	    $(if $(DOCUMENTS),--documents $(DOCUMENTS)) $(if $(FOLDER),--folder $(FOLDER)) $(if $(ROUNDS),--rounds $(ROUNDS))

shell_files := bash-completion/completions/rolepress zsh/site-functions/_rolepress \
	fish/vendor_completions.d/rolepress.fish

install: all manual completions
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include/rolepress $(DESTDIR)$(PREFIX)/lib/pkgconfig \
	    $(DESTDIR)$(PREFIX)/lib/rolepress/filters $(DESTDIR)$(PREFIX)/share/rolepress \
	    $(addprefix $(DESTDIR)$(PREFIX)/share/,man/man1 man/man3 man/man7 $(dir $(shell_files)))
	install $O/rolepress $(DESTDIR)$(PREFIX)/bin/rolepress
	install -m644 include/rolepress/* $(DESTDIR)$(PREFIX)/include/rolepress
	install -m644 $O/librolepress.a $(DESTDIR)$(PREFIX)/lib
	install $O/librolepress.so $(DESTDIR)$(PREFIX)/lib/librolepress.so.0
	ln -sf librolepress.so.0 $(DESTDIR)$(PREFIX)/lib/librolepress.so
	$(pc) > $(DESTDIR)$(PREFIX)/lib/pkgconfig/rolepress.pc
	install -m644 filters/json/schema.json src/run/filters.schema.json $(DESTDIR)$(PREFIX)/share/rolepress
	install -m644 filters/tree-json/schema.json $(DESTDIR)$(PREFIX)/share/rolepress/tree-schema.json
	find samples -type d ! -name __pycache__ -exec install -d $(DESTDIR)$(PREFIX)/share/rolepress/{} \;
	find samples -type f ! -path '*/__pycache__/*' ! -perm /111 -exec install -m644 {} $(DESTDIR)$(PREFIX)/share/rolepress/{} \;
	find samples -type f ! -path '*/__pycache__/*' -perm /111 -exec install -m755 {} $(DESTDIR)$(PREFIX)/share/rolepress/{} \;
	for s in 1 3 7; do install -m644 $O/man/man$$s/*.$$s $(DESTDIR)$(PREFIX)/share/man/man$$s || exit 1; done
	for f in $(shell_files); do \
	    install -m644 $O/completions/$${f##*/} $(DESTDIR)$(PREFIX)/share/$$f || exit 1; done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/rolepress $(DESTDIR)$(PREFIX)/lib/librolepress.* \
	    $(DESTDIR)$(PREFIX)/lib/pkgconfig/rolepress.pc \
	    $(addprefix $(DESTDIR)$(PREFIX)/share/,man/man?/rolepress*.[137] man/man3/librolepress.3 $(shell_files))
	rm -rf $(DESTDIR)$(PREFIX)/include/rolepress $(DESTDIR)$(PREFIX)/lib/rolepress \
	    $(DESTDIR)$(PREFIX)/share/rolepress

dist:
	@mkdir -p build
	git archive --prefix=rolepress-$(VERSION)/ HEAD | gzip -9n > build/rolepress-$(VERSION).tar.gz
	@echo build/rolepress-$(VERSION).tar.gz

clean:
	rm -rf build

help:
	@echo "make              build the program and the library (MODE=release|lto|asan|tsan|cov)"
	@echo "make handbook     every output from content/handbook/, in $H/"
	@echo "make check        every test, also under sanitizers"
	@echo "make accept       take what golden tests made as right (CASE=area/case); shows each change"
	@echo "make abi          take the plugin interface as it is now as what stays (tests/abi/README.md)"
	@echo "make bench        beside cmark-gfm, lowdown and pandoc (DOCUMENTS=4500, or FOLDER=roles/)"
	@echo "make install      PREFIX=$(PREFIX) DESTDIR=; make uninstall"
	@echo "make dist         a source archive in build/"
	@echo "make format       clang-format on the lines you changed; make tidy: clang-tidy"
	@echo "make clean        remove build/"

.PHONY: all abi deps check check-one check-asan check-cluster check-tsan check-deps accept handbook manual completions format tidy bench install \
	uninstall dist clean help force
-include $(wildcard $O/*.d $O/*/*/*.d $O/*/*/*/*.d $O/*/*/*/*/*.d)
