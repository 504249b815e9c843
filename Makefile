# The common tasks. `make help` lists them.

export SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
# SwiftPM caches what Package.swift found by its text and the environment: this makes installations part of the latter.
export SPAWNLINT_LLVM_INSTALLED = $(shell ls -d /usr/lib/llvm-*/include/clang-c /usr/lib/llvm-*/lib/libclang*.so* 2>/dev/null)
RELEASE = .build/release
# Swift sources that are formatted; the C fixtures keep the shape that their findings name.
SWIFT_SOURCES = Package.swift Sources $(wildcard Tests) $(wildcard Plugins)

BASH_COMPLETION = share/bash-completion/completions/spawnlint
ZSH_COMPLETION = share/zsh/site-functions/_spawnlint
FISH_COMPLETION = share/fish/vendor_completions.d/spawnlint.fish
MANUAL = share/man/man1/spawnlint.1
INSTALLED = bin/spawnlint $(MANUAL) $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION)

.PHONY: help demo test test-spawner test-mutants mutants-table test-real test-integrations test-bazel test-libclang14 test-libclang19 build bench bench-peers bench-spawn readme format lint install uninstall clean packages

help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Build, then lint the samples and one real spawn module
	@sh Scripts/demo.sh $(RELEASE)/spawnlint

test: packages ## Run all tests, with warnings as errors, then check the format
	@sh Tests/Setup/discovery.sh
	@sh Scripts/run-tests.sh
	@sh Scripts/readme.sh check .build/debug/spawnlint
	@$(MAKE) --no-print-directory test-spawner SPAWNLINT=.build/debug/spawnlint
	@$(MAKE) --no-print-directory lint

SPAWNLINT ?= $(RELEASE)/spawnlint
SPAWNER_PACKAGES = python3 gcc strace pkg-config fusermount3:fuse3 /usr/include/fuse3/fuse.h:libfuse3-dev \
	'/usr/include/python3*/Python.h:python3-dev'

test-spawner: # The reference spawner, statically and at work
	@sh Scripts/install-missing.sh $(SPAWNER_PACKAGES)
	@python3 Tests/ReferenceSpawner/run.py $(SPAWNLINT)

test-mutants: build ## Seed mistakes in the reference spawner: each must be found
	@sh Scripts/install-missing.sh python3
	@python3 Tests/ReferenceSpawner/mutants.py $(SPAWNLINT)

mutants-table: build ## Also build each mistake, and write which dynamic tests see it (half an hour)
	@sh Scripts/install-missing.sh $(SPAWNER_PACKAGES)
	@python3 Tests/ReferenceSpawner/mutants.py --dynamic $(SPAWNLINT)

test-integrations: build ## Try spawnlint in build systems, in CI and with readers of its reports (needs PyPI)
	@sh Scripts/install-missing.sh python3 /usr/lib/python3*/ensurepip:python3-venv gcc cmake meson ninja:ninja-build groff:groff-base patch
	@sh Tests/Integrations/run.sh $(RELEASE)/spawnlint

test-bazel: build ## Try the rules for Bazel with Debian's, offline
	@sh Scripts/install-missing.sh bazel-4:bazel-bootstrap /usr/share/bazel/rules/cc:bazel-rules-cc /usr/share/bazel/rules/java:bazel-rules-java
	@sh integrations/bazel/test.sh $(RELEASE)/spawnlint

test-libclang14: packages ## Run all tests with libclang 14's headers and the toolchain's library
	@sh Scripts/test-libclang.sh 14

test-libclang19: packages ## Run all tests with Debian's libclang 19 for headers and library
	@sh Scripts/test-libclang.sh 19

test-real: build ## Lint real projects and compare with the expected findings
	@sh Scripts/install-missing.sh python3
	@sh Tests/Real/run.sh $(RELEASE)/spawnlint

readme: build ## Write anew what README.md shows of the program
	@sh Scripts/readme.sh update $(RELEASE)/spawnlint

bench: build ## Measure against clang -fsyntax-only, file by file
	@SPAWNLINT=$(abspath $(RELEASE)/spawnlint) bash Benchmarks/single-file.sh

bench-spawn: ## Measure the reference spawner against posix_spawn, fork, Python and swift-subprocess
	@sh Scripts/install-missing.sh python3 gcc
	@python3 Benchmarks/spawn/latency.py

bench-peers: build ## Compare with what other programs report on the examples
	@sh Scripts/install-missing.sh python3
	@SPAWNLINT=$(abspath $(RELEASE)/spawnlint) python3 Benchmarks/peers.py

# Swift's runtime is linked statically: the program starts 5 ms faster and runs where no toolchain is on the path.
build: packages ## Build the release program
	$(SWIFT) build -c release --static-swift-stdlib --product spawnlint

packages: # What the build needs from the system; root gets it installed
	@sh Scripts/install-missing.sh

format: ## Format the Swift sources
	$(SWIFT) format -i --recursive --parallel $(SWIFT_SOURCES)

lint: ## Check the format of the Swift sources
	$(SWIFT) format lint --strict --recursive --parallel $(SWIFT_SOURCES)

install: build ## Install the program, its manual page and shell completions below $(DESTDIR)$(PREFIX)
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,$(dir $(INSTALLED)))
	install -m 755 $(RELEASE)/spawnlint $(DESTDIR)$(PREFIX)/bin/spawnlint
	$(RELEASE)/spawnlint manual >$(DESTDIR)$(PREFIX)/$(MANUAL)
	$(RELEASE)/spawnlint --generate-completion-script bash >$(DESTDIR)$(PREFIX)/$(BASH_COMPLETION)
	$(RELEASE)/spawnlint --generate-completion-script zsh >$(DESTDIR)$(PREFIX)/$(ZSH_COMPLETION)
	$(RELEASE)/spawnlint --generate-completion-script fish >$(DESTDIR)$(PREFIX)/$(FISH_COMPLETION)

uninstall: ## Remove what `make install` installed
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,$(INSTALLED))

clean: ## Remove everything that was built
	rm -rf .build .build-*
